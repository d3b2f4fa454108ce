"""The class page: every pupil's level, last test, and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil


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
    """The level in force (newest placement), None before the first."""
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


def due_of(*, opened: bool, last_round: Round | None, decided: bool, current_round: Round, year: int) -> Due:
    """What is due for a pupil enrolled in `year`; `last_round` and `decided` are of the last finished test.

    In a class of a year gone by no test is due any more; what was begun still has to be ended.
    """
    if opened:
        return Due.RESUME_TEST
    if last_round is not None and not decided:
        return Due.DECIDE
    if year < current_round.year:
        return Due.NOTHING
    if last_round is None:
        return Due.FIRST_TEST
    return Due.TEST_THIS_ROUND if last_round < current_round else Due.NOTHING
