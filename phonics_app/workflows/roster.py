"""Class lists: import from a spreadsheet, and changes by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil, PupilDraft
from phonics_app.workflows.context import Phonics


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

    @property
    def ready(self) -> bool:
        return bool(self.rows) and all(p.warning for p in self.problems)


def read_roster(phonics: Phonics, actor: Actor, school_id: str, filename: str, content: bytes) -> RosterSheet:
    """Reads .xlsx or .csv (UTF-8, BOM, cp874). `ProblemsFound` where no table is found in it."""
    raise NotImplementedError


def preview_roster(
    phonics: Phonics, actor: Actor, school_id: str, year: int, sheet: RosterSheet, mapping: dict[str, RosterField]
) -> RosterPreview:
    """Compares with what is stored; stores nothing."""
    raise NotImplementedError


def commit_roster(phonics: Phonics, actor: Actor, preview: RosterPreview) -> int:
    """Stores the preview, remembers its mapping, returns how many pupils were added or changed.

    `ProblemsFound` if it is not ready; `Conflict` "roster.stale" if the store changed since the preview.
    """
    raise NotImplementedError


def list_pupils(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    grade: Grade | None = None,
    room: str | None = None,
    search: str = "",
    archived: bool = False,
) -> tuple[Pupil, ...]:
    """Sorted by grade, room and pupil number."""
    raise NotImplementedError


def get_pupil(phonics: Phonics, actor: Actor, pupil_id: str) -> Pupil:
    """As enrolled in the latest academic year."""
    raise NotImplementedError


def add_pupil(phonics: Phonics, actor: Actor, school_id: str, year: int, draft: PupilDraft) -> Pupil:
    raise NotImplementedError


def correct_pupil(phonics: Phonics, actor: Actor, pupil_id: str, draft: PupilDraft) -> Pupil:
    """Corrects name, number, sex; a new grade or room moves the pupil's enrolment of this year."""
    raise NotImplementedError


def move_pupil(phonics: Phonics, actor: Actor, pupil_id: str, school_id: str) -> Pupil:
    """To another school (the actor needs EDIT_ROSTER there too); the history stays with the pupil."""
    raise NotImplementedError


def set_archived(phonics: Phonics, actor: Actor, pupil_id: str, archived: bool) -> Pupil:
    raise NotImplementedError
