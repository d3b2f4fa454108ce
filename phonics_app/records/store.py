"""The database handle: one connection per operation, writes in one transaction."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from phonics_app.domain.errors import PhonicsError
from phonics_app.records.faults import coded_faults, database_name
from phonics_app.records.migrate import MIGRATIONS, Migrations, bring_up_to_date
from phonics_app.records.postgresql import is_postgresql, make_engine, normal_url
from phonics_app.records.private_files import open_private
from phonics_app.records.turns import Flush, Turns

BUSY_MILLISECONDS = 10_000
"""How long a writer queues behind another before it gives up with "database.busy"."""


@dataclass(frozen=True, slots=True)
class Store:
    """A database. Repositories are modules of functions that take a connection of `read` or `write`."""

    engine: Engine
    turns: Turns | None = field(default=None, compare=False)
    flush: Flush | None = field(default=None, compare=False)
    """Both of SQLite alone; other databases see to it themselves."""

    @property
    def path(self) -> Path | None:
        """The SQLite file, or None for another database."""
        return sqlite_path(self.engine.url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection for reading: everything read from it is of one moment."""
        with coded_faults(self.engine.url), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction: committed and on the disk at the end, rolled back on any exception."""
        with coded_faults(self.engine.url):
            with self._turn(), self.engine.connect() as connection:
                connection.execution_options(phonics_write=True, phonics_patience=BUSY_MILLISECONDS)
                with connection.begin():
                    yield connection
            self._flush()

    def _flush(self) -> None:
        try:
            if self.flush is not None:
                self.flush.wait()
        except OSError as error:
            raise PhonicsError("database.unwritable", {"path": str(self.path)}) from error

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Other processes may write as well: for the last word SQLite's own lock is there."""
        if self.turns is None:
            yield
            return
        if not self.turns.take(BUSY_MILLISECONDS / 1000):
            raise PhonicsError("database.busy", {"path": str(self.path)})
        try:
            yield
        finally:
            self.turns.pass_on()

    def scrub(self) -> bool:
        """Takes what was deleted out of the SQLite file and its log; False where a reader kept a part of the log back.

        Elsewhere the server sees to it (PostgreSQL: VACUUM), and the answer is False.
        """
        if self.path is None:
            return False
        with coded_faults(self.engine.url), self._turn(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            row = cursor.fetchone()
            return row is not None and row[0] == 0

    def close(self) -> None:
        self.engine.dispose()


def sqlite_url(path: Path) -> str:
    """The URL of an SQLite file; a folder's name may hold any character."""
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def sqlite_path(url: URL) -> Path | None:
    """The file of an SQLite `url`, or None for another database."""
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def same_database(one: str, other: str) -> bool:
    """Whether both addresses lead to the same database: the same file, or the same name on the same server."""
    first, second = _parsed(one), _parsed(other)
    file, file2 = sqlite_path(first), sqlite_path(second)
    if file is not None and file2 is not None:
        return file.absolute().resolve() == file2.absolute().resolve()
    return _place(first) == _place(second)


def _place(url: URL) -> tuple[object, ...]:
    """Whoever comes there, and by which password."""
    return url.get_backend_name(), url.host, url.port, url.database, tuple(sorted(url.query.items()))


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling is switched off: it would begin too late for BEGIN IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    # The journal mode (WAL) is kept in the file, see `migrate`. NORMAL survives a killed process; a power cut as well,
    # since whoever writes waits for `Flush`.
    # What is deleted or overwritten is overwritten in the file as well: a name that was corrected is gone.
    pragmas = (f"busy_timeout={BUSY_MILLISECONDS}", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON")
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once and queues for it; a deferred one would fail when another wrote in between.
    immediate = connection.get_execution_options().get("phonics_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return _server_engine(url)
    # No upper limit of connections: requests should queue for the write lock, not for a connection.
    # Errors are written into the log; what was to be stored stays out of them.
    engine = create_engine(url, pool_size=20, max_overflow=-1, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _server_engine(url: URL) -> Engine:
    try:
        return make_engine(url) if is_postgresql(url) else create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except (ImportError, NoSuchModuleError) as error:
        raise PhonicsError("database.no_driver", {"path": database_name(url), "driver": url.drivername}) from error


def _parsed(url: str) -> URL:
    try:
        return normal_url(make_url(url))
    except ArgumentError:
        # What was given is not repeated: it may hold a password.
        raise PhonicsError("database.url_bad", {"path": "PHONICS_DATABASE_URL"}) from None


def _make_private(path: Path) -> None:
    """The folder, and the file for its owner alone: pupils' records, hashes of passwords. SQLite's log follows suit."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            os.close(open_private(path, 0))
    except OSError as error:
        raise PhonicsError("database.unwritable", {"path": str(path)}) from error
    for part in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        # What another account owns, or a disk that can't be written, stays as it is.
        with suppress(OSError):
            mode = stat.S_IMODE(part.stat().st_mode)
            # A group that may write was let in on purpose.
            closed = mode & ~(0o007 if mode & 0o020 else 0o077)
            if closed != mode:
                part.chmod(closed)


def _reach(engine: Engine) -> None:
    try:
        with coded_faults(engine.url), engine.connect():
            pass
    except OperationalError as error:
        raise PhonicsError("database.unreachable", {"path": database_name(engine.url)}) from error


def open_store(url: str, migrations: Migrations = MIGRATIONS, backups: Path | None = None) -> Store:
    """Opens the database at an SQLAlchemy `url`, creating or upgrading it.

    `backups` is where a server's database is dumped to before an upgrade; a file is copied beside itself.

    Raises `PhonicsError` "database.damaged", "database.unwritable", "database.full", "database.newer",
    "database.foreign", "database.busy", "database.no_driver" or "database.url_bad", of a server also
    "database.unreachable", "database.refused", "database.no_such", "database.no_rights", "database.read_only" or
    "database.no_dump", with the path in `data`.
    """
    parsed = _parsed(url)
    path = sqlite_path(parsed)
    if path is not None:
        _make_private(path)
    engine = _engine(parsed)
    try:
        _reach(engine)
        with coded_faults(parsed):
            bring_up_to_date(engine, path, migrations, backups)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine) if path is None else Store(engine, Turns(), Flush(path.with_name(f"{path.name}-wal")))
