"""What the store needs of PostgreSQL: connections that behave as those to SQLite do, and faults in words.

A transaction of `Store.read` sees one moment and can't change anything. A transaction of `Store.write` first takes one
lock for the whole database, in the order in which it is asked for: whatever it reads stays true until it commits, just
as with SQLite. That lock is held for milliseconds; the events of a whole school pass through it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from phonics_app.domain.errors import PhonicsError

DRIVER = "postgresql+psycopg"
WRITE_LOCK = 0x70686F6E
"""Advisory locks are of one database. This one belongs to whoever writes."""
UPGRADE_LOCK = WRITE_LOCK + 1
"""And this one to whoever looks whether the database has to be created or upgraded."""
_CONNECT_SECONDS = 10
_READING = "-c default_transaction_isolation=repeatable\\ read -c default_transaction_read_only=on"

# SQLSTATE classes and codes (https://www.postgresql.org/docs/15/errcodes-appendix.html) that are no programming error.
_CODES = {
    "08": "database.unreachable",
    "28": "database.refused",
    "3D": "database.no_such",
    "25006": "database.read_only",
    "40": "database.busy",
    "42501": "database.no_rights",
    "53100": "database.full",
    "53": "database.busy",
    "55P03": "database.busy",
    "57P": "database.unreachable",
    "58": "database.unwritable",
    "XX001": "database.damaged",
    "XX002": "database.damaged",
}
# While a connection is made the driver knows no SQLSTATE, and the server may speak another language; what can't be
# told apart is unreachable.
_WORDS = {
    "password": "database.refused",
    "no pg_hba.conf entry": "database.refused",
    "role ": "database.refused",
    "database ": "database.no_such",
    "too many clients": "database.busy",
    "connection slots": "database.busy",
}


def is_postgresql(url: URL) -> bool:
    return url.get_backend_name() == "postgresql"


def normal_url(url: URL) -> URL:
    """With our driver where an address names none (`postgresql://…`), and without what it may have from elsewhere."""
    return url.set(drivername=DRIVER) if url.drivername in ("postgresql", "postgres") else url


def make_engine(url: URL) -> Engine:
    """An engine whose transactions read unless their connection has the option `phonics_write`."""
    engine = create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,
        pool_size=10,
        max_overflow=20,
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "options": _READING,
            "application_name": "phonics",
            "client_encoding": "utf8",
        },
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "connect", _send_no_nul)
    return engine


def _send_no_nul(connection: Any, _: ConnectionPoolEntry) -> None:
    """Text goes to the server without NUL, which it refuses: what is looked for by one is not found, as with SQLite,
    and what is stored lacks a sign that nobody can see."""
    from psycopg.types.string import StrDumperUnknown

    class WithoutNul(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", ""))

    connection.adapters.register_dumper(str, WithoutNul)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("phonics_write", False):
        # One message. The lock comes before the first reading, so that reads what the writer before has written.
        connection.exec_driver_sql(
            "SET TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE;"
            f"SET LOCAL lock_timeout = {options.get('phonics_patience', 10_000):d};"
            f"SELECT pg_advisory_xact_lock({WRITE_LOCK})"
        )


@contextmanager
def one_upgrade(engine: Engine) -> Iterator[None]:
    """Of several processes that start at once, one after the other looks at the revision and upgrades."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({UPGRADE_LOCK})")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({UPGRADE_LOCK})")


_OTHER_ORDER = """
SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod)
FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind = 'r' AND NOT a.attisdropped
AND a.atttypid IN ('text'::regtype, 'varchar'::regtype) AND a.attcollation <> '"C"'::regcollation
ORDER BY t.relname, a.attnum
"""


def order_by_code_points(connection: Connection) -> None:
    """Gives every text column the order of its characters' numbers, as SQLite has it, whatever the server is set to.

    Names are sorted as the Thai dictionary does by `writing.thai_sort_key`; what the database itself compares and
    sorts (ids, moments, codes) must be alike on both. Also lets an index serve `LIKE 'beginning%'`.
    """
    for table, columns in groupby(connection.exec_driver_sql(_OTHER_ORDER).all(), key=lambda found: found[0]):
        # One statement a table, so that its indexes are built anew once.
        changes = ", ".join(f'ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"' for _, column, kind in columns)
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {changes}')


def postgresql_fault(error: BaseException | None, name: str) -> PhonicsError | None:
    """The coded error for one of psycopg's, or None where it means something else (a broken constraint, say)."""
    state = getattr(error, "sqlstate", None)
    if state is not None:
        code = next((_CODES[state[:n]] for n in (5, 3, 2) if state[:n] in _CODES), None)
        return PhonicsError(code, {"path": name}) if code else None
    if type(error).__module__.startswith("psycopg") and type(error).__name__ == "OperationalError":
        said = str(error)
        return PhonicsError(
            next((code for w, code in _WORDS.items() if w in said), "database.unreachable"), {"path": name}
        )
    return None
