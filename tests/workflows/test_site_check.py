"""What the check of a site finds: on a sound one nothing, else each fault by its name."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from sqlalchemy import insert

from phonics_app.domain.account import SYSTEM
from phonics_app.records import schema
from phonics_app.workflows import site_parts
from phonics_app.workflows.backups import back_up
from phonics_app.workflows.site_check import LastCheck, Part, check_site, last_check, problems_at_start
from tests import sites


def wrong(phonics, full=False):
    return {f.part: f.problem.code for f in check_site(phonics, SYSTEM, full) if f.problem is not None}


@pytest.mark.parametrize("full", [False, True])
def test_a_sound_site(phonics, full):
    back_up(phonics, SYSTEM)
    assert [f.part for f in check_site(phonics, SYSTEM, full)] == list(Part)
    assert wrong(phonics, full) == {}


def test_no_backup_and_an_old_one(phonics, clock):
    assert wrong(phonics) == {Part.BACKUP: "site.no_backup"}
    back_up(phonics, SYSTEM)
    clock.advance(days=8)
    assert wrong(phonics) == {Part.BACKUP: "site.backup_old"}


def test_a_clock_that_goes_back(phonics, clock):
    back_up(phonics, SYSTEM)
    clock.advance(minutes=-9)
    assert wrong(phonics) == {}
    clock.advance(minutes=-2)
    assert wrong(phonics) == {Part.CLOCK: "site.clock"}


@pytest.mark.sqlite
def test_a_damaged_page(phonics):
    back_up(phonics, SYSTEM)
    phonics.store.close()
    content = bytearray(phonics.store.path.read_bytes())
    content[4096 * 30 : 4096 * 40] = b"broken! " * 512 * 10
    phonics.store.path.write_bytes(content)
    assert wrong(phonics)[Part.INTEGRITY] == "database.damaged"


def test_little_room(phonics, monkeypatch):
    back_up(phonics, SYSTEM)
    monkeypatch.setattr(site_parts, "ROOM", 1 << 60)
    assert wrong(phonics) == {Part.ROOM: "site.room"}


def test_what_was_found_is_told_until_it_is_mended(phonics, monkeypatch):
    with monkeypatch.context() as small:
        small.setattr(site_parts, "ROOM", 1 << 60)
        problems_at_start(phonics)
        assert [f.problem.code for f in last_check(phonics, SYSTEM).findings] == ["site.room"]
    check_site(phonics, SYSTEM)
    assert last_check(phonics, SYSTEM) == LastCheck(phonics.now(), ())  # that there is no backup is told elsewhere


@pytest.mark.sqlite
def test_a_broken_reference_is_found_by_the_full_check(phonics):
    back_up(phonics, SYSTEM)
    with phonics.store.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute(insert(schema.account_grant).values(account_id="nobody", role="teacher"))
        connection.commit()
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
    assert wrong(phonics) == {}
    assert wrong(phonics, full=True) == {Part.INTEGRITY: "database.damaged"}


LOOK_AS_NOBODY = """
import os, sys
from pathlib import Path
from phonics_app.domain.account import SYSTEM
from phonics_app.workflows.context import Settings, open_phonics
from phonics_app.workflows.site_check import check_site
data = Path(sys.argv[1])
phonics = open_phonics(Settings(data, f"sqlite:///{data / 'phonics.db'}", Path(sys.argv[2])))
phonics.store.close()
os.setuid(65534)
print(*(f"{f.part.value}={f.problem.code}" for f in check_site(phonics, SYSTEM) if f.problem))
"""


@pytest.mark.sqlite
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs to become another user")
def test_a_disk_that_can_only_be_read(phonics, tmp_path):
    folder = tmp_path / "locked"
    copied = sites.open_copy(phonics.store.path, folder)
    copied.store.close()
    for path in (folder, *folder.parents):
        if path.is_relative_to("/tmp") and path != path.parent and str(path) != "/tmp":
            path.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", LOOK_AS_NOBODY, str(folder), str(sites.ROOT)], capture_output=True, text=True, check=True
    )
    assert "writing=database.unwritable" in done.stdout
