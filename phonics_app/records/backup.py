"""Backups of a database: one file each, made while others write, looked through wholly before one is put back.

What is in it is an SQLite database, whatever the site's own is, and a manifest that says what it should hold.
Nothing else of the data folder goes in: keys and the list of erased pupils stay where they are.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import struct
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.product import VERSION
from phonics_app.records.backup_file import BackupWriter, Header, read_content
from phonics_app.records.private_files import open_private

_CHUNK = 1 << 20
_PATIENCE_SECONDS = 10.0
_LENGTH = struct.Struct(">I")
_LONGEST_MANIFEST = 1 << 22
_WORKSHOP = "unfinished-"
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds."""

    product: str
    revision: str
    site: tuple[str, ...]
    """Names of its schools."""
    made_at: datetime
    simulated: bool
    rows: dict[str, int]
    """Table → its rows."""
    size: int
    """Bytes of the database."""
    sha256: str


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A folder of one's own inside `folder` for a database that must lie there open for a while.

    Of a process that was killed it stays: the next one clears what is older than a day away. "backup.failed" where
    none can be made.
    """
    with _coded(folder):
        folder.mkdir(parents=True, exist_ok=True)
        bench = tempfile.TemporaryDirectory(prefix=_WORKSHOP, dir=folder, ignore_cleanup_errors=True)
    for left in folder.glob(f"{_WORKSHOP}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _DAY:
                shutil.rmtree(left, ignore_errors=True)
    with bench as made:
        yield Path(made)


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of an SQLite database, also while others write to it. `sqlite3.Error`, `OSError`."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)
        # One file without a journal beside it.
        written.execute("PRAGMA journal_mode=DELETE")


def back_up_sqlite(source: Path, target: Path, made_at: datetime, passphrase: str = "") -> Manifest:
    """The database file `source` as a backup at `target`, which appears there only when it is whole.

    "backup.source_damaged" where the database itself is damaged, "backup.failed" where it can't be written.
    """
    with _coded(target), workshop(source.parent / "backups") as folder:
        copy = folder / "copy.db"
        copy_database(source, copy)
        return write_backup(copy, target, made_at, passphrase)


def write_backup(copy: Path, target: Path, made_at: datetime, passphrase: str = "") -> Manifest:
    """The same of an SQLite file that nobody writes to."""
    with _coded(target):
        manifest = _look_at(copy, made_at)
        header = Header(manifest.product, manifest.revision, made_at, manifest.simulated, bool(passphrase))
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.partial")
        partial.unlink(missing_ok=True)
        try:
            _write(partial, header, manifest, copy, passphrase)
            os.replace(partial, target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    return manifest


@contextmanager
def _coded(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise PhonicsError("backup.failed", {"path": str(target), "reason": str(error)}) from error


def _write(partial: Path, header: Header, manifest: Manifest, copy: Path, passphrase: str) -> None:
    # Children's records: for nobody else on this machine.
    with os.fdopen(open_private(partial), "wb") as file:
        writer = BackupWriter(file, header, passphrase)
        encoded = _encoded(manifest)
        writer.write(_LENGTH.pack(len(encoded)) + encoded)
        with copy.open("rb") as database:
            while piece := database.read(_CHUNK):
                writer.write(piece)
        writer.finish()
        file.flush()
        os.fsync(file.fileno())


def _look_at(copy: Path, made_at: datetime) -> Manifest:
    try:
        with reading(copy) as connection:
            faults = connection.execute("PRAGMA quick_check").fetchall()
            rows = count_rows(connection)
            revision, simulated, site = _revision(connection), _simulated(connection), _schools(connection)
    except PhonicsError:
        faults = []
    if faults != [("ok",)]:
        raise PhonicsError("backup.source_damaged")
    return Manifest(VERSION, revision, site, made_at, simulated, rows, copy.stat().st_size, sha256_of(copy))


def _encoded(manifest: Manifest) -> bytes:
    fields = {name: getattr(manifest, name) for name in Manifest.__slots__}
    return json.dumps(fields | {"made_at": manifest.made_at.isoformat()}, ensure_ascii=False).encode()


def _decoded(encoded: bytes) -> Manifest:
    told = json.loads(encoded)
    told["made_at"], told["site"] = datetime.fromisoformat(told["made_at"]), tuple(told["site"])
    if not isinstance(told["size"], int):
        raise TypeError("size")
    return Manifest(**told)


def unpack(path: Path, target: Path, passphrase: str = "") -> Manifest:
    """Writes the database of a backup to `target`, a new file, once everything about it was found right.

    "backup.missing", "backup.foreign", "backup.changed" (not as it was written), "backup.passphrase_needed",
    "backup.passphrase_wrong", "backup.damaged" (what is in it does not hold), "backup.no_room" or "backup.failed".
    """
    content = read_content(path, passphrase)
    with _coded(target), target.open("xb") as file:
        manifest, digest, begun = _manifest(path, content)
        if manifest.size > shutil.disk_usage(target.parent).free:
            raise PhonicsError("backup.no_room", {"path": str(target.parent), "needed": manifest.size // 1_000_000 + 1})
        size = file.write(begun)
        digest.update(begun)
        for piece in content:
            size += file.write(piece)
            digest.update(piece)
            if size > manifest.size:
                break
    if (size, digest.hexdigest()) != (manifest.size, manifest.sha256):
        raise PhonicsError("backup.changed", {"path": str(path)})
    check_database(target, path, manifest)
    return manifest


def _manifest(path: Path, content: Iterator[bytes]) -> tuple[Manifest, hashlib._Hash, bytes]:
    """With a digest to go on with, and what of the database has been read already."""
    begun = b""
    while len(begun) < _LENGTH.size or len(begun) < _LENGTH.size + _LENGTH.unpack_from(begun)[0]:
        piece = next(content, b"")
        if not piece or len(begun) > _LONGEST_MANIFEST:
            raise PhonicsError("backup.changed", {"path": str(path)})
        begun += piece
    end = _LENGTH.size + _LENGTH.unpack_from(begun)[0]
    try:
        return _decoded(begun[_LENGTH.size : end]), hashlib.sha256(), begun[end:]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise PhonicsError("backup.changed", {"path": str(path)}) from None


def check_database(database: Path, path: Path, manifest: Manifest | None = None) -> str:
    """Every check of an unpacked database; its revision. "backup.damaged" or "backup.foreign", naming `path`."""
    damaged = PhonicsError("backup.damaged", {"path": str(path)})
    with reading(database, path) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise damaged
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise damaged
        revision = _revision(connection)
        if not revision:
            raise PhonicsError("backup.foreign", {"path": str(path)})
        if manifest is not None and (count_rows(connection), revision) != (manifest.rows, manifest.revision):
            raise damaged
    return revision


def count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """Table → its rows, of all tables that are ours."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    names = [name for (name,) in connection.execute(query)]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _first(connection: sqlite3.Connection, query: str) -> object:
    """None where there is no such table (yet) or no row."""
    try:
        found = connection.execute(query).fetchone()
    except sqlite3.OperationalError:
        return None
    return found[0] if found else None


def _revision(connection: sqlite3.Connection) -> str:
    return str(_first(connection, "SELECT version_num FROM alembic_version") or "")


def _simulated(connection: sqlite3.Connection) -> bool:
    return _first(connection, "SELECT value FROM setting WHERE name = 'site'") == '"demonstration"'


def _schools(connection: sqlite3.Connection) -> tuple[str, ...]:
    names = _first(connection, "SELECT json_group_array(name_th) FROM school")
    return tuple(json.loads(str(names))) if names else ()


@contextmanager
def reading(copy: Path, path: Path | None = None) -> Iterator[sqlite3.Connection]:
    """Read-only, leaving no journal beside it. "backup.damaged", naming `path`, where that can't be done."""
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise PhonicsError("backup.damaged", {"path": str(path or copy)}) from error


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_back(staged: Path, database: Path) -> None:
    """Replaces the content of the SQLite file `database` by that of `staged`.

    Goes through SQLite, so that a running app sees either the old or the new content, never a mixture; only a file
    that is no database any more is taken away first. Raises "backup.in_use" while somebody writes, "backup.failed"
    otherwise.
    """
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        try:
            _copy_into(staged, database)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            for part in _parts(database):
                part.unlink()
            _copy_into(staged, database)
    except (OSError, sqlite3.Error) as error:
        busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        data = {"path": str(database), "reason": str(error)}
        raise PhonicsError("backup.in_use" if busy else "backup.failed", data) from error


def _copy_into(staged: Path, database: Path) -> None:
    with (
        closing(sqlite3.connect(staged)) as read,
        closing(sqlite3.connect(database, timeout=_PATIENCE_SECONDS)) as written,
    ):
        read.backup(written)


def is_damage(error: BaseException | None) -> bool:
    """Whether a file is no whole database, told apart from one that can't be read or written just now."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def keep_damaged(database: Path) -> Path:
    """A damaged database as it is, byte for byte, beside it: somebody may get something out of it yet."""
    kept = free_name(database.with_name(f"{database.stem}-damaged{database.suffix}"))
    try:
        for part in _parts(database):
            shutil.copy2(part, kept.with_name(kept.name + part.name.removeprefix(database.name)))
    except OSError as error:
        raise PhonicsError("backup.failed", {"path": str(kept), "reason": str(error)}) from error
    return kept


def _parts(database: Path) -> list[Path]:
    """The file itself, and what SQLite keeps beside it."""
    beside = (database.with_name(database.name + ending) for ending in ("", "-wal", "-shm"))
    return [part for part in beside if part.exists()]


def free_name(path: Path) -> Path:
    """`path`, or with the first number behind its name that is not taken."""
    if not path.exists():
        return path
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 10_000))
    return next(candidate for candidate in numbered if not candidate.exists())
