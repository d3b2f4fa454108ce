"""The chain of the audit: each entry's hash is over the one before and the entry, so a change anywhere breaks it.

What was changed is found by reading all of it once more (`verify`). That its newest entries were cut off is told by the
row that knows the newest one; whoever can change that row too is found out by a hash that was noted outside.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, delete, func, select, text, update

from phonics_app.domain.errors import PhonicsError
from phonics_app.records import schema

ORIGIN = "0" * 64
"""What stands before the first entry."""
_BLOCK = 5000
_SQLITE_GUARDS = frozenset({"audit_no_update", "audit_no_delete", "audit_no_replace"})
_SERVER_GUARDS = frozenset({"audit_guard", "audit_no_truncate"})


class ChainFault(Enum):
    CHANGED = "changed"
    """The entry is not what was written."""
    MISSING = "missing"
    """Entries before this one were taken out."""
    CUT_OFF = "cut_off"
    """The newest entries, after this one, were taken out."""
    FORGED = "forged"
    """The entry was added past the chain."""
    HEAD_UNKNOWN = "head_unknown"
    """The hash that was noted outside is of no entry: it was cut off, or the chain was made anew."""
    UNGUARDED = "unguarded"
    """The database no longer refuses changes: its triggers are gone."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What reading the whole chain has found. `key`: the entry at which it breaks (0 where no entry is meant)."""

    entries: int
    head_key: int
    head: str
    start_key: int
    """Entries up to this one were taken out after their time."""
    fault: ChainFault | None = None
    key: int = 0

    @property
    def holds(self) -> bool:
        return self.fault is None


@dataclass(frozen=True, slots=True)
class _Ends:
    key: int
    hash: str
    start_key: int
    start_hash: str


def link(
    previous: str, key: int, at: datetime, account_id: str, action: str, subject: str, data: dict[str, object]
) -> str:
    """The hash of an entry: SHA-256 over a JSON list without blanks, keys sorted, in ASCII, time in UTC."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [previous, key, moment, account_id, action, subject, data]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def ends(connection: Connection, *, hold: bool = False) -> _Ends:
    """Both ends of the chain. `hold`: until the transaction ends nobody else can add an entry.

    SQLite has one writer at a time by itself. Raises `PhonicsError` "audit.headless" where the row is gone.
    """
    table = schema.audit_chain.c
    query = select(table.key, table.hash, table.start_key, table.start_hash)
    row = connection.execute(query.with_for_update() if hold else query).one_or_none()
    if row is None:
        raise PhonicsError("audit.headless")
    return _Ends(*row)


def move_head(connection: Connection, key: int, new: str) -> None:
    connection.execute(update(schema.audit_chain).values(key=key, hash=new))


def oldest_entries(connection: Connection, up_to: int) -> Iterator[tuple[int, datetime, str, str, str, Any, str]]:
    """Key, moment, account, action, subject, data and hash of the entries up to that number, oldest first."""
    table = schema.audit.c
    columns = (table.key, table.at, table.account_id, table.action, table.subject, table.data, table.hash)
    key = 0
    while True:
        query = select(*columns).where(table.key > key, table.key <= up_to).order_by(table.key).limit(_BLOCK)
        rows = connection.execute(query).all()
        for row in rows:
            key = row.key
            yield tuple(row)
        if len(rows) < _BLOCK:
            return


def take_out(connection: Connection, up_to: int, last_hash: str) -> int:
    """Takes out the entries up to that number, whose hash the chain begins with from then on; how many.

    The guards let go what stands before the beginning of the chain, and nothing else.
    """
    ends(connection, hold=True)
    connection.execute(update(schema.audit_chain).values(start_key=up_to, start_hash=last_hash))
    return connection.execute(delete(schema.audit).where(schema.audit.c.key <= up_to)).rowcount


def verify(connection: Connection, noted: str = "") -> Verification:
    """Reads every entry. `noted`: a hash that was printed earlier, which has to be in the chain."""
    newest = connection.scalar(select(func.max(schema.audit.c.key))) or 0
    now = ends(connection)
    seen = {now.start_hash}
    count, last, fault = _walk(connection, now, noted, seen)
    found = Verification(count, now.key, now.hash, now.start_key)
    if fault is not None:
        return _with(found, *fault)
    if last != (now.key, now.hash):
        return _with(found, ChainFault.CUT_OFF, last[0])
    if newest > now.key:
        return _with(found, ChainFault.FORGED, newest)
    if noted and noted not in seen:
        return _with(found, ChainFault.HEAD_UNKNOWN, 0)
    return found if is_guarded(connection) else _with(found, ChainFault.UNGUARDED, 0)


def _with(found: Verification, fault: ChainFault, key: int) -> Verification:
    return Verification(found.entries, found.head_key, found.head, found.start_key, fault, key)


def _walk(
    connection: Connection, now: _Ends, noted: str, seen: set[str]
) -> tuple[int, tuple[int, str], tuple[ChainFault, int] | None]:
    """Count, last entry and the first fault. Entries that are added meanwhile are not read."""
    key, previous, count = now.start_key, now.start_hash, 0
    table = schema.audit.c
    columns = (table.key, table.at, table.account_id, table.action, table.subject, table.data, table.hash)
    while True:
        query = select(*columns).where(table.key > key, table.key <= now.key).order_by(table.key).limit(_BLOCK)
        rows = connection.execute(query).all()
        for row in rows:
            *entry, stored = row
            if link(previous, *entry) != stored:
                gap = row.key != key + 1
                return count, (key, previous), (ChainFault.MISSING if gap else ChainFault.CHANGED, row.key)
            key, previous, count = row.key, stored, count + 1
            if stored == noted:
                seen.add(stored)
        if len(rows) < _BLOCK:
            return count, (key, previous), None


def is_guarded(connection: Connection) -> bool:
    """Whether the database itself refuses to change or delete entries."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'"
        return set(connection.scalars(text(query))) >= _SQLITE_GUARDS
    query = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit'::regclass AND tgenabled <> 'D'"
    return set(connection.exec_driver_sql(query).scalars()) >= _SERVER_GUARDS
