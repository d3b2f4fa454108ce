"""Who may do what with backups: lines of the table of use cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from phonics_app.domain.account import SYSTEM, Actor
from phonics_app.workflows import backup_key, backup_schedule, backups, site_check
from phonics_app.workflows.context import Phonics

SCHEDULE = backup_schedule.Schedule(backup_schedule.Every.OFF)
MANAGE = "all - - - - -"


def made(phonics: Phonics, actor: Actor) -> Path:
    """A backup for those who are let in to work with; the others must leave no trace, not even this."""
    if actor.account_id != "administrator":
        return Path("phonics.p9backup")
    return backups.back_up(phonics, SYSTEM)


BACKUP_CASES: dict[Callable[..., object], tuple[str, Callable[..., object]]] = {
    backups.back_up: (MANAGE, lambda p, a, w: backups.back_up(p, a)),
    backups.list_backups: (MANAGE, lambda p, a, w: backups.list_backups(p, a)),
    backups.last_good_backup: (MANAGE, lambda p, a, w: backups.last_good_backup(p, a)),
    backups.find_backup: (MANAGE, lambda p, a, w: backups.find_backup(p, a, made(p, a).name)),
    backups.carry_away: (MANAGE, lambda p, a, w: backups.carry_away(p, a, made(p, a).name)),
    backups.take_in: (MANAGE, lambda p, a, w: backups.take_in(p, a, made(p, a))),
    backups.try_backup: (MANAGE, lambda p, a, w: backups.try_backup(p, a, made(p, a))),
    backup_schedule.get_schedule: (MANAGE, lambda p, a, w: backup_schedule.get_schedule(p, a)),
    backup_schedule.save_schedule: (MANAGE, lambda p, a, w: backup_schedule.save_schedule(p, a, SCHEDULE)),
    backup_key.backups_encrypted: (MANAGE, lambda p, a, w: backup_key.backups_encrypted(p, a)),
    backup_schedule.backup_state: (MANAGE, lambda p, a, w: backup_schedule.backup_state(p, a)),
    site_check.check_site: (MANAGE, lambda p, a, w: site_check.check_site(p, a)),
    site_check.last_check: (MANAGE, lambda p, a, w: site_check.last_check(p, a)),
    backups.put_back: (MANAGE, lambda p, a, w: backups.put_back(p, a, made(p, a).name)),
}
