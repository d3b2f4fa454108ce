"""`item_bank/` and `rubrics/` → validated domain objects; grapheme–phoneme checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from phonics_app.content.bank import load_bank
from phonics_app.content.passages import load_passages
from phonics_app.content.phoneme_hints import load_hints
from phonics_app.content.rubrics import check_levels, load_rubrics
from phonics_app.domain.bank import Bank
from phonics_app.domain.errors import Problem, ProblemsFound
from phonics_app.domain.passage import Passage
from phonics_app.domain.rubric import Rubrics
from phonics_app.domain.sound import PhonemeHint

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that teachers can edit in files, loaded and validated."""

    bank: Bank
    rubrics: Rubrics
    passages: tuple[Passage, ...] = ()
    """For reading aloud; no part of the bank's version, since no placement depends on them."""
    hints: tuple[PhonemeHint, ...] = ()
    """For whoever says or records the phonemes; no part of the bank's version either."""


def load_content(root: Path) -> Content:
    """Loads `root/item_bank` and `root/rubrics`. Raises `ProblemsFound` with every broken row of all of them."""
    problems: list[Problem] = []
    bank = _loaded(load_bank, root / "item_bank", problems)
    rubrics = _loaded(load_rubrics, root / "rubrics", problems)
    passages = _loaded(load_passages, root / "item_bank" / "passages", problems)
    hints = _loaded(load_hints, root / "item_bank", problems)
    if bank is None or rubrics is None or passages is None or hints is None:
        raise ProblemsFound(problems, "content.problems")
    if unlike := check_levels(rubrics, (level.number for level in bank.levels)):
        raise ProblemsFound(unlike, "content.problems")
    return Content(bank, rubrics, passages, hints)


def _loaded(load: Callable[[Path], T], folder: Path, problems: list[Problem]) -> T | None:
    try:
        return load(folder)
    except ProblemsFound as found:
        problems.extend(found.problems)
        return None
