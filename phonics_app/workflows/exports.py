"""Documents made of what an actor may see: each checked, written into the audit, and returned as bytes."""

from __future__ import annotations

from enum import Enum

from phonics_app.domain.account import Actor
from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.progress.dashboard import Filters
from phonics_app.workflows.context import Phonics


class ExportFormat(Enum):
    PDF = "pdf"
    CSV = "csv"
    EXCEL = "xlsx"


def export_class(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    grade: Grade | None = None,
    room: str | None = None,
    *,
    format: ExportFormat,
    language: str,
) -> bytes:
    """The class page: PDF (print view), CSV or Excel. SEE_PUPILS."""
    raise NotImplementedError


def export_result(phonics: Phonics, actor: Actor, attempt_id: str, *, language: str) -> bytes:
    """A pupil's result as PDF, for the file and the parents. SEE_PUPILS."""
    raise NotImplementedError


def export_dashboard(phonics: Phonics, actor: Actor, filters: Filters, *, format: ExportFormat, language: str) -> bytes:
    """The dashboard under `filters`: PDF, CSV (one long table) or Excel (a sheet for each figure). SEE_DASHBOARD."""
    raise NotImplementedError


def export_network(
    phonics: Phonics, actor: Actor, round_: Round | None = None, *, format: ExportFormat, language: str
) -> bytes:
    """The network schools as suppressed aggregates. SEE_ALL_SCHOOLS."""
    raise NotImplementedError


def export_onet(
    phonics: Phonics,
    actor: Actor,
    grade: Grade,
    school_id: str | None = None,
    *,
    format: ExportFormat,
    language: str,
) -> bytes:
    """The O-NET page: PDF, CSV or Excel. SEE_DASHBOARD."""
    raise NotImplementedError
