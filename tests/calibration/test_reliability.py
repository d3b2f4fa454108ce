"""Reliability and decisions, against the truth of simulated pupils and a second test of theirs."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.calibration.estimation import Settings, calibrate
from phonics_app.calibration.item_model import GroupParameters, ItemParameters, Model
from phonics_app.calibration.reliability import Band, decision_quality, reliabilities
from phonics_app.calibration.responses import without_items
from phonics_app.calibration.scoring import abilities
from tests.calibration.groups import answered

CUTS = (-0.7, 0.6)


@pytest.fixture(scope="module")
def two_tests():
    """The same 2,000 pupils, twice, on the same 25 items."""
    random = np.random.default_rng(11)
    ability, difficulty = random.normal(0, 1.2, 2_000), random.normal(0, 1, 25)
    slope = np.ones(25)
    odds = ability[:, None] - difficulty
    made = [answered(random, odds, ability, slope, difficulty) for _ in range(2)]
    found = calibrate(made[0].responses, Settings(Model.RASCH))
    # On the true scale: the calibration's 0 is the mean of these pupils.
    true = ability - ability.mean()
    return made, found, [abilities(one.responses, found.items, found.groups) for one in made], true


def test_reliability_is_the_squared_correlation_with_the_truth(two_tests):
    _, _, (scores, second), true = two_tests
    (found,) = reliabilities(scores, ("",), np.zeros(2_000, int))
    assert found.value == pytest.approx(np.corrcoef(scores.theta, true)[0, 1] ** 2, abs=0.02)
    assert found.value == pytest.approx(np.corrcoef(scores.theta, second.theta)[0, 1], abs=0.02)
    assert found.error == pytest.approx(np.std(scores.theta - true), abs=0.02)


def test_pupils_of_one_level_are_more_alike(two_tests):
    _, _, (scores, _), true = two_tests
    level = np.searchsorted(CUTS, true)
    together, *levels = reliabilities(scores, ("1", "2", "3"), level)
    assert (together.group, together.persons) == ("", 2_000)
    assert sum(one.persons for one in levels) == 2_000
    assert all(one.value < together.value - 0.1 for one in levels)
    few = reliabilities(scores, ("a", "b"), (np.arange(2_000) < 5).astype(int))[2]
    assert (few.group, few.persons, few.value) == ("b", 5, None)


def test_decisions_are_as_right_and_as_repeatable_as_stated(two_tests):
    _, found, (first, second), true = two_tests
    told = decision_quality(found, CUTS)
    places = [np.searchsorted(CUTS, one) for one in (first.theta, second.theta, true)]
    assert told.accuracy == pytest.approx(np.mean(places[0] == places[2]), abs=0.03)
    repeated = np.mean(places[0] == places[1])
    assert told.consistency == pytest.approx(repeated, abs=0.03)
    share = np.bincount(places[0], minlength=3) / 2_000
    chance = float(np.square(share).sum())
    assert told.kappa == pytest.approx((repeated - chance) / (1 - chance), abs=0.05)
    assert 0 < told.kappa < told.consistency < told.accuracy < 1
    assert [band.persons for band in told.bands] == np.bincount(places[0], minlength=3).tolist()
    right = [np.mean(places[2][places[0] == k] == k) for k in range(3)]
    assert [band.accuracy for band in told.bands] == pytest.approx(right, abs=0.04)


def test_of_a_few_persons_between_cuts_nothing_is_told(two_tests):
    _, found, _, _ = two_tests
    assert decision_quality(found, (0.0, 50.0)).bands[-1] == Band(0, None)


def test_without_a_cut_every_decision_is_right(two_tests):
    _, found, _, _ = two_tests
    told = decision_quality(found, (-50.0, 50.0))
    assert (told.accuracy, told.consistency) == (pytest.approx(1), pytest.approx(1))


def test_a_longer_test_is_more_reliable(two_tests):
    made, found, _, _ = two_tests

    half = without_items(made[0].responses, made[0].responses.items[::2])
    kept = np.isin(made[0].responses.items, half.items)
    items = ItemParameters(found.items.slope[kept], found.items.intercept[kept], found.items.guessing[kept])
    short = abilities(half, items, GroupParameters(found.groups.mean, found.groups.deviation))
    long = abilities(made[0].responses, found.items, found.groups)
    values = [reliabilities(one, ("",), np.zeros(2_000, int))[0].value for one in (short, long)]
    # Spearman & Brown: from 12 to 25 items.
    ratio = 25 / 12
    assert values[1] == pytest.approx(ratio * values[0] / (1 + (ratio - 1) * values[0]), abs=0.02)
