"""Backup, restore and checks of the store and the content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from sqlalchemy import URL, make_url

from phonics_app.content.check import check_content
from phonics_app.domain.account import SYSTEM, Actor
from phonics_app.domain.calendar import THAI_TIME
from phonics_app.domain.errors import PhonicsError, Problem
from phonics_app.records import audit, open_store, sessions
from phonics_app.records.backup import check_copy, copy_database, free_name, put_back, setting_in_copy
from phonics_app.records.faults import database_name
from phonics_app.records.migrate import is_known
from phonics_app.records.store import sqlite_path
from phonics_app.workflows.context import Phonics, Settings, utc_now
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.setup import SITE_SETTING, SiteState

__all__ = [
    "Backup",
    "back_up",
    "check_bank",
    "last_good_backup",
    "list_backups",
    "read_backup",
    "restore",
]


def back_up(phonics: Phonics, actor: Actor, target: Path | None = None) -> Path:
    """A consistent copy while the app runs, with a checksum beside it; default in `data_dir/backups`. MANAGE_SITE.

    `PhonicsError` "backup.not_sqlite" for another database (its server has tools of its own), "backup.same_file"
    where `target` is the database itself, or "backup.failed".
    """
    require(actor, Action.MANAGE_SITE)
    source = _database_file(phonics.store.engine.url)
    now = phonics.now()
    if target is not None and target.exists() and source.samefile(target):
        raise PhonicsError("backup.same_file", {"path": str(target)})
    if target is None:
        moment = now.astimezone(THAI_TIME)
        target = free_name(phonics.settings.data_dir / "backups" / f"phonics-{moment:%Y-%m-%d-%H%M%S}.db")
    made = copy_database(source, target)
    with phonics.store.write() as connection:
        audit.record(connection, now, actor.account_id, "site.backed_up", made.name[:200])
    return made


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy in the data folder. `verified`: its checksum and SQLite's own check hold, and this version can use it."""

    path: Path
    made_at: datetime
    size: int
    """Bytes."""
    simulated: bool
    verified: bool


def list_backups(phonics: Phonics, actor: Actor, limit: int = 10) -> tuple[Backup, ...]:
    """The newest copies in `data_dir/backups`, newest first. MANAGE_SITE."""
    return tuple(islice(_backups(phonics, actor), limit))


def last_good_backup(phonics: Phonics, actor: Actor) -> Backup | None:
    """The newest verified copy; older ones are not looked at. MANAGE_SITE."""
    return next((backup for backup in _backups(phonics, actor) if backup.verified), None)


def read_backup(phonics: Phonics, actor: Actor, backup: Backup) -> bytes:
    """The file, to be carried away. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.write() as connection:
        audit.record(connection, phonics.now(), actor.account_id, "export.backup", backup.path.name[:200])
    return backup.path.read_bytes()


def _backups(phonics: Phonics, actor: Actor) -> Iterator[Backup]:
    require(actor, Action.MANAGE_SITE)
    found = [(copy.stat(), copy) for copy in (phonics.settings.data_dir / "backups").glob("*.db")]
    found.sort(key=lambda one: (one[0].st_mtime_ns, one[1].name), reverse=True)
    return (_looked_at(copy, facts.st_mtime, facts.st_size) for facts, copy in found)


@lru_cache(maxsize=100)
def _looked_at(copy: Path, modified: float, size: int) -> Backup:
    """Remembered as long as the file is the same: a large copy takes a moment to check."""
    try:
        verified = is_known(check_copy(copy))
    except PhonicsError:
        verified = False
    simulated = setting_in_copy(copy, SITE_SETTING) == SiteState.DEMONSTRATION.value
    return Backup(copy, datetime.fromtimestamp(modified, UTC), size, simulated, verified)


def restore(settings: Settings, source: Path) -> Path | None:
    """Verifies `source`, keeps the present database beside it, then replaces it.

    Returns where the old one went; None where there was none. An older backup is brought up to date.
    `PhonicsError` "backup.missing", "backup.no_checksum", "backup.changed", "backup.damaged", "backup.foreign",
    "backup.newer", "backup.in_use", "backup.failed" or "backup.not_sqlite": nothing was replaced then.
    """
    database = _database_file(make_url(settings.database_url))
    if source.exists() and database.exists() and source.samefile(database):
        raise PhonicsError("backup.same_file", {"path": str(source)})
    revision = check_copy(source)
    if not is_known(revision):
        raise PhonicsError("backup.newer", {"path": str(source), "revision": revision})
    kept = put_back(source, database)
    store = open_store(settings.database_url)
    with store.write() as connection:
        # The copy holds the sessions of its day: one that was ended since would be alive again.
        sessions.end_all_sessions(connection)
        audit.record(connection, utc_now(), SYSTEM.account_id, "site.restored", source.name[:200])
    store.close()
    return kept


def _database_file(url: URL) -> Path:
    path = sqlite_path(url)
    if path is None:
        raise PhonicsError("backup.not_sqlite", {"path": database_name(url)})
    return path


def check_bank(content_dir: Path) -> tuple[Problem, ...]:
    """Every rule of the item bank and the rubrics; empty when all holds."""
    return check_content(content_dir)
