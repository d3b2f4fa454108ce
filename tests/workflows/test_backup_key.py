"""Backups that the app makes by itself: encrypted by a configured key, or not made at all where it is no good one."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import PhonicsError
from phonics_app.records.backup_file import read_header
from phonics_app.workflows.backup_key import configured_passphrase
from phonics_app.workflows.backup_schedule import backup_state, run_due
from phonics_app.workflows.backups import back_up, put_back, try_backup
from phonics_app.workflows.context import Settings

KEY = "แมวสามตัวกินปลาทูห้าตัว"


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "elsewhere" / "phonics.key"
    path.parent.mkdir()
    path.write_text(f"\ufeff{KEY}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_read_from_the_environment(tmp_path, key_file):
    named = {"PHONICS_DATA_DIR": str(tmp_path), "PHONICS_BACKUP_KEY_FILE": str(key_file)}
    assert Settings.from_environment(named).backup_key_file == key_file
    settings = Settings.from_environment({"PHONICS_BACKUP_PASSPHRASE": KEY})
    assert configured_passphrase(settings) == KEY
    assert KEY not in repr(settings)


def test_a_scheduled_backup_is_encrypted_and_put_back_without_typing(phonics, key_file):
    phonics = replace(phonics, settings=replace(phonics.settings, backup_key_file=key_file))
    made = run_due(phonics)
    assert read_header(made).encrypted
    assert "โรงเรียน".encode() not in made.read_bytes()
    assert try_backup(phonics, SYSTEM, made).schools == try_backup(phonics, SYSTEM, made, KEY).schools > 0
    kept = put_back(phonics, SYSTEM, made.name)
    assert read_header(kept).encrypted
    other = back_up(phonics, SYSTEM, passphrase="another passphrase")
    with pytest.raises(PhonicsError, match=r"backup\.passphrase_needed"):
        try_backup(phonics, SYSTEM, other)


def bad(code, key_file, data_dir):
    if code == "backup.key_missing":
        key_file.unlink()
    if code == "backup.key_open":
        key_file.chmod(0o640)
    if code == "backup.key_short":
        key_file.write_text("short", encoding="utf-8")
    if code == "backup.key_inside":
        return key_file.replace(data_dir / "phonics.key")
    return key_file


@pytest.mark.parametrize("code", ["backup.key_missing", "backup.key_open", "backup.key_short", "backup.key_inside"])
@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_with_a_bad_key_nothing_is_written_and_the_administrator_is_told(phonics, key_file, code):
    path = bad(code, key_file, phonics.settings.data_dir)
    phonics = replace(phonics, settings=replace(phonics.settings, backup_key_file=path))
    with pytest.raises(PhonicsError, match=code):
        run_due(phonics)
    assert backup_state(phonics, SYSTEM).failed.error == code
    assert backup_state(phonics, SYSTEM).last_good is None
