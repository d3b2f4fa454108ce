"""Class lists as read from a file, and what importing one would change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.errors import Problem
from phonics_app.domain.school import PupilDraft


class RosterField(Enum):
    """What a column may be mapped to."""

    NUMBER = "number"
    PREFIX = "prefix"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    SEX = "sex"
    GRADE = "grade"
    ROOM = "room"
    CLASS = "class"
    """Grade and room in one cell: ป.3/2."""
    CLASS_NUMBER = "class_number"
    """By which a pupil is called in class: เลขที่."""


NEEDED_FIELDS = (
    (RosterField.NUMBER,),
    (RosterField.FULL_NAME, RosterField.FIRST_NAME),
    (RosterField.CLASS, RosterField.GRADE),
)
"""Of each group a mapping needs one field at least."""


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """A file as read, before mapping: nothing sensitive is in it any more."""

    file: str
    sheet: str
    headers: tuple[str, ...]
    """Unique: a repeated header gets " (2)"."""
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    """1-based row in the file of each of `rows`."""
    dropped: tuple[str, ...]
    """Headers of sensitive columns that were dropped at reading."""
    mapping: dict[str, RosterField]
    """Header → field: the remembered choice for these headers, else the best guess."""
    remembered: bool
    other_sheets: tuple[str, ...] = ()
    """Further sheets with something in them, which were not read."""

    row_sheets: tuple[str, ...] = ()
    """Of each of `rows` the sheet in which it stands; empty where all are of `sheet`."""

    def sheet_of(self, index: int) -> str:
        return self.row_sheets[index] if self.row_sheets else self.sheet

    @property
    def recognised(self) -> bool:
        """Whether the mapping to begin with has all that is needed."""
        return all(set(group) & set(self.mapping.values()) for group in NEEDED_FIELDS)


class Change(Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    MISSING = "missing"
    """Enrolled, but not in the file (within the classes that the file holds); left as he is."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    change: Change
    row: int | None
    draft: PupilDraft
    pupil_id: str | None
    differences: tuple[str, ...]
    """Names of the fields that change."""
    before: PupilDraft | None = None
    """Of a pupil who is known: what is stored; grade and room of that year where he is enrolled in it."""
    moved: bool = False
    """Enrolled in that year in another room or grade."""


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What a commit would do; `commit_roster` does exactly this or refuses."""

    school_id: str
    year: int
    file: str
    mapping: dict[str, RosterField]
    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...]
    """Errors stop the commit; warnings don't."""
    dropped: tuple[str, ...]
    headers: tuple[str, ...] = ()
    """Of the sheet: what the mapping is remembered under."""
    content: str = ""
    """Digest of the file's rows as they were read."""

    @property
    def digest(self) -> str:
        """The same for the same rows of the same file under the same mapping, compared with the same stored pupils."""
        told = (self.school_id, self.year, self.content, sorted((h, f.value) for h, f in self.mapping.items()))
        rows = [(r.change.value, r.row, r.pupil_id, r.draft, r.before, r.differences) for r in self.rows]
        return hashlib.sha256(repr((told, rows, self.problems)).encode()).hexdigest()

    @property
    def missing(self) -> tuple[RosterRow, ...]:
        """Who is enrolled in a class of the file and does not stand in it."""
        return tuple(row for row in self.rows if row.change is Change.MISSING)

    @property
    def ready(self) -> bool:
        return bool(self.rows) and all(p.warning for p in self.problems)
