"""Figures of simulated placements, against counts made by hand and against an honest and a boastful test."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.calibration.placement_check import GROUP, placement_figures, reliability, sit, sit_variants
from phonics_app.calibration.worlds import MODEL, WORLDS, Curves
from tests.engine.synthetic import bank, plan

PLAN, BLUEPRINT = plan(), bank().blueprints[0]
COUNT = 400


@pytest.fixture(scope="module")
def outcome():
    return sit(PLAN, BLUEPRINT, WORLDS[MODEL], COUNT, 7)


def test_figures_are_what_one_counts(outcome):
    of = placement_figures(PLAN, outcome)
    away = [int(p) - int(t) for p, t in zip(outcome.proposed, outcome.true, strict=True)]
    states = [a.state for a in outcome.attempts]
    assert of.pupils == COUNT
    assert of.exact == pytest.approx(away.count(0) / COUNT)
    assert of.exact + of.too_high + of.too_low == pytest.approx(1)
    assert of.adjacent == pytest.approx(sum(abs(a) <= 1 for a in away) / COUNT)
    assert of.mean_items == pytest.approx(sum(s.items for s in states) / COUNT)
    assert of.minutes == pytest.approx(sum(s.seconds for s in states) / COUNT / 60)
    first = [a for a, t in zip(away, outcome.true, strict=True) if t == 0]
    assert of.bias["1"] == pytest.approx(sum(first) / len(first))
    assert (of.levels[0].level, of.levels[0].pupils) == (1, len(first))
    assert of.levels[0].exact == pytest.approx(first.count(0) / len(first))
    assert of.levels[0].too_high == pytest.approx(sum(a > 0 for a in first) / len(first))
    assert sum(level.pupils for level in of.levels) == COUNT
    assert of.stops["sure"] == pytest.approx(sum(s.ended.value == "sure" for s in states) / COUNT)
    items = [i for s in states for b in s.counted for i in b.block.items[: b.attempted]]
    assert of.max_exposure == pytest.approx(max(items.count(i) for i in set(items)) / COUNT)


def test_levels_taken_for_one_another(outcome):
    of = placement_figures(PLAN, outcome)
    pairs = list(zip(outcome.true.tolist(), outcome.proposed.tolist(), strict=True))
    assert [(b.lower, b.upper) for b in of.boundaries] == [(1, 2), (2, 3), (3, 4), (4, 5)]
    for k, boundary in enumerate(of.boundaries):
        own = [(t, p) for t, p in pairs if t in (k, k + 1)]
        swapped = own.count((k, k + 1)) + own.count((k + 1, k))
        assert boundary.pupils == len(own)
        assert boundary.confused == pytest.approx(swapped / len(own))


def test_those_to_whom_about_90_in_100_was_said(outcome):
    of = placement_figures(PLAN, outcome)
    told = [(s, t == p) for s, t, p in zip(outcome.stated, outcome.true, outcome.proposed, strict=True)]
    near = [right for said, right in told if 0.87 <= said < 0.93]
    assert of.around_90.pupils == len(near)
    assert of.around_90.right == pytest.approx(sum(near) / len(near))


def test_other_plans_are_given_to_equal_pupils(outcome):
    doubtful = replace(PLAN, items=tuple(replace(i, standard_error=2 * i.standard_error) for i in PLAN.items))
    assert (sit(doubtful, BLUEPRINT, WORLDS[MODEL], COUNT, 7, truth=PLAN).true == outcome.true).all()


def test_the_share_done_is_told():
    told = []
    sit(PLAN, BLUEPRINT, WORLDS[MODEL], 600, 7, progress=told.append)
    assert told[-1] == 1
    assert told == sorted(set(told))
    assert len(told) > 1


def test_the_calibration_error_of_an_honest_and_of_a_boastful_test():
    random = np.random.default_rng(1)
    stated = random.uniform(0.5, 1.0, 20_000)
    for claimed, low, high in ((stated, 0.0, 0.012), (np.sqrt(stated), 0.09, 0.15)):
        bands = list(reliability(claimed, random.random(stated.size) < stated))
        error = sum(b.pupils * abs(b.stated - b.right) for b in bands) / stated.size
        assert low <= error <= high
        assert sum(b.pupils for b in bands) == stated.size


def test_certainty_falls_into_the_last_band():
    (band,) = reliability(np.array([1.0, 0.95]), np.array([True, False]))
    assert (band.low, band.pupils, band.right) == (0.95, 2, 0.5)


def test_equal_seeds_give_equal_tests(outcome):
    again = sit(PLAN, BLUEPRINT, WORLDS[MODEL], COUNT, 7)
    assert placement_figures(PLAN, again) == placement_figures(PLAN, outcome)


def test_a_test_may_end_without_a_pupil_between_levels(outcome):
    never = replace(PLAN, stopping=replace(PLAN.stopping, between_probability=2.0))
    of = placement_figures(never, sit(never, BLUEPRINT, Curves((8.0,)), 10, 7))
    assert of.between_holds is None
    assert 0 <= (placement_figures(PLAN, outcome).between_holds or 0) <= 1


def test_pupils_share_the_variants_and_every_group_draws_its_items_anew():
    asked, pupils = [], 2 * GROUP + 20
    blueprint = replace(BLUEPRINT, variants=2)

    def variant(number):
        asked.append(number)
        return plan(variant=number)

    told = []
    out = sit_variants(variant, blueprint, WORLDS["difficulties"], pupils, 7, progress=told.append)
    assert asked == [0, 1, 0]
    assert len(out.attempts) == len(out.true) == len(out.proposed) == pupils
    assert {a.state.tables.plan.variant for a in out.attempts} == {0, 1}
    assert (told, told[-1]) == (sorted(told), pytest.approx(1))
    first, third = out.stated[:20], out.stated[2 * GROUP :]
    assert (first != third).any()
    again = sit_variants(variant, blueprint, WORLDS["difficulties"], pupils, 7)
    assert (again.stated == out.stated).all()
