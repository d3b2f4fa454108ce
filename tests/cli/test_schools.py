"""Schools from the command line."""

from __future__ import annotations


def names(run_json):
    return {s["name"]["th"]: s for s in run_json("list-schools")[1]}


def test_add_and_correct(run, run_json, site):
    code, told = run_json("add-school", "--name-th", "โรงเรียนบ้านดอยคำ", "--kind", "network", "--code", "1051000001")
    assert code == 0, told
    code, told = run_json("correct-school", "--school", "1051000001", "--highest-grade", "ม.3")
    assert code == 0, told
    school = names(run_json)["โรงเรียนบ้านดอยคำ"]
    assert (school["kind"], school["code"], school["highest_grade"]) == ("network", "1051000001", "M3")
    assert "โรงเรียนบ้านดอยคำ" in run("list-schools")[1]


def test_a_name_that_is_taken_and_a_bad_code(run_json, site):
    code, told = run_json("add-school", "--name-th", "โรงเรียนเทศบาลจามเทวี", "--code", "12")
    assert code == 1
    assert {p["code"] for p in told["error"]["problems"]} == {"school.name_taken", "school.code_bad"}


def test_nothing_to_correct(run, site):
    assert run("correct-school", "--school", "จามเทวี")[0] == 2


def test_no_school_is_named_by_nothing(run, site):
    assert run("list-classes", "--school", "")[0] == 1
