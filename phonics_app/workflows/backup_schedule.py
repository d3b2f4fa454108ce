"""Backups that are made by themselves while the app runs, how many are kept, and when a person is warned."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection, select

from phonics_app.domain.account import SYSTEM, Actor
from phonics_app.domain.calendar import thai_day
from phonics_app.domain.errors import PhonicsError, Place, Problem, ProblemsFound
from phonics_app.records import audit, schema
from phonics_app.records.settings import get_setting, set_setting
from phonics_app.workflows.backup_content import make_backup
from phonics_app.workflows.backup_key import configured_passphrase
from phonics_app.workflows.backups import Backup, BackupKind, backups_in, new_path
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.setup import SITE_SETTING, SiteState

_SCHEDULE, _RUN = "backup_schedule", "backup_run"
"""Names of the settings that hold the schedule and how its last run went."""
_TAKEN_FOR = timedelta(hours=2)
"""A run that has not ended after so long was killed."""
_AGAIN_AFTER = timedelta(hours=1)
"""A failed run is tried again."""
_log = logging.getLogger(__name__)


class Every(Enum):
    """DAILY: once a day, as soon as the app runs."""

    OFF = "off"
    DAILY = "daily"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Schedule:
    """Of the scheduled ones the newest of each of the last days, weeks and months are kept; others are left alone."""

    every: Every = Every.DAILY
    hours: int = 4
    """Between two, where `every` is HOURS."""
    days: int = 7
    weeks: int = 5
    months: int = 12
    warn_after_days: int = 7
    """So old the last good backup may be before the administrator is warned."""


LIMITS = {"hours": (1, 24), "days": (1, 60), "weeks": (0, 60), "months": (0, 120), "warn_after_days": (1, 90)}
"""Of each number of a schedule the least and the most."""


@dataclass(frozen=True, slots=True)
class LastRun:
    """How the last scheduled backup went; `error` is its code, "" where it went well."""

    started: datetime
    ended: datetime | None
    error: str
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class BackupState:
    """What an administrator should know. `overdue`: the last good one is older than the schedule allows, or none."""

    schedule: Schedule
    last_good: Backup | None
    overdue: bool
    failed: LastRun | None


def get_schedule(phonics: Phonics, actor: Actor) -> Schedule:
    """As it was set; daily where it never was. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        return _schedule(connection)


def save_schedule(phonics: Phonics, actor: Actor, schedule: Schedule) -> None:
    """`ProblemsFound` "backup.number_bad" for each number out of `LIMITS`. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    problems = [
        Problem("backup.number_bad", Place(column=name), str(getattr(schedule, name)), f"{least}–{most}")
        for name, (least, most) in LIMITS.items()
        if not least <= getattr(schedule, name) <= most
    ]
    if problems:
        raise ProblemsFound(problems)
    told = asdict(schedule) | {"every": schedule.every.value}
    with phonics.store.write() as connection:
        set_setting(connection, _SCHEDULE, told)
        audit.record(connection, phonics.now(), actor.account_id, "site.backup_schedule_changed", "", **told)


def backup_state(phonics: Phonics, actor: Actor) -> BackupState:
    """The last good backup, whether it is too old, and whether the last scheduled one failed. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        schedule, run = _schedule(connection), _last_run(connection)
    newest = next((backup for backup in backups_in(phonics.settings) if backup.verified), None)
    oldest = phonics.now() - timedelta(days=schedule.warn_after_days)
    overdue = newest is None or newest.made_at < oldest
    return BackupState(schedule, newest, overdue, run if run is not None and run.error else None)


def _schedule(connection: Connection) -> Schedule:
    told = get_setting(connection, _SCHEDULE)
    return Schedule(**{**told, "every": Every(told["every"])}) if isinstance(told, dict) else Schedule()


def _last_run(connection: Connection) -> LastRun | None:
    told = get_setting(connection, _RUN)
    if not isinstance(told, dict):
        return None
    ended = datetime.fromisoformat(told["ended"]) if told["ended"] else None
    return LastRun(datetime.fromisoformat(told["started"]), ended, told["error"], told["data"])


def run_due(phonics: Phonics) -> Path | None:
    """Makes the scheduled backup if it is time for one, and thins the older ones; None where it is not.

    Of several processes one does it. What goes wrong is kept for `backup_state` and raised.
    """
    started = phonics.now()
    if not _take(phonics, started):
        return None
    try:
        made = new_path(phonics.settings, BackupKind.SCHEDULED, started)
        key = configured_passphrase(phonics.settings)
        make_backup(phonics.settings, phonics.store, made, started, key)
    except PhonicsError as error:
        with suppress(PhonicsError):  # a full disk takes no note of it either
            _end(phonics, started, error)
        raise
    _end(phonics, started, None)
    thin(phonics)
    return made


def _take(phonics: Phonics, now: datetime) -> bool:
    """Whether this process is to do it now: decided and noted in one transaction."""
    with phonics.store.read() as connection:  # most of the time there is nothing to do, and nobody has to wait
        if not _is_due(connection, now):
            return False
    with phonics.store.write() as connection:
        connection.execute(select(schema.setting).where(schema.setting.c.name == SITE_SETTING).with_for_update())
        if not _is_due(connection, now):
            return False
        set_setting(connection, _RUN, {"started": now.isoformat(), "ended": "", "error": "", "data": {}})
    return True


def _is_due(connection: Connection, now: datetime) -> bool:
    schedule, run = _schedule(connection), _last_run(connection)
    if schedule.every is Every.OFF or get_setting(connection, SITE_SETTING) != SiteState.OWN.value:
        return False
    if run is None:
        return True
    since = abs(now - run.started)  # a clock that was ahead may have been set right
    if run.ended is None:
        return since >= _TAKEN_FOR
    if run.error:
        return since >= _AGAIN_AFTER
    if schedule.every is Every.DAILY:
        return thai_day(run.started) != thai_day(now)
    return since >= timedelta(hours=schedule.hours)


def _end(phonics: Phonics, started: datetime, error: PhonicsError | None) -> None:
    told = {
        "started": started.isoformat(),
        "ended": phonics.now().isoformat(),
        "error": error.code if error else "",
        "data": {name: str(value) for name, value in error.data.items()} if error else {},
    }
    with phonics.store.write() as connection:
        set_setting(connection, _RUN, told)
        if error:
            audit.record(connection, phonics.now(), SYSTEM.account_id, "site.scheduled_backup_failed", error.code)
        else:
            audit.record(connection, phonics.now(), SYSTEM.account_id, "site.scheduled_backup_made", "")


def thin(phonics: Phonics) -> tuple[Path, ...]:
    """Deletes the scheduled backups that the schedule does not keep; which ones. Never the newest good one."""
    with phonics.store.read() as connection:
        schedule = _schedule(connection)
    good = [b for b in backups_in(phonics.settings) if b.kind is BackupKind.SCHEDULED and b.verified]
    kept = set(kept_of([b.made_at for b in good], schedule))
    gone = tuple(b.path for b in good if b.made_at not in kept)
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def kept_of(moments: Iterable[datetime], schedule: Schedule) -> Iterator[datetime]:
    """Of backups made at `moments` those that are kept: the newest of each of the last days, weeks and months."""
    newest_first = sorted(moments, reverse=True)
    parts: tuple[tuple[int, Callable[[date], object]], ...] = (
        (schedule.days, lambda day: day),
        (schedule.weeks, lambda day: day.isocalendar()[:2]),
        (schedule.months, lambda day: (day.year, day.month)),
    )
    yield from newest_first[:1]
    for number, part_of in parts:
        first_of: dict[object, datetime] = {}
        for moment in newest_first:
            first_of.setdefault(part_of(thai_day(moment)), moment)
        yield from list(first_of.values())[:number]
