"""The class page: every pupil's level, last test, and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from phonics_app.domain.account import Actor
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil
from phonics_app.workflows.context import Phonics


class Due(Enum):
    """What the teacher has to do next for a pupil, most urgent first."""

    RESUME_TEST = "resume_test"
    DECIDE = "decide"
    """A finished test waits for the teacher's decision."""
    FIRST_TEST = "first_test"
    TEST_THIS_ROUND = "test_this_round"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ClassRow:
    pupil: Pupil
    level: int | None
    """The level in force (last placement), None before the first."""
    proposed_level: int | None
    """Of the last finished test."""
    last_test: datetime | None
    last_attempt_id: str | None
    """Last finished attempt."""
    open_attempt_id: str | None
    due: Due


@dataclass(frozen=True, slots=True)
class ClassPage:
    school_id: str
    year: int
    grade: Grade | None
    room: str | None
    rows: tuple[ClassRow, ...]
    simulated: bool


def list_classes(phonics: Phonics, actor: Actor, school_id: str, year: int) -> tuple[tuple[Grade, str], ...]:
    """Grade and room of every class with pupils."""
    raise NotImplementedError


def class_page(
    phonics: Phonics, actor: Actor, school_id: str, year: int, grade: Grade | None = None, room: str | None = None
) -> ClassPage:
    """SEE_PUPILS. Rows sorted by grade, room, number."""
    raise NotImplementedError
