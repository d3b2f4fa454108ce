"""Pupils and their enrolment: one pupil, one row for each academic year; what was before is kept (`past`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom, Pupil, PupilDraft, Sex, class_order
from phonics_app.records.merged import kept_of
from phonics_app.records.past import Change, end_enrolments, enrolments_in, in_parts, keep_names, place_pupils, stay_on
from phonics_app.records.schema import enrolment, pupil
from phonics_app.records.sort_keys import name_key
from phonics_app.records.writing import natural_sort_key

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
    enrolment.c.class_number,
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
    return Pupil(*person, row.year, Grade(row.grade), row.room, row.archived, row.class_number)


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


def find_pupil(connection: Connection, pupil_id: str, year: int | None = None) -> Pupil | None:
    """As enrolled in the latest academic year; of a record that was merged, the pupil who has its history now.

    `year`: the latest up to this one. Whoever is on the list of a coming year is in that class when it begins.
    """
    latest = [enrolment.c.year.desc()]
    order = latest if year is None else [enrolment.c.year > year, func.abs(enrolment.c.year - year)]
    query = _enrolled().where(pupil.c.id == pupil_id).order_by(*order).limit(1)
    row = connection.execute(query).one_or_none()
    if row is None:
        kept = kept_of(connection, [pupil_id])
        return find_pupil(connection, kept[pupil_id], year) if kept else None
    return pupil_of(row)


def newest_enrolments(connection: Connection, pupil_ids: Iterable[str]) -> dict[str, tuple[Pupil, str]]:
    """Each as enrolled in his latest academic year, and since when ("": since it began)."""
    found: dict[str, tuple[Pupil, str]] = {}
    for part in in_parts(list(pupil_ids)):
        query = _enrolled().add_columns(enrolment.c.since).where(pupil.c.id.in_(part)).order_by(enrolment.c.year)
        found |= {row.id: (pupil_of(row), row.since) for row in connection.execute(query)}
    return found


def pupil_on(connection: Connection, found: Pupil, day: date) -> Pupil:
    """The same pupil at the school and in the class in which he was on that day, as far as it is known."""
    stay = stay_on(connection, found.id, day)
    if stay is None:
        return found
    return replace(found, school_id=stay.school_id, year=stay.year, grade=stay.grade, room=stay.room)


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


def class_numbers_in(connection: Connection, school_id: str, year: int) -> dict[str, int | None]:
    """Pupil id → number in class in that year."""
    columns = (enrolment.c.pupil_id, enrolment.c.class_number)
    query = select(*columns).where(enrolment.c.school_id == school_id, enrolment.c.year == year)
    return dict(connection.execute(query).all())


def number_is_taken(connection: Connection, school_id: str, number: str, by_other_than: str = "") -> bool:
    taken = select(pupil.c.id).where(pupil.c.school_id == school_id, pupil.c.number == number)
    return connection.scalar(taken.where(pupil.c.id != by_other_than)) is not None


def draft_of(found: Pupil) -> PupilDraft:
    person = (found.number, found.prefix, found.first_name, found.last_name, found.sex)
    return PupilDraft(*person, found.grade, found.room, found.class_number)


def _person(pupil_id: str, draft: PupilDraft) -> dict[str, object]:
    return {
        "id": pupil_id,
        "number": draft.number,
        "prefix": draft.prefix,
        "first_name": draft.first_name,
        "last_name": draft.last_name,
        "sex": draft.sex.value,
        "name_key": name_key(draft.first_name, draft.last_name),
        "number_key": natural_sort_key(draft.number),
    }


def insert_pupils(
    connection: Connection,
    school_id: str,
    year: int,
    drafts: Iterable[tuple[str, PupilDraft]],
    simulated: bool = False,
    since: str = "",
) -> None:
    """New pupils (`id, draft`), enrolled in that year; two statements however many there are.

    `since`: from that day on (ISO 8601); empty: since the year began.
    """
    drafts = list(drafts)
    if not drafts:
        return
    common = {"school_id": school_id, "simulated": simulated, "archived": False}
    connection.execute(insert(pupil), [_person(id, draft) | common for id, draft in drafts])
    insert_enrolments(connection, school_id, year, drafts, since)


def insert_enrolments(
    connection: Connection, school_id: str, year: int, drafts: Sequence[tuple[str, PupilDraft]], since: str
) -> None:
    rows = [
        {
            "pupil_id": id,
            "year": year,
            "school_id": school_id,
            "grade": d.grade.value,
            "room": d.room,
            "class_number": d.class_number,
            "since": since,
        }
        for id, d in drafts
    ]
    if rows:
        connection.execute(insert(enrolment), rows)


def update_pupils(
    connection: Connection,
    school_id: str,
    year: int,
    drafts: Iterable[tuple[str, PupilDraft]],
    change: Change,
    returning: bool = True,
) -> None:
    """Corrects pupils and enrols them in that year (or moves them within it); names and classes of before are kept.

    `returning`: whoever is archived is taken back into the class list.
    """
    drafts = list(drafts)
    if not drafts:
        return
    ids = [id for id, _ in drafts]
    keep_names(connection, dict(drafts), change)
    back = {"archived": False} if returning else {}
    people = [{"of_id": id} | _person(id, draft) | back for id, draft in drafts]
    fields: dict[str, Any] = {name: bindparam(name) for name in people[0] if name not in ("of_id", "id")}
    connection.execute(update(pupil).where(pupil.c.id == bindparam("of_id")).values(fields), people)
    present = enrolments_in(connection, ids, year)
    fresh = [(id, d) for id, d in drafts if id not in present]
    insert_enrolments(connection, school_id, year, fresh, change.since_in(year))
    wanted = {id: (school_id, d.grade.value, d.room) for id, d in drafts if id in present}
    place_pupils(connection, year, wanted, present, change, returning)
    numbers = [{"of_id": id, "to_number": d.class_number} for id, d in drafts if id in present]
    if numbers:
        here = (enrolment.c.pupil_id == bindparam("of_id")) & (enrolment.c.year == year)
        connection.execute(update(enrolment).where(here).values(class_number=bindparam("to_number")), numbers)


def move_to_school(connection: Connection, pupil_id: str, year: int, school_id: str, change: Change) -> None:
    """From that day on; what was before and results stay where they were."""
    connection.execute(update(pupil).where(pupil.c.id == pupil_id).values(school_id=school_id))
    present = enrolments_in(connection, [pupil_id], year)
    wanted = {id: (school_id, row.grade, row.room) for id, row in present.items()}
    place_pupils(connection, year, wanted, present, replace(change, reason="school"))
    # Of a year that has not begun there is no stay to keep.
    coming = (enrolment.c.pupil_id == pupil_id) & (enrolment.c.year > year)
    connection.execute(update(enrolment).where(coming).values(school_id=school_id, class_number=None))


def schools_and_numbers(connection: Connection, pupil_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Of the pupils that there are: the school where each belongs now, and his number."""
    found: dict[str, tuple[str, str]] = {}
    kept = kept_of(connection, pupil_ids)
    for part in in_parts([*pupil_ids, *kept.values()]):
        query = select(pupil.c.id, pupil.c.school_id, pupil.c.number).where(pupil.c.id.in_(part))
        found |= {row.id: (row.school_id, row.number) for row in connection.execute(query)}
    return found | {merged: found[now] for merged, now in kept.items()}


def archive_pupils(connection: Connection, pupil_ids: Iterable[str], year: int, change: Change) -> None:
    """Takes pupils out of the class lists from that day on; what they did stays."""
    ids = list(pupil_ids)
    rows = [{"of_id": pupil_id} for pupil_id in ids]
    if rows:
        connection.execute(update(pupil).where(pupil.c.id == bindparam("of_id")).values(archived=True), rows)
    end_enrolments(connection, ids, year, change)


def set_archived(connection: Connection, pupil_id: str, year: int, archived: bool, change: Change) -> None:
    """Out of the class list of that year from that day on, or back into it; how long he was away is kept."""
    connection.execute(update(pupil).where(pupil.c.id == pupil_id).values(archived=archived))
    if archived:
        end_enrolments(connection, [pupil_id], year, change)
    else:
        present = enrolments_in(connection, [pupil_id], year)
        same = {id: (row.school_id, row.grade, row.room) for id, row in present.items()}
        place_pupils(connection, year, same, present, change)
