"""`item_bank/` and `rubrics/` → validated domain objects; grapheme–phoneme checks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from phonics_app.domain.bank import Bank
from phonics_app.domain.rubric import Rubrics


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that teachers can edit in files, loaded and validated."""

    bank: Bank
    rubrics: Rubrics


def load_content(root: Path) -> Content:
    """Loads `root/item_bank` and `root/rubrics`. Raises `ProblemsFound` with every broken row."""
    raise NotImplementedError
