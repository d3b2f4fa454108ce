"""Simulated pupils of every level sit the test that ships: it places them, within what a teacher can give."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.calibration.simulation import simulate_attempts
from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.result import StopReason
from phonics_app.engine.assembly import assemble_plan
from phonics_app.engine.decision import estimate
from phonics_app.engine.priors import from_level, level_centre
from phonics_app.engine.stopping import best_pair
from phonics_app.engine.worth import worths
from tests import sites

PER_LEVEL = 40


@pytest.fixture(scope="module")
def shipped():
    return sites.content()


@pytest.fixture(scope="module")
def plan(shipped):
    return assemble_plan(shipped.bank, shipped.rubrics, shipped.bank.blueprints[0].id, 0)


def sit(shipped, plan, model=None):
    numbers = [level.number for level in plan.levels] * PER_LEVEL
    random = np.random.default_rng(20)
    expected = np.clip(random.integers(-1, 2, len(numbers)) + numbers, min(numbers), max(numbers))
    blueprint = shipped.bank.blueprints[0]
    specs = [from_level(plan, blueprint, int(n), PriorSource.GRADE) for n in expected]
    thetas = [level_centre(plan.levels, n) for n in numbers]
    return np.array(numbers), simulate_attempts(plan, specs, thetas, 20, model=model)


def test_every_variant_can_be_assembled(shipped):
    blueprint = shipped.bank.blueprints[0]
    for variant in range(blueprint.variants):
        cuts = [lv.cut for lv in assemble_plan(shipped.bank, shipped.rubrics, blueprint.id, variant).levels]
        assert cuts == sorted(cuts)


def test_pupils_in_the_middle_of_each_level_land_on_it(shipped, plan):
    numbers, attempts = sit(shipped, plan)
    proposed = np.array([a.state.proposed_level for a in attempts])
    assert (np.abs(proposed - numbers) <= 1).all()
    assert (proposed == numbers).mean() > 0.93
    assert all((proposed == numbers)[numbers == n].mean() > 0.8 for n in set(numbers))


def test_pupils_who_know_levels_wholly_or_not_at_all_land_on_the_first_unknown_one(shipped, plan):
    own = np.array([item.level for item in plan.items])
    numbers = np.array([level.number for level in plan.levels] * PER_LEVEL)
    _, attempts = sit(shipped, plan, lambda p, i: (own[i][None, :] < numbers[p][:, None]).astype(float))
    proposed = np.array([a.state.proposed_level for a in attempts])
    assert (proposed == numbers).mean() > 0.95
    assert (np.abs(proposed - numbers) <= 1).all()


def test_a_teacher_can_give_it(shipped, plan):
    _, attempts = sit(shipped, plan)
    assert max(a.state.items for a in attempts) <= 45
    assert np.mean([a.state.items for a in attempts]) < 35
    assert np.mean([a.state.seconds for a in attempts]) < 8 * 60


def test_a_pupil_between_two_levels_that_were_both_tested_is_not_kept_to_the_limit(shipped, plan):
    """The level below them is not spoken of, and nothing leads the test there."""
    on_a_cut = [level for level in plan.levels[:-1] for _ in range(PER_LEVEL)]
    blueprint = shipped.bank.blueprints[0]
    specs = [from_level(plan, blueprint, level.number, PriorSource.GRADE) for level in on_a_cut]
    attempts = simulate_attempts(plan, specs, [level.cut for level in on_a_cut], 20)
    assert sum(a.state.ended is StopReason.BETWEEN for a in attempts) > len(attempts) / 10
    assert not any(was_between(a.state) for a in attempts if a.state.ended is StopReason.ITEM_LIMIT)


def was_between(state):
    """Whether it was between two tested levels already before the last block, and that block not worth its items."""
    tables, limits, (*counted, last) = state.tables, state.tables.plan.stopping, state.counted
    known = estimate(tables, state.spec, counted)
    lower, together = best_pair(known.probabilities)
    pair = {level.number for level in tables.plan.levels[lower : lower + 2]}
    following, items = tables.block_index[last.block.id], sum(b.attempted for b in counted)
    worth = worths(tables, known.posterior[None, :], np.array([following]), np.array([items]))[0]
    open_between = limits.between_probability <= together and max(known.probabilities) < limits.sure_probability
    return worth <= 0 and open_between and pair <= {b.block.level for b in counted}
