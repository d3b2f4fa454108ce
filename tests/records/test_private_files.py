"""What is written below the data folder is for the account alone under which the product runs."""

from __future__ import annotations

import os
import stat

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.retention import Kept
from phonics_app.launcher.server import _log_file
from phonics_app.records import open_store
from phonics_app.records.erasure import note_erased
from phonics_app.records.private_files import write_private
from phonics_app.records.store import sqlite_url
from phonics_app.workflows import accounts, backups, retention
from tests import sites

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions"),
]


@pytest.fixture(autouse=True)
def open_hearted():
    """As most machines have it: what is made may be read by everybody."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder):
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*") if path.is_file()
    }


def test_every_file_below_the_data_folder(tmp_path):
    """The database with its log, a backup, the list of erased pupils with its key, an archive of the record of use."""
    clock = sites.Clock()
    template = tmp_path / "template"
    template.mkdir()
    phonics = sites.open_copy(sites.make_own(template), tmp_path / "data", clock)
    accounts.sign_in(phonics, "teacher", sites.PASSWORD, "127.0.0.1")
    backups.back_up(phonics, SYSTEM)
    note_erased(phonics.settings.data_dir, ["a" * 32])
    clock.advance(days=2000)
    due = next(each for each in retention.list_due(phonics, SYSTEM) if each.kind is Kept.AUDIT)
    retention.clear_due(phonics, SYSTEM, Kept.AUDIT, due.rows)
    _log_file(phonics.settings.data_dir).close()
    found = modes(phonics.settings.data_dir)
    assert {name.split("/")[0] for name in found} >= {
        "phonics.db",
        "phonics.db-wal",
        "phonics.log",
        "backups",
        "audit-archive",
    }
    assert {name for name in found if name.startswith("erased-pupils")} == {"erased-pupils.key", "erased-pupils.txt"}
    assert {name: oct(mode) for name, mode in found.items() if mode != 0o600} == {}
    phonics.store.close()


def test_what_is_replaced_is_never_opened_further(tmp_path):
    path = tmp_path / "cards.pdf"
    modes_before_and_after = {None: 0o600, 0o644: 0o600, 0o600: 0o600, 0o400: 0o400}
    for before in modes_before_and_after:
        path.unlink(missing_ok=True)
        if before is not None:
            path.write_bytes(b"old")
            path.chmod(before)
        path.with_name("cards.pdf.partial").write_bytes(b"left by an earlier run, open to all")
        write_private(path, b"new")
        assert path.read_bytes() == b"new"
        assert stat.S_IMODE(path.stat().st_mode) == modes_before_and_after[before]
    assert [p.name for p in tmp_path.iterdir()] == ["cards.pdf"]


def test_a_database_of_an_earlier_version_is_closed_to_others(tmp_path):
    path = tmp_path / "phonics.db"
    open_store(sqlite_url(path)).close()
    path.chmod(0o644)
    open_store(sqlite_url(path)).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o664)
    open_store(sqlite_url(path)).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
