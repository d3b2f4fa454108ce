"""Who did what, and when. Rows are only ever added; they hold ids and names of fields, no pupil's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, or_, select

from phonics_app.records import schema


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: `action` is a code ("pupil.corrected"), `subject` the id of what it was done to."""

    at: datetime
    account_id: str
    action: str
    subject: str
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted; what is empty or None does not narrow them."""

    account_id: str = ""
    action: str = ""
    """A whole code, or its first part: "pupil" means "pupil.added", "pupil.corrected" …"""
    subject: str = ""
    since: datetime | None = None
    before: datetime | None = None
    """UTC, not included."""


EVERYTHING = AuditFilter()


def record(connection: Connection, at: datetime, account_id: str, action: str, subject: str, **data: object) -> None:
    """Adds an entry, in the transaction of the act itself."""
    values = {"at": at, "account_id": account_id, "action": action, "subject": subject, "data": data}
    connection.execute(insert(schema.audit).values(values))


def entries(connection: Connection, limit: int = 1000, wanted: AuditFilter = EVERYTHING) -> tuple[AuditEntry, ...]:
    """The newest first."""
    table = schema.audit
    columns = (table.c.at, table.c.account_id, table.c.action, table.c.subject, table.c.data)
    query = select(*columns).where(*_conditions(wanted)).order_by(table.c.key.desc()).limit(limit)
    return tuple(AuditEntry(*row) for row in connection.execute(query))


def _conditions(wanted: AuditFilter) -> Iterator[ColumnElement[bool]]:
    table = schema.audit.c
    if wanted.account_id:
        yield table.account_id == wanted.account_id
    if wanted.action:
        part = table.action.startswith(f"{wanted.action}.", autoescape=True)
        yield or_(table.action == wanted.action, part)
    if wanted.subject:
        yield table.subject == wanted.subject
    if wanted.since is not None:
        yield table.at >= wanted.since
    if wanted.before is not None:
        yield table.at < wanted.before
