"""Copies of an SQLite database, each with its checksum beside it, and putting one back."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from phonics_app.domain.errors import PhonicsError

_CHUNK = 1 << 20
_PATIENCE_SECONDS = 10.0


def checksum_path(path: Path) -> Path:
    """Where the checksum of a copy stands: `phonics.db` → `phonics.db.sha256`."""
    return path.with_name(path.name + ".sha256")


def copy_database(source: Path, target: Path) -> Path:
    """A consistent copy of `source`, also while others write to it, with its checksum beside it.

    The copy appears under its name only when it is whole. Raises "backup.failed" with the path.
    """
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(partial)) as written:
            read.backup(written)
            # One file without a journal beside it can be carried on a stick.
            written.execute("PRAGMA journal_mode=DELETE")
        checksum_path(target).write_text(f"{sha256_of(partial)}  {target.name}\n", encoding="utf-8")
        os.replace(partial, target)
    except (OSError, sqlite3.Error) as error:
        raise PhonicsError("backup.failed", {"path": str(target), "reason": str(error)}) from error
    return target


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def check_copy(copy: Path) -> str:
    """Verifies a copy against its checksum and SQLite's own integrity check; returns its revision.

    Raises "backup.missing", "backup.no_checksum", "backup.changed", "backup.damaged" or "backup.foreign",
    with the path.
    """
    path = {"path": str(copy)}
    if not copy.is_file():
        raise PhonicsError("backup.missing", path)
    if not checksum_path(copy).is_file():
        raise PhonicsError("backup.no_checksum", path | {"checksum": checksum_path(copy).name})
    told = checksum_path(copy).read_text(encoding="utf-8", errors="replace").split()
    if not told or told[0].lower() != sha256_of(copy):
        raise PhonicsError("backup.changed", path)
    with _reading(copy) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise PhonicsError("backup.damaged", path)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "alembic_version" not in tables:
            raise PhonicsError("backup.foreign", path)
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(found[0]) if found else ""


def setting_in_copy(copy: Path, name: str) -> object:
    """A setting of the site that was copied; None where it has none, or where the copy can't be read."""
    try:
        with _reading(copy) as connection:
            found = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None
    except (PhonicsError, ValueError):
        return None


@contextmanager
def _reading(copy: Path) -> Iterator[sqlite3.Connection]:
    """Read-only, leaving no journal beside it: a copy may lie on a stick that can't be written."""
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise PhonicsError("backup.damaged", {"path": str(copy)}) from error


def put_back(copy: Path, database: Path) -> Path | None:
    """Replaces the content of `database` with a checked copy; where the old content is kept now (None: there was none).

    Goes through SQLite, so that a running app sees either the old or the new content, never a mixture.
    Raises "backup.in_use" while somebody writes, "backup.failed" otherwise.
    """
    kept = _keep_present(database)
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        with _reading(copy) as read, closing(sqlite3.connect(database, timeout=_PATIENCE_SECONDS)) as written:
            read.backup(written)
    except (OSError, sqlite3.Error) as error:
        busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        data = {"path": str(database), "reason": str(error)}
        raise PhonicsError("backup.in_use" if busy else "backup.failed", data) from error
    return kept


def _keep_present(database: Path) -> Path | None:
    if not database.exists():
        return None
    kept = free_name(database.with_name(f"{database.stem}-replaced.db"))
    try:
        return copy_database(database, kept)
    except PhonicsError:
        # Too damaged to be copied page by page: the files themselves are put aside.
        for ending in ("-wal", "-shm", ""):
            part = database.with_name(database.name + ending)
            if part.exists():
                os.replace(part, kept.with_name(kept.name + ending))
        return kept


def free_name(path: Path) -> Path:
    """`path`, or with the first number behind its name that is not taken."""
    if not path.exists():
        return path
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 10_000))
    return next(candidate for candidate in numbered if not candidate.exists())
