"""Pupils and their enrolment: one pupil, one row for each academic year at a school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, false, insert, or_, select, update

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom, Pupil, PupilDraft, Sex, class_order
from phonics_app.records.schema import enrolment, pupil

COLUMNS = (
    pupil.c.id,
    enrolment.c.school_id,
    pupil.c.number,
    pupil.c.prefix,
    pupil.c.first_name,
    pupil.c.last_name,
    pupil.c.sex,
    enrolment.c.year,
    enrolment.c.grade,
    enrolment.c.room,
    pupil.c.archived,
)
"""Of a pupil in one academic year, for `pupil_of`. The school is that year's: he may have moved since."""


def _enrolled() -> Select[Any]:
    return select(*COLUMNS).join_from(pupil, enrolment, enrolment.c.pupil_id == pupil.c.id)


def in_classrooms(classrooms: Iterable[Classroom]) -> ColumnElement[bool]:
    """Whether an enrolment is in one of them; there being none, it never is."""
    c = enrolment.c
    return or_(
        false(), *(and_(c.year == one.year, c.grade == one.grade.value, c.room == one.room) for one in classrooms)
    )


def pupil_of(row: Row[Any]) -> Pupil:
    person = (row.id, row.school_id, row.number, row.prefix, row.first_name, row.last_name, Sex(row.sex))
    return Pupil(*person, row.year, Grade(row.grade), row.room, row.archived)


def list_pupils(
    connection: Connection,
    school_id: str,
    year: int,
    grade: Grade | None = None,
    room: str | None = None,
    search: str = "",
    include_archived: bool = False,
    classrooms: Iterable[Classroom] | None = None,
) -> tuple[Pupil, ...]:
    """Pupils enrolled at the school in that year; `search` in number, name or prefix and name.

    `classrooms`: of these alone.
    """
    query = _enrolled().where(enrolment.c.school_id == school_id, enrolment.c.year == year)
    if classrooms is not None:
        query = query.where(in_classrooms(classrooms))
    if grade is not None:
        query = query.where(enrolment.c.grade == grade.value)
    if room is not None:
        query = query.where(enrolment.c.room == room)
    if not include_archived:
        query = query.where(pupil.c.archived.is_(False))
    if search:
        written = pupil.c.prefix + pupil.c.first_name + " " + pupil.c.last_name
        query = query.where(
            written.icontains(search, autoescape=True) | pupil.c.number.startswith(search, autoescape=True)
        )
    return tuple(sorted(map(pupil_of, connection.execute(query)), key=class_order))


def find_pupil(connection: Connection, pupil_id: str) -> Pupil | None:
    """As enrolled in the latest academic year."""
    query = _enrolled().where(pupil.c.id == pupil_id).order_by(enrolment.c.year.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else pupil_of(row)


def pupils_by_number(connection: Connection, school_id: str) -> dict[str, tuple[str, PupilDraft, bool]]:
    """Number → id, the pupil as last enrolled, archived: every pupil whose school this is now."""
    query = _enrolled().where(pupil.c.school_id == school_id).order_by(enrolment.c.year)
    found = map(pupil_of, connection.execute(query))
    return {p.number: (p.id, draft_of(p), p.archived) for p in found}


def enrolled_in(connection: Connection, school_id: str, year: int) -> dict[str, tuple[Grade, str]]:
    """Pupil id → grade and room in that year."""
    columns = (enrolment.c.pupil_id, enrolment.c.grade, enrolment.c.room)
    query = select(*columns).where(enrolment.c.school_id == school_id, enrolment.c.year == year)
    return {row.pupil_id: (Grade(row.grade), row.room) for row in connection.execute(query)}


def number_is_taken(connection: Connection, school_id: str, number: str, by_other_than: str = "") -> bool:
    taken = select(pupil.c.id).where(pupil.c.school_id == school_id, pupil.c.number == number)
    return connection.scalar(taken.where(pupil.c.id != by_other_than)) is not None


def draft_of(found: Pupil) -> PupilDraft:
    return PupilDraft(found.number, found.prefix, found.first_name, found.last_name, found.sex, found.grade, found.room)


def _person(pupil_id: str, draft: PupilDraft) -> dict[str, object]:
    return {
        "id": pupil_id,
        "number": draft.number,
        "prefix": draft.prefix,
        "first_name": draft.first_name,
        "last_name": draft.last_name,
        "sex": draft.sex.value,
    }


def insert_pupils(
    connection: Connection,
    school_id: str,
    year: int,
    drafts: Iterable[tuple[str, PupilDraft]],
    simulated: bool = False,
) -> None:
    """New pupils (`id, draft`), enrolled in that year; two statements however many there are."""
    drafts = list(drafts)
    if not drafts:
        return
    common = {"school_id": school_id, "simulated": simulated, "archived": False}
    connection.execute(insert(pupil), [_person(id, draft) | common for id, draft in drafts])
    _insert_enrolments(connection, school_id, year, drafts)


def _insert_enrolments(
    connection: Connection, school_id: str, year: int, drafts: Sequence[tuple[str, PupilDraft]]
) -> None:
    rows = [
        {"pupil_id": id, "year": year, "school_id": school_id, "grade": d.grade.value, "room": d.room}
        for id, d in drafts
    ]
    if rows:
        connection.execute(insert(enrolment), rows)


def update_pupils(connection: Connection, school_id: str, year: int, drafts: Iterable[tuple[str, PupilDraft]]) -> None:
    """Corrects pupils, takes them out of the archive and enrols them in that year (or moves them within it)."""
    drafts = list(drafts)
    if not drafts:
        return
    people = [{"of_id": id} | _person(id, draft) | {"archived": False} for id, draft in drafts]
    fields: dict[str, Any] = {
        name: bindparam(name) for name in ("number", "prefix", "first_name", "last_name", "sex", "archived")
    }
    connection.execute(update(pupil).where(pupil.c.id == bindparam("of_id")).values(fields), people)
    present = _enrolled_anywhere(connection, year)
    _insert_enrolments(connection, school_id, year, [(id, d) for id, d in drafts if id not in present])
    _move(connection, school_id, year, [(id, d) for id, d in drafts if id in present])


def _enrolled_anywhere(connection: Connection, year: int) -> set[str]:
    return set(connection.scalars(select(enrolment.c.pupil_id).where(enrolment.c.year == year)))


def _move(connection: Connection, school_id: str, year: int, drafts: Sequence[tuple[str, PupilDraft]]) -> None:
    if not drafts:
        return
    rows = [{"of_id": id, "to_grade": d.grade.value, "to_room": d.room, "to_school": school_id} for id, d in drafts]
    here = (enrolment.c.pupil_id == bindparam("of_id")) & (enrolment.c.year == year)
    moved: dict[str, Any] = {
        "grade": bindparam("to_grade"),
        "room": bindparam("to_room"),
        "school_id": bindparam("to_school"),
    }
    connection.execute(update(enrolment).where(here).values(moved), rows)


def move_to_school(connection: Connection, pupil_id: str, year: int, school_id: str) -> None:
    """From that year on; earlier enrolments and results stay where they were."""
    connection.execute(update(pupil).where(pupil.c.id == pupil_id).values(school_id=school_id))
    this_year = (enrolment.c.pupil_id == pupil_id) & (enrolment.c.year == year)
    connection.execute(update(enrolment).where(this_year).values(school_id=school_id))


def schools_and_numbers(connection: Connection, pupil_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Of the pupils that there are: the school where each belongs now, and his number."""
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(pupil_ids), _AT_ONCE):
        part = pupil_ids[start : start + _AT_ONCE]
        query = select(pupil.c.id, pupil.c.school_id, pupil.c.number).where(pupil.c.id.in_(part))
        found |= {row.id: (row.school_id, row.number) for row in connection.execute(query)}
    return found


_AT_ONCE = 500


def archive_pupils(connection: Connection, pupil_ids: Iterable[str]) -> None:
    """Takes pupils out of the class lists; what they did stays."""
    rows = [{"of_id": pupil_id} for pupil_id in pupil_ids]
    if rows:
        connection.execute(update(pupil).where(pupil.c.id == bindparam("of_id")).values(archived=True), rows)


def set_archived(connection: Connection, pupil_id: str, archived: bool) -> None:
    connection.execute(update(pupil).where(pupil.c.id == pupil_id).values(archived=archived))
