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
