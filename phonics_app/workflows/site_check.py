"""Whether the site can be relied on: the database, its disk, the clock, the backups."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path

from sqlalchemy import func, select

from phonics_app.domain.account import SYSTEM, Actor
from phonics_app.domain.errors import PhonicsError
from phonics_app.records import schema
from phonics_app.records.migrate import MIGRATIONS, stored_revision
from phonics_app.workflows.backup_schedule import backup_state
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require

ROOM = 500_000_000
"""Bytes that should be left on the disk, besides the size of the database for a backup of it."""
_CLOCK_MAY_DIFFER = timedelta(minutes=10)


class Part(Enum):
    """What is looked at."""

    INTEGRITY = "integrity"
    MIGRATIONS = "migrations"
    WRITING = "writing"
    ROOM = "room"
    CLOCK = "clock"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Finding:
    """`problem`: None where all is well; else a coded error that a person reads."""

    part: Part
    problem: PhonicsError | None


def check_site(phonics: Phonics, actor: Actor, full: bool = False) -> tuple[Finding, ...]:
    """Looks at every `Part`; with `full` at each page and index of the database, which takes longer. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    looks: tuple[tuple[Part, Callable[[], PhonicsError | None]], ...] = (
        (Part.INTEGRITY, lambda: _integrity(phonics, full)),
        (Part.MIGRATIONS, lambda: _migrations(phonics)),
        (Part.WRITING, lambda: _writing(phonics)),
        (Part.ROOM, lambda: _room(phonics)),
        (Part.CLOCK, lambda: _clock(phonics)),
        (Part.BACKUP, lambda: _backup(phonics)),
    )
    return tuple(_found(looks))


def problems_at_start(phonics: Phonics) -> tuple[Finding, ...]:
    """What `check_site` finds wrong but for the backups, for the log of the server."""
    return tuple(f for f in check_site(phonics, SYSTEM) if f.problem is not None and f.part is not Part.BACKUP)


def _found(looks: tuple[tuple[Part, Callable[[], PhonicsError | None]], ...]) -> Iterator[Finding]:
    for part, look in looks:
        try:
            yield Finding(part, look())
        except PhonicsError as error:
            yield Finding(part, error)


def _integrity(phonics: Phonics, full: bool) -> PhonicsError | None:
    path = phonics.store.path
    if path is None:
        return None  # a server looks after its own files
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


def _migrations(phonics: Phonics) -> PhonicsError | None:
    with phonics.store.read() as connection:
        revision = stored_revision(connection)
    if revision == MIGRATIONS.head:
        return None
    return PhonicsError("site.revision", {"revision": revision or "–", "expected": MIGRATIONS.head})


def _writing(phonics: Phonics) -> PhonicsError | None:
    with phonics.store.write():
        pass
    folder = phonics.settings.data_dir
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return PhonicsError("site.folder_unwritable", {"path": str(folder), "reason": error.strerror or ""})
    return None


def _room(phonics: Phonics) -> PhonicsError | None:
    folder = phonics.settings.data_dir
    free = shutil.disk_usage(folder).free
    needed = ROOM + 2 * _size(phonics.store.path)
    if free >= needed:
        return None
    return PhonicsError("site.room", {"path": str(folder), "free": free // 1_000_000, "needed": needed // 1_000_000})


def _size(path: Path | None) -> int:
    return path.stat().st_size if path is not None and path.exists() else 0


def _clock(phonics: Phonics) -> PhonicsError | None:
    """Earlier than what is stored already: then results would stand in the wrong order, or in the wrong term."""
    with phonics.store.read() as connection:
        stored = [connection.scalar(select(func.max(c))) for c in (schema.event.c.received_at, schema.audit.c.at)]
    newest: datetime | None = max((moment for moment in stored if moment is not None), default=None)
    if newest is None or phonics.now() >= newest - _CLOCK_MAY_DIFFER:
        return None
    return PhonicsError("site.clock", {"now": f"{phonics.now():%Y-%m-%d %H:%M}", "newest": f"{newest:%Y-%m-%d %H:%M}"})


def _backup(phonics: Phonics) -> PhonicsError | None:
    state = backup_state(phonics, SYSTEM)
    if state.failed is not None:
        return PhonicsError(state.failed.error, state.failed.data)
    if state.last_good is None:
        return PhonicsError("site.no_backup")
    return PhonicsError("site.backup_old", {"days": state.schedule.warn_after_days}) if state.overdue else None
