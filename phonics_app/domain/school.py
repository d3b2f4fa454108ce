"""Schools, pupils and their enrolment."""

from __future__ import annotations

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

    @property
    def name(self) -> str:
        """Prefix and name as Thai schools write it: no space after the prefix."""
        return f"{self.prefix}{self.first_name} {self.last_name}".strip()
