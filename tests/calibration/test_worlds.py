"""Worlds of simulated pupils: their true levels are what the rubric would call them."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.calibration.worlds import MODEL, WORLDS, Curves, Ladder
from tests.engine.synthetic import plan

PLAN = plan()
COUNT = 200
CLOSE = 0.02
"""Cuts are found on a grid of abilities."""


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
        assert share[pupils.true == k, k].max() < CLOSE
    for k in range(1, len(PLAN.levels)):
        assert share[pupils.true == k, k - 1].min() > -CLOSE


@pytest.mark.parametrize("name", list(WORLDS))
def test_answers_are_probabilities_of_levels_spread_alike(name):
    pupils = people(WORLDS[name])
    right = pupils.answers(np.arange(COUNT), np.arange(len(PLAN.items)))
    assert ((right >= 0) & (right <= 1)).all()
    assert np.bincount(pupils.true, minlength=len(PLAN.levels)).min() > COUNT / len(PLAN.levels) / 2


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
