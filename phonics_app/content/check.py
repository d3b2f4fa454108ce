"""All rules of everything that teachers edit in files."""

from __future__ import annotations

from pathlib import Path

from phonics_app.content.bank_check import check_bank
from phonics_app.content.bank_source import read_source
from phonics_app.content.forms import form_problems
from phonics_app.content.passage_check import check_passages
from phonics_app.content.phoneme_hints import check_hints
from phonics_app.content.rubrics import check_levels, load_rubrics
from phonics_app.domain.errors import Problem, ProblemsFound


def check_content(root: Path) -> tuple[Problem, ...]:
    """Every fault of `root/item_bank` and `root/rubrics`, and of the one against the other."""
    bank = root / "item_bank"
    problems = (*check_bank(bank), *check_passages(bank), *form_problems(bank), *check_hints(bank))
    try:
        rubrics = load_rubrics(root / "rubrics")
    except ProblemsFound as found:
        return (*problems, *found.problems)
    levels = (level.number for level in read_source(root / "item_bank").levels)
    return (*problems, *check_levels(rubrics, levels))
