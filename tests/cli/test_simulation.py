"""Simulated pupils from the command line."""

from __future__ import annotations

import shutil

import pytest

from phonics_app.calibration.worlds import MISSPECIFIED, MODEL, WORLDS
from phonics_app.domain.result import StopReason
from phonics_app.locales.simulation_labels import STOPS
from phonics_app.locales.simulation_labels import WORLDS as NAMES
from tests import sites


def test_figures_for_programs(run_json):
    code, told = run_json("simulate", "--pupils", "90", "--seed", "3")
    assert (code, told["simulated"], told["pupils"], told["seed"]) == (0, True, 90, 3)
    assert told["bank"] == sites.content().bank.version
    assert 0.75 < told["exact"] <= told["adjacent"] <= 1
    assert 15 < told["mean_items"] < 40
    assert 1 < told["minutes"] < 10
    assert 0 <= told["ece"] < 0.2
    assert 0 < told["max_exposure"] < 1
    assert set(told["bias"]) == {str(level) for level in range(1, 10)}
    assert sum(told["stops"].values()) == pytest.approx(1)
    assert sum(band["pupils"] for band in told["reliability"]) == 90
    assert "misspecified" not in told


def test_equal_seeds_tell_equal_figures_and_others_other_ones(run_json):
    one, again, other = (run_json("simulate", "--pupils", "40", "--seed", seed)[1] for seed in ("5", "5", "6"))
    assert one == again
    assert {**other, "seed": 5} != one


def test_pupils_who_answer_otherwise(run_json):
    code, told = run_json("simulate", "--pupils", "18", "--misspecified")
    assert code == 0
    assert told["world"] == MODEL
    assert list(told["misspecified"]) == ["item_slopes", "guessing", "difficulties", "two_abilities", "all_four"]
    assert all(figures["pupils"] == 18 for figures in told["misspecified"].values())


def test_pupils_of_a_world_of_ones_choice(run_json, run):
    _, told = run_json("simulate", "--pupils", "90", "--world", "flat_1")
    _, model = run_json("simulate", "--pupils", "90")
    assert told["world"] == "flat_1"
    assert told["exact"] < model["exact"]
    assert run("simulate", "--world", "nobody")[0] == 2


@pytest.mark.parametrize(("language", "marked"), [("th", "จำลอง"), ("en", "SIMULATED")])
def test_text_says_that_nobody_is_real_and_names_every_world(run, language, marked):
    code, text, _ = run("--language", language, "simulate", "--pupils", "9", "--misspecified")
    assert code == 0
    assert marked in text.splitlines()[0]
    assert all(f"\n{world}: " in text for world in (MODEL, *MISSPECIFIED))


def test_a_table_for_a_spreadsheet(run, tmp_path):
    target = tmp_path / "simulation.csv"
    assert run("export-simulation", "--pupils", "18", "--world", "careless", "--out", str(target))[0] == 0
    text = target.read_text(encoding="utf-8-sig")
    assert "ข้อมูลจำลอง" in text
    assert "สะเพร่า" in text
    assert run("export-simulation", "--pupils", "18", "--out", str(target))[0] == 1


def test_another_bank(run_json, run, tmp_path):
    shutil.copytree(sites.ROOT / "item_bank", tmp_path / "item_bank")
    blueprints = tmp_path / "item_bank" / "blueprints.toml"
    text = blueprints.read_text(encoding="utf-8")
    blueprints.write_text(text.replace("maximum_items = 45", "maximum_items = 12"), encoding="utf-8")
    _, told = run_json("simulate", "--pupils", "9", "--bank", str(tmp_path / "item_bank"))
    assert told["mean_items"] <= 12
    (tmp_path / "item_bank" / "levels.toml").unlink()
    assert run("simulate", "--pupils", "9", "--bank", str(tmp_path / "item_bank"))[0] == 1


def test_nobody_at_all_is_a_wrong_use(run):
    assert run("simulate", "--pupils", "0")[0] == 2


def test_every_world_and_every_reason_has_a_name():
    assert list(NAMES) == list(WORLDS)
    never = (StopReason.TEACHER, StopReason.FORM_COMPLETE)
    assert set(STOPS) == {reason.value for reason in StopReason if reason not in never}
