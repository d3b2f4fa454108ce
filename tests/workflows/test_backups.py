"""Backup while the app runs, and putting one back."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import delete, func, insert, select

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.records import audit, old_copies, open_store
from phonics_app.records.backup import Manifest, _encoded, copy_database, sha256_of, unpack, write_backup
from phonics_app.records.backup_file import BackupWriter, Header, read_header
from phonics_app.records.migrate import MIGRATIONS
from phonics_app.records.schema import sign_in_failure
from phonics_app.workflows import accounts, backups, put_back_steps
from phonics_app.workflows.backups import (
    BackupKind,
    back_up,
    list_backups,
    put_back,
    restore,
    try_backup,
)
from phonics_app.workflows.context import Settings
from phonics_app.workflows.schools import list_schools, save_school
from phonics_app.workflows.setup import SchoolDraft, Text
from tests import sites
from tests.sites import START

pytestmark = pytest.mark.sqlite  # of servers: test_backups_postgresql
NEW_SCHOOL = SchoolDraft(Text("โรงเรียนหลังสำรอง", "After"))
PASSPHRASE = "ลำไย มะม่วง กล้วย"


def names(phonics):
    return {s.name.en for s in list_schools(phonics, SYSTEM)}


def test_there_and_back_while_the_app_runs(phonics):
    made = back_up(phonics, SYSTEM)
    assert made == phonics.settings.data_dir / "backups" / "phonics-2026-06-15-090000.p9backup"
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    assert "After" in names(phonics)
    kept = restore(phonics.settings, made, now=phonics.now)
    assert "After" not in names(phonics)
    assert kept == made.with_name("before-restore-2026-06-15-090000.p9backup")
    with phonics.store.read() as connection:
        assert audit.entries(connection, 1)[0].action == "site.restored"
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    assert restore(phonics.settings, kept, now=phonics.now) == kept.with_stem(f"{kept.stem}-2")
    assert "After" in names(phonics)
    assert sorted(p.name for p in made.parent.iterdir()) == [
        "before-restore-2026-06-15-090000-2.p9backup",
        "before-restore-2026-06-15-090000.p9backup",
        "phonics-2026-06-15-090000.p9backup",
    ]


def test_by_name_from_the_page(phonics, people):
    made = back_up(phonics, people.administrator)
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    put_back(phonics, people.administrator, made.name)
    assert "After" not in names(phonics)
    with phonics.store.read() as connection:
        entry = audit.entries(connection, 1)[0]
    assert (entry.account_id, entry.action, entry.subject) == ("administrator", "site.restored", made.name)


def test_a_session_that_was_ended_does_not_come_back_with_an_old_backup(phonics):
    signed_in = accounts.sign_in(phonics, "teacher", sites.PASSWORD, "here")
    made = back_up(phonics, SYSTEM)
    accounts.sign_out(phonics, signed_in.token)
    restore(phonics.settings, made)
    assert accounts.actor_of(phonics, signed_in.token) is None


def test_who_was_erased_is_erased_again_before_it_takes_the_place(phonics, monkeypatch):
    made, seen = back_up(phonics, SYSTEM), []

    def erase(store, data_dir):
        assert "After" in names(phonics), "the present state is still there"
        with store.write() as connection:
            connection.exec_driver_sql(
                "update school set name_en = 'erased' where name_en = 'Chamthewi Municipal School'"
            )
        seen.append(data_dir)

    save_school(phonics, SYSTEM, NEW_SCHOOL)
    monkeypatch.setattr(put_back_steps, "BEFORE_IT_IS_PUT_BACK", [erase])
    monkeypatch.setattr(backups, "BEFORE_IT_IS_PUT_BACK", [erase])
    restore(phonics.settings, made)
    assert seen == [phonics.settings.data_dir]
    assert "erased" in names(phonics)


def test_a_backup_is_one_file_for_its_owner_alone(phonics, tmp_path):
    made = back_up(phonics, SYSTEM, tmp_path / "stick" / "a.p9backup")
    assert [p.name for p in made.parent.iterdir()] == ["a.p9backup"]
    if os.name != "nt":
        assert made.stat().st_mode & 0o777 == 0o600
    assert list((phonics.settings.data_dir / "backups").iterdir()) == []


def test_nothing_but_the_database_is_in_it(phonics, tmp_path):
    for name in ("site.key", "erased.json", "phonics.log"):
        (phonics.settings.data_dir / name).write_text("TOP SECRET CONTENT")
    unpack(back_up(phonics, SYSTEM), tmp_path / "content.db")
    assert (tmp_path / "content.db").read_bytes().startswith(b"SQLite format 3")
    assert b"TOP SECRET" not in (tmp_path / "content.db").read_bytes()


def test_the_manifest(phonics, tmp_path):
    made = back_up(phonics, SYSTEM, passphrase=PASSPHRASE)
    header = read_header(made)
    assert (header.revision, header.made_at, header.encrypted) == (MIGRATIONS.head, START, True)
    manifest = unpack(made, tmp_path / "content.db", PASSPHRASE)
    assert (manifest.revision, manifest.made_at, manifest.simulated) == (MIGRATIONS.head, START, False)
    assert manifest.rows["school"] == len(manifest.site) == 6
    assert manifest.rows["account"] == len(sites.GRANTS)
    assert "โรงเรียนเทศบาลจามเทวี" in manifest.site
    assert "โรงเรียนเทศบาลจามเทวี".encode() not in made.read_bytes()


def test_two_backups_in_one_second_do_not_overwrite_each_other(phonics):
    assert back_up(phonics, SYSTEM) != back_up(phonics, SYSTEM)


def test_onto_an_empty_place(phonics, tmp_path):
    made = back_up(phonics, SYSTEM)
    elsewhere = Settings(tmp_path / "new", f"sqlite:///{tmp_path / 'new' / 'phonics.db'}", phonics.settings.content_dir)
    assert restore(elsewhere, made) is None
    store = open_store(elsewhere.database_url)
    with store.read() as connection:
        assert connection.exec_driver_sql("select count(*) from school").scalar() == 6
    store.close()


def test_a_folder_of_ones_own_for_backups(phonics, tmp_path):
    settings = Settings.from_environment({"PHONICS_DATA_DIR": str(tmp_path), "PHONICS_BACKUP_DIR": str(tmp_path / "b")})
    assert backups.new_path(settings, BackupKind.ASKED, START).parent == tmp_path / "b"


@pytest.mark.parametrize("where", ["all of it", "a page in the middle"])
def test_a_damaged_database_is_kept_as_it_is_and_replaced(phonics, where):
    made = back_up(phonics, SYSTEM)
    phonics.store.close()
    path = phonics.store.path
    content = bytearray(path.read_bytes())
    begin = 0 if where == "all of it" else 4096 * 3
    content[begin : begin + 4096 * 5] = b"broken! " * 512 * 5
    path.write_bytes(content)
    kept = restore(phonics.settings, made)
    assert kept == path.with_name("phonics-damaged.db")
    assert kept.read_bytes() == bytes(content)
    assert len(names(phonics)) == 6


def test_no_backup_is_made_of_a_damaged_database(phonics):
    path = phonics.store.path
    phonics.store.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 8] = b"broken! " * 512 * 5
    path.write_bytes(content)
    with pytest.raises(PhonicsError, match=r"backup\.source_damaged"):
        back_up(phonics, SYSTEM)
    assert list_backups(phonics, SYSTEM) == ()


def cut(made):
    made.write_bytes(made.read_bytes()[:-100])


def tampered(made):
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 1
    made.write_bytes(content)


def rewritten(made, change):
    """The same backup with another database in it, its checksums right."""
    copy = made.with_name("copy.db")
    manifest = unpack(made, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript(change)
    made.unlink()
    write_backup(copy, made, manifest.made_at)
    copy.unlink()


def with_rows_missing(made):
    """Whatever checksum was made anew: what the manifest counted must be there."""
    copy = made.with_name("copy.db")
    manifest = unpack(made, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript("delete from account_grant")
    told = {name: getattr(manifest, name) for name in Manifest.__slots__}
    told |= {"size": copy.stat().st_size, "sha256": sha256_of(copy)}
    header = Header(manifest.product, manifest.revision, manifest.made_at, False, False)
    with made.open("wb") as file:
        writer = BackupWriter(file, header)
        encoded = _encoded(Manifest(**told))
        writer.write(len(encoded).to_bytes(4, "big") + encoded + copy.read_bytes())
        writer.finish()
    copy.unlink()


BROKEN = {
    "cut short": ("backup.changed", cut),
    "one bit": ("backup.changed", tampered),
    "rows missing": ("backup.damaged", with_rows_missing),
    "references": (
        "backup.damaged",
        lambda made: rewritten(made, "insert into account_grant (account_id, role) values ('nobody', 'teacher')"),
    ),
    "another program": ("backup.foreign", lambda made: rewritten(made, "drop table alembic_version")),
    "newer": (
        "backup.newer",
        lambda made: rewritten(made, "update alembic_version set version_num = 'from_the_future'"),
    ),
    "gone": ("backup.missing", lambda made: made.unlink()),
    "a text": ("backup.foreign", lambda made: made.write_text("hello")),
    "nothing": ("backup.foreign", lambda made: made.write_bytes(b"")),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_bad_backup_replaces_nothing(phonics, case):
    code, spoil = BROKEN[case]
    made = back_up(phonics, SYSTEM)
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    spoil(made)
    for use in (restore, lambda settings, path: try_backup(phonics, SYSTEM, path)):
        with pytest.raises(PhonicsError) as caught:
            use(phonics.settings, made)
        assert (caught.value.code, caught.value.data["path"]) == (code, str(made))
    assert "After" in names(phonics)
    assert not list(made.parent.glob("before-restore*"))
    assert not list(made.parent.glob("unfinished-*"))


def test_the_database_itself_is_no_backup(phonics):
    for use in (lambda path: restore(phonics.settings, path), lambda path: back_up(phonics, SYSTEM, path)):
        with pytest.raises(PhonicsError, match=r"backup\.same_file"):
            use(phonics.store.path)


def test_a_backup_that_can_not_be_written(phonics, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PhonicsError, match=r"backup\.failed"):
        back_up(phonics, SYSTEM, tmp_path / "file" / "a.p9backup")


def test_with_a_passphrase(phonics):
    made = back_up(phonics, SYSTEM, passphrase=PASSPHRASE)
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    for passphrase, code in (("", "backup.passphrase_needed"), ("another one", "backup.passphrase_wrong")):
        with pytest.raises(PhonicsError) as caught:
            restore(phonics.settings, made, passphrase)
        assert caught.value.code == code
    assert "After" in names(phonics)
    assert try_backup(phonics, SYSTEM, made, PASSPHRASE).schools == 6
    restore(phonics.settings, made, PASSPHRASE)
    assert "After" not in names(phonics)


def test_a_short_passphrase_is_refused(phonics):
    with pytest.raises(ProblemsFound):
        back_up(phonics, SYSTEM, passphrase="short")
    assert list_backups(phonics, SYSTEM) == ()


def test_a_trial_says_what_is_in_it_and_changes_nothing(phonics):
    made = back_up(phonics, SYSTEM)
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    trial = try_backup(phonics, SYSTEM, made)
    assert (trial.schools, trial.accounts, trial.events, trial.newest_event) == (6, len(sites.GRANTS), 0, None)
    assert trial.revision == MIGRATIONS.head
    assert trial.seconds > 0
    assert "After" in names(phonics)


def test_copies_of_the_first_versions_can_be_put_back(phonics):
    old = phonics.settings.data_dir / "backups" / "phonics-2026-01-01-090000.db"
    old.parent.mkdir()
    copy_database(phonics.store.path, old)
    assert not list_backups(phonics, SYSTEM)[0].verified, "no checksum yet"
    old_copies.checksum_path(old).write_text(f"{sha256_of(old)}  {old.name}\n")
    os.utime(old, (1, 1))
    assert list_backups(phonics, SYSTEM)[0].verified
    save_school(phonics, SYSTEM, NEW_SCHOOL)
    restore(phonics.settings, old)
    assert "After" not in names(phonics)


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
        copies.append(back_up(phonics, SYSTEM, tmp_path / f"copy{len(copies)}.p9backup"))
        writer.join(timeout=0.05)
    assert writer.exitcode == 0
    for copy in copies:
        look = tmp_path / f"{copy.stem}.db"
        unpack(copy, look)
        store = open_store(f"sqlite:///{look}")
        with store.read() as connection:
            assert connection.scalar(select(func.count()).select_from(sign_in_failure)) % 2 == 0
        store.close()
