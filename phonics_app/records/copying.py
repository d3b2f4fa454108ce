"""All rows of one database into another one, of whichever kind: a file becomes a server's database, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, Integer, MetaData, Table, delete, func, insert, select

from phonics_app.domain.errors import PhonicsError
from phonics_app.records.faults import database_name
from phonics_app.records.store import Store

_AT_ONCE = 2000
_FROM_THE_START = ("audit_chain",)
"""Tables that are not empty in an empty database: what stands there gives way to what is copied."""
Told = Callable[[float], None]


def copy_rows(source: Store, target: Store, told: Told = lambda share: None) -> dict[str, int]:
    """Fills the empty `target` in one transaction with what `source` holds at one moment; table → rows.

    Both are at the same revision: whoever opened them has seen to it. `told` hears the share done, 0 to 1.
    Raises "copy.not_empty" with the name of a table, "copy.incomplete" where the counts differ: then nothing is stored.
    """
    with source.read() as read, target.write() as written:
        tables = _tables(read)
        _refuse_rows(written, tables)
        wanted = {table.name: _count(read, table) for table in tables}
        done, total = 0, max(1, sum(wanted.values()))
        for table in tables:
            for rows in _chunks(read, table):
                written.execute(insert(table), rows)
                done += len(rows)
                told(done / total)
            _count_on(written, table)
        found = {table.name: _count(written, table) for table in tables}
        if found != wanted:
            name = next(name for name in wanted if found[name] != wanted[name])
            data = {"table": name, "expected": wanted[name], "found": found[name]}
            raise PhonicsError("copy.incomplete", data)
    return found


def _tables(read: Connection) -> list[Table]:
    """As the database has them, parents first; without the revision, which the target has of its own."""
    found = MetaData()
    found.reflect(read)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                # What is not there stays so; a JSON null is a value, which stands where there has to be one.
                column.type = JSON(none_as_null=bool(column.nullable))
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _refuse_rows(written: Connection, tables: list[Table]) -> None:
    for table in tables:
        if table.name in _FROM_THE_START:
            written.execute(delete(table))
        elif written.execute(select(*table.columns).limit(1)).first() is not None:
            name = database_name(written.engine.url)
            raise PhonicsError("copy.not_empty", {"path": name, "table": table.name})


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _chunks(read: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    rows = iter(read.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings())
    while chunk := list(map(dict, islice(rows, _AT_ONCE))):
        yield chunk


def _count_on(written: Connection, table: Table) -> None:
    """PostgreSQL counts keys by itself, and must not begin at 1 again; SQLite looks for the highest."""
    if written.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        if isinstance(column.type, Integer) and not column.foreign_keys and len(table.primary_key.columns) == 1:
            highest = written.scalar(select(func.max(column)))
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            written.execute(select(func.setval(sequence, highest or 1, highest is not None)))
