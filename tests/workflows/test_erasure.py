"""Erasing pupils: everywhere, down to the bytes of the file, also after an older copy was put back."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.progress.dashboard import Filters
from phonics_app.records import audit, schema
from phonics_app.records.erased_figures import FEWEST
from phonics_app.records.erasure import erased_before, note_erased
from phonics_app.records.pupil_data import count_held, holdings
from phonics_app.workflows import erasure as erasing
from phonics_app.workflows import roster
from phonics_app.workflows.backups import back_up, restore
from phonics_app.workflows.dashboards import dashboard
from phonics_app.workflows.erasure import apply_erasures, erase_pupils, preview_erasure
from tests import sites
from tests.progress.builder import Builder, moment
from tests.progress.site import FIRST, NOW, fill
from tests.workflows.use_cases import OWN

NAME = "กขคงจฉช"
ADMINISTRATOR = sites.PEOPLE.administrator


@pytest.fixture
def busy(phonics):
    """A class of 12 of one school: tested at levels 2 to 5, all but the last one."""
    built = Builder()
    for number in range(12):
        pupil = built.pupil(FIRST, Grade.P3, "1", number=str(100 + number))
        if number < 11:
            built.tested(pupil, FIRST, moment(NOW, number), 2 + number % 4)
    fill(phonics, built)
    first = ids_of(phonics)[0]
    draft = roster.pupils.draft_of(roster.get_pupil(phonics, SYSTEM, first))
    roster.correct_pupil(phonics, SYSTEM, first, replace(draft, first_name=f"{NAME}เก่า"))
    roster.correct_pupil(phonics, SYSTEM, first, replace(draft, first_name=NAME))
    return phonics


def ids_of(phonics):
    return [p.id for p in roster.list_pupils(phonics, SYSTEM, FIRST, NOW.year)]


def rows_about(phonics, pupil_ids):
    with phonics.store.read() as connection:
        return count_held(connection, pupil_ids)


def levels(phonics):
    shown = dashboard(phonics, SYSTEM, Filters(school_id=FIRST, round=NOW))
    counts = shown.levels.dropna(subset=["level"]).groupby("level")["pupils"].sum()
    return {int(level): int(n) for level, n in counts.items()}, shown.erased


def bytes_of(phonics):
    path = phonics.store.path
    log = path.with_name(path.name + "-wal")
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")


@pytest.mark.sqlite
def test_nothing_is_left_of_the_pupil_in_the_database_or_its_file(busy):
    first, *others = ids_of(busy)
    before = rows_about(busy, others)
    assert NAME.encode() in bytes_of(busy)
    preview = preview_erasure(busy, ADMINISTRATOR, [first])
    assert preview.goes == rows_about(busy, [first])
    done = erase_pupils(busy, ADMINISTRATOR, [first], f" {preview.pupils[0].name} ")
    assert done.goes == preview.goes
    assert done.scrubbed
    assert rows_about(busy, [first]) == {}
    assert rows_about(busy, others) == before
    assert NAME.encode() not in bytes_of(busy)


@pytest.mark.sqlite
def test_a_row_that_is_deleted_stays_in_no_free_corner_of_the_file(busy):
    """Without the file being rewritten: what is deleted is overwritten in it."""
    path = busy.store.path
    assert f"{NAME}เก่า".encode() in bytes_of(busy)
    with busy.store.write() as connection:
        connection.execute(delete(schema.past_name))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert NAME.encode() in bytes_of(busy)
    assert f"{NAME}เก่า".encode() not in bytes_of(busy)


def test_every_table_about_pupils_is_emptied(busy):
    """Whatever tables there are: rows made for each by the schema alone would need values; the real ones stand here."""
    everybody = ids_of(busy)
    erase_pupils(busy, ADMINISTRATOR, everybody, str(len(everybody)))
    with busy.store.read() as connection:
        for holding in holdings():
            assert connection.scalar(select(func.count()).select_from(holding.table)) == 0, holding.table.name


def test_it_has_to_be_confirmed_and_nobody_else_may(busy):
    first, *_ = ids_of(busy)
    before = rows_about(busy, [first])
    for typed in ("", "x", "1"):
        with pytest.raises(ProblemsFound):
            erase_pupils(busy, ADMINISTRATOR, [first], typed)
    with pytest.raises(NotAllowed):
        erase_pupils(busy, sites.PEOPLE.director, [first], "100")
    with pytest.raises(NotFound):
        erase_pupils(busy, ADMINISTRATOR, [first, "0" * 32], "2")
    assert rows_about(busy, [first]) == before
    assert not (busy.settings.data_dir / "erased-pupils.txt").exists()


def test_one_pupil_leaves_the_figures_and_they_say_so(busy):
    assert levels(busy) == ({2: 3, 3: 3, 4: 3, 5: 2}, 0)
    erase_pupils(busy, ADMINISTRATOR, ids_of(busy)[:1], "100")
    assert levels(busy) == ({2: 2, 3: 3, 4: 3, 5: 2}, 1)


def test_the_figures_of_a_class_that_is_erased_stay(busy):
    before = levels(busy)
    course = dashboard(busy, SYSTEM, Filters(school_id=FIRST)).history.to_dict("records")
    preview = preview_erasure(busy, ADMINISTRATOR, ids_of(busy))
    assert (preview.kept, preview.missing) == (11, 0)
    erase_pupils(busy, ADMINISTRATOR, ids_of(busy), "12")
    assert levels(busy) == before
    assert dashboard(busy, SYSTEM, Filters(school_id=FIRST)).history.to_dict("records") == course


def test_of_few_pupils_or_of_such_as_are_alike_nothing_is_kept(busy):
    few = ids_of(busy)[: FEWEST - 1]
    assert preview_erasure(busy, ADMINISTRATOR, few).kept == 0
    assert preview_erasure(busy, ADMINISTRATOR, ids_of(busy)[:FEWEST]).kept == FEWEST


def test_blocks_have_their_progress_and_the_same_end(busy, monkeypatch):
    monkeypatch.setattr(erasing, "BLOCK", 5)
    before, shares = levels(busy), []
    erase_pupils(busy, ADMINISTRATOR, ids_of(busy), "12", shares.append)
    assert shares == [5 / 12, 10 / 12, 1.0]
    assert levels(busy) == before


@pytest.mark.sqlite
def test_what_was_erased_does_not_come_back_with_an_older_copy(busy):
    first, second, *_ = ids_of(busy)
    copy = back_up(busy, SYSTEM)
    erase_pupils(busy, ADMINISTRATOR, [first], "100")
    restore(busy.settings, copy)
    assert rows_about(busy, [first]) == {}
    assert rows_about(busy, [second])
    assert NAME.encode() not in bytes_of(busy)
    with busy.store.read() as connection:
        assert ("pupil.erased_again", first) in {(e.action, e.subject) for e in audit.entries(connection)}
    assert apply_erasures(busy.store, busy.settings.data_dir) == 0


def test_the_list_of_the_erased_tells_nobody_who_they_were(busy):
    first = ids_of(busy)[0]
    erase_pupils(busy, ADMINISTRATOR, [first], "100")
    for name in ("erased-pupils.txt", "erased-pupils.key"):
        path = busy.settings.data_dir / name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert first not in path.read_text()
        assert NAME not in path.read_text()


def test_what_a_full_disk_has_left_of_the_list_does_no_harm(busy):
    """An empty key, and half a line: what is erased later is found in an older copy all the same."""
    first, folder = ids_of(busy)[0], busy.settings.data_dir
    (folder / "erased-pupils.key").touch()
    (folder / "erased-pupils.txt").write_text("a1b2")
    note_erased(folder, [first])
    with busy.store.read() as connection:
        assert erased_before(connection, folder) == [first]


def test_the_audit_keeps_the_act_and_no_name(busy):
    first = ids_of(busy)[0]
    erase_pupils(busy, ADMINISTRATOR, [first], "100")
    with busy.store.read() as connection:
        newest = audit.entries(connection)[0]
        data = str(connection.execute(select(schema.audit)).all())
    assert (newest.action, newest.subject, newest.account_id) == ("pupil.erased", first, "administrator")
    assert NAME not in data


def test_a_pupil_with_a_seat_and_events_goes_whole(phonics):
    from phonics_app.domain.school import PupilDraft, Sex
    from phonics_app.records.pupils import insert_pupils
    from tests.pages.busy import sit
    from tests.workflows.sitting_cases import sitting_made

    with phonics.store.write() as connection:
        draft = PupilDraft("7", "ด.ญ.", NAME, "สมมุติวงศ์", Sex.FEMALE, Grade.P6, "1")
        insert_pupils(connection, OWN.school, sites.YEAR, [(OWN.pupil, draft)])
    sit(phonics, OWN.attempt, OWN.pupil, 4)
    sitting_made(phonics, OWN)
    assert {"event", "class_seat", "result"} <= set(rows_about(phonics, [OWN.pupil]))
    erase_pupils(phonics, ADMINISTRATOR, [OWN.pupil], "7")
    with phonics.store.read() as connection:
        for table in (schema.event, schema.class_seat, schema.attempt, schema.pupil):
            assert connection.scalar(select(func.count()).select_from(table)) == 0, table.name
