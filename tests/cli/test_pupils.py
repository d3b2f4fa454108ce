"""Pupils, one by one, from the command line."""

from __future__ import annotations

import pytest

SCOPE = ("--school", "ประตูลี้", "--year", "2569")
PERSON = ("--number", "7001", "--prefix", "ด.ญ.", "--first-name", "ใบข้าว", "--last-name", "สมมุติวงศ์", "--sex", "female")


@pytest.fixture
def pupil(run_json, site):
    """The id of a pupil who was added by hand."""
    code, told = run_json("add-pupil", *SCOPE, *PERSON, "--grade", "ป.3", "--room", "2")
    assert code == 0, told
    return told["id"]


def listed(run_json, *choice):
    return [p["id"] for p in run_json("list-pupils", *SCOPE, *choice)[1]]


def test_add_and_list(run, run_json, pupil):
    found = run_json("list-pupils", *SCOPE)[1]
    assert [(p["id"], p["number"], p["grade"], p["room"], p["sex"]) for p in found] == [
        (pupil, "7001", "P3", "2", "female")
    ]
    assert "ด.ญ.ใบข้าว สมมุติวงศ์" in run("list-pupils", *SCOPE)[1]


def test_filters(run, run_json, pupil):
    assert listed(run_json, "--grade", "P3", "--room", "2", "--search", "ใบข้าว") == [pupil]
    assert listed(run_json, "--room", "1") == listed(run_json, "--search", "ไม่มี") == []
    assert run("list-pupils", "--school", "ประตูลี้", "--grade", "ป.9")[0] == 2


def test_every_problem_of_a_new_pupil_is_told(run_json, pupil):
    code, told = run_json("add-pupil", *SCOPE, "--number", "7001", "--first-name", " ", "--grade", "P3")
    assert code == 1
    assert {p["place"]["column"] for p in told["error"]["problems"] if not p["warning"]} == {"number", "first_name"}
    assert listed(run_json) == [pupil]


def test_a_citizen_number_is_refused_and_not_repeated(run, run_json, site):
    code, out, err = run("add-pupil", *SCOPE, "--number", "1101700203451", "--first-name", "ก้อง", "--grade", "P3")
    assert code == 1
    assert "1101700203451" not in out + err
    assert listed(run_json) == []


def test_what_is_not_named_stays(run_json, pupil):
    code, told = run_json("correct-pupil", pupil, "--last-name", "ใจงาม", "--room", "1")
    assert code == 0, told
    assert (told["first_name"], told["last_name"], told["room"], told["sex"]) == ("ใบข้าว", "ใจงาม", "1", "female")
    assert run_json("correct-pupil", pupil, "--room", "")[1]["room"] == ""


def test_nothing_to_correct_is_wrong_use(run, pupil):
    code, out, err = run("correct-pupil", pupil)
    assert (code, out) == (2, "")
    assert err.startswith("คำสั่งไม่ถูกต้อง: ")


def test_archive_and_restore(run, run_json, pupil):
    assert run_json("archive-pupil", pupil)[1]["archived"] is True
    assert listed(run_json) == []
    assert listed(run_json, "--archived") == [pupil]
    assert "นำออกแล้ว" in run("list-pupils", *SCOPE, "--archived")[1]
    assert run_json("restore-pupil", pupil)[1]["archived"] is False
    assert listed(run_json) == [pupil]


def test_move(run_json, pupil):
    code, told = run_json("move-pupil", pupil, "--school", "จามเทวี")
    assert code == 0, told
    assert listed(run_json) == []
    assert [p["id"] for p in run_json("list-pupils", "--school", "จามเทวี", "--year", "2569")[1]] == [pupil]


def test_no_move_onto_a_number_that_is_taken(run, run_json, pupil):
    run("add-pupil", "--school", "จามเทวี", "--year", "2569", *PERSON, "--grade", "P3")
    code, _, err = run("move-pupil", pupil, "--school", "จามเทวี")
    assert (code, "7001" in err) == (1, True)
    assert listed(run_json) == [pupil]


@pytest.mark.parametrize(
    "command", [("archive-pupil",), ("correct-pupil", "--room", "1"), ("move-pupil", "--school", "จามเทวี")]
)
def test_an_unknown_pupil(run_json, site, command):
    code, told = run_json(command[0], "f" * 32, *command[1:])
    assert (code, told["error"]["code"]) == (1, "pupil.unknown")


def test_a_long_list_comes_in_pages(run, run_json, pupil):
    run("add-pupil", *SCOPE, "--number", "7002", "--first-name", "กานดา", "--grade", "ป.3", "--room", "2")
    first, second = (run("list-pupils", *SCOPE, "--limit", "1", "--page", page)[1] for page in (1, 2))
    assert ("ใบข้าว" in first, "กานดา" in first, first.splitlines()[-1]) == (True, False, "1–1 จาก 2")
    assert ("ใบข้าว" in second, "กานดา" in second) == (False, True)
    assert listed(run_json, "--by-name")[1] == pupil


def test_tests_of_a_school(run, run_json, busy_site):
    code, told = run_json("list-tests", "--school", "ประตูลี้", "--grade", "P2", "--status", "finished", "--limit", "2")
    assert (code, len(told)) == (0, 2)
    assert {row["pupil"]["grade"] for row in told} == {"P2"}
    assert "ทดสอบเสร็จ" in (out := run("list-tests", "--school", "ประตูลี้", "--limit", "2")[1]) or "จาก" in out
