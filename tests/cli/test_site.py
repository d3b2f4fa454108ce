"""Preparing, filling, checking and saving a site from the command line."""

from __future__ import annotations

import io
import shutil

from tests import sites


def test_init_makes_a_database_and_can_be_repeated(run_json, data):
    for _ in range(2):
        code, told = run_json("init")
        assert code == 0
        assert told == {"state": "empty", "data_dir": str(data)}
    assert (data / "phonics.db").exists()


def test_set_up_makes_schools_and_administrator(run, run_json, data, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(sites.PASSWORD + "\n"))
    code, _, err = run("set-up", "admin", "--name", "ผู้ดูแล", "--password-stdin")
    assert (code, err) == (0, "")
    _, schools = run_json("list-schools")
    assert "โรงเรียนเทศบาลจามเทวี" in {s["name"]["th"] for s in schools}
    assert run_json("init")[1]["state"] == "own"


def test_set_up_refuses_a_bad_password_and_a_second_time(run, run_json, data, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("1234\n"))
    code, told = run_json("set-up", "admin", "--password-stdin")
    assert code == 1
    assert told["error"]["problems"]
    assert run_json("init")[1]["state"] == "empty"
    for expected in (0, 1):
        monkeypatch.setattr("sys.stdin", io.StringIO(sites.PASSWORD + "\n"))
        assert run("set-up", "admin", "--password-stdin")[0] == expected


def test_the_bank_of_the_product_holds(run_json, data):
    code, told = run_json("check-bank")
    assert code == 0, told
    assert told["ok"] is True


def test_broken_bank_names_file_and_row(run, run_json, tmp_path):
    for name in ("item_bank", "rubrics"):
        shutil.copytree(sites.ROOT / name, tmp_path / name)
    path = tmp_path / "item_bank/items/level_6.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",1.10,0.40,", ",easy,0.40,", 2), encoding="utf-8")
    code, told = run_json("check-bank", "--content", str(tmp_path))
    assert code == 1
    errors = [p for p in told["problems"] if not p["warning"]]
    assert len(errors) >= 2
    assert all("level_6.csv" in p["place"]["file"] and p["place"]["row"] for p in errors)
    assert {p["value"] for p in errors} == {"easy"}
    assert len(run("check-bank", "--content", str(tmp_path))[2].splitlines()) == len(told["problems"])
