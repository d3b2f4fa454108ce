"""Curves, prior and posterior: checked against plain arithmetic and against what must always hold."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.domain.bank import Guessers
from phonics_app.domain.event import Mark
from phonics_app.domain.plan import Grid
from phonics_app.engine import ability
from phonics_app.engine.decision import estimate
from phonics_app.engine.state import BlockState, BlockStatus
from phonics_app.engine.tables import tables_of
from tests.engine.synthetic import bank, plan, spec

ONE_SLOPE = plan(slopes=(3.0,))
PLAN = plan()
marks = st.lists(st.sampled_from([Mark.NONE, Mark.INCORRECT, Mark.SELF_CORRECTED]), min_size=6, max_size=6)


def answered(the_plan, block_index: int, given_marks) -> BlockState:
    block = the_plan.blocks[block_index]
    padded = [*given_marks, *[Mark.NONE] * len(block.items)][: len(block.items)]
    return BlockState(block, BlockStatus.FINISHED, tuple(padded), len(block.items))


def test_right_probability_by_hand():
    kappa = 1 / math.sqrt(1 + math.pi / 8 * (2 * 0.5) ** 2)
    by_hand = 0.25 + 0.75 / (1 + math.exp(-2 * kappa * (1.0 - 0.4)))
    assert ability.right_probability(1.0, 2.0, 0.4, 0.5, 0.25) == pytest.approx(by_hand)


def test_uncertain_difficulty_is_the_average_over_difficulties():
    """MacKay's approximation against numerical integration."""
    b, weight = np.polynomial.hermite_e.hermegauss(60)
    exact = np.sum(weight * ability.right_probability(1.3, 1.5, 0.2 + 0.6 * b, 0.0, 0.0)) / weight.sum()
    assert ability.right_probability(1.3, 1.5, 0.2, 0.6, 0.0) == pytest.approx(exact, abs=0.01)


def test_log_curves_are_the_logs_and_stay_finite():
    theta = np.linspace(-9, 9, 7)
    parameters = (np.array([1.0, 8.0]), np.array([0.0, 8.0]), np.array([0.3, 0.0]), np.array([0.25, 0.0]))
    right, wrong = ability.log_curves(theta, *parameters)
    assert np.isfinite(right).all()
    assert np.isfinite(wrong).all()
    assert np.exp(right) + np.exp(wrong) == pytest.approx(np.ones((2, 7)))
    slope, b, se, c = (p[:, None] for p in parameters)
    assert np.exp(right) == pytest.approx(ability.right_probability(theta, slope, b, se, c), abs=1e-12)


def test_without_answers_the_posterior_is_the_prior():
    theta = ability.grid_points(Grid(-9, 9, 181))
    posterior = ability.normalise(ability.log_prior(theta, Prior(0.7, 1.2, PriorSource.GRADE)))
    mean, sd = ability.moments(theta, posterior)
    assert (float(mean), float(sd)) == pytest.approx((0.7, 1.2), abs=1e-6)


def test_level_shares_cut_between_grid_points():
    theta = np.linspace(0, 4, 5)
    shares = ability.level_shares(theta, [1.0, 2.75, 99.0])
    assert shares.sum(axis=0) == pytest.approx(np.ones(5))
    assert shares[0] == pytest.approx([1, 0.5, 0, 0, 0])
    assert shares[1] == pytest.approx([0, 0.5, 1, 0.25, 0])
    assert shares[2] == pytest.approx([0, 0, 0, 0.75, 1])


@given(marks, st.integers(0, 5), st.integers(0, len(ONE_SLOPE.blocks) - 1), st.floats(-3, 12), st.floats(0.3, 4))
def test_a_right_answer_never_lowers_the_estimate(given_marks, position, block, mean, sd):
    tables = tables_of(ONE_SLOPE)
    wrong, right = list(given_marks), list(given_marks)
    position %= len(ONE_SLOPE.blocks[block].items)
    wrong[position], right[position] = Mark.INCORRECT, Mark.NONE
    the_spec = spec(mean=mean, sd=sd)
    lower = estimate(tables, the_spec, [answered(ONE_SLOPE, block, wrong)])
    upper = estimate(tables, the_spec, [answered(ONE_SLOPE, block, right)])
    without = estimate(tables, the_spec, ())
    assert lower.theta < upper.theta
    assert estimate(tables, the_spec, [answered(ONE_SLOPE, block, [Mark.NONE] * 6)]).theta >= without.theta


@given(st.lists(marks, min_size=4, max_size=4), st.randoms(use_true_random=False))
def test_order_of_answers_does_not_matter(all_marks, random: Random):
    tables = tables_of(PLAN)
    blocks = [answered(PLAN, 5 * i, m) for i, m in enumerate(all_marks)]
    shuffled = random.sample(blocks, len(blocks))
    one, other = (estimate(tables, spec(), b) for b in (blocks, shuffled))
    assert one.posterior == pytest.approx(other.posterior, abs=1e-12)
    assert sum(one.probabilities) == pytest.approx(1)


def test_self_correction_counts_as_right():
    tables = tables_of(PLAN)
    plain, mended, wrong = (
        estimate(tables, spec(), [answered(PLAN, 8, [mark] * 6)])
        for mark in (Mark.NONE, Mark.SELF_CORRECTED, Mark.INCORRECT)
    )
    assert plain.theta == mended.theta > wrong.theta


def test_items_not_attempted_do_not_count():
    tables, block = tables_of(PLAN), PLAN.blocks[8]
    no_marks = (Mark.NONE,) * len(block.items)
    short = BlockState(block, BlockStatus.FINISHED, no_marks, 2)
    beyond = BlockState(block, BlockStatus.FINISHED, (*no_marks[:2], *[Mark.INCORRECT] * (len(no_marks) - 2)), 2)
    one, other = (estimate(tables, spec(), [b]) for b in (short, beyond))
    assert one.theta == other.theta
    assert one.theta < estimate(tables, spec(), [answered(PLAN, 8, no_marks)]).theta


def test_a_level_known_wholly_and_the_next_not_at_all_needs_no_half_marks():
    """More wrong answers above must not talk a wholly known level away."""
    tables = tables_of(PLAN)
    of_level = {n: [i for i, b in enumerate(PLAN.blocks) if b.level == n] for n in (2, 3)}
    known = [answered(PLAN, i, [Mark.NONE] * 8) for i in of_level[2][:2]]
    unknown = [answered(PLAN, i, [Mark.INCORRECT] * 8) for i in of_level[3]]
    probabilities = estimate(tables, spec(), [*known, *unknown]).probabilities
    assert probabilities.index(max(probabilities)) + 1 == 3


def test_answers_to_hard_items_tell_who_guesses():
    """A right answer far too hard for a pupil proves less than it would if nobody guessed; wrong ones clear him."""
    guessers = (Guessers(0.75, 0.0), Guessers(0.25, 0.25))
    strict, lenient = plan(), plan(guessers=guessers)
    tables = tables_of(lenient)
    guess = np.repeat([kind.guessing > 0 for kind in lenient.kinds], lenient.grid.points)
    assert np.exp(tables.log_right[:, guess]).min() == pytest.approx(0.25, abs=1e-6)
    assert np.exp(tables.log_right[:, ~guess]).min() < 0.001
    assert np.exp(tables.log_prior(spec(1).prior)).reshape(6, -1).sum(axis=1) == pytest.approx(
        np.exp(tables_of(strict).log_prior(spec(1).prior)).sum() / 3 * np.tile([0.75, 0.25], 3)
    )
    hard = len(lenient.blocks) - 1
    none, one = ([Mark.INCORRECT] * 8, [Mark.NONE] + [Mark.INCORRECT] * 7)
    by_marks = {
        name: [estimate(tables_of(p), spec(1, sd=1.0), [answered(p, hard, marks)]) for p in (strict, lenient)]
        for name, marks in (("none", none), ("one", one))
    }
    assert by_marks["one"][1].theta < by_marks["one"][0].theta - 0.2
    assert by_marks["none"][1].posterior[guess].sum() < 0.06 < 0.25 < by_marks["one"][1].posterior[guess].sum()


def test_the_cut_of_guessers_is_where_their_score_reaches_mastery():
    guessers = (Guessers(0.75, 0.0), Guessers(0.25, 0.25))
    made = plan(guessers=guessers)
    for level in made.levels:
        own = [item for item in bank().items if item.level == level.number]
        for kind, cut in zip(made.kinds, level.cuts, strict=True):
            right = ability.right_probability(
                cut,
                kind.sharpness * made.items[0].slope,
                np.array([item.difficulty.value for item in own]),
                np.array([item.difficulty.standard_error for item in own]),
                np.array([max(item.guessing, kind.guessing) for item in own]),
            )
            assert right.mean() == pytest.approx(made.mastery, abs=1e-5)
        assert level.cut in level.cuts
