"""Tables from the command line."""

from __future__ import annotations

import csv

import pytest

PUPILS = ("export-table", "pupils", "--school", "ประตูลี้", "--year", "2569")


def test_a_table_with_codes_for_programs(run_json, busy_site, tmp_path):
    path = tmp_path / "p.csv"
    code, told = run_json(*PUPILS, "--codes", "--out", path)
    assert code == 0, told
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 24
    assert {row["sex"] for row in rows} == {"female", "male"}


@pytest.mark.parametrize("table", ["class_lists", "tests", "placements", "results", "answers", "onet"])
@pytest.mark.parametrize(("name", "begins"), [("t.csv", b"\xef\xbb\xbf"), ("t.xlsx", b"PK")])
def test_every_table_in_every_format(run, busy_site, tmp_path, table, name, begins):
    command = ("export-table", table, "--school", "ประตูลี้", "--year", "2569", "--out", tmp_path / name)
    assert run(*command)[0] == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_empty_table_is_not_written(run, busy_site, tmp_path):
    code, _, err = run(*PUPILS[:-1], "2560", "--out", tmp_path / "p.csv")
    assert code == 1
    assert "ไม่มีข้อมูลให้ส่งออก" in err
    assert not (tmp_path / "p.csv").exists()
