"""Where items tell pupils apart less sharply than was thought, the scale must not be squeezed for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.calibration.estimation import Settings, calibrate
from phonics_app.calibration.maximisation import ItemPriors
from phonics_app.calibration.responses import responses_from
from phonics_app.calibration.usual_slope import calibrate_with_usual_slope

LEVELS, ITEMS, PUPILS, ASKED = 5, 30, 300, 24
SLOPE, THOUGHT = 2.0, 4.0
ERROR = 0.5


@pytest.fixture(scope="module")
def world():
    """Answers to items at and beside each pupil's level, true difficulties, and settings that believe in THOUGHT."""
    random = np.random.default_rng(4)
    level = np.repeat(np.arange(LEVELS), ITEMS)
    believed = 1.2 * (level - 2.0)
    true = believed + random.normal(0, ERROR, len(level))
    rows = []
    for person in range(LEVELS * PUPILS):
        own = person // PUPILS
        theta = 1.2 * (own - 2.0) + random.normal(0, 0.8)
        for item in random.choice(np.flatnonzero(abs(level - own) <= 1), ASKED, replace=False):
            right = random.random() < 1 / (1 + np.exp(-SLOPE * (theta - true[item])))
            rows.append((f"p{person:04d}", f"i{item:03d}", int(right), str(own)))
    count = len(level)
    priors = ItemPriors(believed, np.full(count, ERROR), np.full(count, np.log(THOUGHT)), np.full(count, 0.5))
    return responses_from(*zip(*rows, strict=True)), true, Settings(priors=priors, priors_hold_scale=True)


def error_at_the_ends(found, true):
    """By how much the lowest level is found too hard, less that of the highest, logits: positive where squeezed."""
    wrong = found.items.difficulty - true
    return wrong[:ITEMS].mean() - wrong[-ITEMS:].mean()


def test_the_usual_slope_is_found_and_the_ends_are_not_squeezed(world, tell):
    responses, true, settings = world
    plain, found = calibrate(responses, settings), calibrate_with_usual_slope(responses, settings)
    assert found.converged
    usual = np.exp(np.log(found.items.slope).mean())
    assert usual == pytest.approx(SLOPE, rel=0.15)
    assert abs(error_at_the_ends(found, true)) < 0.6 * abs(error_at_the_ends(plain, true))
    tell(
        f"usual slope {usual:.2f} (true {SLOPE}, believed {THOUGHT}); ends of the scale squeezed by "
        f"{error_at_the_ends(found, true):.2f} logits, without it {error_at_the_ends(plain, true):.2f}"
    )


def test_where_the_belief_is_right_little_changes(world):
    responses, _, settings = world
    right = replace(settings, priors=replace(settings.priors, log_slope=np.full(LEVELS * ITEMS, np.log(SLOPE))))
    plain, found = calibrate(responses, right), calibrate_with_usual_slope(responses, right)
    assert np.abs(found.items.difficulty - plain.items.difficulty).max() < 0.1


def test_progress_goes_on_through_all_rounds(world):
    responses, _, settings = world
    told = []
    found = calibrate_with_usual_slope(responses, settings, lambda done, _: told.append(done))
    assert told == sorted(set(told))
    assert told[-1] >= found.iterations + 2
