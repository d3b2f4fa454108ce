"""Pupils of a school, page by page: filtered, counted and sorted in the database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from phonics_app.domain.grade import Grade
from phonics_app.domain.paging import Page, Wanted
from phonics_app.domain.school import Classroom, Pupil
from phonics_app.records.pupils import COLUMNS, in_classrooms, pupil_of
from phonics_app.records.schema import enrolment, pupil


class PupilOrder(Enum):
    CLASS = "class"
    """Grade, room, pupil number."""
    NAME = "name"
    """First name, last name, as Thai dictionaries sort."""


@dataclass(frozen=True, slots=True)
class PupilFilter:
    """Which pupils of a school in a year; what is None or empty does not narrow them."""

    grade: Grade | None = None
    room: str | None = None
    search: str = ""
    """In prefix and name, or the beginning of the pupil number."""
    archived: bool = False
    """Those too."""
    order: PupilOrder = PupilOrder.CLASS
    classrooms: tuple[Classroom, ...] | None = None
    """Of these alone; the use case sets it by the actor's rights."""


def matches(search: str) -> ColumnElement[bool]:
    """Whether a pupil's number begins with `search`, or his written name holds it."""
    written = pupil.c.prefix + pupil.c.first_name + " " + pupil.c.last_name
    return written.icontains(search, autoescape=True) | pupil.c.number.startswith(search, autoescape=True)


def page_of_pupils(
    connection: Connection, school_id: str, year: int, chosen: PupilFilter, wanted: Wanted
) -> Page[Pupil]:
    found = _condition(school_id, year, chosen)
    joined = enrolment.join(pupil, pupil.c.id == enrolment.c.pupil_id)
    total = connection.scalar(select(func.count()).select_from(joined).where(found)) or 0
    number = enrolment.c.class_number
    in_class = (enrolment.c.class_key, number.is_(None), number, pupil.c.number_key, pupil.c.id)
    order = (pupil.c.name_key, *in_class) if chosen.order is PupilOrder.NAME else in_class
    query: Select[Any] = select(*COLUMNS).select_from(joined).where(found).order_by(*order)
    rows = connection.execute(query.limit(wanted.limit).offset(wanted.offset))
    return Page.of(tuple(pupil_of(row) for row in rows), wanted, total)


def _condition(school_id: str, year: int, chosen: PupilFilter) -> ColumnElement[bool]:
    parts = [enrolment.c.school_id == school_id, enrolment.c.year == year]
    if chosen.grade is not None:
        parts.append(enrolment.c.grade == chosen.grade.value)
    if chosen.room is not None:
        parts.append(enrolment.c.room == chosen.room)
    if not chosen.archived:
        parts.append(pupil.c.archived.is_(False))
    if chosen.classrooms is not None:
        parts.append(in_classrooms(chosen.classrooms))
    if chosen.search:
        parts.append(matches(chosen.search))
    return and_(*parts)
