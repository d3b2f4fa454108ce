"""Backup while the app runs, and putting one back."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import delete, func, insert, select

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import NotAllowed, PhonicsError
from phonics_app.records import audit, open_store
from phonics_app.records.schema import sign_in_failure
from phonics_app.records.settings import set_setting
from phonics_app.workflows import accounts
from phonics_app.workflows.context import Settings
from phonics_app.workflows.maintenance import audit_trail, back_up, last_good_backup, list_backups, read_backup, restore
from phonics_app.workflows.schools import list_schools, save_school
from phonics_app.workflows.setup import SITE_SETTING, SchoolDraft, SiteState, Text
from tests import sites
from tests.sites import START

NEW_SCHOOL = SchoolDraft(Text("โรงเรียนหลังสำรอง", "After"))


def names(phonics):
    return {s.name.en for s in list_schools(phonics, SYSTEM)}


def test_there_and_back_while_the_app_runs(phonics):
    copy = back_up(phonics, SYSTEM)
    assert copy == phonics.settings.data_dir / "backups" / "phonics-2026-06-15-090000.db"
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    assert "After" in names(phonics)
    kept = restore(phonics.settings, copy)
    assert "After" not in names(phonics)
    assert kept == phonics.store.path.with_name("phonics-replaced.db")
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("select count(*) from school where name_en = 'After'").fetchone() == (1,)
    with phonics.store.read() as connection:
        assert audit.entries(connection, 1)[0].action == "site.restored"
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    restore(phonics.settings, kept)
    assert "After" in names(phonics)
    assert kept.with_name("phonics-replaced-2.db").exists()


def test_a_session_that_was_ended_does_not_come_back_with_an_old_copy(phonics):
    signed_in = accounts.sign_in(phonics, "teacher", sites.PASSWORD, "here")
    copy = back_up(phonics, SYSTEM)
    accounts.sign_out(phonics, signed_in.token)
    restore(phonics.settings, copy)
    assert accounts.actor_of(phonics, signed_in.token) is None


def test_a_copy_is_one_file_with_its_checksum(phonics, tmp_path):
    copy = back_up(phonics, SYSTEM, tmp_path / "stick" / "copy.db")
    assert sorted(p.name for p in copy.parent.iterdir()) == ["copy.db", "copy.db.sha256"]
    assert copy.with_name("copy.db.sha256").read_text().split()[1] == "copy.db"


def test_two_copies_in_one_second_do_not_overwrite_each_other(phonics):
    assert back_up(phonics, SYSTEM) != back_up(phonics, SYSTEM)


def test_onto_an_empty_place(phonics, tmp_path):
    copy = back_up(phonics, SYSTEM)
    elsewhere = Settings(tmp_path / "new", f"sqlite:///{tmp_path / 'new' / 'phonics.db'}", phonics.settings.content_dir)
    assert restore(elsewhere, copy) is None
    store = open_store(elsewhere.database_url)
    with store.read() as connection:
        assert connection.exec_driver_sql("select count(*) from school").scalar() == 6
    store.close()


def test_a_damaged_database_is_put_aside_and_replaced(phonics):
    copy = back_up(phonics, SYSTEM)
    phonics.store.close()
    path = phonics.store.path
    path.write_bytes(b"broken " * 5000)
    kept = restore(phonics.settings, copy)
    assert kept.read_bytes() == b"broken " * 5000
    assert len(names(phonics)) == 6


def tampered(copy):
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")


def without_checksum(copy):
    copy.with_name(copy.name + ".sha256").unlink()


def resealed(copy):
    from phonics_app.records.backup import checksum_path, sha256_of

    checksum_path(copy).write_text(f"{sha256_of(copy)}  {copy.name}\n")


def damaged(copy):
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    copy.write_bytes(content)
    resealed(copy)


def no_database(copy):
    copy.write_text("hello")
    resealed(copy)


def foreign(copy):
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("drop table alembic_version")
        connection.commit()
    resealed(copy)


def newer(copy):
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("update alembic_version set version_num = 'from_the_future'")
        connection.commit()
    resealed(copy)


BROKEN = {
    "backup.changed": tampered,
    "backup.no_checksum": without_checksum,
    "backup.damaged": damaged,
    "backup.foreign": foreign,
    "backup.newer": newer,
    "backup.missing": lambda copy: copy.unlink(),
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_bad_copy_replaces_nothing(phonics, code):
    copy = back_up(phonics, SYSTEM)
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    BROKEN[code](copy)
    with pytest.raises(PhonicsError) as caught:
        restore(phonics.settings, copy)
    assert (caught.value.code, caught.value.data["path"]) == (code, str(copy))
    assert "After" in names(phonics)


def test_a_text_file_is_no_copy(phonics):
    copy = back_up(phonics, SYSTEM)
    no_database(copy)
    with pytest.raises(PhonicsError, match=r"backup\.damaged"):
        restore(phonics.settings, copy)


def test_the_database_itself_is_no_copy(phonics):
    with pytest.raises(PhonicsError, match=r"backup\.same_file"):
        restore(phonics.settings, phonics.store.path)


def test_a_copy_that_can_not_be_written(phonics, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PhonicsError, match=r"backup\.failed"):
        back_up(phonics, SYSTEM, tmp_path / "file" / "copy.db")


def test_another_database_has_its_own_tools(phonics, tmp_path):
    settings = Settings(tmp_path, "postgresql+psycopg://phonics:secret@localhost/phonics", tmp_path)
    with pytest.raises(PhonicsError, match=r"backup\.not_sqlite") as caught:
        restore(settings, tmp_path / "copy.db")
    assert "secret" not in str(caught.value)


def write_pairs(url: str, times: int) -> None:
    """Adds two rows and takes two away, each time in one transaction: a consistent copy holds an even number."""
    store = open_store(url)
    row = {"username": "x", "address": "y", "at": START}
    for n in range(times):
        with store.write() as connection:
            connection.execute(insert(sign_in_failure), [row, row])
            if n % 3 == 2:
                oldest = select(sign_in_failure.c.key).order_by(sign_in_failure.c.key).limit(2)
                connection.execute(delete(sign_in_failure).where(sign_in_failure.c.key.in_(oldest)))
    store.close()


def test_a_copy_made_under_writers_is_consistent(phonics, tmp_path):
    spawn = multiprocessing.get_context("spawn")
    writer = spawn.Process(target=write_pairs, args=(phonics.settings.database_url, 60))
    writer.start()
    copies = []
    while writer.is_alive() or not copies:
        copies.append(back_up(phonics, SYSTEM, tmp_path / f"copy{len(copies)}.db"))
        writer.join(timeout=0.05)
    assert writer.exitcode == 0
    for copy in copies:
        store = open_store(f"sqlite:///{shutil.copy(copy, tmp_path / 'look.db')}")
        with store.read() as connection:
            assert connection.scalar(select(func.count()).select_from(sign_in_failure)) % 2 == 0
        store.close()


@pytest.mark.parametrize("who", ["teacher", "director", "trainer", "municipal_director"])
def test_only_the_administrator(phonics, people, who):
    for refused in (back_up, audit_trail):
        with pytest.raises(NotAllowed):
            refused(phonics, getattr(people, who))


def test_the_audit_trail_is_newest_first(phonics, people):
    save_school(phonics, people.administrator, NEW_SCHOOL)
    back_up(phonics, people.administrator)
    trail = audit_trail(phonics, people.administrator)
    assert [(e.account_id, e.action) for e in trail] == [
        ("administrator", "site.backed_up"),
        ("administrator", "school.added"),
    ]
    assert audit_trail(phonics, people.administrator, limit=1) == trail[:1]


def dated(copy, seconds):
    """`copy`, as if made so many seconds after the others."""
    moment = START.timestamp() + seconds
    os.utime(copy, (moment, moment))
    return copy


def test_the_list_tells_which_copies_can_be_used(phonics):
    assert list_backups(phonics, SYSTEM) == ()
    assert last_good_backup(phonics, SYSTEM) is None
    good = dated(back_up(phonics, SYSTEM), 0)
    with phonics.store.write() as connection:
        set_setting(connection, SITE_SETTING, SiteState.DEMONSTRATION.value)
    simulated = dated(back_up(phonics, SYSTEM), 1)
    changed = back_up(phonics, SYSTEM)
    with changed.open("ab") as file:
        file.write(b"x")
    dated(changed, 2)
    rubbish = changed.with_name("rubbish.db")
    rubbish.write_bytes(b"no database")
    dated(rubbish, 3)
    found = list_backups(phonics, SYSTEM)
    assert [(b.path, b.verified) for b in found] == [
        (rubbish, False),
        (changed, False),
        (simulated, True),
        (good, True),
    ]
    assert [b.simulated for b in found[2:]] == [True, False]
    assert found[3].size == good.stat().st_size
    assert found[3].made_at == START
    assert last_good_backup(phonics, SYSTEM) == found[2]
    assert list_backups(phonics, SYSTEM, limit=1) == found[:1]
    assert read_backup(phonics, SYSTEM, found[3]) == good.read_bytes()


@pytest.mark.parametrize("who", ["teacher", "director", "trainer", "municipal_director"])
def test_copies_are_for_administrators(phonics, people, who):
    backup_made = back_up(phonics, SYSTEM)
    listed = list_backups(phonics, SYSTEM)[0]
    assert listed.path == backup_made
    for refused in (
        lambda actor: list_backups(phonics, actor),
        lambda actor: last_good_backup(phonics, actor),
        lambda actor: read_backup(phonics, actor, listed),
    ):
        with pytest.raises(NotAllowed):
            refused(getattr(people, who))
