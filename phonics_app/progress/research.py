"""Records for research: how coarse they are, and whether anybody could be told from them (k-anonymity).

What an outsider may know of a pupil: school, sex, grade and when he was tested. Linked records count together: whoever
knows one pupil's way through the years knows all of it. Sweeney 2002, Int. J. Uncertain. Fuzz. 10:557–570.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import product

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade

FEWEST = 5
"""k: so many pupils must look alike in all that an outsider may know."""


@dataclass(frozen=True, slots=True)
class Record:
    """One test that counts. `level`: what the teacher decided, None where nothing was decided."""

    pupil_id: str
    school_id: str
    sex: str
    grade: Grade
    round: Round
    ability: float
    standard_error: float
    proposed_level: int
    level: int | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class Coarseness:
    """Each True is a step coarser: schools left out, sex left out, stages for grades, years for terms, no linking."""

    no_schools: bool = False
    no_sex: bool = False
    stages: bool = False
    years: bool = False
    unlinked: bool = False

    @property
    def steps(self) -> tuple[str, ...]:
        """Names of the steps taken."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name))


Known = tuple[str, ...]
"""School, sex, grade, time of one record, as coarse as they are given out."""


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """Too few pupils of whom the same is known: one `Known` for each of their records."""

    known: tuple[Known, ...]
    pupils: int


def known_of(record: Record, coarse: Coarseness) -> Known:
    return (
        "" if coarse.no_schools else record.school_id,
        "" if coarse.no_sex else record.sex,
        record.grade.stage.value if coarse.stages else record.grade.value,
        str(record.round.year) if coarse.years else record.round.label,
    )


def too_small(records: Iterable[Record], coarse: Coarseness, fewest: int = FEWEST) -> list[SmallGroup]:
    """Every group of fewer than `fewest` pupils who look alike, the smallest first; empty: nobody can be told."""
    of_pupil: dict[str, list[Known]] = defaultdict(list)
    for record in records:
        of_pupil[record.pupil_id].append(known_of(record, coarse))
    groups: dict[tuple[Known, ...], set[str]] = defaultdict(set)
    for pupil_id, known in of_pupil.items():
        for group in [(one,) for one in known] if coarse.unlinked else [tuple(sorted(known))]:
            groups[group].add(pupil_id)
    small = [SmallGroup(known, len(pupils)) for known, pupils in groups.items() if len(pupils) < fewest]
    return sorted(small, key=lambda group: (group.pupils, group.known))


def coarse_enough(records: Sequence[Record], fewest: int = FEWEST) -> list[Coarseness]:
    """The ways of giving out these records that tell nobody: those from which no step can be taken back."""
    every = sorted((Coarseness(*steps) for steps in product((False, True), repeat=5)), key=lambda c: len(c.steps))
    found: list[Coarseness] = []
    for coarse in every:
        finer = any(set(known.steps) <= set(coarse.steps) for known in found)
        if not finer and not too_small(records, coarse, fewest):
            found.append(coarse)
    return found


COLUMNS = (
    "pupil",
    "school",
    "sex",
    "grade",
    "time",
    "ability",
    "standard_error",
    "level_proposed",
    "level_decided",
    "simulated",
)


def research_rows(records: Sequence[Record], coarse: Coarseness, key: bytes) -> Iterator[tuple[object, ...]]:
    """Rows of `COLUMNS`, in an order that tells nothing. `key`: secret, for this export alone, and then forgotten."""
    names = sorted({record.school_id for record in records}, key=lambda school: _hash(key, school))
    schools = {school: f"S{number:02d}" for number, school in enumerate(names, start=1)}
    rows = []
    for number, record in enumerate(records):
        school, sex, grade, time = known_of(record, coarse)
        pupil = _hash(key, f"{record.pupil_id} {number}" if coarse.unlinked else record.pupil_id)
        figures = (round(record.ability, 1), round(record.standard_error, 1), record.proposed_level, record.level)
        rows.append((pupil, schools.get(school, ""), sex, grade, time, *figures, int(record.simulated)))
    yield from sorted(rows, key=lambda row: (row[0], str(row[4])))


def _hash(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode("utf-8"), hashlib.sha256).hexdigest()[:16]
