"""Answers under a clock tell how fast a pupil is as well: items of the level test are not calibrated on them."""

from __future__ import annotations

from phonics_app.records.answers import count_sittings
from phonics_app.workflows.calibration_answers import count_calibrated, site_answers
from phonics_app.workflows.paper_entry import enter_sheet
from phonics_app.workflows.site_item_analysis import count_tests
from tests.workflows.papers import add_class, plan_of_code, printed, sheet


def entered(phonics, teacher, blueprint, pupil, **how):
    code = printed(phonics, blueprint, 3)
    plan = plan_of_code(phonics, code)
    enter_sheet(phonics, teacher, code, sheet(plan, pupil, {2: "x"}, **how))
    return plan


def answers(phonics):
    with phonics.store.read() as connection:
        return site_answers(connection, phonics.uncalibrated.bank)


def test_a_timed_probe_is_not_calibrated_on(phonics, people):
    first, second, _ = add_class(phonics)
    entered(phonics, people.teacher, "probe-words", first, last=30, left=5)
    assert answers(phonics) is None
    check = entered(phonics, people.teacher, "level-check", second)
    found = answers(phonics)
    assert (found.pupils, len(found.sittings)) == (1, 1)
    assert set(found.responses.items) == {item.id for item in check.items if item.slope}


def test_of_an_item_first_met_in_a_timed_probe_no_later_answer_counts(phonics, people):
    """As with any item that was met before: at the second one a pupil may remember."""
    first, _, _ = add_class(phonics)
    probe = entered(phonics, people.teacher, "probe-words", first, last=30, left=5)
    check = entered(phonics, people.teacher, "level-check", first)
    met = {item.id for item in probe.items[:30]}
    asked = {item.id for item in check.items if item.slope}
    assert met & asked
    assert set(answers(phonics).responses.items) == asked - met


def test_tests_to_calibrate_on_are_counted_without_timed_ones(phonics, people):
    first, second, _ = add_class(phonics)
    entered(phonics, people.teacher, "probe-words", first, last=30, left=5)
    entered(phonics, people.teacher, "level-check", second)
    with phonics.store.read() as connection:
        assert count_sittings(connection) == 2
        assert count_calibrated(connection) == 1
    assert count_tests(phonics, people.trainer) == 1
