"""Shifts between groups: found where they are, not found where they are not, not claimed where nobody can tell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.calibration.dif import (
    LARGEST_ERROR,
    Grouping,
    Verdict,
    adjusted,
    differential_functioning,
)
from phonics_app.calibration.estimation import Settings, calibrate, without_spread
from phonics_app.calibration.item_model import Model
from phonics_app.calibration.responses import responses_from
from tests.calibration.groups import schools

RASCH = Settings(Model.RASCH)
FIVE_SKILLS = np.repeat(np.arange(5), 20)
SKILLED = np.repeat([0, 1, 2], [20, 10, 10])


def run(seed, sizes, skill, shift, unlike=0.0):
    made, grouping, skills = schools(seed, sizes, skill, shift, unlike)
    assert not without_spread(made.responses)
    return differential_functioning(calibrate(made.responses, RASCH), grouping, skills)


def claimed(shifts):
    return {(shift.group, shift.bundle) for shift in shifts if shift.verdict is Verdict.SHIFTED}


def test_hardly_anything_is_claimed_where_nothing_is_shifted():
    """Of 40 worlds at most 5 % are expected to claim anything; 7 or more would come by chance once in 300."""
    found = [run(seed, (60, 60, 60), SKILLED, np.zeros(40)) for seed in range(40)]
    assert sum(bool(claimed(one.skills)) for one in found) <= 6
    assert not any(claimed(one.items) for one in found)
    z = np.array([shift.effect / shift.standard_error for one in found for shift in one.skills])
    assert z.std() == pytest.approx(1, abs=0.1)
    assert z.mean() == pytest.approx(0, abs=0.15)


def test_a_skill_shifted_by_half_a_logit_in_a_school_of_thirty_is_found():
    """In 87 % of 60 worlds: fewer than 15 of 20 would come by chance once in a hundred times."""
    shift = np.where(FIVE_SKILLS == 0, 0.5, 0.0)
    found = [run(seed, (30, 110, 110), FIVE_SKILLS, shift).skills for seed in range(20)]
    hits = [("s0", "k0") in claimed(one) for one in found]
    assert sum(hits) >= 15
    own = [next(s for s in one if (s.group, s.bundle) == ("s0", "k0")) for one in found]
    assert np.mean([s.effect for s in own]) == pytest.approx(0.5, abs=0.08)
    assert np.mean([s.standard_error for s in own]) < 0.13
    assert {s.pupils for s in own} == {30}
    # The shift does not make the school's other skills look hard.
    others = [s.effect for one in found for s in one if s.group == "s0" and s.bundle != "k0"]
    assert np.mean(others) == pytest.approx(0, abs=0.08)


def test_one_item_in_one_school_of_thirty_is_not_claimed():
    shift = np.where(np.arange(40) == 7, 1.0, 0.0)
    found = run(3, (30, 60, 60), SKILLED, shift)
    assert found.items == ()
    assert found.items_not_tested == 120


def test_one_item_is_found_where_the_answers_can_carry_it():
    shift = np.where(np.arange(40) == 7, 1.0, 0.0)
    found = run(4, (700, 700), SKILLED, shift)
    assert ("s0", "i007") in claimed(found.items)
    assert all(shift.standard_error < 1.2 * LARGEST_ERROR for shift in found.items)
    assert len(claimed(found.items)) <= 3
    # Two groups mirror each other: the first is told against the second.
    assert {shift.group for shift in (*found.skills, *found.items)} == {"s0"}


def test_pupils_who_differ_in_skills_are_no_shift():
    found = [run(seed, (50, 50, 50), SKILLED, np.zeros(40), unlike=0.8) for seed in range(30)]
    assert sum(bool(claimed(one.skills)) for one in found) <= 6
    z = np.array([shift.effect / shift.standard_error for one in found for shift in one.skills])
    assert z.std() == pytest.approx(1, abs=0.15)


def test_several_tests_of_a_pupil_are_not_several_pupils():
    """Taken for pupils, they make differences look surer than they are."""
    z, taken_for_pupils = [], []
    for seed in range(12):
        made, grouping, skills = schools(seed, (40, 40, 40, 40), SKILLED, np.zeros(40), unlike=0.8, tests=6)
        found = calibrate(made.responses, RASCH)
        for values, groups in ((z, grouping), (taken_for_pupils, replace(grouping, pupil=None))):
            told = differential_functioning(found, groups, skills).skills
            values += [shift.effect / shift.standard_error for shift in told]
            assert {shift.pupils for shift in told} == {40 if groups is grouping else 240}
    assert np.std(taken_for_pupils) > 1.3
    assert np.std(z) == pytest.approx(1, abs=0.2)


def test_who_belongs_to_no_group_is_left_out():
    made, grouping, skills = schools(8, (40, 40, 40), SKILLED, np.zeros(40))
    without = np.where(grouping.code == 2, -1, grouping.code)
    found = calibrate(made.responses, RASCH)
    told = differential_functioning(found, replace(grouping, code=without), skills).skills
    assert {shift.group for shift in told} == {"s0"}
    assert {shift.pupils for shift in told} == {40}


def test_a_group_of_a_few_pupils_is_not_tested():
    made, grouping, skills = schools(5, (5, 60, 60), SKILLED, np.zeros(40))
    found = differential_functioning(calibrate(made.responses, RASCH), grouping, skills)
    few = [shift for shift in found.skills if shift.group == "s0"]
    assert {(shift.p, shift.q, shift.verdict) for shift in few} == {(None, None, Verdict.CANNOT_TELL)}


def test_groups_that_met_different_items_cannot_be_compared():
    made, _, skills = schools(6, (60, 60), SKILLED, np.zeros(40))
    responses = made.responses
    met = np.where(np.arange(120)[:, None] < 60, np.arange(40) % 2 == 0, np.arange(40) % 2 == 1)
    person, item = np.nonzero(met)

    score = np.asarray(responses.right[person, item]).ravel()
    apart = responses_from(np.char.mod("p%05d", person), np.char.mod("i%03d", item), score)
    stuck = without_spread(apart)
    assert not stuck
    found = differential_functioning(calibrate(apart, RASCH), Grouping(("a", "b"), np.arange(120) // 60), skills)
    assert {shift.verdict for shift in found.skills} == {Verdict.CANNOT_TELL}
    assert {shift.p for shift in found.skills} == {None}


def test_the_largest_error_that_shows_half_a_logit():
    assert pytest.approx(0.1543, abs=1e-4) == LARGEST_ERROR


def test_false_discoveries_are_held_as_benjamini_and_hochberg_say():
    # Their worked example (1995, section 4): fifteen p values, of which the four smallest are claimed at 5 %.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]
    q = adjusted(np.array(p)[::-1])[::-1]
    assert np.all(np.diff(q) >= 0)
    assert (q <= 0.05).sum() == 4
    assert adjusted(np.array([])).size == 0
