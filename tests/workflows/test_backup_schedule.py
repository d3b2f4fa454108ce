"""Backups by themselves: when, by whom, how many are kept, and who is warned."""

from __future__ import annotations

import multiprocessing
from datetime import datetime, timedelta

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import thai_day
from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.workflows import backup_schedule
from phonics_app.workflows.backup_schedule import (
    Every,
    Schedule,
    backup_state,
    get_schedule,
    kept_of,
    run_due,
    save_schedule,
    thin,
)
from phonics_app.workflows.backups import BackupKind, back_up, list_backups
from phonics_app.workflows.context import Settings, open_phonics
from tests.sites import START


def made(phonics):
    return [b.path for b in list_backups(phonics, SYSTEM, 1000) if b.kind is BackupKind.SCHEDULED]


def test_once_a_day(phonics, clock):
    assert run_due(phonics) == made(phonics)[0]
    assert run_due(phonics) is None
    clock.advance(hours=14)
    assert thai_day(clock.time) == thai_day(START)
    assert run_due(phonics) is None
    clock.advance(hours=2)
    assert run_due(phonics) is not None
    assert len(made(phonics)) == 2


def test_every_few_hours(phonics, clock):
    save_schedule(phonics, SYSTEM, Schedule(Every.HOURS, hours=3))
    assert run_due(phonics) is not None
    clock.advance(hours=2, minutes=59)
    assert run_due(phonics) is None
    clock.advance(minutes=1)
    assert run_due(phonics) is not None


def test_a_clock_that_was_ahead_and_was_set_right(phonics, clock):
    save_schedule(phonics, SYSTEM, Schedule(Every.HOURS, hours=3))
    clock.advance(days=365)
    assert run_due(phonics) is not None
    clock.advance(days=-365)
    assert run_due(phonics) is not None
    assert run_due(phonics) is None


def test_not_at_all(phonics):
    save_schedule(phonics, SYSTEM, Schedule(Every.OFF))
    assert run_due(phonics) is None


def test_a_site_that_is_not_set_up_has_nothing_to_lose(tmp_path, monkeypatch):
    from tests import sites

    empty = sites.open_copy(sites.make_empty(tmp_path), tmp_path / "data")
    assert run_due(empty) is None
    empty.store.close()


def test_what_a_schedule_may_be(phonics):
    with pytest.raises(ProblemsFound) as caught:
        save_schedule(phonics, SYSTEM, Schedule(Every.HOURS, hours=0, days=0, warn_after_days=1000))
    assert {p.place.column for p in caught.value.problems} == {"hours", "days", "warn_after_days"}
    assert get_schedule(phonics, SYSTEM) == Schedule()


def test_a_failure_is_remembered_told_and_tried_again(phonics, clock):
    backups = phonics.settings.data_dir / "backups"
    backups.write_text("in the way")
    with pytest.raises(PhonicsError, match=r"backup\.failed"):
        run_due(phonics)
    assert run_due(phonics) is None
    state = backup_state(phonics, SYSTEM)
    assert (state.failed.error, state.overdue) == ("backup.failed", True)
    backups.unlink()
    clock.advance(hours=1)
    assert run_due(phonics) is not None
    state = backup_state(phonics, SYSTEM)
    assert (state.failed, state.overdue) == (None, False)


def test_a_run_that_was_killed_is_done_again(phonics, clock):
    backup_schedule._take(phonics, clock.time)
    clock.advance(hours=1)
    assert run_due(phonics) is None
    clock.advance(hours=1)
    assert run_due(phonics) is not None


def test_an_old_backup_is_told(phonics, clock):
    save_schedule(phonics, SYSTEM, Schedule(Every.OFF, warn_after_days=3))
    back_up(phonics, SYSTEM)
    assert not backup_state(phonics, SYSTEM).overdue
    clock.advance(days=3, minutes=1)
    assert backup_state(phonics, SYSTEM).overdue


def start_together(data_dir, url, content_dir, barrier, found):
    phonics = open_phonics(Settings(data_dir, url, content_dir))
    barrier.wait()
    found.put(run_due(phonics) is not None)
    phonics.store.close()


def test_of_several_processes_one_does_it(phonics):
    spawn = multiprocessing.get_context("spawn")
    barrier, found = spawn.Barrier(3), spawn.Queue()
    settings = phonics.settings
    arguments = (settings.data_dir, settings.database_url, settings.content_dir, barrier, found)
    processes = [spawn.Process(target=start_together, args=arguments) for _ in range(3)]
    for process in processes:
        process.start()
    assert sorted(found.get(timeout=120) for _ in processes) == [False, False, True]
    for process in processes:
        process.join()
    assert len(made(phonics)) == 1


def test_the_newest_of_each_day_week_and_month_are_kept():
    moments = [START + timedelta(hours=6 * n) for n in range(4 * 200)]
    kept = set(kept_of(moments, Schedule(days=7, weeks=5, months=4)))
    newest = moments[-1]
    assert newest in kept
    assert {thai_day(newest) - timedelta(days=n) for n in range(7)} <= {thai_day(m) for m in kept}
    assert len({thai_day(m).isocalendar()[:2] for m in kept}) >= 5
    assert len({(thai_day(m).year, thai_day(m).month) for m in kept}) == 4
    assert len(kept) <= 7 + 5 + 4
    assert all(m == max(o for o in moments if thai_day(o) == thai_day(m)) for m in kept)


def test_thinning_leaves_what_a_person_made(phonics, clock):
    mine = back_up(phonics, SYSTEM)
    save_schedule(phonics, SYSTEM, Schedule(Every.HOURS, hours=1, days=2, weeks=0, months=0))
    for _ in range(30):
        run_due(phonics)
        clock.advance(hours=6)
    assert mine.exists()
    days = {datetime.strptime(p.name[10:20], "%Y-%m-%d").date() for p in made(phonics)}
    assert len(made(phonics)) == len(days) == 2
    assert thin(phonics) == ()
