"""Level classes: formed, changed, left. Who was in which, and who taught it, is never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, or_, select, update

from phonics_app.domain.calendar import Round
from phonics_app.domain.level_class import LevelClass, Taught
from phonics_app.records.past import Change, in_parts
from phonics_app.records.schema import level_class, level_class_teacher, level_member, pupil


def insert_class(connection: Connection, new: LevelClass, pupil_ids: Sequence[str], change: Change) -> None:
    values = {"id": new.id, "school_id": new.school_id, "year": new.round.year, "term": new.round.term}
    more = {"level": new.level, "name": new.name, "room": new.room, "since": change.day}
    connection.execute(insert(level_class).values(values | more))
    set_teacher(connection, new.id, new.teacher, change)
    add_members(connection, new.id, pupil_ids, change)


def add_members(connection: Connection, class_id: str, pupil_ids: Sequence[str], change: Change) -> None:
    common = {"class_id": class_id, "since": change.day, "recorded_at": change.at, "recorded_by": change.account_id}
    if pupil_ids:
        connection.execute(insert(level_member), [{"pupil_id": id} | common for id in pupil_ids])


def end_memberships(connection: Connection, pupil_ids: Sequence[str], change: Change) -> None:
    """From that day on these pupils are in no level class."""
    for part in in_parts(pupil_ids):
        here = level_member.c.pupil_id.in_(part) & (level_member.c.until == "")
        connection.execute(update(level_member).where(here).values(until=change.day))


def close_classes(connection: Connection, school_id: str, change: Change) -> None:
    """Every class of the school is over, with its memberships."""
    own = select(level_class.c.id).where(level_class.c.school_id == school_id, level_class.c.until == "")
    for table in (level_member, level_class_teacher):
        here = table.c.class_id.in_(own) & (table.c.until == "")
        connection.execute(update(table).where(here).values(until=change.day))
    here = (level_class.c.school_id == school_id) & (level_class.c.until == "")
    connection.execute(update(level_class).where(here).values(until=change.day))


def set_teacher(connection: Connection, class_id: str, teacher: str, change: Change) -> None:
    """Who teaches it from that day on; who did before is kept."""
    t = level_class_teacher
    here = (t.c.class_id == class_id) & (t.c.until == "")
    if connection.scalar(select(t.c.teacher).where(here)) == teacher:
        return
    connection.execute(update(t).where(here).values(until=change.day))
    connection.execute(insert(t).values(class_id=class_id, teacher=teacher, since=change.day))


def rename(connection: Connection, class_id: str, name: str, room: str) -> None:
    connection.execute(update(level_class).where(level_class.c.id == class_id).values(name=name, room=room))


def _classes() -> Select[Any]:
    c, m, t = level_class.c, level_member.c, level_class_teacher.c
    here = (m.class_id == c.id, m.until == "", pupil.c.id == m.pupil_id, pupil.c.archived.is_(False))
    size = select(func.count()).select_from(level_member, pupil).where(*here).correlate(level_class).scalar_subquery()
    teacher = select(t.teacher).where(t.class_id == c.id, t.until == "").limit(1).scalar_subquery()
    return select(level_class, size.label("size"), teacher.label("teacher"))


def classes_of(connection: Connection, school_id: str) -> tuple[LevelClass, ...]:
    """Those that go on, by level and name."""
    query = _classes().where(level_class.c.school_id == school_id, level_class.c.until == "")
    found = [_class(row) for row in connection.execute(query)]
    return tuple(sorted(found, key=lambda one: (one.level, one.name, one.id)))


def find_class(connection: Connection, class_id: str) -> LevelClass | None:
    row = connection.execute(_classes().where(level_class.c.id == class_id)).one_or_none()
    return None if row is None else _class(row)


def _class(row: Row[Any]) -> LevelClass:
    return LevelClass(
        id=row.id,
        school_id=row.school_id,
        round=Round(row.year, row.term),
        level=row.level,
        name=row.name,
        teacher=row.teacher or "",
        room=row.room,
        since=date.fromisoformat(row.since),
        until=date.fromisoformat(row.until) if row.until else None,
        size=row.size,
    )


def members_of(connection: Connection, class_id: str) -> dict[str, date]:
    """Pupils who are in the class now, since when."""
    m = level_member.c
    rows = connection.execute(select(m.pupil_id, m.since).where(m.class_id == class_id, m.until == ""))
    return {row.pupil_id: date.fromisoformat(row.since) for row in rows}


def taught_of(connection: Connection, pupil_id: str) -> tuple[Taught, ...]:
    """In which level classes the pupil was and who taught him, newest first: a row for each teacher."""
    c, m, t = level_class.c, level_member.c, level_class_teacher.c
    # A membership of no length was put right on the day on which it was made.
    met = and_(t.class_id == m.class_id, or_(m.until == "", t.since < m.until), or_(t.until == "", t.until > m.since))
    query: Select[Any] = (
        select(c.name, c.level, t.teacher, m.since, m.until, t.since.label("from_day"), t.until.label("to_day"))
        .join_from(level_member, level_class, c.id == m.class_id)
        .join(level_class_teacher, met)
        .where(m.pupil_id == pupil_id, or_(m.until == "", m.until > m.since))
        .order_by(m.since.desc(), t.since.desc(), m.key.desc())
    )
    return tuple(_taught(row) for row in connection.execute(query))


def _taught(row: Row[Any]) -> Taught:
    since = max(row.since, row.from_day)
    until = min((day for day in (row.until, row.to_day) if day), default="")
    return Taught(
        row.name, row.level, row.teacher, date.fromisoformat(since), date.fromisoformat(until) if until else None
    )
