"""The analysis of a site's own items from the command line."""

from __future__ import annotations

import csv

import pytest

from phonics_app.workflows.context import open_phonics
from tests import calibrated


@pytest.fixture
def tested(site):
    phonics = open_phonics()
    calibrated.simulate_site(phonics)
    phonics.store.close()


def test_what_the_answers_say(run, run_json, tested, tmp_path):
    code, told = run_json("analyse-site-items")
    assert code == 0
    assert (told["tests"] > 300, told["simulated"]) == (True, True)
    assert told["compared"] == ["grade"]
    assert sum(item["told"]["n"] for item in told["items"]) == told["answers"]
    code, out, _ = run("--language", "th", "analyse-site-items", "--level", "4")
    assert code == 0
    assert "จัดได้ตรงระดับจริง" in out
    assert "คำนวณจากคำตอบของนักเรียนจำลอง" in out
    file = tmp_path / "items.csv"
    assert run("export-item-analysis", "--language", "en", "--out", file)[0] == 0
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = [row for row in csv.DictReader(table) if row["Table"] == "Items"]
    assert [row["Item"] for row in rows] == [item["item"]["id"] for item in told["items"]]


def test_too_few_tests(run, site):
    code, _, err = run("--language", "en", "analyse-site-items")
    assert code == 1
    assert "At least 100 finished tests" in err
