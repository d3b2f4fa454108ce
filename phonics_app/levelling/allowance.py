"""The Thai-transfer allowance: what the level would be if accent alone explains mistakes on sounds Thais say otherwise.

A pupil who says "chip" for *ship* may decode perfectly; the test records only that it was marked wrong. What can tell
is how the pupil does on words of like difficulty *without* such sounds. So a second reading of the answers has a share
of known words, the same for all such words of a pupil, that were marked wrong for the accent; half the weight
beforehand is on "none". Its level is the one with the allowance. Who misses the other words as well keeps his level.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

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
_BEFOREHAND = (0.5, 0.125, 0.125, 0.125, 0.125)


def allowance(answers: Answers, transfer: Mapping[str, tuple[str, ...]]) -> Allowance | None:
    """None where no mistake can be accent alone.

    `transfer`: item id → codes of the patterns that touch what the item tests.
    """
    aloud = np.array([item.task in SAID_ALOUD for item in answers.items], dtype=bool)
    touched = aloud & np.array([bool(transfer.get(item.id)) for item in answers.items], dtype=bool)
    mistakes = touched & ~answers.right
    if not mistakes.any():
        return None
    weight = _with_accent(answers, touched)
    each = np.exp(weight - weight.max()).sum(axis=1)
    others = aloud & ~touched
    return Allowance(
        strict=answers.level(answers.weight),
        allowed=answers.level(np.logaddexp.reduce(weight)),
        at_most=answers.level(answers.weight + (answers.log_right - answers.log_wrong)[mistakes].sum(axis=0)),
        probability=float(1 - each[0] / each.sum()),
        mistakes=tuple(item.id for item, missed in zip(answers.items, mistakes, strict=True) if missed),
        right=int((touched & answers.right).sum()),
        others=(int((others & answers.right).sum()), int(others.sum())),
    )


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
