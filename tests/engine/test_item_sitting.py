"""Posterior of the item-by-item test: what must always hold, and a tiny case by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mirt import ThreeParameterLogistic
from mirt.scoring.eap import EAPScorer

from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.domain.strand import Strand
from phonics_app.engine.item_pool import item_pool
from phonics_app.engine.item_sitting import answered, begin, known, most_probable
from tests.engine.pools import CUTS, UNKNOWN, MadeItem, mixed_items

POOL = item_pool(mixed_items(60), CUTS)
answers = st.lists(st.tuples(st.integers(0, 59), st.booleans()), max_size=30, unique_by=lambda a: a[0])
priors = st.builds(Prior, st.floats(-4, 4), st.floats(0.3, 3), st.just(PriorSource.GRADE))


def after(prior, given_answers):
    sitting = begin(POOL, [prior])
    for item, right in given_answers:
        sitting = answered(POOL, sitting, np.array([item]), np.array([right]))
    return sitting


def test_levels_by_hand():
    """One item, one cut at its difficulty: Bayes' rule by a fine plain sum."""
    pool = item_pool([MadeItem("a", Strand.SPELLING, 1.0, 0.5)], (0.5,))
    sitting = answered(pool, begin(pool, [UNKNOWN]), np.array([0]), np.array([True]))
    theta = np.linspace(-9, 9, 18_001)
    weight = np.exp(-np.square(theta / 2) / 2) / (1 + np.exp(0.5 - theta))
    assert known(pool, sitting).levels[0] == pytest.approx(
        [weight[theta < 0.5].sum() / weight.sum(), weight[theta > 0.5].sum() / weight.sum()], abs=2e-3
    )


def test_the_estimate_is_mirts():
    """Slopes and guessing differ; some items are left out; a prior that is not the standard normal."""
    items = [replace(i, standard_error=0.0) for i in mixed_items(40)]
    model = ThreeParameterLogistic(len(items))
    model.set_parameters(
        discrimination=np.array([i.slope for i in items]),
        difficulty=np.array([i.difficulty for i in items]),
        guessing=np.array([i.guessing for i in items]),
    )
    model._is_fitted = True  # by whoever made these items: mirt scores with no others
    random = np.random.default_rng(3)
    scores = random.integers(-1, 2, (20, len(items)))
    scorer = EAPScorer(n_quadpts=121, prior_mean=np.array([0.5]), prior_cov=np.array([[2.25]]))
    theirs = scorer.score(model, scores)
    pool = item_pool(items, CUTS)
    for row, mean, deviation in zip(scores, theirs.theta, theirs.standard_error, strict=True):
        sitting = begin(pool, [Prior(0.5, 1.5, PriorSource.GRADE)])
        for item in np.flatnonzero(row >= 0):
            sitting = answered(pool, sitting, np.array([item]), row[item : item + 1] == 1)
        now = known(pool, sitting)
        assert (now.mean[0], now.deviation[0]) == pytest.approx((float(mean), float(deviation)), abs=1e-4)


def test_without_answers_the_prior_is_what_is_known():
    now = known(POOL, begin(POOL, [Prior(0.7, 1.2, PriorSource.GRADE)]))
    assert (now.mean[0], now.deviation[0]) == pytest.approx((0.7, 1.2), abs=1e-6)


@settings(deadline=None)
@given(priors, answers, st.integers(0, 59))
def test_a_right_answer_never_lowers_the_estimate_nor_a_wrong_one_raises_it(prior, given_answers, item):
    before = after(prior, [a for a in given_answers if a[0] != item])
    wrong, now, right = (
        known(POOL, s).mean[0]
        for s in (
            answered(POOL, before, np.array([item]), np.array([False])),
            before,
            answered(POOL, before, np.array([item]), np.array([True])),
        )
    )
    assert wrong - 1e-9 <= now <= right + 1e-9


@settings(deadline=None)
@given(priors, answers, st.randoms(use_true_random=False))
def test_order_of_answers_does_not_matter(prior, given_answers, random):
    one, other = after(prior, given_answers), after(prior, random.sample(given_answers, len(given_answers)))
    assert one.posterior == pytest.approx(other.posterior, abs=1e-12)
    assert (one.given == other.given).all()


@settings(deadline=None)
@given(st.lists(priors, min_size=1, max_size=5), answers)
def test_many_pupils_are_each_for_himself(many, given_answers):
    together = begin(POOL, many)
    for item, right in given_answers:
        together = answered(POOL, together, np.full(len(many), item), np.full(len(many), right))
    for k, prior in enumerate(many):
        assert together.posterior[k] == pytest.approx(after(prior, given_answers).posterior[0], abs=1e-12)


def test_uncertain_items_say_less():
    sharp, blurred = (item_pool([MadeItem("a", Strand.SPELLING, 2.0, 0.0, error)], CUTS) for error in (0.0, 1.0))
    means = [
        float(known(p, answered(p, begin(p, [UNKNOWN]), np.array([0]), np.array([True]))).mean[0])
        for p in (sharp, blurred)
    ]
    assert 0 < means[1] < means[0]


def test_seen_items_are_closed_and_unknown_ones_passed_over():
    sitting = begin(POOL, [UNKNOWN, UNKNOWN], [("m00003", "of an older bank"), ()])
    assert [list(np.flatnonzero(row)) for row in sitting.closed] == [[3], []]


def test_an_answer_changes_no_earlier_state():
    first = begin(POOL, [UNKNOWN])
    answered(POOL, first, np.array([5]), np.array([True]))
    assert not first.closed.any()
    assert not first.given.any()
    assert math.isclose(float(known(POOL, first).deviation[0]), 2.0, abs_tol=1e-3)


def test_of_two_levels_as_probable_the_lower_one_whatever_the_last_digit():
    assert most_probable(np.array([[0.2, 0.4, 0.4 + 1e-15], [0.2, 0.3, 0.5]])).tolist() == [1, 2]
