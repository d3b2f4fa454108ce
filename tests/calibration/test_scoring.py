"""Abilities with known item parameters."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.calibration.estimation import calibrate
from phonics_app.calibration.fit import item_fit
from phonics_app.calibration.item_model import GroupParameters, ItemParameters
from phonics_app.calibration.responses import responses_from
from phonics_app.calibration.scoring import abilities
from tests.calibration.answers import random_world

NORMAL = GroupParameters(np.zeros(1), np.ones(1))


def scored(world, standard=NORMAL):
    items = ItemParameters(world.slope, -world.slope * world.difficulty, np.zeros(len(world.slope)))
    return abilities(world.responses(), items, standard)


def test_the_posterior_of_a_single_answer_is_integrated_rightly():
    items = ItemParameters(np.array([2.0]), np.array([1.0]), np.array([0.2]))
    found = abilities(responses_from(["a"], ["x"], [1]), items, NORMAL)
    theta = np.linspace(-10, 10, 20_001)
    weight = np.exp(-0.5 * theta**2) * (0.2 + 0.8 / (1 + np.exp(-2 * theta - 1)))
    weight /= weight.sum()
    mean = weight @ theta
    assert found.theta == pytest.approx([mean], abs=1e-6)
    assert found.standard_error == pytest.approx([np.sqrt(weight @ theta**2 - mean**2)], abs=1e-6)


def test_a_right_answer_never_lowers_ability():
    random = np.random.default_rng(2)
    world = random_world(11, persons=300, items=40, each=20)
    before = scored(world).theta
    wrong = np.flatnonzero(world.score == 0)
    for answer in random.choice(wrong, 40, replace=False):
        world.score[answer] = 1
        after = scored(world).theta
        person = world.person[answer]
        assert after[person] > before[person]
        before = after


def test_stated_errors_are_true():
    world = random_world(12, persons=6_000, items=80, each=20)
    found = scored(world)
    z = (world.ability - found.theta) / found.standard_error
    assert z.std() == pytest.approx(1, abs=0.04)
    assert np.mean(np.abs(z) < 1.96) == pytest.approx(0.95, abs=0.012)


def test_items_that_fit_have_mean_squares_about_one_and_a_random_item_does_not():
    world = random_world(13, persons=3_000, items=40, each=20)
    random = np.random.default_rng(1)
    of_last = world.item == 39
    world.score[of_last] = random.integers(0, 2, of_last.sum())
    found = item_fit(calibrate(world.responses()))
    # About 1,500 answers an item: mean squares vary by some 0.02.
    assert np.all(np.abs(found.infit - 1) < 0.1)
    assert found.answers.sum() == pytest.approx(60_000)
