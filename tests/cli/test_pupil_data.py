"""A pupil's own data from the command line."""

from __future__ import annotations

import json
import zipfile

from tests.pages import busy


def test_all_that_is_held_is_written_as_one_file(run_json, busy_site, tmp_path):
    pupil, target = busy_site.pupils[busy.CLASSES[0]][0], tmp_path / "p.zip"
    code, told = run_json("export-pupil-data", pupil, "--out", target)
    assert (code, told["rows"]["pupil"], told["bytes"]) == (0, 1, target.stat().st_size)
    with zipfile.ZipFile(target) as archive:
        held = json.loads(archive.read("pupil.json"))
    assert held["pupil_id"] == pupil
    assert len(held["tables"]["event"]) == told["rows"]["event"] > 0
    assert run_json("audit", "--action", "export")[1][0]["subject"] == pupil


def test_a_stranger_and_a_file_that_is_there(run, busy_site, tmp_path):
    assert run("export-pupil-data", "0" * 32, "--out", tmp_path / "p.zip")[0] == 1
    assert list(tmp_path.glob("*.zip")) == []
    (tmp_path / "p.zip").write_bytes(b"mine")
    assert run("export-pupil-data", busy_site.pupils[busy.CLASSES[0]][0], "--out", tmp_path / "p.zip")[0] == 1


def test_erasing_says_what_goes_and_waits_to_be_confirmed(run, run_json, busy_site):
    pupil = busy_site.pupils[busy.CLASSES[0]][0]
    code, told = run_json("erase-pupils", pupil)
    assert (code, told["erased"], told["rows"]["pupil"], told["missing"]) == (0, False, 1, 2)
    assert run("erase-pupils", pupil, "--confirm", "no")[0] == 1
    assert run_json("audit", "--action", "pupil.erased")[1] == []
    code, told = run_json("erase-pupils", pupil, "--confirm", "1001")
    assert (code, told["erased"]) == (0, True)
    assert [e["subject"] for e in run_json("audit", "--action", "pupil.erased")[1]] == [pupil]
    assert run("export-pupil-data", pupil, "--out", "p.zip")[0] == 1
    assert run_json("apply-erasures") == (0, {"pupils": 0})


def test_research_is_checked_first_and_given_out_where_nobody_stands_out(run, run_json, busy_site, tmp_path):
    code, told = run_json("export-research")
    assert code == 1
    assert told["small"]
    steps = [f"--{name.replace('_', '-')}" for name, taken in told["enough"][0].items() if taken]
    said = ("--purpose", "วิทยานิพนธ์", "--receiver", "มช.", "--out", tmp_path / "r.zip")
    assert run("export-research", *said)[0] == 1
    assert not (tmp_path / "r.zip").exists()
    assert run("export-research", *steps)[0] == 0
    assert run("export-research", *steps, *said)[0] == 0
    assert "data.csv" in zipfile.ZipFile(tmp_path / "r.zip").namelist()
