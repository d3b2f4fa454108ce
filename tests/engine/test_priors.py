"""Where a test begins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.grade import Grade
from phonics_app.engine import priors
from tests.engine.synthetic import bank, plan

PLAN = plan()
BLUEPRINT = bank().blueprints[0]
CUTS = [level.cut for level in PLAN.levels]


def test_the_centre_of_a_level_lies_in_it():
    for level in PLAN.levels:
        assert priors.level_of(PLAN.levels, priors.level_centre(PLAN.levels, level.number)) == level.number


def test_few_levels_have_centres_too():
    short = plan(levels=2).levels
    assert [priors.level_of(short, priors.level_centre(short, n)) for n in (1, 2)] == [1, 2]


def test_a_pupil_is_taught_at_the_first_level_not_mastered():
    assert priors.level_of(PLAN.levels, CUTS[1] - 0.01) == 2
    assert priors.level_of(PLAN.levels, CUTS[1]) == 3
    assert priors.level_of(PLAN.levels, CUTS[-1] + 5) == PLAN.levels[-1].number


def test_from_the_grade():
    spec = priors.from_grade(PLAN, BLUEPRINT, Grade.K3)
    assert (spec.start_level, spec.prior.source) == (3, PriorSource.GRADE)
    assert spec.prior.standard_deviation == BLUEPRINT.prior_sd_grade


def test_without_an_expected_level_all_levels_are_open():
    spec = priors.from_grade(PLAN, replace(BLUEPRINT, expected_level={}), Grade.P6)
    assert (spec.prior.source, spec.prior.standard_deviation) == (PriorSource.NONE, priors.UNKNOWN_SD)
    assert CUTS[0] < spec.prior.mean < CUTS[-1]


def test_from_a_result_weaker_with_time_and_never_surer_than_the_result():
    now, later = (priors.from_result(PLAN, BLUEPRINT, 4.0, 0.3, terms).prior for terms in (0, 4))
    assert now.standard_deviation == BLUEPRINT.prior_sd_result
    assert later.standard_deviation == pytest.approx((0.8**2 + 4 * 0.4**2) ** 0.5)
    assert priors.from_result(PLAN, BLUEPRINT, 4.0, 1.9, 0).prior.standard_deviation == 1.9
    assert priors.from_result(PLAN, BLUEPRINT, 4.0, 0.3, -1).prior == now
    assert priors.from_result(PLAN, BLUEPRINT, 4.0, 0.3, 0).start_level == priors.level_of(PLAN.levels, 4.0)
