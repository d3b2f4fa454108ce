"""Writes `earlier/revision_NNNN.sql.gz` for each revision before today's that has none.

To be run as `python -m tests.records.make_earlier`.

The rows are those of the last database that a version of its day has made, 0006: of one form and the pupils who took
it, since small files are enough for what later revisions do. The migrations themselves bring them to the revision;
tables that it brings empty are given invented rows. Files that are there stay: they tell what stood in databases then.
"""

from __future__ import annotations

import gzip
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.types import JSON

from phonics_app.records import open_store
from phonics_app.records.migrate import MIGRATIONS, Migrations
from phonics_app.records.store import sqlite_url
from tests import sites
from tests.records.earlier_files import FOLDER, kept_of, made

START = "0006"
FEW = """
    CREATE TEMP TABLE few AS SELECT key, pupil_id FROM attempt
    WHERE plan_hash IN (SELECT plan_hash FROM printed_form) ORDER BY key LIMIT 4;
    DELETE FROM event WHERE attempt_key NOT IN (SELECT key FROM few);
    DELETE FROM placement WHERE attempt_key NOT IN (SELECT key FROM few);
    DELETE FROM result WHERE attempt_key NOT IN (SELECT key FROM few);
    DELETE FROM attempt WHERE key NOT IN (SELECT key FROM few);
    DELETE FROM plan WHERE hash NOT IN (SELECT plan_hash FROM printed_form);
    DELETE FROM enrolment WHERE pupil_id NOT IN (SELECT pupil_id FROM few UNION SELECT pupil_id FROM class_seat);
    DELETE FROM pupil WHERE id NOT IN (SELECT pupil_id FROM few UNION SELECT pupil_id FROM class_seat);
    DROP TABLE few;
"""


def main() -> None:
    for number in range(int(START) + 1, int(MIGRATIONS.head)):
        revision = f"{number:04}"
        if not kept_of(revision).exists():
            with tempfile.TemporaryDirectory() as folder:
                write(revision, Path(folder) / "phonics.db")


def write(revision: str, path: Path) -> None:
    made(kept_of(START), path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FEW)
    open_store(sqlite_url(path), Migrations(MIGRATIONS.folder, revision)).close()
    fill(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        text = "\n".join(connection.iterdump())
    # Without a time in its head a file made again is the same file.
    kept_of(revision).write_bytes(gzip.compress(text.encode(), mtime=0))
    print(kept_of(revision).relative_to(FOLDER.parent), kept_of(revision).stat().st_size)


def fill(path: Path) -> None:
    """Two invented rows in each table that has none."""
    engine, found = create_engine(sqlite_url(path)), MetaData()
    with engine.begin() as connection:
        found.reflect(connection)
        for table in found.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is None:
                connection.execute(insert(table), [row_of(connection, table, n) for n in (1, 2)])
    engine.dispose()


def row_of(connection: Connection, table: Table, n: int) -> dict[str, object]:
    return {column.name: value_of(connection, column, n) for column in table.columns}


def value_of(connection: Connection, column: Column[Any], n: int) -> object:
    for key in column.foreign_keys:
        values = connection.scalars(select(key.column).order_by(key.column)).all()
        return values[n % len(values)]
    if isinstance(column.type, JSON):
        return [{"role": "teacher", "school_id": sites.SCHOOLS[0].id}]
    if isinstance(column.type, Boolean):
        return n > 1
    if isinstance(column.type, Integer):
        return n
    moment = sites.START + timedelta(days=n)
    if column.name.endswith(("_at", "_until")):
        return moment.isoformat(timespec="microseconds")
    return moment.date().isoformat() if column.name in {"since", "until", "given_on"} else f"{n}"


if __name__ == "__main__":
    main()
