"""O-NET results and targets from the command line."""

from __future__ import annotations

import csv

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.grade import Grade
from phonics_app.workflows.context import open_phonics
from phonics_app.workflows.onet import onet_page
from tests import sites

EXAM = ("--school", "ประตูลี้", "--grade", "ป.6")
RESULT = (*EXAM, "--year", "2567", "--n", "40", "--mean", "38.5")


def stored():
    """The O-NET page of the first school: rows of its table, and its targets."""
    phonics = open_phonics()
    page = onet_page(phonics, SYSTEM, Grade.P6, sites.SCHOOLS[0].id)
    phonics.store.close()
    rows = [(row["year"], row["n"], row["mean"], row["share_50"]) for row in page.table.to_dict("records")]
    return rows, [(t.value, t.relative) for t in page.targets]


def test_onet_import(run_json, site, tmp_path):
    path = tmp_path / "onet.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = [["year", "grade", "n", "mean"], [2567, "P6", 40, 38.5], [2568, "P6", 38, 41.25]]
        csv.writer(stream).writerows(rows)
    arguments = ("import-onet", path, "--school", "ประตูลี้")
    assert run_json(*arguments, "--dry-run")[1]["stored"] == 0
    code, told = run_json(*arguments)
    assert (code, told["read"], told["stored"]) == (0, 2, 2)
    path.write_text("year,grade,n,mean\n2567,P6,40,138.5\nเมื่อวาน,P6,38,41\n", encoding="utf-8")
    code, told = run_json(*arguments)
    assert (code, told["stored"]) == (1, 0)
    assert len(told["problems"]) == 2


def test_enter_replace_and_delete_a_result(run, run_json, site):
    code, told = run_json("enter-onet", *RESULT, "--percent-50", "12.5")
    assert (code, told["share_50"]) == (0, 0.125)
    assert stored()[0] == [(2567, 40, 38.5, 0.125)]
    assert run("enter-onet", *EXAM, "--year", "2567", "--n", "41", "--mean", "39")[0] == 0
    assert [row[:3] for row in stored()[0]] == [(2567, 41, 39.0)]
    assert run("delete-onet", *EXAM, "--year", "2567")[0] == 0
    assert stored()[0] == []
    code, _, err = run("delete-onet", *EXAM, "--year", "2567")
    assert (code, bool(err)) == (1, True)


def test_every_impossible_figure_is_told_and_nothing_stored(run_json, site):
    impossible = (*EXAM, "--year", "2600", "--n", "0", "--mean", "nan", "--maximum", "101")
    code, told = run_json("enter-onet", *impossible)
    assert code == 1
    assert {p["place"]["column"] for p in told["error"]["problems"]} == {"year", "n", "mean", "maximum"}
    assert stored()[0] == []


@pytest.mark.parametrize(("target", "kept"), [(("--points", "42.5"), (42.5, False)), (("--gain", "3"), (0.03, True))])
def test_set_and_clear_a_target(run, site, target, kept):
    assert run("set-onet-target", *EXAM, *target)[0] == 0
    assert stored()[1] == [kept]
    assert run("clear-onet-target", *EXAM)[0] == 0
    assert stored()[1] == []


@pytest.mark.parametrize("target", [(), ("--points", "40", "--gain", "3")])
def test_a_target_is_one_thing(run, site, target):
    assert run("set-onet-target", *EXAM, *target)[0] == 2


def test_an_impossible_target_is_refused(run, site):
    code, _, err = run("set-onet-target", *EXAM, "--points", "140")
    assert (code, "140" in err) == (1, True)
    assert stored()[1] == []


def test_no_exam_in_other_grades(run, site):
    code, _, err = run("set-onet-target", "--school", "ประตูลี้", "--grade", "P3", "--points", "40")
    assert (code, "M3" in err) == (2, True)


@pytest.mark.parametrize(("name", "begins"), [("o.pdf", b"%PDF"), ("o.csv", b"\xef\xbb\xbf"), ("o.xlsx", b"PK")])
def test_export_onet(run_json, site, tmp_path, name, begins):
    run_json("enter-onet", *RESULT)
    code, told = run_json("export-onet", "--grade", "P6", "--out", tmp_path / name)
    assert code == 0, told
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_exported_table_can_be_imported_again(run, run_json, site, tmp_path):
    run("enter-onet", *RESULT, "--percent-50", "12.5")
    before = stored()
    assert run("export-onet", *EXAM, "--out", tmp_path / "o.csv")[0] == 0
    run("delete-onet", *EXAM, "--year", "2567")
    assert run("import-onet", tmp_path / "o.csv", "--school", "ประตูลี้")[0] == 0
    assert stored() == before
