"""The Thai-transfer allowance: what the level would be if accent alone explains mistakes on sounds Thais say otherwise.

A pupil who says "chip" for *ship* may decode perfectly; the test records only that it was marked wrong. What can tell
is how the pupil does on words of like difficulty *without* such sounds. So a second reading of the answers has a share
of known words, the same for all such words of a pupil, that were marked wrong for the accent; half the weight
beforehand is on "none". Its level is the one with the allowance. Who misses the other words as well keeps his level.

Where the teacher noted what was wrong, nothing is guessed: what was read rightly and spoken with Thai sounds is
allowed, what was read wrongly or not answered is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from phonics_app.domain.event import ErrorKind
from phonics_app.domain.explanation import Allowance
from phonics_app.domain.strand import Task
from phonics_app.engine.ability import Array
from phonics_app.levelling.answers import Answers, Flags

SAID_ALOUD = frozenset(
    {
        *(Task.SAY_SOUND, Task.READ_WORD, Task.READ_PSEUDO_WORD),
        *(Task.ISOLATION, Task.BLENDING, Task.SEGMENTATION, Task.DELETION, Task.ADDITION, Task.SUBSTITUTION),
    }
)
"""Tasks in which the pupil says English sounds. Who points, acts or answers in Thai loses nothing by his accent."""
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8)
"""Of known words with such sounds: how many may be marked wrong for the accent."""
_NO_ACCENT = (ErrorKind.DECODING.value, ErrorKind.NO_ANSWER.value)
_BEFOREHAND = (0.5, 0.125, 0.125, 0.125, 0.125)


def allowance(answers: Answers, transfer: Mapping[str, tuple[str, ...]]) -> Allowance | None:
    """None where no mistake can be accent alone.

    `transfer`: item id → codes of the patterns that touch what the item tests.
    """
    noted = np.array(answers.noted or [""] * len(answers.items), dtype=np.str_)
    aloud = np.array([item.task in SAID_ALOUD for item in answers.items], dtype=bool)
    touched = aloud & np.array([bool(transfer.get(item.id)) for item in answers.items], dtype=bool)
    heard = ~answers.right & (noted == ErrorKind.TRANSFER.value)
    misread = ~answers.right & np.isin(noted, _NO_ACCENT)
    unknown = touched & ~heard & ~misread
    mistakes = heard | (unknown & ~answers.right)
    if not mistakes.any():
        return None
    allowed = replace(answers, right=answers.right | heard)
    weight = _with_accent(allowed, unknown) if (unknown & ~answers.right).any() else allowed.weight[None]
    each = np.exp(weight - weight.max()).sum(axis=1)
    others = aloud & ~touched & ~heard
    return Allowance(
        strict=answers.level(answers.weight),
        allowed=answers.level(np.logaddexp.reduce(weight)),
        at_most=answers.level(answers.weight + (answers.log_right - answers.log_wrong)[mistakes].sum(axis=0)),
        probability=1.0 if heard.any() else float(1 - each[0] / each.sum()),
        mistakes=_ids(answers, mistakes),
        right=int((touched & answers.right).sum()),
        others=(int((others & answers.right).sum()), int(others.sum())),
        heard=_ids(answers, heard),
        misread=_ids(answers, touched & misread),
    )


def _ids(answers: Answers, which: Flags) -> tuple[str, ...]:
    return tuple(item.id for item, chosen in zip(answers.items, which, strict=True) if chosen)


def _with_accent(answers: Answers, touched: Flags) -> Array:
    """Log posterior, shares × grid, up to a constant."""
    rest = answers.log_prior + answers.terms[~touched].sum(axis=0)
    log_right, right = answers.log_right[touched], answers.right[touched]
    rows = []
    for share, beforehand in zip(SHARES, _BEFOREHAND, strict=True):
        terms = answers.terms[touched]
        if share:
            heard = log_right + np.log1p(-share)
            terms = np.where(right[:, None], heard, np.log1p(-np.exp(heard)))
        rows.append(np.log(beforehand) + rest + terms.sum(axis=0))
    return np.stack(rows)
