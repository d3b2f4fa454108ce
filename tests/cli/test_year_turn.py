"""The year turn from the command line."""

from __future__ import annotations

import pytest

SCOPE = ("--school", "ประตูลี้")


@pytest.fixture
def last_year(run):
    for number, grade in (("1", "P1"), ("2", "P6")):
        run("add-pupil", *SCOPE, "--year", "2567", "--number", number, "--first-name", "ฟ้าใส", "--grade", grade)


def test_look_store_write_and_take_back(run, run_json, site, last_year, tmp_path):
    choice = (*SCOPE, "--year", "2568", "--target", "ป.1/=ป.2/4", "--target", "P6/=-")
    code, told = run_json("turn-year", *choice)
    assert (code, told["counts"], told["stored"]) == (0, {"promoted": 1, "leaves": 1}, False)
    assert run_json("list-pupils", *SCOPE, "--year", "2568")[1] == []
    assert run("export-year-turn", *choice, "--out", tmp_path / "turn.csv")[0] == 0
    assert "ฟ้าใส" in (tmp_path / "turn.csv").read_text("utf-8")
    assert "บันทึกแล้ว นักเรียน 2 คน" in run("turn-year", *choice, "--store")[1]
    found = run_json("list-pupils", *SCOPE, "--year", "2568")[1]
    assert [(pupil["grade"], pupil["room"]) for pupil in found] == [("P2", "4")]
    assert run("undo-year-turn", *SCOPE)[0] == 0
    assert run_json("list-pupils", *SCOPE, "--year", "2568")[1] == []
    assert run("undo-year-turn", *SCOPE)[0] == 1


def test_a_target_without_a_class(run, site):
    assert run("turn-year", *SCOPE, "--target", "P1/1")[0] == 2


def test_a_pupil_over_the_years(run, run_json, site):
    pupil = run_json("add-pupil", *SCOPE, "--number", "1", "--first-name", "ฟ้าใส", "--grade", "P1")[1]["id"]
    run("correct-pupil", pupil, "--room", "2", "--first-name", "ฟ้า")
    code, out, _ = run("show-history", pupil)
    assert code == 0
    assert "ป.1/2" in out
    assert "ฟ้าใส" in out
    assert [stay["room"] for stay in run_json("show-history", pupil)[1]["stays"]] == ["2", ""]
