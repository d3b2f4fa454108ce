"""What somebody can do who reaches past the product into the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_SQLITE_GUARDS = "SELECT sql, name FROM sqlite_master WHERE type = 'trigger'"


@contextmanager
def guards_down(connection: Connection) -> Iterator[None]:
    """The triggers that guard the audit are taken down, and put up again."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER USER")
        yield
        connection.exec_driver_sql("ALTER TABLE audit ENABLE TRIGGER USER")
        return
    guards = connection.exec_driver_sql(_SQLITE_GUARDS).all()
    for _, name in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for made, _ in guards:
        connection.exec_driver_sql(made)
