"""Simulated schools and pupils for looking round: all names are made up by combination.

A cohort is the pupils who enter a school in one year; each year it moves up one grade, so that a pupil's
history over the years is one history.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import SchoolKind, Sex
from phonics_app.domain.text import Text
from phonics_app.workflows.setup import MUNICIPAL_SCHOOLS, SchoolDraft

YEARS = 3
"""Academic years of tests, the present one included."""

NETWORK_SCHOOLS = (
    SchoolDraft(Text("โรงเรียนเครือข่ายตัวอย่าง ก", "Example Network School A"), SchoolKind.NETWORK),
    SchoolDraft(Text("โรงเรียนเครือข่ายตัวอย่าง ข", "Example Network School B"), SchoolKind.NETWORK),
)
SCHOOLS = MUNICIPAL_SCHOOLS + NETWORK_SCHOOLS

_PUPILS_PER_GRADE = {SchoolKind.MUNICIPAL: 36, SchoolKind.NETWORK: 27}
_PUPILS_PER_ROOM = 20

_NAMES = tomllib.loads(Path(__file__).with_name("demonstration_names.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class SimulatedPupil:
    """A pupil of one cohort with what the simulation knows of him, in units of levels."""

    school: int
    """Index into `SCHOOLS`."""
    number: str
    prefix: str
    first_name: str
    last_name: str
    sex: Sex
    room: str
    entered: int
    """The Buddhist academic year in which his cohort is (or was) in the lowest grade."""
    ahead: float
    """How far he is ahead of what is expected of his grade, in levels."""

    def grade_in(self, year: int, highest: Grade) -> Grade | None:
        """His grade in `year`, None before he came and after he left."""
        order = year - self.entered
        return list(Grade)[order] if 0 <= order <= highest.order else None


def simulated_pupils(year: int, generator: random.Random, share: float = 1.0) -> Iterator[SimulatedPupil]:
    """Every pupil enrolled at some time in the `YEARS` up to academic `year`; `share` of the usual number."""
    for index, school in enumerate(SCHOOLS):
        size = _PUPILS_PER_GRADE[school.kind] * share
        school_is_ahead = generator.gauss(0, 0.25)
        number = 1000 * (index + 1)
        for entered in range(year - YEARS + 1 - school.highest_grade.order, year + 1):
            for position in range(max(1, round(size * generator.uniform(0.9, 1.1)))):
                number += 1
                yield _simulated_pupil(index, str(number), entered, position, school_is_ahead, generator)


def _simulated_pupil(
    school: int, number: str, entered: int, position: int, school_is_ahead: float, generator: random.Random
) -> SimulatedPupil:
    girl = generator.random() < 0.5
    return SimulatedPupil(
        school=school,
        number=number,
        prefix="เด็กหญิง" if girl else "เด็กชาย",
        first_name=generator.choice(_NAMES["girls" if girl else "boys"]),
        last_name=generator.choice(_NAMES["surname_beginnings"]) + generator.choice(_NAMES["surname_endings"]),
        sex=Sex.FEMALE if girl else Sex.MALE,
        room=str(1 + position // _PUPILS_PER_ROOM),
        entered=entered,
        ahead=school_is_ahead + generator.gauss(0, 1.0),
    )
