"""What may be taken out as a table: one kind of record of a school and an academic year each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.school import Classroom


class TableKind(Enum):
    PUPILS = "pupils"
    CLASS_LISTS = "class_lists"
    TESTS = "tests"
    PLACEMENTS = "placements"
    RESULTS = "results"
    """What was right of what was tried, by level and strand of each finished test."""
    ANSWERS = "answers"
    """Every item of every finished test."""
    ONET = "onet"


ExportCell = str | int | float | bool | None
ExportRow = tuple[ExportCell, ...]


@dataclass(frozen=True, slots=True)
class ExportScope:
    """Of which school and which academic year (Buddhist)."""

    school_id: str
    year: int
    rooms: tuple[Classroom, ...] | None = None
    """Of the pupils of these rooms alone; None: of the whole school. O-NET results are always of a school."""
