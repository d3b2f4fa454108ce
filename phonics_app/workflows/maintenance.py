"""Backup, restore and checks of the store and the content."""

from __future__ import annotations

from pathlib import Path

from phonics_app.content.check import check_content
from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Problem
from phonics_app.workflows.context import Phonics, Settings


def back_up(phonics: Phonics, actor: Actor, target: Path | None = None) -> Path:
    """A consistent copy while the app runs, with a checksum beside it; default in `data_dir/backups`."""
    raise NotImplementedError


def restore(settings: Settings, source: Path) -> Path:
    """Verifies `source`, keeps the present database beside it, then replaces it. Returns where the old one went."""
    raise NotImplementedError


def check_bank(content_dir: Path) -> tuple[Problem, ...]:
    """Every rule of the item bank and the rubrics; empty when all holds."""
    return check_content(content_dir)
