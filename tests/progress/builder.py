"""Pupils, attempts, results and placements straight into the tables, for tests of what is counted."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import Connection, insert

from phonics_app.domain.calendar import Round
from phonics_app.domain.codec import encode
from phonics_app.domain.grade import Grade
from phonics_app.domain.result import Evidence, ItemScore, LevelProbability, Result, StopReason
from phonics_app.domain.school import SchoolKind
from phonics_app.domain.strand import Strand
from phonics_app.records import schema

LEVELS = 9
LAST_ROUND = Round(2569, 1)
VERSIONS = ("engine-1", "bank-1", "rubric-1")


def packed(value: object) -> bytes:
    return zlib.compress(json.dumps(encode(value)).encode())


def result_of(attempt_id: str, level: int, between: tuple[int, int] | None = None) -> Result:
    """A result that a test could have had: probability .8 on the level, the rest on its neighbour."""
    neighbour = level - 1 if level > 1 else level + 1
    probabilities = tuple(LevelProbability(n, {level: 0.8, neighbour: 0.2}.get(n, 0.0)) for n in range(1, LEVELS + 1))
    evidence = (
        Evidence(4, Strand.WORD_READING, "", ("sh", "ch", "th", "ng"), 9, 10),
        Evidence(5, Strand.WORD_READING, "initial_cluster", (), 2, 8),
    )
    scores = (ItemScore("item-1", "block-1", 1, True), ItemScore("item-2", "block-1", 0, False))
    return Result(
        attempt_id, level - 5.0, 0.4, probabilities, level, between, StopReason.SURE, scores, evidence, (), (), 312.0,
        *VERSIONS,
    )  # fmt: skip


@dataclass
class Builder:
    """Collects rows, then inserts them all at once. Ids are running numbers: equal calls make equal data."""

    simulated: bool = False
    rows: dict[str, list[dict]] = field(default_factory=dict)

    def _add(self, table: str, **values) -> int:
        rows = self.rows.setdefault(table, [])
        rows.append(values)
        return len(rows)

    def school(self, school_id: str, kind: SchoolKind = SchoolKind.MUNICIPAL, highest: Grade = Grade.M3) -> str:
        names = {"name_th": f"โรงเรียน{school_id}", "name_en": f"School {school_id}"}
        self._add(
            "school", id=school_id, kind=kind.value, code="", highest_grade=highest.value, archived=False, **names
        )
        return school_id

    def pupil(
        self, school_id: str, grade: Grade, room: str = "1", year: int = 2569, archived: bool = False, number: str = ""
    ) -> str:
        """A pupil enrolled in one year; `enrol` adds further ones."""
        pupil_id = f"p{len(self.rows.get('pupil', ())):05d}"
        self._add(
            "pupil",
            id=pupil_id,
            school_id=school_id,
            number=number or pupil_id[1:],
            prefix="เด็กหญิง",
            first_name="มานี",
            last_name="ใจดี",
            sex="female",
            archived=archived,
            simulated=self.simulated,
        )
        self.enrol(pupil_id, school_id, grade, room, year)
        return pupil_id

    def enrol(self, pupil_id: str, school_id: str, grade: Grade, room: str, year: int) -> None:
        self._add("enrolment", pupil_id=pupil_id, year=year, school_id=school_id, grade=grade.value, room=room)

    def attempt(self, pupil_id: str, school_id: str, at: datetime, status: str = "finished") -> int:
        """Key of a new attempt."""
        key = len(self.rows.get("attempt", ())) + 1
        self._add(
            "attempt",
            key=key,
            id=f"b{key:031x}",
            pupil_id=pupil_id,
            school_id=school_id,
            plan_hash="plan",
            spec={},
            status=status,
            created_at=at,
            created_by="teacher",
            simulated=self.simulated,
        )
        return key

    def result(self, attempt_key: int, level: int) -> Result:
        attempt = self.rows["attempt"][attempt_key - 1]
        counted = Round.of((attempt["created_at"] + timedelta(hours=7)).date())
        made = result_of(attempt["id"], level)
        self._add(
            "result",
            attempt_key=attempt_key,
            pupil_id=attempt["pupil_id"],
            school_id=attempt["school_id"],
            year=counted.year,
            term=counted.term,
            finished_at=attempt["created_at"] + timedelta(minutes=6),
            theta=made.theta,
            standard_error=made.standard_error,
            proposed_level=level,
            stop_reason="sure",
            engine_version=VERSIONS[0],
            bank_version=VERSIONS[1],
            rubric_version=VERSIONS[2],
            content=packed(made),
        )
        return made

    def placement(self, attempt_key: int, level: int, proposed: int | None = None, minutes: float = 10) -> None:
        attempt = self.rows["attempt"][attempt_key - 1]
        counted = Round.of((attempt["created_at"] + timedelta(hours=7)).date())
        key = len(self.rows.get("placement", ())) + 1
        self._add(
            "placement",
            key=key,
            id=f"b{key:031x}",
            attempt_key=attempt_key,
            pupil_id=attempt["pupil_id"],
            school_id=attempt["school_id"],
            year=counted.year,
            term=counted.term,
            level=level,
            proposed_level=proposed or level,
            reason="" if proposed in (None, level) else "ครูเห็นต่าง",
            decided_by="teacher",
            decided_at=attempt["created_at"] + timedelta(minutes=minutes),
            simulated=self.simulated,
        )

    def tested(self, pupil_id: str, school_id: str, at: datetime, level: int, status: str = "finished") -> int:
        """Attempt, result and placement in one."""
        key = self.attempt(pupil_id, school_id, at, status)
        self.result(key, level)
        self.placement(key, level)
        return key

    def insert(self, connection: Connection) -> None:
        """Everything collected, in the order of the foreign keys."""
        connection.execute(insert(schema.plan), [{"hash": "plan", "content": b""}])
        for table in schema.metadata.sorted_tables:
            if rows := self.rows.get(table.name):
                connection.execute(insert(table), rows)


def moment(round_: Round, day: int = 0, hour: int = 3) -> datetime:
    """A moment in the round, `day` days after its start (10 o'clock in Thailand)."""
    start = round_.starts
    return datetime(start.year, start.month, start.day, hour, tzinfo=UTC) + timedelta(days=day)


def random_schools(
    seed: int,
    schools: int = 2,
    pupils: int = 40,
    rounds: int = 3,
    last: Round = LAST_ROUND,
    simulated: bool = False,
) -> Builder:
    """Schools whose pupils rise by a grade a year, are tested now and then, twice now and then, or spoil a test."""
    rng = np.random.default_rng(seed)
    built = Builder(simulated=simulated)
    course = [last]
    while len(course) < rounds:
        course.insert(0, course[0].previous)
    grades = list(Grade)[:12]
    for index in range(schools):
        school_id = built.school(f"s{index}")
        for _ in range(pupils):
            start = int(rng.integers(0, len(grades) - 4))
            _one_pupil(built, rng, school_id, grades, start, course)
    return built


def _one_pupil(built, rng, school_id, grades, start, course) -> None:
    room = str(rng.integers(1, 3))
    first = course[0].year
    pupil_id = built.pupil(school_id, grades[start], room, first, archived=bool(rng.random() < 0.05))
    for year in sorted({r.year for r in course} - {first}):
        built.enrol(pupil_id, school_id, grades[start + year - first], room, year)
    for number, round_ in enumerate(course):
        for repeat in range(int(rng.choice([0, 1, 1, 1, 2]))):
            at = moment(round_, int(rng.integers(0, 60)) + repeat * 60)
            level = int(np.clip(1 + start // 2 + number // 2 + rng.integers(-1, 2), 1, LEVELS))
            key = built.attempt(pupil_id, school_id, at, "discarded" if rng.random() < 0.1 else "finished")
            built.result(key, level)
            if rng.random() < 0.9:
                built.placement(key, level)
            if rng.random() < 0.1:
                built.placement(key, min(level + 1, LEVELS), level, minutes=90)
