"""All rows of a database server as an SQLite file, and back: one backup goes into either kind of database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, create_engine, delete, func, insert, select, text

from phonics_app.domain.errors import PhonicsError
from phonics_app.records.faults import database_name
from phonics_app.records.migrate import MIGRATIONS, Migrations, stored_revision
from phonics_app.records.schema import metadata
from phonics_app.records.store import Store, open_store, sqlite_url

_ROWS = 2000
"""At a time, so that memory does not grow with a table."""


def dump_rows(store: Store, target: Path) -> None:
    """Every row, as of one moment, as the SQLite file `target` of the same revision; others go on writing."""
    with store.read() as source:
        revision = stored_revision(source)
        if revision is None:
            raise PhonicsError("database.foreign", {"path": database_name(store.engine.url)})
        tables = _empty_database(target, revision)
        written = create_engine(sqlite_url(target), hide_parameters=True)
        with written.begin() as into:
            for table in tables.sorted_tables:
                _copy(source, into, table)
        with written.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        written.dispose()


def _empty_database(target: Path, revision: str) -> MetaData:
    """A database without rows, as it was at `revision`; its tables."""
    store, tables = open_store(sqlite_url(target), Migrations(MIGRATIONS.folder, revision)), MetaData()
    tables.reflect(store.engine)
    tables.remove(tables.tables["alembic_version"])
    with store.write() as connection:
        for table in reversed(tables.sorted_tables):
            connection.execute(delete(table))
    store.close()
    return tables


def load_rows(source: Path, store: Store) -> None:
    """Replaces all rows of the server's database by those of the SQLite file, both of the newest revision.

    In one transaction: others read the old rows until it is done, and who wants to write waits.
    """
    read = create_engine(sqlite_url(source), hide_parameters=True)
    tables = metadata.sorted_tables
    with read.connect() as rows, store.write() as into:
        _switch_triggers(into, tables, "DISABLE")
        for table in reversed(tables):
            into.execute(delete(table))
        for table in tables:
            _copy(rows, into, table)
            _count_on(into, table)
        _switch_triggers(into, tables, "ENABLE")
    read.dispose()


def _switch_triggers(into: Connection, tables: list[Table], how: str) -> None:
    # What keeps rows from being changed must let a whole database be replaced.
    for table in tables:
        into.execute(text(f'ALTER TABLE "{table.name}" {how} TRIGGER USER'))


def _copy(source: Connection, into: Connection, table: Table) -> None:
    found = source.execution_options(yield_per=_ROWS).execute(select(table))
    for part in found.partitions(_ROWS):
        into.execute(insert(table), [row._asdict() for row in part])


def _count_on(into: Connection, table: Table) -> None:
    """The next key that the server gives comes after those that were brought along."""
    column = table.autoincrement_column
    if column is None:
        return
    sequence = into.scalar(select(func.pg_get_serial_sequence(f'"{table.name}"', column.name)))
    if sequence is not None:
        highest = into.scalar(select(func.max(column)))
        into.execute(select(func.setval(sequence, highest or 1, highest is not None)))
