"""A class as the class page needs it: pupils with level, last test and open attempt, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Subquery, and_, exists, false, func, select

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom, Pupil
from phonics_app.records.attempts import to_be_resumed
from phonics_app.records.figures import Scope
from phonics_app.records.pupils import COLUMNS, pupil_of
from phonics_app.records.schema import attempt, enrolment, placement, pupil, result


@dataclass(frozen=True, slots=True)
class ClassRecord:
    """A pupil of a class; `decided` says whether the last finished test has a placement."""

    pupil: Pupil
    level: int | None
    proposed_level: int | None
    last_test: datetime | None
    last_round: Round | None
    last_attempt_id: str | None
    decided: bool
    open_attempt_id: str | None
    simulated: bool


def classes(
    connection: Connection, school_id: str, year: int, classrooms: tuple[Classroom, ...] | None = None
) -> list[tuple[Grade, str]]:
    """Grade and room of every class (of these alone, where they are given) with pupils who are not archived."""
    scope = Scope((school_id,), classrooms=classrooms)
    query = (
        select(enrolment.c.grade, enrolment.c.room)
        .join(pupil, pupil.c.id == enrolment.c.pupil_id)
        .where(scope.condition(), enrolment.c.year == year, pupil.c.archived == false())
        .distinct()
    )
    return [(Grade(grade), room) for grade, room in connection.execute(query)]


def class_records(
    connection: Connection,
    school_id: str,
    year: int,
    grade: Grade | None = None,
    room: str | None = None,
    classrooms: tuple[Classroom, ...] | None = None,
) -> list[ClassRecord]:
    """The pupils enrolled there that year, archived ones left out, in no particular order.

    `classrooms`: of these alone.
    """
    scope = Scope((school_id,), () if grade is None else (grade,), room, classrooms)
    members = select(enrolment.c.pupil_id).where(enrolment.c.year == year, scope.condition())
    return [_record(row) for row in connection.execute(_query(scope, year, members))]


def _query(scope: Scope, year: int, members: Select[tuple[str]]) -> Select[Any]:
    level, last, opened = _newest_placement(members), _last_result(members), _open_attempt(members)
    decided = exists().where(placement.c.attempt_key == last.c.attempt_key)
    return (
        select(
            *COLUMNS,
            pupil.c.simulated,
            level.c.level,
            last.c.proposed_level,
            last.c.finished_at,
            last.c.year.label("last_year"),
            last.c.term.label("last_term"),
            last.c.attempt_id,
            decided.label("decided"),
            opened.c.id.label("open_attempt_id"),
        )
        .join(enrolment, enrolment.c.pupil_id == pupil.c.id)
        .outerjoin(level, and_(level.c.pupil_id == pupil.c.id, level.c.rank == 1))
        .outerjoin(last, and_(last.c.pupil_id == pupil.c.id, last.c.rank == 1))
        .outerjoin(opened, and_(opened.c.pupil_id == pupil.c.id, opened.c.rank == 1))
        .where(enrolment.c.year == year, pupil.c.archived == false(), scope.condition())
    )


def _newest_placement(members: Select[tuple[str]]) -> Subquery:
    rank = func.row_number().over(
        partition_by=placement.c.pupil_id, order_by=(placement.c.decided_at.desc(), placement.c.key.desc())
    )
    return (
        select(placement.c.pupil_id, placement.c.level, rank.label("rank"))
        .join(attempt, attempt.c.key == placement.c.attempt_key)
        .where(attempt.c.status != AttemptStatus.DISCARDED.value, placement.c.pupil_id.in_(members))
        .subquery("level_in_force")
    )


def _last_result(members: Select[tuple[str]]) -> Subquery:
    r = result.c
    rank = func.row_number().over(partition_by=r.pupil_id, order_by=(r.finished_at.desc(), r.attempt_key.desc()))
    return (
        select(
            r.pupil_id,
            r.attempt_key,
            attempt.c.id.label("attempt_id"),
            r.proposed_level,
            r.finished_at,
            r.year,
            r.term,
            rank.label("rank"),
        )
        .join(attempt, attempt.c.key == r.attempt_key)
        .where(attempt.c.status != AttemptStatus.DISCARDED.value, r.pupil_id.in_(members))
        .subquery("last_result")
    )


def _open_attempt(members: Select[tuple[str]]) -> Subquery:
    a = attempt.c
    rank = func.row_number().over(partition_by=a.pupil_id, order_by=(a.created_at.desc(), a.key.desc()))
    return (
        select(a.pupil_id, a.id, rank.label("rank"))
        .where(to_be_resumed(), a.pupil_id.in_(members))
        .subquery("open_attempt")
    )


def _record(row: Row[Any]) -> ClassRecord:
    return ClassRecord(
        pupil=pupil_of(row),
        level=row.level,
        proposed_level=row.proposed_level,
        last_test=row.finished_at,
        last_round=None if row.last_year is None else Round(row.last_year, row.last_term),
        last_attempt_id=row.attempt_id,
        decided=bool(row.decided),
        open_attempt_id=row.open_attempt_id,
        simulated=bool(row.simulated),
    )
