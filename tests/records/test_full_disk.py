"""A disk without room, made by the system's own limit of a file's size: told in words, nothing of before is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.workflows.backups import back_up
from tests import sites

pytestmark = [pytest.mark.sqlite, pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of a file's size")]
HEAD = """
import json, resource, sys
from pathlib import Path
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import PhonicsError
from phonics_app.records.settings import set_setting
from phonics_app.workflows.backups import back_up, restore
from phonics_app.workflows.context import Settings, open_phonics
data, root, made = map(Path, sys.argv[1:])
settings = Settings(data, f"sqlite:///{data / 'phonics.db'}", root)
phonics = open_phonics(settings)

def fill_up(room):
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

def code_of(act):
    try:
        act()
    except PhonicsError as error:
        return error.code
    return ""
"""
WRITING = """
def write(n):
    with phonics.store.write() as connection:
        set_setting(connection, f"kept-{n}", "x" * 20_000)

done = 0
fill_up((data / "phonics.db").stat().st_size + 300_000)
while not (code := code_of(lambda: write(done))):
    done += 1
print(json.dumps([done, code]))
"""
BACKING_UP = """
fill_up(20_000)
print(json.dumps([code_of(lambda: back_up(phonics, SYSTEM)), code_of(lambda: restore(settings, made))]))
"""


def run(script, phonics, made):
    phonics.store.close()
    command = [sys.executable, "-c", HEAD + script, str(phonics.settings.data_dir), str(sites.ROOT), str(made)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200, cwd=sites.ROOT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def phonics(tmp_path):
    made = sites.open_copy(sites.make_own(tmp_path), tmp_path / "data")
    yield made
    made.store.close()


def looked_at(phonics):
    with closing(sqlite3.connect(phonics.settings.data_dir / "phonics.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [name for (name,) in connection.execute("select name from setting where name like 'kept-%'")]


def test_what_was_acknowledged_before_the_disk_was_full_is_there(phonics, tmp_path):
    done, code = run(WRITING, phonics, tmp_path)
    assert code in ("database.full", "database.unwritable")
    assert done > 3
    assert sorted(looked_at(phonics)) == sorted(f"kept-{n}" for n in range(done))


def test_no_half_backup_and_no_half_restore(phonics, tmp_path):
    made = back_up(phonics, SYSTEM, tmp_path / "stick.p9backup")
    phonics.store.close()  # brings everything into the file itself
    before = (phonics.settings.data_dir / "phonics.db").read_bytes()
    assert run(BACKING_UP, phonics, made) == ["backup.failed", "backup.failed"]
    assert os.listdir(phonics.settings.data_dir / "backups") == []
    assert looked_at(phonics) == []
    assert (phonics.settings.data_dir / "phonics.db").read_bytes() == before
