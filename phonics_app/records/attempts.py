"""Attempts, their plans and their events. Events are only ever added."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, exists, func, insert, select, update

from phonics_app.domain import codec
from phonics_app.domain.attempt import Attempt, AttemptSpec, AttemptStatus
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.item_plan import ItemPlan
from phonics_app.domain.plan import Plan
from phonics_app.records import schema

T = TypeVar("T")
_ids = schema.attempt.c
_ITEMS = "items"


def pack(value: object) -> bytes:
    """A domain object as compressed JSON."""
    return zlib.compress(json.dumps(codec.encode(value), ensure_ascii=False, separators=(",", ":")).encode())


def unpack(kind: type[T], content: bytes) -> T:
    """The domain object of `pack`."""
    return codec.decode(kind, json.loads(zlib.decompress(content)))


def save_plan(connection: Connection, plan_hash: str, plan: Plan | ItemPlan) -> None:
    """Stores the plan unless it is there already."""
    known = select(schema.plan.c.hash).where(schema.plan.c.hash == plan_hash)
    if connection.execute(known).first() is None:
        kind = _ITEMS if isinstance(plan, ItemPlan) else "blocks"
        connection.execute(insert(schema.plan).values(hash=plan_hash, content=pack(plan), kind=kind))


def load_plan(connection: Connection, plan_hash: str) -> Plan:
    """Of a plan that gives single items what it has in common with the others."""
    row = connection.execute(select(schema.plan).where(schema.plan.c.hash == plan_hash)).one()
    return unpack(ItemPlan, row.content).base if row.kind == _ITEMS else unpack(Plan, row.content)


def load_item_plan(connection: Connection, plan_hash: str) -> ItemPlan | None:
    """None for a plan by blocks."""
    query = select(schema.plan.c.content).where(schema.plan.c.hash == plan_hash, schema.plan.c.kind == _ITEMS)
    content = connection.execute(query).scalar_one_or_none()
    return None if content is None else unpack(ItemPlan, content)


def by_items() -> ColumnElement[bool]:
    """Whether an attempt is one that the pupil takes by himself, item by item."""
    return exists().where(schema.plan.c.hash == _ids.plan_hash, schema.plan.c.kind == _ITEMS)


def insert_attempts(connection: Connection, attempts: Sequence[Attempt]) -> dict[str, int]:
    """Adds attempts and returns their keys by id."""
    connection.execute(insert(schema.attempt), [_values(attempt) for attempt in attempts])
    return keys_of(connection, [attempt.id for attempt in attempts])


def keys_of(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Keys of attempts by id; unknown ids are left out."""
    keys: dict[str, int] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = connection.execute(select(_ids.id, _ids.key).where(_ids.id.in_(ids[start : start + _AT_ONCE])))
        keys.update((row.id, row.key) for row in rows)
    return keys


_AT_ONCE = 500
"""Ids in one query: well below what any database allows."""


def _values(attempt: Attempt) -> dict[str, object]:
    return {
        "id": attempt.id,
        "pupil_id": attempt.pupil_id,
        "school_id": attempt.school_id,
        "plan_hash": attempt.plan_hash,
        "spec": codec.encode(attempt.spec),
        "status": attempt.status.value,
        "created_at": attempt.created_at,
        "created_by": attempt.created_by,
        "simulated": attempt.simulated,
    }


def find_attempt(connection: Connection, attempt_id: str) -> tuple[int, Attempt] | None:
    """Key and attempt, or None."""
    row = connection.execute(_OF_ID, {"attempt": attempt_id}).one_or_none()
    return None if row is None else (row.key, _attempt(row))


_OF_ID = select(schema.attempt).where(_ids.id == bindparam("attempt"))
"""With every touch of a test, so it is made once."""


def attempts_of(connection: Connection, pupil_id: str) -> tuple[Attempt, ...]:
    """Newest first."""
    query = select(schema.attempt).where(_ids.pupil_id == pupil_id).order_by(_ids.created_at.desc(), _ids.key.desc())
    return tuple(map(_attempt, connection.execute(query)))


def to_be_resumed() -> ColumnElement[bool]:
    """Whether an attempt waits for a teacher to go on with it: open, and no test of the pupil has ended since it began.

    Two devices may start at once, and a teacher may rather begin anew: what is left over is not due any more.
    """
    ended, of_ended = schema.result.c, schema.attempt.alias("ended")
    ended_since = exists().where(
        ended.pupil_id == _ids.pupil_id,
        ended.finished_at > _ids.created_at,
        of_ended.c.key == ended.attempt_key,
        of_ended.c.status != AttemptStatus.DISCARDED.value,
    )
    return and_(_ids.status == AttemptStatus.OPEN.value, ~ended_since, ~by_items())


def attempt_to_resume(connection: Connection, pupil_id: str) -> str | None:
    """The id of the newest one of the pupil."""
    query = select(_ids.id).where(_ids.pupil_id == pupil_id, to_be_resumed())
    return connection.scalar(query.order_by(_ids.created_at.desc(), _ids.key.desc()).limit(1))


def self_run_to_resume(connection: Connection, pupil_id: str, since: datetime) -> Attempt | None:
    """The newest test that the pupil has begun by himself `since` then and not finished."""
    query = select(schema.attempt).where(
        _ids.pupil_id == pupil_id, _ids.status == AttemptStatus.OPEN.value, _ids.created_at >= since, by_items()
    )
    row = connection.execute(query.order_by(_ids.created_at.desc(), _ids.key.desc()).limit(1)).one_or_none()
    return None if row is None else _attempt(row)


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        id=row.id,
        pupil_id=row.pupil_id,
        school_id=row.school_id,
        plan_hash=row.plan_hash,
        spec=codec.decode(AttemptSpec, row.spec),
        status=AttemptStatus(row.status),
        created_at=row.created_at,
        created_by=row.created_by,
        simulated=row.simulated,
    )


def set_status(connection: Connection, key: int, status: AttemptStatus) -> None:
    connection.execute(update(schema.attempt).where(_ids.key == key).values(status=status.value))


def last_seq(connection: Connection, key: int) -> int:
    """The number of the last stored event, 0 before the first."""
    return connection.execute(_LAST, {"key": key}).scalar_one() or 0


_LAST = select(func.max(schema.event.c.seq)).where(schema.event.c.attempt_key == bindparam("key"))


def load_events(connection: Connection, key: int, first: int = 1, last: int | None = None) -> tuple[Event, ...]:
    """Events `first` to `last` in order."""
    e = schema.event.c
    query = select(schema.event).where(e.attempt_key == key, e.seq >= first).order_by(e.seq)
    if last is not None:
        query = query.where(e.seq <= last)
    rows = connection.execute(query)
    return tuple(Event(row.seq, EventKind(row.kind), row.at, row.mono_ms, row.data) for row in rows)


def insert_events(
    connection: Connection, events_by_key: Iterable[tuple[int, Iterable[Event]]], received_at: datetime
) -> None:
    """Adds events of one or many attempts."""
    rows = [
        {
            "attempt_key": key,
            "seq": event.seq,
            "kind": event.kind.value,
            "at": event.at,
            "mono_ms": event.mono_ms,
            "data": dict(event.data),
            "received_at": received_at,
        }
        for key, events in events_by_key
        for event in events
    ]
    if rows:
        connection.execute(insert(schema.event), rows)


def is_simulated(connection: Connection, pupil_id: str) -> bool:
    """Whether the pupil is simulated, so that his tests are marked as simulated too."""
    return bool(connection.execute(select(schema.pupil.c.simulated).where(schema.pupil.c.id == pupil_id)).scalar())
