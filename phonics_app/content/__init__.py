"""`item_bank/` and `rubrics/` → validated domain objects; grapheme–phoneme checks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from phonics_app.content.bank import load_bank
from phonics_app.content.rubrics import check_levels, load_rubrics
from phonics_app.domain.bank import Bank
from phonics_app.domain.errors import Problem, ProblemsFound
from phonics_app.domain.rubric import Rubrics


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that teachers can edit in files, loaded and validated."""

    bank: Bank
    rubrics: Rubrics


def load_content(root: Path) -> Content:
    """Loads `root/item_bank` and `root/rubrics`. Raises `ProblemsFound` with every broken row of both."""
    problems: list[Problem] = []
    bank = rubrics = None
    try:
        bank = load_bank(root / "item_bank")
    except ProblemsFound as found:
        problems.extend(found.problems)
    try:
        rubrics = load_rubrics(root / "rubrics")
    except ProblemsFound as found:
        problems.extend(found.problems)
    if bank is None or rubrics is None:
        raise ProblemsFound(problems, "content.problems")
    if unlike := check_levels(rubrics, (level.number for level in bank.levels)):
        raise ProblemsFound(unlike, "content.problems")
    return Content(bank, rubrics)
