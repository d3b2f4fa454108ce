"""Who did what, and when. Rows are only ever added; they hold ids and names of fields, no pupil's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from phonics_app.records import schema


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act: `action` is a code ("pupil.corrected"), `subject` the id of what it was done to."""

    at: datetime
    account_id: str
    action: str
    subject: str
    data: dict[str, object]


def record(connection: Connection, at: datetime, account_id: str, action: str, subject: str, **data: object) -> None:
    """Adds an entry, in the transaction of the act itself."""
    values = {"at": at, "account_id": account_id, "action": action, "subject": subject, "data": data}
    connection.execute(insert(schema.audit).values(values))


def entries(connection: Connection, limit: int = 1000) -> tuple[AuditEntry, ...]:
    """The newest first."""
    table = schema.audit
    columns = (table.c.at, table.c.account_id, table.c.action, table.c.subject, table.c.data)
    rows = connection.execute(select(*columns).order_by(table.c.key.desc()).limit(limit))
    return tuple(AuditEntry(*row) for row in rows)
