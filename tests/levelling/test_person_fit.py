"""Unusual patterns: seldom said of those who answer as expected, often enough of those who do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.calibration.worlds import WORLDS
from phonics_app.domain.explanation import Oddness
from phonics_app.engine.ability import normalise
from phonics_app.levelling.person_fit import LEAST_ANSWERS, MOST_NAMED, ODD, expected_of_each, person_fit
from tests.levelling.pupils import answers, careless, guessing, otherwise, sat

PUPILS = 180


@pytest.fixture(scope="module")
def some():
    """One pupil's answers, twenty or more."""
    return next(a for a in answers(sat(WORLDS["model"], PUPILS)) if len(a.items) >= 20)


def flagged(world, pupils=PUPILS):
    found = [person_fit(a) for a in answers(sat(world, pupils))]
    return float(np.mean([fit is not None and fit.oddness is not Oddness.USUAL for fit in found]))


def test_pupils_who_answer_as_expected_are_seldom_called_unusual(tell):
    share = flagged(WORLDS["model"], 360)
    tell(f"person fit: {share:.1%} of 360 simulated pupils who answer as expected are called unusual")
    assert share <= 0.05


@pytest.mark.parametrize(
    ("name", "world", "least"),
    [
        ("one known answer in three missed", careless(0.33), 0.25),
        ("one unknown answer in four guessed", guessing(0.25), 0.08),
        ("one mark in four is the wrong one", otherwise(lambda right, plan, items: 0.25 + 0.5 * right), 0.22),
    ],
)
def test_careless_and_guessing_pupils_are_called_unusual(tell, name, world, least):
    share = flagged(world)
    tell(f"person fit: {share:.1%} called unusual where {name} (simulated)")
    assert share >= least


def test_easy_ones_right_and_hard_ones_wrong_is_usual_and_the_reverse_is_not(some):
    difficulty = np.array([item.difficulty for item in some.items])
    easy = difficulty <= np.median(difficulty)
    as_expected, reversed_ = (person_fit(replace(some, right=right)) for right in (easy, ~easy))
    assert as_expected.oddness is Oddness.USUAL
    assert reversed_.oddness is Oddness.VERY_UNUSUAL
    assert reversed_.share < as_expected.share
    assert reversed_.known


def test_what_is_expected_of_an_answer_owes_nothing_to_it(some):
    """Held to the posterior from the other answers, computed on its own."""
    expected = expected_of_each(some)
    for k in (0, len(some.items) // 2, len(some.items) - 1):
        others = np.delete(some.terms, k, axis=0).sum(axis=0)
        assert expected[k] == pytest.approx(normalise(some.log_prior + others) @ np.exp(some.log_right[k]))
        turned = some.right.copy()
        turned[k] = not turned[k]
        assert expected_of_each(replace(some, right=turned))[k] == pytest.approx(expected[k])


def test_the_answers_named_are_the_oddest():
    for a in list(answers(sat(careless(0.33), PUPILS)))[:40]:
        fit, expected = person_fit(a), expected_of_each(a.unguessed)
        surprise = sorted(np.where(a.right, expected, 1 - expected))
        named = [e.expected if e.right else 1 - e.expected for e in fit.answers]
        assert named == pytest.approx([s for s in surprise if s <= ODD][:MOST_NAMED])
        assert fit.oddness is Oddness.USUAL or len(fit.answers) >= 2


def test_the_same_answers_are_told_the_same(some):
    assert person_fit(some) == person_fit(replace(some))


def test_of_few_answers_nothing_is_said(some):
    few = replace(some, items=some.items[: LEAST_ANSWERS - 1], right=some.right[: LEAST_ANSWERS - 1])
    assert person_fit(few) is None
