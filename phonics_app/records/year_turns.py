"""Turns of the school year: stored with all they did, so that they can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, insert, literal, or_, select, update

from phonics_app.domain.calendar import THAI_TIME, Round, thai_day
from phonics_app.domain.year_turn import Outcome, TurnRow, YearTurn
from phonics_app.records.past import in_parts
from phonics_app.records.schema import (
    attempt,
    class_sitting,
    enrolment,
    event,
    level_class,
    past_enrolment,
    pupil,
    year_turn,
    year_turn_pupil,
)

_TURNED = year_turn_pupil.c.outcome != Outcome.ENROLLED.value
"""Those with whom the turn did something."""


def store_turn(connection: Connection, turn: YearTurn, rows: Sequence[TurnRow]) -> None:
    """Enrols pupils in the new year; who leaves is archived, and was enrolled to the end of the old year.

    Whoever is in the new year already stays as he is, and is written down: he was not added since.
    """
    values = {"id": turn.id, "school_id": turn.school_id, "to_year": turn.to_year}
    connection.execute(insert(year_turn).values(values | {"turned_at": turn.turned_at, "turned_by": turn.turned_by}))
    _tell_those_there(connection, turn)
    enrolled, told, leavers = [], [], []
    for row in rows:
        grade, room = (row.to[0].value, row.to[1]) if row.to else ("", "")
        kept = {"turn_id": turn.id, "pupil_id": row.pupil.id, "outcome": row.outcome.value}
        told.append(kept | {"grade": grade, "room": room})
        if row.to is None:
            leavers.append(row.pupil.id)
        else:
            where = {"pupil_id": row.pupil.id, "year": turn.to_year, "school_id": turn.school_id, "since": ""}
            # Who goes up with his class keeps his number in it; who repeats comes into a class with its own ones.
            number = row.pupil.class_number if row.outcome is Outcome.PROMOTED else None
            enrolled.append(where | {"grade": grade, "room": room, "class_number": number})
    if told:
        connection.execute(insert(year_turn_pupil), told)
    if enrolled:
        connection.execute(insert(enrolment), enrolled)
    _set_left(connection, leavers, turn.to_year, True)


def _tell_those_there(connection: Connection, turn: YearTurn) -> None:
    e = enrolment.c
    there = select(literal(turn.id), e.pupil_id, literal(Outcome.ENROLLED.value), e.grade, e.room)
    names = ["turn_id", "pupil_id", "outcome", "grade", "room"]
    here = (e.school_id == turn.school_id) & (e.year == turn.to_year)
    connection.execute(insert(year_turn_pupil).from_select(names, there.where(here)))


def _set_left(connection: Connection, pupil_ids: Sequence[str], to_year: int, left: bool) -> None:
    first_day = Round(to_year, 1).starts.isoformat()
    before, after = ("", first_day) if left else (first_day, "")
    for part in in_parts(pupil_ids):
        connection.execute(update(pupil).where(pupil.c.id.in_(part)).values(archived=left))
        here = (enrolment.c.year == to_year - 1) & enrolment.c.pupil_id.in_(part) & (enrolment.c.until == before)
        connection.execute(update(enrolment).where(here).values(until=after))


def last_turn(connection: Connection, school_id: str) -> YearTurn | None:
    """The newest one of the school that was not taken back."""
    t = year_turn.c
    of_turn = select(func.count()).where(year_turn_pupil.c.turn_id == t.id, _TURNED).scalar_subquery()
    query = select(t.id, t.school_id, t.to_year, t.turned_at, t.turned_by, of_turn).where(
        t.school_id == school_id, t.undone_at.is_(None)
    )
    row = connection.execute(query.order_by(t.turned_at.desc()).limit(1)).one_or_none()
    return None if row is None else YearTurn(*row)


def is_used(connection: Connection, turn: YearTurn) -> bool:
    """Whether something was recorded in the new year since: a test, a changed class, a pupil who is new, a level class
    or a class test.

    A sheet of paper counts on its day, in the class of that day: what was keyed in after the turn is of the new class.
    """
    starts = datetime.combine(Round(turn.to_year, 1).starts, datetime.min.time(), tzinfo=THAI_TIME)
    of_turn = select(year_turn_pupil.c.pupil_id).where(year_turn_pupil.c.turn_id == turn.id, _TURNED)
    marked = exists().where(event.c.attempt_key == attempt.c.key, event.c.received_at >= turn.turned_at)
    tested = exists().where(
        attempt.c.school_id == turn.school_id,
        attempt.c.created_at >= starts,
        attempt.c.pupil_id.in_(of_turn),
        or_(attempt.c.created_at >= turn.turned_at, marked),
    )
    moved = exists().where(past_enrolment.c.year == turn.to_year, past_enrolment.c.pupil_id.in_(of_turn))
    e, told = enrolment.c, year_turn_pupil
    same = exists().where(
        told.c.turn_id == turn.id, told.c.pupil_id == e.pupil_id, told.c.grade == e.grade, told.c.room == e.room
    )
    here = (e.year == turn.to_year) & (e.pupil_id.in_(of_turn) | ((e.school_id == turn.school_id) & (e.since != "")))
    other = exists().where(here, ~same)
    left = exists().where(
        told.c.turn_id == turn.id,
        told.c.pupil_id == pupil.c.id,
        (told.c.outcome == Outcome.LEAVES.value) != pupil.c.archived,
    )
    c, s = level_class.c, class_sitting.c
    day = thai_day(turn.turned_at).isoformat()
    formed = exists().where(c.school_id == turn.school_id, c.year == turn.to_year, c.since >= day)
    seated = exists().where(s.school_id == turn.school_id, s.year == turn.to_year, s.opened_at >= turn.turned_at)
    return any(bool(connection.scalar(select(found))) for found in (tested, moved, other, left, formed, seated))


def take_back(connection: Connection, turn: YearTurn, at: datetime, account_id: str) -> None:
    """As it was before the turn; that it was turned and taken back is kept."""
    told = connection.execute(
        select(year_turn_pupil.c.pupil_id, year_turn_pupil.c.outcome).where(
            year_turn_pupil.c.turn_id == turn.id, _TURNED
        )
    ).all()
    leavers = [row.pupil_id for row in told if row.outcome == Outcome.LEAVES.value]
    for part in in_parts([row.pupil_id for row in told if row.outcome != Outcome.LEAVES.value]):
        here = (enrolment.c.year == turn.to_year) & enrolment.c.pupil_id.in_(part)
        connection.execute(delete(enrolment).where(here))
    _set_left(connection, leavers, turn.to_year, False)
    values = {"undone_at": at, "undone_by": account_id}
    connection.execute(update(year_turn).where(year_turn.c.id == turn.id).values(values))
