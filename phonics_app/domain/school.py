"""Schools, pupils and their enrolment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.grade import Grade
from phonics_app.domain.text import Text


class SchoolKind(Enum):
    MUNICIPAL = "municipal"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class School:
    """A school. `code` is the ten-digit Sch_Id as text, or empty."""

    id: str
    name: Text
    kind: SchoolKind
    code: str = ""
    highest_grade: Grade = Grade.P6
    archived: bool = False


@dataclass(frozen=True, slots=True)
class SchoolDraft:
    """A school as entered, before it has an id."""

    name: Text
    kind: SchoolKind = SchoolKind.MUNICIPAL
    code: str = ""
    highest_grade: Grade = Grade.P6


class Sex(Enum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PupilDraft:
    """A pupil as entered or imported, before he has an id. Number and room are text, grade a `Grade`."""

    number: str
    """The school's own pupil number (เลขประจำตัวนักเรียน)."""
    prefix: str
    first_name: str
    last_name: str
    sex: Sex
    grade: Grade
    room: str
    """"2" of ป.3/2; empty where a grade has one room only."""
    class_number: int | None = None
    """By which he is called in class (เลขที่); None: nobody has told."""


@dataclass(frozen=True, slots=True)
class Classroom:
    """A room of a grade in one academic year (Buddhist). Which school's, says what it stands in."""

    year: int
    grade: Grade
    room: str
    """"2" of ป.3/2; empty where a grade has one room only."""


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil as enrolled in one academic year (Buddhist)."""

    id: str
    school_id: str
    number: str
    prefix: str
    first_name: str
    last_name: str
    sex: Sex
    year: int
    grade: Grade
    room: str
    archived: bool = False
    class_number: int | None = None
    """By which he is called in class that year (เลขที่); None: nobody has told."""

    @property
    def classroom(self) -> Classroom:
        return Classroom(self.year, self.grade, self.room)

    @property
    def name(self) -> str:
        """Prefix and name as Thai schools write it: no space after the prefix."""
        return f"{self.prefix}{self.first_name} {self.last_name}".strip()


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts runs of digits as numbers, as a person counts: 2 before 10, figures before words."""
    pieces = re.findall(r"\d+|\D+", text)
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces)


def class_order(pupil: Pupil) -> tuple[object, ...]:
    """Sorts by grade, room (2 before 10), number in class where there is one, and pupil number (99 before 100)."""
    in_class = (pupil.class_number is None, pupil.class_number or 0)
    return pupil.grade.order, natural_key(pupil.room), in_class, natural_key(pupil.number), pupil.id


def class_numbers(pupils: Sequence[Pupil]) -> list[int]:
    """By which number each is called: the stored one; without one, or where it is taken, the next after the greatest.

    Of a class where none is stored, and of pupils of several classes, the place in the list.
    """
    stored = [pupil.class_number for pupil in pupils]
    if len({pupil.classroom for pupil in pupils}) != 1 or not any(stored):
        return list(range(1, len(pupils) + 1))
    following = max(number or 0 for number in stored)
    given: list[int] = []
    for number in stored:
        if number is None or number in given:
            following += 1
            number = following
        given.append(number)
    return given
