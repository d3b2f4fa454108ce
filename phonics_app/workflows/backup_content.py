"""Making the file of a backup, and turning one back into a database of this version: for either kind of database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, func, make_url, select

from phonics_app.domain.errors import PhonicsError
from phonics_app.records import Store, old_copies, open_store, schema
from phonics_app.records.backup import Manifest, back_up_sqlite, unpack, workshop, write_backup
from phonics_app.records.backup_file import read_header
from phonics_app.records.migrate import is_known
from phonics_app.records.store import sqlite_path, sqlite_url
from phonics_app.records.transfer import dump_rows
from phonics_app.workflows.backup_key import configured_passphrase
from phonics_app.workflows.context import Settings

FOLDER = "backups"


def folder_of(settings: Settings) -> Path:
    """Where the backups of a site are kept."""
    return settings.backup_dir or settings.data_dir / FOLDER


def make_backup(settings: Settings, store: Store, target: Path, made_at: datetime, passphrase: str = "") -> Manifest:
    """Consistent, while others write. "backup.same_file", "backup.source_damaged" or "backup.failed"."""
    if store.path is not None:
        if target.exists() and store.path.samefile(target):
            raise PhonicsError("backup.same_file", {"path": str(target)})
        return back_up_sqlite(store.path, target, made_at, passphrase)
    with workshop(settings.data_dir / FOLDER) as bench:
        dump_rows(store, bench / "copy.db")
        return write_backup(bench / "copy.db", target, made_at, passphrase)


@dataclass(frozen=True, slots=True)
class Staged:
    """A backup's database as a file of its own, every check passed, brought up to date."""

    path: Path
    revision: str
    """The one it was made at."""


@contextmanager
def staged(settings: Settings, source: Path, passphrase: str = "") -> Iterator[Staged]:
    """Unpacks and checks a backup. Gone at the end; nothing else of the site was touched.

    Without a `passphrase` the configured one is tried. "backup.newer" for one of a newer version; else what
    `records.backup.unpack` and `records.old_copies` raise.
    """
    with workshop(settings.data_dir / FOLDER) as bench:
        made = bench / "phonics.db"
        if source.suffix == old_copies.SUFFIX:
            revision = old_copies.unpack_copy(source, made)
        else:
            revision = _unpacked(settings, source, made, passphrase).revision
        if not is_known(revision):
            raise PhonicsError("backup.newer", {"path": str(source), "revision": revision})
        open_store(sqlite_url(made)).close()
        yield Staged(made, revision)


def _unpacked(settings: Settings, source: Path, made: Path, passphrase: str) -> Manifest:
    if passphrase or not read_header(source).encrypted:
        return unpack(source, made, passphrase)
    try:
        return unpack(source, made, configured_passphrase(settings))
    except PhonicsError as error:
        if error.code != "backup.passphrase_wrong":
            raise
        # Nobody has typed a wrong one: it was made with another than the configured one.
        raise PhonicsError("backup.passphrase_needed", error.data) from error


@dataclass(frozen=True, slots=True)
class Trial:
    """What a backup turned out to hold when it was put back into a passing place."""

    revision: str
    schools: int
    pupils: int
    attempts: int
    events: int
    accounts: int
    newest_event: datetime | None
    seconds: float


def try_out(settings: Settings, source: Path, passphrase: str = "") -> Trial:
    """Everything that putting it back does, but for the last step."""
    began = time.monotonic()
    with staged(settings, source, passphrase) as found, opened(found.path) as store, store.read() as connection:
        newest = connection.scalar(select(func.max(schema.event.c.received_at)))
        return Trial(
            found.revision,
            schools=_count(connection, schema.school),
            pupils=_count(connection, schema.pupil),
            attempts=_count(connection, schema.attempt),
            events=_count(connection, schema.event),
            accounts=_count(connection, schema.account),
            newest_event=newest,
            seconds=time.monotonic() - began,
        )


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = open_store(sqlite_url(path))
    try:
        yield store
    finally:
        store.close()


def database_path(settings: Settings) -> Path | None:
    """The site's SQLite file; None for a database server."""
    return sqlite_path(make_url(settings.database_url))
