"""What the check of a site looks at, each part alone: also where there is no database that could be opened."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from phonics_app.domain.errors import PhonicsError
from phonics_app.records.migrate import MIGRATIONS

ROOM = 500_000_000
"""Bytes that should be left on the disk, besides the size of the database for a backup of it."""
_CLOCK_MAY_DIFFER = timedelta(minutes=10)


def integrity(path: Path, full: bool = False) -> PhonicsError | None:
    """ "database.damaged" of an SQLite file; with `full` each index and reference is looked at, which takes longer."""
    check = "integrity_check" if full else "quick_check"
    damaged = PhonicsError("database.damaged", {"path": str(path)})
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            if connection.execute(f"PRAGMA {check}").fetchall() != [("ok",)]:
                return damaged
            broken = full and connection.execute("PRAGMA foreign_key_check").fetchone() is not None
    except sqlite3.DatabaseError:
        return damaged
    return damaged if broken else None


def revision_fault(revision: str | None) -> PhonicsError | None:
    """ "site.revision" where the database is of another revision than this version's."""
    if revision == MIGRATIONS.head:
        return None
    return PhonicsError("site.revision", {"revision": revision or "–", "expected": MIGRATIONS.head})


def writable(folder: Path) -> PhonicsError | None:
    """ "site.folder_unwritable" where a file can't be made and brought to the disk."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return PhonicsError("site.folder_unwritable", {"path": str(folder), "reason": error.strerror or ""})
    return None


def room(folder: Path, database: Path | None) -> PhonicsError | None:
    """ "site.room" where a backup of the database might not fit any more."""
    free = shutil.disk_usage(folder).free
    needed = ROOM + 2 * (database.stat().st_size if database is not None and database.exists() else 0)
    if free >= needed:
        return None
    return PhonicsError("site.room", {"path": str(folder), "free": free // 1_000_000, "needed": needed // 1_000_000})


def clock(now: datetime, newest: datetime | None) -> PhonicsError | None:
    """ "site.clock" where it is earlier than something stored: results would stand in the wrong order, or term."""
    if newest is None or now >= newest - _CLOCK_MAY_DIFFER:
        return None
    return PhonicsError("site.clock", {"now": f"{now:%Y-%m-%d %H:%M}", "newest": f"{newest:%Y-%m-%d %H:%M}"})
