"""Tests on paper: keyed in, they are stored, scored and refused as they should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from phonics_app.domain.attempt import AttemptStatus, PriorSource, Source
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Conflict, NotFound, ProblemsFound
from phonics_app.domain.event import EventKind
from phonics_app.domain.result import StopReason
from phonics_app.engine.administration import replay
from phonics_app.locales.messages import render
from phonics_app.workflows import assess
from phonics_app.workflows.form_figures import form_figures
from phonics_app.workflows.paper_entry import Entered, enter_sheet, paper_class, start_form_attempt, use_form
from tests import sites
from tests.workflows.papers import GIVEN_ON, GRADE, ROOM, SCHOOL, add_class, plan_of_code, printed, sheet


@pytest.fixture
def pupils(phonics):
    return add_class(phonics)


def shown(phonics, teacher, code, day=GIVEN_ON):
    return paper_class(phonics, teacher, SCHOOL, sites.YEAR, GRADE, ROOM, code, day)


def test_a_sheet_keyed_in_is_a_finished_test_of_the_day_on_which_it_was_given(phonics, people, pupils):
    code = printed(phonics, "level-check", 4)
    plan = plan_of_code(phonics, code)
    sitting = enter_sheet(phonics, people.teacher, code, sheet(plan, pupils[0], {1: "x", 2: "s", 3: "t"}))
    found = assess.get_sitting(phonics, people.teacher, sitting.attempt.id)
    assert (found.attempt.status, found.attempt.spec.source) == (AttemptStatus.FINISHED, Source.PAPER)
    assert Round.at(found.attempt.created_at) == Round.of(GIVEN_ON)
    assert {event.at[:10] for event in found.events} == {GIVEN_ON.isoformat()}
    result = assess.compute_result(phonics, people.teacher, sitting.attempt.id)
    assert (result.stop_reason, result.flags) == (StopReason.FORM_COMPLETE, ())
    assert [score.score for score in result.scores[:4]] == [0, 1, 0, 1]
    assert len(result.scores) == 20


def test_the_class_is_shown_in_list_order_with_what_is_there(phonics, people, pupils):
    code = printed(phonics, "level-check", 4)
    enter_sheet(phonics, people.teacher, code, sheet(plan_of_code(phonics, code), pupils[1]))
    rows = shown(phonics, people.teacher, code).rows
    assert [row.pupil.id for row in rows] == pupils
    assert [row.entered for row in rows] == [Entered.NONE, Entered.DONE, Entered.NONE]
    later = shown(phonics, people.teacher, code, GIVEN_ON + timedelta(days=1))
    assert {row.entered for row in later.rows} == {Entered.NONE}


def test_the_same_sheet_twice_is_one_test(phonics, people, pupils):
    code = printed(phonics, "level-check", 4)
    keyed = sheet(plan_of_code(phonics, code), pupils[0], {5: "x"})
    first, second = (enter_sheet(phonics, people.teacher, code, keyed) for _ in range(2))
    assert first.attempt.id == second.attempt.id
    assert first.events == second.events
    assert len(assess.attempts_of(phonics, people.teacher, pupils[0])) == 1


def test_other_marks_are_refused_until_the_first_test_is_discarded(phonics, people, pupils):
    code = printed(phonics, "level-check", 4)
    plan = plan_of_code(phonics, code)
    first = enter_sheet(phonics, people.teacher, code, sheet(plan, pupils[0], {5: "x"}))
    with pytest.raises(Conflict) as refused:
        enter_sheet(phonics, people.teacher, code, sheet(plan, pupils[0], {6: "x"}))
    assert "ด.ญ.ภูผา สมมุติวงศ์ (1)" in render(refused.value, "en")
    assess.discard_attempt(phonics, people.teacher, first.attempt.id)
    second = enter_sheet(phonics, people.teacher, code, sheet(plan, pupils[0], {6: "x"}))
    assert second.attempt.id != first.attempt.id
    assert second.attempt.id == shown(phonics, people.teacher, code).rows[0].attempt_id


def test_seconds_left_are_what_the_rate_is_made_of(phonics, people, pupils):
    code = printed(phonics, "probe-words", 3)
    plan = plan_of_code(phonics, code)
    keyed = sheet(plan, pupils[0], {2: "x", 4: "d"}, last=22, left=20)
    sitting = enter_sheet(phonics, people.teacher, code, keyed)
    result = assess.compute_result(phonics, people.teacher, sitting.attempt.id)
    assert (result.seconds, result.flags, len(result.scores)) == (40.0, (), 22)
    over = enter_sheet(phonics, people.teacher, code, sheet(plan, pupils[1], last=30, left=0))
    assert EventKind.TIME_UP in {event.kind for event in over.events}
    assert assess.compute_result(phonics, people.teacher, over.attempt.id).flags == ()


@pytest.mark.parametrize(("last", "undone"), [(5, False), (9, True)])
def test_a_stop_by_rule_is_told_as_on_a_device(phonics, people, pupils, last, undone):
    code = printed(phonics, "probe-words", 3)
    plan = plan_of_code(phonics, code)
    keyed = sheet(plan, pupils[0], dict.fromkeys(range(1, 6), "x"), last=last, left=30)
    sitting = enter_sheet(phonics, people.teacher, code, keyed)
    kinds = [event.kind for event in sitting.events]
    assert kinds.count(EventKind.BLOCK_AUTO_STOPPED) == 1
    assert (EventKind.AUTO_STOP_UNDONE in kinds) is undone
    state = replay(plan, sitting.attempt.spec, sitting.events)
    assert (state.flags, state.items) == ((), last)


def test_an_option_that_was_chosen_is_right_or_kept_as_what_was_said(phonics, people, pupils):
    code = printed(phonics, "class-listening", 4)
    plan = plan_of_code(phonics, code)
    first = next(item for item in plan.items if item.options)
    right = next(n for n, option in enumerate(first.options, start=1) if option.value == first.key)
    wrong = next(n for n, option in enumerate(first.options, start=1) if option.value != first.key)
    sheets = [sheet(plan, pupil, {1: str(n)}) for pupil, n in zip(pupils, (right, wrong, 0), strict=True)]
    sittings = [enter_sheet(phonics, people.teacher, code, one) for one in sheets]
    marked = [[e.data for e in sitting.events if e.kind is EventKind.ITEM_MARKED] for sitting in sittings]
    assert marked[0] == []
    assert [(m["error"], m["said"]) for m in marked[1]] == [("said_as", first.options[wrong - 1].value)]
    assert [m["error"] for m in marked[2]] == ["no_answer"]
    with pytest.raises(ProblemsFound) as refused:
        enter_sheet(phonics, people.teacher, code, sheet(plan, pupils[0], {1: ""}))
    assert [p.code for p in refused.value.problems] == ["paper.key_missing"]


def test_every_fault_of_a_sheet_is_named_at_once(phonics, people, pupils):
    code = printed(phonics, "probe-words", 3)
    plan = plan_of_code(phonics, code)
    keyed = sheet(plan, pupils[0], {2: "q", 12: "x"}, last=10, left=60)
    with pytest.raises(ProblemsFound) as refused:
        enter_sheet(phonics, people.teacher, code, replace(keyed, given_on=GIVEN_ON + timedelta(days=30)))
    assert [p.code for p in refused.value.problems] == [
        "paper.date",
        "paper.key",
        "paper.beyond_last",
        "paper.seconds_left",
    ]
    assert assess.attempts_of(phonics, people.teacher, pupils[0]) == ()


def test_a_wrong_code_is_told_with_those_that_come_nearest(phonics, people, pupils):
    with pytest.raises(NotFound) as refused:
        shown(phonics, people.teacher, "A1B2C3")
    assert refused.value.code == "paper.no_form"
    code = printed(phonics, "level-check", 4)
    assert shown(phonics, people.teacher, f" {code[:3]}-{code[3:].lower()} ").plan.form.code == code
    with pytest.raises(NotFound) as refused:
        shown(phonics, people.teacher, code[:5] + "Z")
    assert f"{code} (level-check-4-A)" in render(refused.value, "th")


def test_a_form_given_on_a_device_is_an_attempt_like_any_other(phonics, people, pupils):
    code = use_form(phonics, people.teacher, "level-check", 4, "A")
    sitting = start_form_attempt(phonics, people.teacher, "a" * 32, pupils[0], code)
    assert sitting.plan.form is not None
    assert sitting.attempt.spec.source is Source.SCREEN
    again = start_form_attempt(phonics, people.teacher, "a" * 32, pupils[0], code)
    assert again == sitting
    assert assess.get_sitting(phonics, people.teacher, "a" * 32).plan == sitting.plan


def test_a_passage_has_totals_and_no_level(phonics, people, pupils):
    code = printed(phonics, "probe-passage", 4)
    plan = plan_of_code(phonics, code)
    keyed = sheet(plan, pupils[0], {3: "x"}, left=15)
    sitting = enter_sheet(phonics, people.teacher, code, keyed)
    result = assess.compute_result(phonics, people.teacher, sitting.attempt.id)
    assert (len(result.scores), result.flags) == (len(plan.items), ())
    words, questions = (b.totals for b in form_figures(phonics, people.teacher, sitting.attempt.id).blocks)
    assert (words.incorrect, words.seconds_used, words.rate) == (1, 45.0, words.correct / 0.75)
    assert (questions.correct, questions.seconds_left) == (questions.items, None)
    assert assess.propose_test(phonics, people.teacher, pupils[0]).last_result is None


def test_a_sheet_keyed_late_starts_from_what_was_known_on_its_day(phonics, people, pupils, clock):
    code = printed(phonics, "level-check", 4)
    plan = plan_of_code(phonics, code)
    keyed = sheet(plan, pupils[0], {3: "x"})
    at_once = enter_sheet(phonics, people.teacher, code, replace(keyed, pupil_id=pupils[1]))
    # Of tests of later days, and of the same day, nothing was known; of one in the term before, all.
    for day, levels in ((GIVEN_ON, 2), (GIVEN_ON + timedelta(days=1), 6)):
        other = printed(phonics, "level-check", levels)
        told = replace(sheet(plan_of_code(phonics, other), pupils[0]), given_on=day)
        enter_sheet(phonics, people.teacher, other, told)
    clock.advance(days=200)
    late = enter_sheet(phonics, people.teacher, code, keyed)
    assert late.attempt.spec == at_once.attempt.spec


def test_a_test_of_an_earlier_day_is_known_with_the_terms_since_then(phonics, people, pupils, clock):
    other = printed(phonics, "level-check", 6)
    before = replace(sheet(plan_of_code(phonics, other), pupils[0]), given_on=GIVEN_ON - timedelta(days=60))
    enter_sheet(phonics, people.teacher, other, before)
    code = printed(phonics, "level-check", 4)
    clock.advance(days=300)
    late = enter_sheet(phonics, people.teacher, code, sheet(plan_of_code(phonics, code), pupils[0]))
    assert late.attempt.spec.prior.source is PriorSource.EARLIER_RESULT
    assert late.attempt.spec.seen_items
    first = phonics.content.bank.placement
    earlier = assess.compute_result(
        phonics, people.teacher, assess.attempts_of(phonics, people.teacher, pupils[0])[1].id
    )
    known = max(first.prior_sd_result, earlier.standard_error)
    assert late.attempt.spec.prior.standard_deviation == pytest.approx(
        (known**2 + first.prior_sd_growth_per_term**2) ** 0.5
    )
