"""What is due, from the command line."""

from __future__ import annotations

from phonics_app.records import guesses
from tests import sites


def test_list_set_and_clear(run, run_json, data, own_template):
    phonics = sites.open_copy(own_template, data)
    with phonics.store.write() as connection:
        guesses.note_guess(connection, "teacher", "10.0.0.1", sites.START.replace(year=2020))
    phonics.store.close()
    due = {row["kind"]: row for row in run_json("list-due")[1]["due"]}
    assert (due["failures"]["rows"], due["audit"]["days"]) == (1, 1095)
    assert run("clear-due", "failures", "--rows", "2")[0] == 1
    assert run_json("clear-due", "failures", "--rows", "1") == (0, {"kind": "failures", "rows": 1, "archive": ""})
    assert run_json("set-retention", "audit", "730")[1]["audit"] == 730
    assert run("set-retention", "audit", "1")[0] == 1
