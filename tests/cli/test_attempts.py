"""Tests, placements and results from the command line."""

from __future__ import annotations

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


def test_list_attempts_of_a_pupil(run, run_json, tested):
    assert [a["id"] for a in run_json("list-attempts", tested)[1]] == [ATTEMPT]
    assert ATTEMPT in run("list-attempts", tested)[1]


def test_place_computes_and_stores_nothing(run, run_json, tested):
    code, told = run_json("place", ATTEMPT)
    assert code == 0, told
    assert told["placement"] is None
    assert sum(p["probability"] for p in told["result"]["probabilities"]) == pytest.approx(1)
    assert told["explanation"]["level"] == told["result"]["proposed_level"]
    assert told["explanation"]["fit"]["oddness"] in ("usual", "unusual", "very_unusual")
    code, out, _ = run("place", ATTEMPT)
    assert code == 0
    assert f"ระดับ {told['result']['proposed_level']}" in out
    assert len(out.splitlines()) > 4
    assert "ในนักเรียน 100 คนที่ตอบแบบนี้" in out


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


def test_a_reason_without_another_level_is_wrong_use(run, tested):
    assert run("place", ATTEMPT, "--accept", "--reason", "อ่านคล่อง")[0] == 2


def test_decisions_are_listed_newest_first(run, run_json, tested):
    assert run_json("list-placements", tested) == (0, [])
    proposed = run_json("place", ATTEMPT, "--accept")[1]["placement"]["level"]
    run("place", ATTEMPT, "--level", proposed - 1, "--reason", "อ่านช้าในห้องเรียน")
    found = run_json("list-placements", tested)[1]
    assert [(p["level"], p["reason"]) for p in found] == [(proposed - 1, "อ่านช้าในห้องเรียน"), (proposed, "")]
    assert "อ่านช้าในห้องเรียน" in run("list-placements", tested)[1].splitlines()[0]


def test_discard_and_take_back(run, run_json, tested):
    assert run_json("discard-attempt", ATTEMPT)[1]["status"] == "discarded"
    code, _, err = run("place", ATTEMPT, "--accept")
    assert (code, bool(err)) == (1, True)
    assert "ยกเลิกแล้ว" in run("list-attempts", tested)[1]
    assert run_json("restore-attempt", ATTEMPT)[1]["status"] == "finished"
    assert run("place", ATTEMPT, "--accept")[0] == 0


@pytest.mark.parametrize("name", ["result.pdf", "ผล"])
def test_export_result(run_json, tested, tmp_path, name):
    path = tmp_path / name
    code, told = run_json("export-result", ATTEMPT, "--out", path, "--format", "pdf")
    assert code == 0, told
    assert path.read_bytes().startswith(b"%PDF")
    assert [e["subject"] for e in run_json("audit", "--action", "export.result")[1]] == [ATTEMPT]


def test_a_test_that_is_not_finished_has_no_result_to_export(run, busy_site, tmp_path):
    code, _, err = run("export-result", busy_site.open, "--out", tmp_path / "r.pdf")
    assert code == 1
    assert err
    assert not (tmp_path / "r.pdf").exists()
