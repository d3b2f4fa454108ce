"""Buttons that hand out files made by `workflows.exports`."""

from __future__ import annotations

from phonics_app.pages.components.session import Session
from phonics_app.workflows.classes import ClassPage


def class_downloads(session: Session, shown: ClassPage) -> None:
    """Print view (PDF) and table (CSV) of a class."""
