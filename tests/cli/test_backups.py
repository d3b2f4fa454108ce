"""Backups from the command line."""

from __future__ import annotations

import io

import pytest

pytestmark = pytest.mark.sqlite
PASSPHRASE = "ลำไย มะม่วง กล้วย"


def test_backup_and_restore(run, run_json, site, tmp_path):
    code, told = run_json("backup", "--out", str(tmp_path / "สำรอง.p9backup"))
    assert code == 0, told
    before = run_json("list-schools")[1]
    (site / "phonics.db").unlink()
    for leftover in site.glob("phonics.db-*"):
        leftover.unlink()
    assert run_json("list-schools")[1] == []
    code, told = run_json("restore", str(tmp_path / "สำรอง.p9backup"))
    assert code == 0, told
    assert run_json("list-schools")[1] == before


def test_with_a_passphrase(run, run_json, site, tmp_path, monkeypatch):
    target = tmp_path / "a.p9backup"

    def typed(*arguments, passphrase=PASSPHRASE):
        monkeypatch.setattr("sys.stdin", io.StringIO(passphrase + "\n"))
        return run_json(*arguments, "--passphrase-stdin")

    assert typed("backup", "--out", target)[0] == 0
    assert run_json("test-backup", target)[1]["error"]["code"] == "backup.passphrase_needed"
    assert typed("test-backup", target, passphrase="wrong")[1]["error"]["code"] == "backup.passphrase_wrong"
    code, told = typed("test-backup", target)
    assert (code, told["schools"]) == (0, 6)
    assert typed("restore", target)[0] == 0


def test_what_a_trial_says(run, site, tmp_path):
    run("backup", "--out", tmp_path / "a.p9backup")
    code, out, _ = run("--language", "en", "test-backup", tmp_path / "a.p9backup")
    assert code == 0
    assert "schools 6, pupils 0, tests 0, answers and other events 0" in out


def test_restore_refuses_what_is_no_backup(run, site, tmp_path):
    bad = tmp_path / "bad.p9backup"
    bad.write_bytes(b"no backup")
    before = (site / "phonics.db").read_bytes()
    code, _, err = run("restore", bad)
    assert code == 1
    assert err
    assert (site / "phonics.db").read_bytes() == before


def test_a_backup_replaces_no_file_by_accident(run, site, tmp_path):
    target = tmp_path / "copy.p9backup"
    target.write_bytes(b"mine")
    assert run("backup", "--out", target)[0] == 1
    assert target.read_bytes() == b"mine"
    assert run("backup", "--out", target, "--overwrite")[0] == 0
    assert target.read_bytes().startswith(b"PHONICS BACKUP")


def test_a_backup_never_replaces_the_database_itself(run, site):
    before = (site / "phonics.db").stat().st_ino
    code, _, err = run("backup", "--out", site / "phonics.db", "--overwrite")
    assert (code, bool(err)) == (1, True)
    assert (site / "phonics.db").stat().st_ino == before


def test_list_backups(run, run_json, site):
    assert run_json("list-backups") == (0, [])
    run("backup")
    damaged = next((site / "backups").glob("*.p9backup")).with_name("older.p9backup")
    damaged.write_bytes(b"nothing")
    found = {b["path"].rpartition("/")[2]: b["verified"] for b in run_json("list-backups")[1]}
    assert len(found) == 2
    assert found["older.p9backup"] is False
    assert sum(found.values()) == 1
    assert "เสียหายหรือไม่ครบถ้วน" in run("list-backups")[1]


def test_the_schedule(run_json, site):
    assert run_json("set-backup-schedule")[1]["every"] == "daily"
    assert run_json("set-backup-schedule", "--every", "hours", "--hours", "3")[0] == 0
    assert run_json("set-backup-schedule")[1] | {"every": "hours", "hours": 3} == run_json("set-backup-schedule")[1]
    code, told = run_json("set-backup-schedule", "--hours", "99", "--days", "0")
    assert (code, len(told["error"]["problems"])) == (1, 2)


def test_check_site(run, run_json, site):
    code, told = run_json("check-site")
    assert (code, {f["part"]: f["problem"] for f in told}["backup"]) == (1, "site.no_backup")
    run("backup")
    code, out, _ = run("check-site", "--full")
    assert code == 0, out
    assert out.count("ปกติ") == 6
