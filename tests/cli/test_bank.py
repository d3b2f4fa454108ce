"""The item bank on the command line."""

from __future__ import annotations

import pytest

from phonics_app.workflows import bank_editor as editor
from phonics_app.workflows.context import open_phonics
from tests import sites
from tests.workflows.items import GOOD


@pytest.fixture
def proposed(site):
    """The id of a made-up word that a teacher has proposed."""
    phonics = open_phonics()
    item_id = editor.propose_item(phonics, sites.PEOPLE.teacher, GOOD).item_id
    phonics.store.close()
    return item_id


def test_search_and_show(run, run_json, site):
    code, found = run_json("list-items", "--grapheme", "igh", "--task", "read_word")
    assert code == 0
    assert {entry["item"]["task"] for entry in found} == {"read_word"}
    assert all("igh" in entry["item"]["graphemes"] for entry in found)
    code, out, _ = run("--language", "en", "list-items", "--text", "make", "--level", 6)
    assert "WR-0226" in out
    assert out.splitlines()[-1].startswith("Items: ")
    code, shown = run_json("show-item", "WR-0226")
    assert (code, shown["item"]["key"], shown["asked"], shown["states"]) == (0, "make", 0, ["active"])
    code, out, err = run("--language", "en", "show-item", "XX-1")
    assert (code, out, err) == (1, "", "There is no item XX-1.\n")


def test_review(run, run_json, proposed):
    assert [e["item"]["id"] for e in run_json("list-items", "--state", "awaiting")[1]] == [proposed]
    assert run("send-back-item", proposed, "--reason", "คล้าย chop")[0] == 0
    code, _, err = run("--language", "en", "activate-item", proposed)
    assert (code, err) == (1, "This proposal was sent back; it can be activated once it has been mended.\n")
    phonics = open_phonics()
    editor.propose_item(phonics, sites.PEOPLE.teacher, GOOD, proposed)
    phonics.store.close()
    assert run_json("activate-item", proposed) == (0, {"item": proposed, "change": "activated", "version": 1})
    code, out, _ = run("show-item", proposed)
    assert "คล้าย chop" in out
    assert run("withdraw-item", proposed)[0] == 1


def test_retire_and_restore(run, run_json, site):
    assert run_json("retire-item", "WR-0226", "--reason", "ไม่เหมาะ")[1]["change"] == "retired"
    assert run_json("show-item", "WR-0226")[1]["states"] == ["retired"]
    assert run_json("restore-item", "WR-0226")[1]["change"] == "restored"
    assert run("retire-item", "WR-0226")[0] == 2


def test_report(run, run_json, site):
    code, out, _ = run("--language", "en", "report-bank")
    assert code == 0
    assert out.startswith("level  ")
    assert "Correspondences read in words: " in out
    code, figures = run_json("report-bank")
    assert {count["level"] for count in figures["counts"]} == set(range(1, 10))
    assert run("export-bank-report", "--out", site / "cover.csv")[0] == 0
    assert "คลังข้อสอบ" in (site / "cover.csv").read_text(encoding="utf-8-sig")


def test_items_through_a_file(run, run_json, site):
    path = site / "items.csv"
    assert run("export-items", "--grapheme", "igh", "--out", path)[0] == 0
    code, told = run_json("import-items", path)
    assert (code, told["new"], told["changed"], told["proposed"]) == (0, 0, 0, 0)
    text = path.read_text(encoding="utf-8-sig").replace("Read this word.", "Read this word aloud.")
    path.write_text(text, encoding="utf-8-sig")
    code, told = run_json("import-items", path, "--dry-run")
    assert told["changed"] > 0
    assert (code, told["proposed"]) == (0, 0)
    assert run_json("import-items", path)[1]["proposed"] == told["changed"]
    assert run_json("import-items", path)[1]["proposed"] == 0
    (entry, *_) = run_json("list-items", "--state", "awaiting")[1]
    code, _, err = run("--language", "en", "activate-item", entry["item"]["id"])
    assert (code, err) == (1, "You have written this proposal yourself; another person must review it.\n")
    path.write_text("id,task,key\n", encoding="utf-8")
    assert run("import-items", path)[0] == 1
