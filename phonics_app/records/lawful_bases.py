"""Lawful bases of pupils: only ever added, the newest one counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select
from sqlalchemy.sql.selectable import Subquery

from phonics_app.domain.grade import Grade
from phonics_app.domain.privacy import Basis, BasisSource, LawfulBasis, PupilBasis
from phonics_app.domain.school import Classroom
from phonics_app.records.pupils import in_classrooms, list_pupils
from phonics_app.records.schema import enrolment, lawful_basis, pupil


def insert_bases(connection: Connection, bases: Iterable[LawfulBasis]) -> None:
    rows = [
        {
            "pupil_id": one.pupil_id,
            "basis": one.basis.value,
            "given_on": one.given_on.isoformat(),
            "source": one.source.value,
            "notice": one.notice,
            "noted_by": one.noted_by,
            "noted_at": one.noted_at,
        }
        for one in bases
    ]
    if rows:
        connection.execute(insert(lawful_basis), rows)


def class_bases(
    connection: Connection,
    school_id: str,
    year: int,
    grade: Grade | None = None,
    room: str | None = None,
    classrooms: Iterable[Classroom] | None = None,
) -> tuple[PupilBasis, ...]:
    """Every pupil of the class with what counts now, in list order; `classrooms`: of these alone."""
    pupils = list_pupils(connection, school_id, year, grade, room, classrooms=classrooms)
    newest = _newest()
    query = (
        select(lawful_basis)
        .join(newest, lawful_basis.c.key == newest.c.key)
        .join(enrolment, enrolment.c.pupil_id == lawful_basis.c.pupil_id)
        .where(enrolment.c.school_id == school_id, enrolment.c.year == year)
    )
    found = {row.pupil_id: _basis(row) for row in connection.execute(query)}
    return tuple(PupilBasis(each, found.get(each.id)) for each in pupils)


def history(connection: Connection, pupil_id: str) -> tuple[LawfulBasis, ...]:
    """Newest first."""
    query = select(lawful_basis).where(lawful_basis.c.pupil_id == pupil_id).order_by(lawful_basis.c.key.desc())
    return tuple(_basis(row) for row in connection.execute(query))


def count_without(
    connection: Connection, school_id: str, year: int, classrooms: Iterable[Classroom] | None = None
) -> int:
    """How many pupils of the school have none, or one that was taken back; `classrooms`: of these alone."""
    newest = _newest()
    latest = and_(lawful_basis.c.key == newest.c.key)
    query = (
        select(func.count())
        .select_from(enrolment)
        .join(pupil, pupil.c.id == enrolment.c.pupil_id)
        .outerjoin(newest, newest.c.pupil_id == pupil.c.id)
        .outerjoin(lawful_basis, latest)
        .where(enrolment.c.school_id == school_id, enrolment.c.year == year, pupil.c.archived.is_(False))
        .where(or_(lawful_basis.c.basis.is_(None), lawful_basis.c.basis == Basis.WITHDRAWN.value))
    )
    if classrooms is not None:
        query = query.where(in_classrooms(classrooms))
    return connection.scalar(query) or 0


def taken_back() -> Select[tuple[str]]:
    """Ids of pupils whose consent was taken back, with nothing in its place since."""
    newest = _newest()
    query = select(lawful_basis.c.pupil_id).join(newest, lawful_basis.c.key == newest.c.key)
    return query.where(lawful_basis.c.basis == Basis.WITHDRAWN.value)


def _newest() -> Subquery:
    key = func.max(lawful_basis.c.key).label("key")
    return select(lawful_basis.c.pupil_id, key).group_by(lawful_basis.c.pupil_id).subquery()


def _basis(row: Row[tuple[object, ...]]) -> LawfulBasis:
    day = date.fromisoformat(row.given_on)
    source = BasisSource(row.source)
    return LawfulBasis(row.pupil_id, Basis(row.basis), day, source, row.notice, row.noted_by, row.noted_at)
