"""Worlds of simulated pupils: their true levels are what the rubric would call them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.calibration.worlds import MISSPECIFIED, MODEL, WORLDS, Curves, Ladder
from tests.engine.synthetic import plan

PLAN = plan()
COUNT = 200


def people(world):
    return world(PLAN, COUNT, np.random.default_rng(4))


def scores(pupils):
    """Expected share right of every level's items: pupils × levels."""
    own = np.array([item.level for item in PLAN.items])
    everybody = np.arange(COUNT)
    columns = [pupils.answers(everybody, np.flatnonzero(own == lv.number)).mean(axis=1) for lv in PLAN.levels]
    return np.stack(columns, axis=1)


@pytest.mark.parametrize("name", [name for name, world in WORLDS.items() if isinstance(world, Curves)])
def test_the_true_level_is_the_first_whose_items_are_not_mastered(name):
    pupils = people(WORLDS[name])
    share = scores(pupils) - PLAN.mastery
    for k in range(len(PLAN.levels) - 1):
        assert share[pupils.true == k, k].max() < 0
    for k in range(1, len(PLAN.levels)):
        assert share[pupils.true == k, k - 1].min() >= 0


@pytest.mark.parametrize("name", list(WORLDS))
def test_answers_are_probabilities_of_levels_spread_alike(name):
    pupils = people(WORLDS[name])
    right = pupils.answers(np.arange(COUNT), np.arange(len(PLAN.items)))
    assert ((right >= 0) & (right <= 1)).all()
    assert np.bincount(pupils.true, minlength=len(PLAN.levels)).min() > COUNT / len(PLAN.levels) / 2


def test_the_four_ways_to_be_wrong_and_all_of_them_at_once():
    one_by_one = {
        "item_slopes": Curves(slope_spread=2.0),
        "guessing": Curves(guessing=0.25),
        "difficulties": Curves(difficulty_error=0.3),
        "two_abilities": MISSPECIFIED["two_abilities"],
    }
    apart = one_by_one["two_abilities"].by_ear
    assert apart > 0
    everything = Curves(slope_spread=2.0, guessing=0.25, difficulty_error=0.3, by_ear=apart)
    assert one_by_one | {"all_four": everything} == MISSPECIFIED


def test_hearing_and_reading_correlate_at_8_tenths_among_pupils_of_a_grade():
    """Their level is off by one (1.2 logits in the shipped bank), and within it they lie anywhere."""
    random = np.random.default_rng(1)
    ability = 1.2 * random.normal(size=200_000) + random.uniform(-0.6, 0.6, 200_000)
    apart = MISSPECIFIED["two_abilities"].by_ear * random.normal(size=200_000)
    assert np.corrcoef(ability + apart / 2, ability - apart / 2)[0, 1] == pytest.approx(0.8, abs=0.01)


def test_guessing_takes_the_place_of_a_smaller_share_only():
    model, items = people(Curves(guessing=0.25)), np.arange(len(PLAN.items))
    far_below = model.answers(np.flatnonzero(model.true == 0), items).min(axis=0)
    own = np.array([item.guessing for item in PLAN.items])
    hard = np.array([item.level == PLAN.levels[-1].number for item in PLAN.items])
    assert own.max() > 0.25
    assert far_below[hard] == pytest.approx(np.maximum(own, 0.25)[hard], abs=0.01)


@pytest.mark.parametrize("levels", [1, 2])
def test_a_short_ladder(levels):
    kept = {level.number for level in PLAN.levels[:levels]}
    items = tuple(item for item in PLAN.items if item.level in kept)
    short = replace(PLAN, levels=PLAN.levels[:levels], items=items)
    pupils = WORLDS[MODEL](short, 50, np.random.default_rng(1))
    assert set(pupils.true) == set(range(levels))


def test_each_world_departs_from_the_model_in_its_own_way():
    everybody, items = np.arange(COUNT), np.arange(len(PLAN.items))
    guessing = np.array([item.guessing for item in PLAN.items])
    model = people(WORLDS[MODEL]).answers(everybody, items)
    assert (model >= guessing).all()
    assert model.max() > 0.999
    assert people(Curves(lapse=0.05)).answers(everybody, items).max() <= 0.95
    assert people(Curves(guessing=0.1)).answers(everybody, items).min() == pytest.approx(0.1)
    assert people(Ladder((1, 1, 0, 0, 0))).answers(everybody, items[guessing == 0]).max() == 1
    steep, flat = (np.std(people(Curves((slope,))).answers(everybody, items)) for slope in (8.0, 1.0))
    assert steep > flat


def test_listening_and_reading_part_in_the_world_of_two_abilities():
    """A pupil better at one than at the other shows it at his own level."""
    by_ear = np.array([item.guessing > 0 for item in PLAN.items])

    def spread(world):
        right = people(world).answers(np.arange(COUNT), np.arange(len(PLAN.items)))
        return np.std(right[:, by_ear].mean(axis=1) - right[:, ~by_ear].mean(axis=1))

    assert spread(Curves(by_ear=3.0)) > 1.1 * spread(Curves())
