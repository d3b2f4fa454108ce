"""Classes from the command line."""

from __future__ import annotations

import csv

import pytest

CLASS = ("export-class", "--school", "ประตูลี้", "--year", "2569", "--grade", "P2", "--room", "1")


def test_list_classes(run, run_json, busy_site):
    wanted = ("list-classes", "--school", "ประตูลี้", "--year", "2569")
    assert [(c["grade"], c["room"]) for c in run_json(*wanted)[1]] == [("P1", "1"), ("P2", "1"), ("P2", "2")]
    assert run(*wanted)[1].split() == ["ป.1/1", "ป.2/1", "ป.2/2"]


def test_export_class_holds_that_class(run_json, busy_site, tmp_path):
    path = tmp_path / "c.csv"
    code, told = run_json(*CLASS, "--out", path)
    assert code == 0, told
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 1 + 8
    assert {row[0] for row in rows[1:]} == {"ป.2/1"}


@pytest.mark.parametrize(("name", "begins"), [("c.pdf", b"%PDF"), ("c.xlsx", b"PK")])
def test_other_formats(run, busy_site, tmp_path, name, begins):
    assert run(*CLASS, "--out", tmp_path / name)[0] == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_empty_class_is_not_written(run, busy_site, tmp_path):
    code, _, err = run(*CLASS[:-1], "7", "--out", tmp_path / "c.pdf")
    assert code == 1
    assert "ไม่มีข้อมูลให้ส่งออก" in err
    assert not (tmp_path / "c.pdf").exists()
