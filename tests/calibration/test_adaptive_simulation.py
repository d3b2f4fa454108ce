"""Simulated item-by-item tests: what happens is what happens to one pupil, and figures are counted rightly."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.calibration.adaptive_simulation import honesty, simulate
from phonics_app.engine.item_pool import item_pool
from phonics_app.engine.item_stopping import Limits, NotWorthMore, Stopping
from phonics_app.engine.item_test import ItemAnswer, ItemTestSpec, answer, start
from phonics_app.engine.stop_table import stop_table
from tests.engine.pools import CUTS, UNKNOWN, rasch_items

ITEMS = rasch_items(300)
POOL = item_pool(ITEMS, CUTS)
DIFFICULTY = np.array([i.difficulty for i in ITEMS])
STOPPING = Stopping(NotWorthMore(stop_table(POOL, 0.01)), Limits(40, 900, minimum_per_strand=1))


def test_thousands_are_as_one():
    """Pupils who know everything easier than their ability: no chance but the draws, which one pupil has as well."""
    theta = np.array([-2.0, 0.3, 1.9])
    seeds = np.random.default_rng(5).integers(2**32, size=3)
    found = simulate(
        POOL,
        STOPPING,
        [UNKNOWN] * 3,
        lambda p, i: (theta[p] > DIFFICULTY[i]).astype(float),
        np.random.default_rng(5),
    )
    for k, seed in enumerate(seeds):
        test = start(POOL, STOPPING, ItemTestSpec(UNKNOWN, int(seed)))
        while test.next_item:
            right = bool(theta[k] > DIFFICULTY[POOL.position[test.next_item]])
            test = answer(test, ItemAnswer(test.next_item, right, 0.0))
        assert (found.items[k], found.reasons[k]) == (len(test.answers), test.ended)
        assert found.levels[k] == pytest.approx(test.known.levels[0])


def test_a_true_model_is_honest_and_places_well():
    random = np.random.default_rng(1)
    theta = random.normal(0, 2, 2000)
    found = simulate(POOL, STOPPING, [UNKNOWN] * 2000, lambda p, i: 1 / (1 + np.exp(DIFFICULTY[i] - theta[p])), random)
    right = found.level == np.searchsorted(CUTS, theta)
    word = honesty(found.stated, right)
    assert word.right == pytest.approx(word.stated, abs=0.035)
    assert word.right > 0.55
    assert found.shown.sum() == found.items.sum()
    assert found.exposure < 0.2


def test_honesty_by_hand():
    word = honesty(np.array([0.5, 0.5, 0.9, 0.9]), np.array([True, False, True, False]))
    assert (word.stated, word.right, word.sayers, word.right_at_90) == pytest.approx((0.7, 0.5, 2, 0.5))
    assert word.error == pytest.approx(0.2)
