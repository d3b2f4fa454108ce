"""A school goes into its next academic year: whom it promotes, who repeats, who leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from phonics_app.domain.errors import Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil

Class = tuple[Grade, str]
"""Grade and room."""


class Outcome(Enum):
    PROMOTED = "promoted"
    REPEATS = "repeats"
    LEAVES = "leaves"
    ENROLLED = "enrolled"
    """In a class of the new year already, by its class list; left as he is."""


@dataclass(frozen=True, slots=True)
class TurnChoice:
    """What differs from the usual, by which every class goes up a grade and the highest one leaves."""

    targets: Mapping[Class, Class | None] = field(default_factory=dict)
    """Class → class in the new year; None: its pupils leave the school."""
    repeat: frozenset[str] = frozenset()
    """Ids of pupils who stay in their grade and room."""
    leave: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TurnRow:
    """`to`: the class in the new year, None for who leaves."""

    pupil: Pupil
    outcome: Outcome
    to: Class | None


@dataclass(frozen=True, slots=True)
class TurnPreview:
    """What a turn would do; the commit does exactly this or refuses."""

    school_id: str
    to_year: int
    choice: TurnChoice
    targets: Mapping[Class, Class | None]
    """Of every class of the old year, in school order."""
    rows: tuple[TurnRow, ...]
    problems: tuple[Problem, ...]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    @property
    def ready(self) -> bool:
        return not self.problems and any(row.outcome is not Outcome.ENROLLED for row in self.rows)


@dataclass(frozen=True, slots=True)
class YearTurn:
    """A turn that was stored."""

    id: str
    school_id: str
    to_year: int
    turned_at: datetime
    turned_by: str
    pupils: int


def usual_target(of: Class, highest: Grade) -> Class | None:
    """The next grade, the same room; None where the school has no higher one."""
    grade, room = of
    grades = list(Grade)
    return None if grade.order >= highest.order else (grades[grade.order + 1], room)
