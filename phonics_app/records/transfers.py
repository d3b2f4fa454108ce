"""Requests for pupils of other schools, and the move that a release is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil
from phonics_app.domain.transfer import Transfer, TransferDraft, TransferState
from phonics_app.records.level_classes import end_memberships
from phonics_app.records.past import Change, enrolments_in, keep_names
from phonics_app.records.pupils import draft_of, update_pupils
from phonics_app.records.schema import enrolment, pupil, pupil_transfer
from phonics_app.records.writing import natural_sort_key

_t = pupil_transfer.c
MOST = 200
"""Requests in a list, the newest."""


def pupils_called(connection: Connection, draft: TransferDraft, other_than: str) -> list[tuple[str, str]]:
    """Ids of pupils of other schools with exactly that number and name, and their schools."""
    p = pupil.c
    same = (p.number == draft.number, p.first_name == draft.first_name, p.last_name == draft.last_name)
    held = select(enrolment.c.year).where(enrolment.c.pupil_id == p.id).exists()
    query = select(p.id, p.school_id).where(*same, p.school_id != other_than, held)
    return [(id, school) for id, school in connection.execute(query)]


def insert_transfer(
    connection: Connection, id: str, whose: tuple[str, str], to_school_id: str, draft: TransferDraft, change: Change
) -> None:
    """`whose`: the pupil's id and that of his school."""
    values: dict[str, Any] = {name: getattr(draft, name) for name in ("number", "first_name", "last_name", "room")}
    values |= {"id": id, "pupil_id": whose[0], "from_school_id": whose[1], "to_school_id": to_school_id}
    values |= {"grade": draft.grade.value, "new_number": draft.new_number, "starts_on": draft.starts_on.isoformat()}
    values |= {"asked_at": change.at, "asked_by": change.account_id, "status": TransferState.OPEN.value}
    connection.execute(insert(pupil_transfer).values(values))


def transfers_of(connection: Connection, school_id: str) -> tuple[Transfer, ...]:
    """Asked for by the school or of it, those that are open first, then the newest."""
    query = select(pupil_transfer).where(or_(_t.from_school_id == school_id, _t.to_school_id == school_id))
    query = query.order_by(_t.status != TransferState.OPEN.value, _t.asked_at.desc(), _t.id).limit(MOST)
    return tuple(map(_transfer, connection.execute(query)))


def count_waiting(connection: Connection, school_id: str) -> int:
    """Open requests for pupils of the school."""
    here = (_t.from_school_id == school_id, _t.status == TransferState.OPEN.value)
    return connection.scalar(select(func.count()).select_from(pupil_transfer).where(*here)) or 0


def find_transfer(connection: Connection, transfer_id: str) -> Transfer | None:
    row = connection.execute(select(pupil_transfer).where(_t.id == transfer_id)).one_or_none()
    return None if row is None else _transfer(row)


def is_asked_for(connection: Connection, pupil_id: str, to_school_id: str) -> bool:
    here = (_t.pupil_id == pupil_id, _t.to_school_id == to_school_id, _t.status == TransferState.OPEN.value)
    return connection.scalar(select(_t.id).where(*here).limit(1)) is not None


def end_transfer(connection: Connection, transfer_id: str, state: TransferState, reason: str, change: Change) -> None:
    values = {"status": state.value, "reason": reason, "decided_at": change.at, "decided_by": change.account_id}
    connection.execute(update(pupil_transfer).where(_t.id == transfer_id).values(values))


def transfer_pupil(connection: Connection, found: Pupil, transfer: Transfer, year: int, change: Change) -> None:
    """From the day asked for on (or since he came to the old school) he is at the new one; the history goes along.

    Not before the present round: the figures of one that is over don't change.
    """
    present = enrolments_in(connection, [found.id], year).get(found.id)
    day = max(transfer.starts_on, Round.at(change.at).starts).isoformat()
    day = max(day, present.since if present else "")
    change = replace(change, reason="school", on=day)
    person = replace(draft_of(found), number=transfer.new_number, grade=transfer.grade, room=transfer.room)
    person = replace(person, class_number=None)
    keep_names(connection, {found.id: person}, change)
    values = {
        "school_id": transfer.to_school_id,
        "number": person.number,
        "number_key": natural_sort_key(person.number),
    }
    connection.execute(update(pupil).where(pupil.c.id == found.id).values(values))
    update_pupils(connection, transfer.to_school_id, year, [(found.id, person)], change)
    end_memberships(connection, [found.id], change)


def _transfer(row: Row[Any]) -> Transfer:
    return Transfer(
        row.id,
        row.pupil_id,
        row.from_school_id,
        row.to_school_id,
        row.number,
        f"{row.first_name} {row.last_name}".strip(),
        Grade(row.grade),
        row.room,
        row.new_number,
        date.fromisoformat(row.starts_on),
        row.asked_at,
        row.asked_by,
        TransferState(row.status),
        row.reason,
        row.decided_at,
    )
