"""Level classes from the command line."""

from __future__ import annotations

SCOPE = ("--school", "ประตูลี้")


def test_form_list_change_join_and_write(run, run_json, busy_site, tmp_path):
    code, proposed = run_json("form-level-classes", *SCOPE, "--most", "5")
    assert (code, run_json("list-level-classes", *SCOPE)[1]) == (0, [])
    made = run_json("form-level-classes", *SCOPE, "--most", "5", "--confirm")[1]
    assert [one["size"] for one in made] == [len(one["pupil_ids"]) for one in proposed["classes"]]
    assert max(one["size"] for one in made) <= 5
    first, last = made[0]["id"], made[-1]["id"]
    assert "ครูสมศรี" in run("change-level-class", first, "--teacher", "ครูสมศรี")[1]
    pupil = run_json("list-level-classes", "--level-class", first)[1]["members"][0]["pupil"]["id"]
    assert run_json("join-level-class", pupil, "--level-class", last)[1]["size"] == made[-1]["size"] + 1
    assert run("export-level-class", last, "--out", tmp_path / "a.csv")[0] == 0
    assert run("list-level-classes")[0] == 2
    assert run("export-level-class", "f" * 32, "--out", tmp_path / "b.csv")[0] == 1
