"""Who did what, and when. Rows are only ever added; they hold ids and names of fields, no pupil's name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, insert, or_, select

from phonics_app.domain.grade import Grade
from phonics_app.records import audit_chain, schema
from phonics_app.records.store import Store

SEEN_WITHIN = timedelta(hours=1)
"""Who looks at the same thing again within this time has looked once."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: `action` is a code ("pupil.corrected"), `subject` the id of what it was done to."""

    at: datetime
    account_id: str
    action: str
    subject: str
    data: dict[str, object]
    key: int = 0
    """Its number: the next entry has the next one."""
    hash: str = ""
    """Over the entry before and this one, see `audit_chain`."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted; what is empty or None does not narrow them."""

    account_id: str = ""
    action: str = ""
    """A whole code, or its first part: "pupil" means "pupil.added", "pupil.corrected" …"""
    subject: str = ""
    """An id; of a school: its classes too (`subject` is "<school>:P3-1" then)."""
    also: tuple[str, ...] = ()
    """Further subjects, any of which will do."""
    since: datetime | None = None
    before: datetime | None = None
    """UTC, not included."""
    below: int | None = None
    """Only entries with smaller numbers: the next page of a list."""


EVERYTHING = AuditFilter()
SUBJECT_LENGTH = 200


def record(connection: Connection, at: datetime, account_id: str, action: str, subject: str, **data: object) -> None:
    """Adds an entry to the chain, in the transaction of the act itself; others who add one wait until that ends."""
    told = json.loads(json.dumps(data))
    before = audit_chain.ends(connection, hold=True)
    key = before.key + 1
    new = audit_chain.link(before.hash, key, at, account_id, action, subject, told)
    values = {"at": at, "account_id": account_id, "action": action, "subject": subject, "data": told}
    connection.execute(insert(schema.audit).values(key=key, hash=new, **values))
    audit_chain.move_head(connection, key, new)


def class_subject(school_id: str, grade: Grade | None, room: str | None) -> str:
    """What an entry about a class is about: "<school>:P3-1", "<school>:P3" or, of all classes, the school.

    Cut where somebody has asked for a room by no room's name.
    """
    parts = [school_id, *([f"{grade.value}-{room}" if room else grade.value] if grade else [])]
    return ":".join(parts)[:SUBJECT_LENGTH]


def saw(store: Store, at: datetime, account_id: str, action: str, subject: str, **data: object) -> None:
    """Notes that somebody looks at something, once in `SEEN_WITHIN`, in a transaction of its own.

    To be called before it is handed out, with no other transaction open: what can't be noted is not shown
    (`PhonicsError` "database.…").
    """
    with store.read() as connection:
        if _seen_lately(connection, at, account_id, action, subject):
            return
    with store.write() as connection:
        if not _seen_lately(connection, at, account_id, action, subject):
            record(connection, at, account_id, action, subject, **data)


def _seen_lately(connection: Connection, at: datetime, account_id: str, action: str, subject: str) -> bool:
    table = schema.audit.c
    same = (table.subject == subject, table.account_id == account_id, table.action == action)
    return connection.execute(select(table.key).where(*same, table.at > at - SEEN_WITHIN).limit(1)).first() is not None


def entries(
    connection: Connection, limit: int | None = 1000, wanted: AuditFilter = EVERYTHING
) -> tuple[AuditEntry, ...]:
    """The newest first; `limit` None: all of them."""
    table = schema.audit.c
    columns = (table.at, table.account_id, table.action, table.subject, table.data, table.key, table.hash)
    query = select(*columns).where(*_conditions(wanted)).order_by(table.key.desc()).limit(limit)
    return tuple(AuditEntry(*row) for row in connection.execute(query))


def _conditions(wanted: AuditFilter) -> Iterator[ColumnElement[bool]]:
    table = schema.audit.c
    if wanted.account_id:
        yield table.account_id == wanted.account_id
    if wanted.action:
        part = table.action.startswith(f"{wanted.action}.", autoescape=True)
        yield or_(table.action == wanted.action, part)
    if wanted.subject:
        part = table.subject.startswith(f"{wanted.subject}:", autoescape=True)
        yield or_(table.subject.in_([wanted.subject, *wanted.also]), part)
    if wanted.since is not None:
        yield table.at >= wanted.since
    if wanted.before is not None:
        yield table.at < wanted.before
    if wanted.below is not None:
        yield table.key < wanted.below
