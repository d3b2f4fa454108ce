"""Bringing a database to the present revision. Alembic is imported only when there is something to do."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, column, inspect, select, table

from phonics_app.domain.errors import PhonicsError
from phonics_app.records.backup import back_up_sqlite, free_name
from phonics_app.records.backup_file import SUFFIX
from phonics_app.records.dumps import dump_before_upgrade
from phonics_app.records.faults import database_name
from phonics_app.records.postgresql import is_postgresql, one_upgrade, order_by_code_points

if TYPE_CHECKING:
    from alembic.config import Config


@dataclass(frozen=True, slots=True)
class Migrations:
    """A folder of Alembic revisions, and the newest of them (a test holds that it is)."""

    folder: Path
    head: str


MIGRATIONS = Migrations(Path(__file__).parent / "migrations", head="0019")
_WAL_PATIENCE_SECONDS = 10.0
_UPGRADE_PATIENCE_MILLISECONDS = 60_000


def stored_revision(connection: Connection) -> str | None:
    """The revision that the database stands at; None for an empty one. "database.foreign" for other tables."""
    names = inspect(connection).get_table_names()
    if "alembic_version" in names:
        return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
    if names:
        raise PhonicsError("database.foreign", {"path": database_name(connection.engine.url)})
    return None


def bring_up_to_date(
    engine: Engine, path: Path | None, migrations: Migrations = MIGRATIONS, backups: Path | None = None
) -> None:
    """Creates or upgrades the database, after a backup: of an SQLite file (`path`) beside it, of a server's database
    in `backups`."""
    if path is not None:
        _use_wal(path)
    if _revision(engine) == migrations.head:
        return
    with one_upgrade(engine) if is_postgresql(engine.url) else nullcontext():
        # Another process may have been at it while this one waited.
        revision = _revision(engine)
        if revision == migrations.head:
            return
        if revision is not None:
            _check_known(engine, revision, migrations)
            _back_up(engine, path, backups, revision)
        _upgrade(engine, migrations)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return stored_revision(connection)


def _back_up(engine: Engine, path: Path | None, backups: Path | None, revision: str) -> None:
    if path is not None:
        back_up_sqlite(path, _backup_path(path, revision), datetime.now(UTC))
    elif is_postgresql(engine.url):
        dump_before_upgrade(engine.url, backups, revision)


def _use_wal(path: Path) -> None:
    # Switching needs the file alone, and SQLite does not queue for that: two processes that start at once retry.
    deadline = time.monotonic() + _WAL_PATIENCE_SECONDS
    while True:
        try:
            with closing(sqlite3.connect(path)) as connection:
                if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                    connection.execute("PRAGMA journal_mode=WAL")
                return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _backup_path(path: Path, revision: str) -> Path:
    return free_name(path.parent / "backups" / f"{path.stem}-revision-{revision}{SUFFIX}")


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    # SQLite changes a table by making it anew; with foreign keys on, dropping the old one would be refused.
    # The pragma has no effect inside a transaction, hence on the raw connection.
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _upgrade(engine: Engine, migrations: Migrations) -> None:
    from alembic import command

    with engine.connect() as connection, _foreign_keys_off(connection):
        connection.execution_options(phonics_write=True, phonics_patience=_UPGRADE_PATIENCE_MILLISECONDS)
        with connection.begin():
            # Alembic reads the revision again inside the lock: of two processes, the second finds nothing to do.
            command.upgrade(_config(migrations, connection), migrations.head)
            if is_postgresql(engine.url):
                order_by_code_points(connection)
            _check_references(connection)


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise PhonicsError("database.damaged", {"path": database_name(connection.engine.url)})


def _config(migrations: Migrations, connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(migrations.folder).replace("%", "%%"))
    return config


def is_known(revision: str, migrations: Migrations = MIGRATIONS) -> bool:
    """Whether this version of the product knows the revision (else a newer one made the database)."""
    if revision == migrations.head:
        return True
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(migrations)).walk_revisions()
    return revision in {script.revision for script in scripts}


def _check_known(engine: Engine, revision: str, migrations: Migrations) -> None:
    if not is_known(revision, migrations):
        raise PhonicsError("database.newer", {"path": database_name(engine.url), "revision": revision})
