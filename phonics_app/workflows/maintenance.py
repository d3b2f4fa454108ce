"""Whether the content of this site keeps its rules."""

from __future__ import annotations

from pathlib import Path

from phonics_app.content.check import check_content
from phonics_app.domain.errors import Problem


def check_bank(content_dir: Path) -> tuple[Problem, ...]:
    """Every rule of the item bank and the rubrics; empty when all holds."""
    return check_content(content_dir)
