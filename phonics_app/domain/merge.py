"""A pupil who was registered twice: the two records, what coming together does, and that it was done."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Problem
from phonics_app.domain.school import Pupil


class Likeness(Enum):
    """Why two records may be of one pupil."""

    NAME = "name"
    """The same first and last name."""
    NUMBER = "number"
    """At one school the same number but for zeros before it."""


@dataclass(frozen=True, slots=True)
class Double:
    """Two records that are perhaps of one pupil. `kept`: which of them to keep as it seems."""

    kept: Pupil
    merged: Pupil
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the records. `classes`: year, school, grade and room, newest first; `counts`: table → rows."""

    pupil: Pupil
    classes: tuple[tuple[int, str, str, str], ...]
    since: str
    """From when on the newest enrolment counts; "": since its year began."""
    rounds: tuple[Round, ...]
    """In which it was tested."""
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging does; the commit does exactly this or refuses."""

    kept: MergeSide
    merged: MergeSide
    problems: tuple[Problem, ...]

    @property
    def ready(self) -> bool:
        return not self.problems

    @property
    def rounds(self) -> tuple[Round, ...]:
        """In which both were tested: the pupil counts once then, by the later test."""
        return tuple(sorted(set(self.kept.rounds) & set(self.merged.rounds)))

    @property
    def years(self) -> tuple[int, ...]:
        """In which both were enrolled."""
        return tuple(sorted({row[0] for row in self.kept.classes} & {row[0] for row in self.merged.classes}))

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr((self.kept, self.merged)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two records that are one now. `number`, `school_id` and `name` are those of the merged one."""

    id: str
    kept_id: str
    merged_id: str
    kept_name: str
    kept_number: str
    school_id: str
    name: str
    number: str
    merged_at: datetime
    merged_by: str
