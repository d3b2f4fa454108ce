"""Backup, restore and checks of the store and the content."""

from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path

from sqlalchemy import URL, make_url

from phonics_app.content.check import check_content
from phonics_app.domain.account import SYSTEM, Actor
from phonics_app.domain.errors import PhonicsError, Problem
from phonics_app.records import audit, open_store
from phonics_app.records.audit import AuditEntry
from phonics_app.records.backup import check_copy, copy_database, free_name, put_back
from phonics_app.records.faults import database_name
from phonics_app.records.migrate import is_known
from phonics_app.records.store import sqlite_path
from phonics_app.workflows.context import Phonics, Settings, utc_now
from phonics_app.workflows.permissions import Action, require

_THAI_TIME = timezone(timedelta(hours=7))


def back_up(phonics: Phonics, actor: Actor, target: Path | None = None) -> Path:
    """A consistent copy while the app runs, with a checksum beside it; default in `data_dir/backups`. MANAGE_SITE.

    `PhonicsError` "backup.not_sqlite" for another database (its server has tools of its own) or "backup.failed".
    """
    require(actor, Action.MANAGE_SITE)
    source = _database_file(phonics.store.engine.url)
    now = phonics.now()
    if target is None:
        moment = now.astimezone(_THAI_TIME)
        target = free_name(phonics.settings.data_dir / "backups" / f"phonics-{moment:%Y-%m-%d-%H%M%S}.db")
    made = copy_database(source, target)
    with phonics.store.write() as connection:
        audit.record(connection, now, actor.account_id, "site.backed_up", made.name[:200])
    return made


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
        audit.record(connection, utc_now(), SYSTEM.account_id, "site.restored", source.name[:200])
    store.close()
    return kept


def _database_file(url: URL) -> Path:
    path = sqlite_path(url)
    if path is None:
        raise PhonicsError("backup.not_sqlite", {"path": database_name(url)})
    return path


def audit_trail(phonics: Phonics, actor: Actor, limit: int = 200) -> tuple[AuditEntry, ...]:
    """Who did what and when, newest first. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        return audit.entries(connection, limit)


def check_bank(content_dir: Path) -> tuple[Problem, ...]:
    """Every rule of the item bank and the rubrics; empty when all holds."""
    return check_content(content_dir)
