"""Calibrations on the command line."""

from __future__ import annotations

import pytest

from phonics_app.workflows.context import open_phonics
from tests import calibrated


@pytest.fixture
def proposed(busy_site):
    phonics = open_phonics()
    calibrated.insert_proposal(phonics)
    phonics.store.close()


def test_too_few_tests(run, busy_site):
    code, _, err = run("--language", "en", "make-calibration")
    assert code == 1
    assert "At least 100 finished tests are needed to calibrate." in err
    code, out, _ = run("--language", "en", "list-calibrations")
    assert (code, out) == (0, "Finished tests so far: 61\n")


def test_compare(run, run_json, proposed):
    code, found = run_json("compare-calibration", calibrated.ID)
    assert (code, found["moved_items"], found["anchors_hold"]) == (0, calibrated.MOVED, None)
    code, out, _ = run("--language", "en", "compare-calibration", calibrated.ID)
    assert f"difficulty moved far and surely: {calibrated.MOVED}" in out
    assert "Compared with: the difficulties that the items were written with" in out
    assert "Reference items: 0, moved 0, on average +0.00 levels: too few to tell" in out
    assert len([line for line in out.splitlines() if line.endswith("n=80")]) == calibrated.MOVED
    code, _, err = run("--language", "en", "compare-calibration", "0" * 32)
    assert (code, err) == (1, f"There is no calibration {'0' * 32}.\n")


@pytest.fixture
def simulated(busy_site):
    phonics = open_phonics()
    calibrated.insert_proposal(phonics, simulated=True)
    phonics.store.close()


def test_simulated_answers_say_so_and_decide_nothing_about_real_pupils(run, simulated):
    for command in ("list-calibrations",), ("compare-calibration", calibrated.ID):
        assert "(from simulated pupils)" in run("--language", "en", *command)[1]
    refusal = "Answers of simulated pupils must not decide how difficult items are for real ones.\n"
    code, _, err = run("--language", "en", "compare-calibration", calibrated.ID)
    assert (code, err) == (1, refusal)
    code, _, err = run("--language", "en", "approve-calibration", calibrated.ID, "--reason", "ดี")
    assert (code, err) == (1, f"This calibration can't be approved.\n{refusal}")


def test_the_anchors_of_a_second_calibration(run, run_json, proposed):
    run("approve-calibration", calibrated.ID, "--reason", "ตรวจแล้ว")
    phonics = open_phonics()
    calibrated.insert_proposal(phonics, calibration_id="cb" * 16)
    phonics.store.close()
    code, found = run_json("compare-calibration", "cb" * 16)
    assert (code, found["other"], found["moved_items"], found["anchors_hold"]) == (0, calibrated.ID, 0, True)
    out = run("--language", "en", "compare-calibration", "cb" * 16)[1]
    assert f"Compared with: {calibrated.ID}" in out
    assert "the scale holds" in out


def test_approve_and_withdraw(run, run_json, proposed):
    assert run("approve-calibration", calibrated.ID)[0] == 2
    code, decided = run_json("approve-calibration", calibrated.ID, "--reason", "ตรวจแล้ว")
    assert (code, decided["status"]) == (0, "approved")
    code, out, _ = run("--language", "en", "list-calibrations")
    assert "in force" in out
    assert run_json("withdraw-calibration", calibrated.ID, "--reason", "รอเทอมหน้า")[1]["status"] == "withdrawn"
    (entry,) = run_json("list-calibrations")[1]
    assert (entry["status"], entry["in_force"], len(entry["decisions"])) == ("withdrawn", False, 2)
