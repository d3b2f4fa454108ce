"""Sittings of classes, their seats, and the devices that sit there."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    false,
    insert,
    not_,
    or_,
    select,
    update,
)

from phonics_app.domain.class_sitting import CODE_DIGITS, ClassSitting, Seat, SeatStatus
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom, Pupil
from phonics_app.records.pupils import COLUMNS, in_classrooms, pupil_of
from phonics_app.records.schema import class_seat, class_sitting, enrolment, pupil, self_device

DEVICE_LIFE = timedelta(days=30)
"""A test may go on another day on the same device."""


@dataclass(frozen=True, slots=True)
class Device:
    """`names_seen`: how many numbers it has chosen, and so has been told the name of."""

    hash: str
    sitting_id: str
    names_seen: int


def insert_sitting(
    connection: Connection, sitting: ClassSitting, pupil_ids: Sequence[str], numbers: Sequence[int] | None = None
) -> None:
    """With a seat for each pupil, under his number in class; where `numbers` is None, in this order."""
    connection.execute(insert(class_sitting).values(_values(sitting)))
    seats = [
        _seat_values(Seat(sitting.id, number, pupil_id, SeatStatus.EXPECTED, "", "", 0, False))
        for number, pupil_id in zip(numbers or range(1, len(pupil_ids) + 1), pupil_ids, strict=True)
    ]
    connection.execute(insert(class_seat), seats)


def _values(sitting: ClassSitting) -> dict[str, object]:
    return {
        "id": sitting.id,
        "school_id": sitting.school_id,
        "year": sitting.year,
        "grade": sitting.grade.value if sitting.grade else "",
        "room": sitting.room,
        "level": sitting.level,
        "plan_hash": sitting.plan_hash,
        "opened_by": sitting.opened_by,
        "opened_at": sitting.opened_at,
        "code": sitting.code,
        "code_expires_at": sitting.code_expires_at,
        "admits": sitting.admits,
        "ended_at": sitting.ended_at,
    }


def update_sitting(connection: Connection, sitting: ClassSitting) -> None:
    connection.execute(update(class_sitting).where(class_sitting.c.id == sitting.id).values(_values(sitting)))


def _sitting(row: Row[Any]) -> ClassSitting:
    return ClassSitting(
        id=row.id,
        school_id=row.school_id,
        year=row.year,
        grade=Grade(row.grade) if row.grade else None,
        room=row.room,
        level=row.level,
        plan_hash=row.plan_hash,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        code=row.code,
        code_expires_at=row.code_expires_at,
        admits=row.admits,
        ended_at=row.ended_at,
    )


def find_sitting(connection: Connection, sitting_id: str) -> ClassSitting | None:
    row = connection.execute(select(class_sitting).where(class_sitting.c.id == sitting_id)).one_or_none()
    return None if row is None else _sitting(row)


def sitting_of_code(connection: Connection, code: str, now: datetime) -> ClassSitting | None:
    """The sitting that this code opens now."""
    rows = connection.execute(select(class_sitting).where(class_sitting.c.code == code))
    return next((s for s in map(_sitting, rows) if s.takes_code(now)), None)


def free_code(connection: Connection) -> str:
    """Six digits that no sitting has."""
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        if connection.execute(select(class_sitting.c.id).where(class_sitting.c.code == code)).first() is None:
            return code


def sittings_of(
    connection: Connection, school_id: str, since: datetime, classrooms: tuple[Classroom, ...] | None = None
) -> tuple[ClassSitting, ...]:
    """Newest first. `classrooms`: those of these, and those of a level in which nobody of another room sits."""
    c = class_sitting.c
    query = select(class_sitting).where(c.school_id == school_id, c.opened_at >= since)
    if classrooms is not None:
        query = query.where(_of_classrooms(classrooms))
    return tuple(map(_sitting, connection.execute(query.order_by(c.opened_at.desc()))))


def _of_classrooms(classrooms: tuple[Classroom, ...]) -> ColumnElement[bool]:
    c = class_sitting.c
    rooms = [and_(c.year == one.year, c.grade == one.grade.value, c.room == one.room) for one in classrooms]
    stranger = (
        exists()
        .where(class_seat.c.sitting_id == c.id, class_seat.c.pupil_id == enrolment.c.pupil_id)
        .where(enrolment.c.year == c.year, not_(in_classrooms(classrooms)))
    )
    return or_(and_(c.level.is_(None), or_(false(), *rooms)), and_(c.level.is_not(None), not_(stranger)))


def _seat_values(seat: Seat) -> dict[str, object]:
    return {
        "sitting_id": seat.sitting_id,
        "number": seat.number,
        "pupil_id": seat.pupil_id,
        "status": seat.status.value,
        "attempt_id": seat.attempt_id,
        "device": seat.device,
        "items": seat.items,
        "needs_help": seat.needs_help,
    }


def _seat(row: Row[Any]) -> Seat:
    return Seat(
        row.sitting_id,
        row.number,
        row.pupil_id,
        SeatStatus(row.status),
        row.attempt_id,
        row.device,
        row.items,
        bool(row.needs_help),
        row.heard_at,
    )


def seats_of(connection: Connection, sitting_id: str) -> tuple[Seat, ...]:
    """By number."""
    query = select(class_seat).where(class_seat.c.sitting_id == sitting_id).order_by(class_seat.c.number)
    return tuple(map(_seat, connection.execute(query)))


def find_seat(connection: Connection, sitting_id: str, number: int) -> Seat | None:
    # Compared here: the database takes no number of any size, and a pupil's device may send one.
    return next((seat for seat in seats_of(connection, sitting_id) if seat.number == number), None)


_SEATED = (
    select(self_device.c.token_hash, self_device.c.sitting_id.label("of"), self_device.c.names_seen, class_seat)
    .select_from(self_device)
    .outerjoin(
        class_seat,
        (class_seat.c.sitting_id == self_device.c.sitting_id) & (class_seat.c.device == self_device.c.token_hash),
    )
    .where(self_device.c.token_hash == bindparam("token"), self_device.c.expires_at > bindparam("now"))
)
"""Asked for with whatever a device sends, so it is made once."""


def find_seated(connection: Connection, token: str, now: datetime) -> tuple[Device, Seat | None] | None:
    """The device of a token that holds, and where it sits."""
    row = connection.execute(_SEATED, {"token": _hash(token), "now": now}).one_or_none()
    if row is None:
        return None
    return Device(row.token_hash, row.of, row.names_seen), None if row.pupil_id is None else _seat(row)


def update_seats(connection: Connection, seats: Iterable[Seat]) -> None:
    for seat in seats:
        here = (class_seat.c.sitting_id == seat.sitting_id) & (class_seat.c.number == seat.number)
        connection.execute(update(class_seat).where(here).values(_seat_values(seat)))


_HEARD = (
    update(class_seat)
    .where(class_seat.c.sitting_id == bindparam("sitting"), class_seat.c.number == bindparam("seat"))
    .where(class_seat.c.heard_at.is_(None) | (class_seat.c.heard_at < bindparam("at")))
    .values(heard_at=bindparam("at"))
)


def note_heard(connection: Connection, heard: Mapping[tuple[str, int], datetime]) -> None:
    """When the devices of these seats (sitting, number) were heard of; what is later already stays."""
    if heard:
        rows = [{"sitting": sitting, "seat": number, "at": at} for (sitting, number), at in heard.items()]
        connection.execute(_HEARD, rows)


def claim_seat(connection: Connection, seat: Seat, device: Device) -> bool:
    """Whether the device has got the seat: nobody else sits there, and it is the pupil's turn to come."""
    c = class_seat.c
    free = (c.sitting_id == seat.sitting_id) & (c.number == seat.number)
    free &= (c.device == "") & (c.status == SeatStatus.EXPECTED.value)
    taken = connection.execute(
        update(class_seat).where(free).values(device=device.hash, status=SeatStatus.CHECKING.value)
    )
    return taken.rowcount == 1


def pupils_of(connection: Connection, sitting: ClassSitting) -> dict[str, Pupil]:
    """Those who have a seat, as enrolled in the sitting's year."""
    query: Select[Any] = (
        select(*COLUMNS)
        .join_from(pupil, enrolment, enrolment.c.pupil_id == pupil.c.id)
        .join(class_seat, class_seat.c.pupil_id == pupil.c.id)
        .where(class_seat.c.sitting_id == sitting.id, enrolment.c.year == sitting.year)
    )
    return {row.id: pupil_of(row) for row in connection.execute(query)}


def name_of(connection: Connection, seat: Seat) -> str:
    """What the pupil recognises: prefix and names."""
    row = connection.execute(
        select(pupil.c.prefix, pupil.c.first_name, pupil.c.last_name).where(pupil.c.id == seat.pupil_id)
    ).one()
    return f"{row.prefix}{row.first_name} {row.last_name}".strip()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def add_device(connection: Connection, sitting_id: str, now: datetime) -> tuple[str, datetime]:
    """A new token and its expiry."""
    token, expires = secrets.token_urlsafe(32), now + DEVICE_LIFE
    connection.execute(delete(self_device).where(self_device.c.expires_at <= now))
    values = {"token_hash": _hash(token), "sitting_id": sitting_id, "names_seen": 0}
    connection.execute(insert(self_device).values(**values, created_at=now, expires_at=expires))
    return token, expires


def count_name(connection: Connection, device: Device) -> None:
    here = self_device.c.token_hash == device.hash
    connection.execute(update(self_device).where(here).values(names_seen=device.names_seen + 1))


def forget_device(connection: Connection, device_hash: str) -> None:
    connection.execute(delete(self_device).where(self_device.c.token_hash == device_hash))
