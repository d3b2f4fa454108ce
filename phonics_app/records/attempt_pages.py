"""Tests given at a school, page by page, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, and_, func, select

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.calendar import THAI_TIME
from phonics_app.domain.grade import Grade
from phonics_app.domain.paging import Page, Wanted
from phonics_app.domain.school import Classroom, Pupil
from phonics_app.records.attempts import by_items
from phonics_app.records.pupil_pages import matches
from phonics_app.records.pupils import COLUMNS, in_classrooms, pupil_of
from phonics_app.records.schema import attempt, enrolment, pupil, result


@dataclass(frozen=True, slots=True)
class AttemptFilter:
    """Which tests of a school; what is None or empty does not narrow them."""

    grade: Grade | None = None
    """The class is the one in which the pupil is enrolled at the school in the year of the list."""
    room: str | None = None
    search: str = ""
    status: AttemptStatus | None = None
    since: date | None = None
    until: date | None = None
    """Days in Thailand, both included."""
    classrooms: tuple[Classroom, ...] | None = None
    """Of these alone; the use case sets it by the actor's rights."""


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """A test in a list. `self_run`: taken by the pupil alone, so that no teacher can go on with it."""

    attempt_id: str
    pupil: Pupil
    status: AttemptStatus
    created_at: datetime
    proposed_level: int | None
    self_run: bool


def page_of_attempts(
    connection: Connection, school_id: str, year: int, chosen: AttemptFilter, wanted: Wanted
) -> Page[AttemptRow]:
    """Tests given at that school in that academic year."""
    found = _condition(school_id, year, chosen)
    joined = _joined(year)
    total = connection.scalar(select(func.count()).select_from(joined).where(found)) or 0
    columns = (attempt.c.id, attempt.c.status, attempt.c.created_at, result.c.proposed_level, by_items())
    names = ("attempt_id", "status", "created_at", "proposed_level", "self_run")
    query: Select[Any] = (
        select(*COLUMNS, *(column.label(name) for column, name in zip(columns, names, strict=True)))
        .select_from(joined.outerjoin(result, result.c.attempt_key == attempt.c.key))
        .where(found)
        .order_by(attempt.c.created_at.desc(), attempt.c.key.desc())
    )
    rows = connection.execute(query.limit(wanted.limit).offset(wanted.offset))
    return Page.of(tuple(_row(row) for row in rows), wanted, total)


def _joined(year: int) -> FromClause:
    here = and_(enrolment.c.pupil_id == attempt.c.pupil_id, enrolment.c.year == year)
    return attempt.join(pupil, pupil.c.id == attempt.c.pupil_id).join(enrolment, here)


def _condition(school_id: str, year: int, chosen: AttemptFilter) -> ColumnElement[bool]:
    first, after = _morning(date(year - 543, 5, 16)), _morning(date(year - 542, 5, 16))
    if chosen.since is not None:
        first = max(first, _morning(chosen.since))
    if chosen.until is not None:
        after = min(after, _morning(date.fromordinal(chosen.until.toordinal() + 1)))
    created = attempt.c.created_at
    parts = [attempt.c.school_id == school_id, created >= first, created < after]
    if (chosen.grade, chosen.room, chosen.classrooms) != (None, None, None):
        # Whoever has moved is in a class of another school, which may have the same name.
        parts.append(enrolment.c.school_id == school_id)
    if chosen.grade is not None:
        parts.append(enrolment.c.grade == chosen.grade.value)
    if chosen.room is not None:
        parts.append(enrolment.c.room == chosen.room)
    if chosen.status is not None:
        parts.append(attempt.c.status == chosen.status.value)
    if chosen.classrooms is not None:
        parts.append(in_classrooms(chosen.classrooms))
    if chosen.search:
        parts.append(matches(chosen.search))
    return and_(*parts)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=THAI_TIME)


def _row(row: Row[Any]) -> AttemptRow:
    return AttemptRow(
        attempt_id=row.attempt_id,
        pupil=pupil_of(row),
        status=AttemptStatus(row.status),
        created_at=row.created_at,
        proposed_level=row.proposed_level,
        self_run=bool(row.self_run),
    )
