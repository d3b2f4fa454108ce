"""Whether the site can be relied on: the database, its disk, the clock, the backups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import func, select

from phonics_app.domain.account import SYSTEM, Actor
from phonics_app.domain.errors import PhonicsError
from phonics_app.records import schema
from phonics_app.records.migrate import stored_revision
from phonics_app.workflows import site_parts
from phonics_app.workflows.backup_schedule import backup_state
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require


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
    found = LastCheck(phonics.now(), tuple(_found(looks)))
    _last[phonics.settings.database_url] = found
    return found.findings


@dataclass(frozen=True, slots=True)
class LastCheck:
    """What `check_site` found the last time in this process: at the start, every hour, or when a person asked."""

    at: datetime
    findings: tuple[Finding, ...]


_last: dict[str, LastCheck] = {}
"""By the database's address."""


def last_check(phonics: Phonics, actor: Actor) -> LastCheck | None:
    """What was wrong then, but for the backups, which tell it themselves; None before the first check. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    last = _last.get(phonics.settings.database_url)
    return None if last is None else LastCheck(last.at, _wrong(last.findings))


def problems_at_start(phonics: Phonics) -> tuple[Finding, ...]:
    """What `check_site` finds wrong but for the backups, for the log of the server; kept for `last_check`."""
    return _wrong(check_site(phonics, SYSTEM))


def _wrong(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if f.problem is not None and f.part is not Part.BACKUP)


def _found(looks: tuple[tuple[Part, Callable[[], PhonicsError | None]], ...]) -> Iterator[Finding]:
    for part, look in looks:
        try:
            yield Finding(part, look())
        except PhonicsError as error:
            yield Finding(part, error)


def _integrity(phonics: Phonics, full: bool) -> PhonicsError | None:
    path = phonics.store.path
    return None if path is None else site_parts.integrity(path, full)  # a server looks after its own files


def _migrations(phonics: Phonics) -> PhonicsError | None:
    with phonics.store.read() as connection:
        return site_parts.revision_fault(stored_revision(connection))


def _writing(phonics: Phonics) -> PhonicsError | None:
    with phonics.store.write():
        pass
    return site_parts.writable(phonics.settings.data_dir)


def _room(phonics: Phonics) -> PhonicsError | None:
    return site_parts.room(phonics.settings.data_dir, phonics.store.path)


def _clock(phonics: Phonics) -> PhonicsError | None:
    with phonics.store.read() as connection:
        stored = [connection.scalar(select(func.max(c))) for c in (schema.event.c.received_at, schema.audit.c.at)]
    return site_parts.clock(phonics.now(), max((moment for moment in stored if moment is not None), default=None))


def _backup(phonics: Phonics) -> PhonicsError | None:
    state = backup_state(phonics, SYSTEM)
    if state.failed is not None:
        return PhonicsError(state.failed.error, state.failed.data)
    if state.last_good is None:
        return PhonicsError("site.no_backup")
    return PhonicsError("site.backup_old", {"days": state.schedule.warn_after_days}) if state.overdue else None
