"""Neither what was thought of slopes nor what was thought of difficulties may squeeze the scale."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from phonics_app.calibration.estimation import Settings, calibrate
from phonics_app.calibration.maximisation import ItemPriors
from phonics_app.calibration.responses import responses_from
from phonics_app.calibration.usual_slope import calibrate_with_usual_slope

LEVELS, ITEMS, PUPILS, ASKED = 5, 30, 300, 24
SLOPE, THOUGHT = 2.0, 4.0
ERROR = 0.5
SEEDS = (4, 5, 6)


@cache
def world(seed=SEEDS[0], error=ERROR):
    """Answers to items at and beside each pupil's level, true difficulties, and settings that believe in THOUGHT.

    `error`: of the difficulties believed, logits.
    """
    random = np.random.default_rng(seed)
    level = np.repeat(np.arange(LEVELS), ITEMS)
    believed = 1.2 * (level - 2.0)
    true = believed + random.normal(0, error, len(level))
    rows = []
    for person in range(LEVELS * PUPILS):
        own = person // PUPILS
        theta = 1.2 * (own - 2.0) + random.normal(0, 0.8)
        for item in random.choice(np.flatnonzero(abs(level - own) <= 1), ASKED, replace=False):
            right = random.random() < 1 / (1 + np.exp(-SLOPE * (theta - true[item])))
            rows.append((f"p{person:04d}", f"i{item:03d}", int(right), str(own)))
    count = len(level)
    priors = ItemPriors(believed, np.full(count, error), np.full(count, np.log(THOUGHT)), np.full(count, 0.5))
    return responses_from(*zip(*rows, strict=True)), true, Settings(priors=priors, priors_hold_scale=True)


def found_in(seed, error):
    """The usual slope, and by what factor difficulties lie farther apart than the true ones."""
    responses, true, settings = world(seed, error)
    found = calibrate_with_usual_slope(responses, settings)
    assert found.converged
    return np.exp(np.log(found.items.slope).mean()), np.polyfit(true, found.items.difficulty, 1)[0]


@pytest.mark.parametrize("error", [0.2, 0.5, 0.8])
def test_slope_and_scale_are_the_true_ones_however_far_difficulties_were_misjudged(error, tell):
    slopes, scales = zip(*(found_in(seed, error) for seed in SEEDS), strict=True)
    assert np.mean(slopes) == pytest.approx(SLOPE, rel=0.04)
    assert np.mean(scales) == pytest.approx(1.0, abs=0.03)
    tell(
        f"difficulties misjudged by {error}: usual slope {np.mean(slopes):.2f} (true {SLOPE}, believed {THOUGHT}), "
        f"scale {np.mean(scales):.3f}"
    )


def test_a_wrong_belief_about_slopes_alone_would_squeeze_the_scale():
    responses, true, settings = world()
    plain = calibrate(responses, settings)
    assert np.polyfit(true, plain.items.difficulty, 1)[0] < 0.8


def test_where_the_search_begins_makes_no_difference():
    responses, _, settings = world()
    right = replace(settings, priors=replace(settings.priors, log_slope=np.full(LEVELS * ITEMS, np.log(SLOPE))))
    found, other = (calibrate_with_usual_slope(responses, start) for start in (settings, right))
    assert np.abs(found.items.difficulty - other.items.difficulty).max() < 0.03


def test_told_is_how_far_answers_outweigh_what_was_believed():
    responses, _, settings = world()
    found = calibrate_with_usual_slope(responses, settings)
    assert (found.told > 0.8).all()
    assert (found.told < 1).all()
    priors = replace(settings.priors, difficulty_error=np.full(LEVELS * ITEMS, 0.01))
    sure = calibrate_with_usual_slope(responses, replace(settings, priors=priors))
    assert (sure.told < 0.05).all()


def test_progress_goes_on_through_all_rounds():
    responses, _, settings = world()
    told = []
    found = calibrate_with_usual_slope(responses, settings, lambda done, share: told.append((done, share)))
    iterations, shares = zip(*told, strict=True)
    assert list(iterations) == sorted(set(iterations))
    assert iterations[-1] >= found.iterations + 2
    assert list(shares) == sorted(shares)
    assert shares[0] < 0.5 < shares[-1] == pytest.approx(1.0)
