"""Tests, O-NET results and rubrics from the command line."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from phonics_app.calibration.simulation import simulate_attempts
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.engine.priors import level_centre
from phonics_app.workflows import assess, roster
from phonics_app.workflows.context import open_phonics
from tests import sites

ATTEMPT = "a" * 32


@pytest.fixture
def tested(site):
    """A site in which one simulated pupil of level 5 has sat a test; his id."""
    phonics = open_phonics()
    draft = PupilDraft("1001", "ด.ช.", "ต้นกล้า", "สมมุติสกุล", Sex.MALE, Grade.P2, "1")
    pupil = roster.add_pupil(phonics, SYSTEM, sites.SCHOOLS[0].id, Round.of(date.today()).year, draft)
    sitting = assess.start_attempt(phonics, SYSTEM, ATTEMPT, pupil.id)
    ability = level_centre(sitting.plan.levels, 5)
    events = simulate_attempts(sitting.plan, [sitting.attempt.spec], [ability], seed=5)[0].events
    assess.append_events(phonics, SYSTEM, ATTEMPT, events)
    phonics.store.close()
    return pupil.id


def test_attempts_of_a_pupil(run, run_json, tested):
    assert [a["id"] for a in run_json("attempts", tested)[1]] == [ATTEMPT]
    assert ATTEMPT in run("attempts", tested)[1]


def test_place_computes_and_stores_nothing(run, run_json, tested):
    code, told = run_json("place", ATTEMPT)
    assert code == 0, told
    assert told["placement"] is None
    assert sum(p["probability"] for p in told["result"]["probabilities"]) == pytest.approx(1)
    code, out, _ = run("place", ATTEMPT)
    assert code == 0
    assert f"ระดับ {told['result']['proposed_level']}" in out
    assert len(out.splitlines()) > 4


def test_accept(run_json, tested):
    told = run_json("place", ATTEMPT, "--accept")[1]
    assert told["placement"]["level"] == told["result"]["proposed_level"]
    assert told["placement"]["decided_by"] == "system"


def test_another_level_needs_a_reason(run, run_json, tested):
    level = run_json("place", ATTEMPT)[1]["result"]["proposed_level"] - 1
    code, told = run_json("place", ATTEMPT, "--level", str(level))
    assert code == 1
    assert told["error"]["problems"]
    placed = run_json("place", ATTEMPT, "--level", str(level), "--reason", "อ่านคล่องในห้องเรียน")[1]["placement"]
    assert (placed["level"], placed["reason"]) == (level, "อ่านคล่องในห้องเรียน")


def test_unknown_attempt(run, site):
    code, _, err = run("place", "f" * 32)
    assert code == 1
    assert err


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


@pytest.mark.parametrize(("name", "begins"), [("r.pdf", b"%PDF"), ("r.docx", b"PK"), ("r.xlsx", b"PK")])
def test_export_rubrics(run_json, site, tmp_path, name, begins):
    path = tmp_path / name
    chosen = ("--level", "4", "--kind", "performance", "--language", "both")
    code, told = run_json("export-rubrics", "--out", path, *chosen)
    assert code == 0, told
    assert path.read_bytes().startswith(begins)
    assert told["bytes"] == path.stat().st_size


def test_export_into_a_folder_that_is_not_there(run, site, tmp_path):
    code, _, err = run("export-rubrics", "--out", tmp_path / "no" / "r.pdf", "--level", "4")
    assert code == 1
    assert "r.pdf" in err
