"""A sheet that was keyed in with a fault, or by mistake: put right or taken back, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.errors import Conflict, NotFound
from phonics_app.domain.grade import Grade
from phonics_app.engine.paper_events import keyed_of, paper_events
from phonics_app.records import audit
from phonics_app.workflows import assess
from phonics_app.workflows.classes import class_page
from phonics_app.workflows.paper_entry import Entered, enter_sheet, paper_class, sheet_of, withdraw_sheet
from tests import sites
from tests.workflows.papers import GIVEN_ON, GRADE, ROOM, SCHOOL, add_class, plan_of_code, printed, sheet
from tests.workflows.test_paper_parity import CASES


@pytest.fixture
def pupil(phonics):
    return add_class(phonics)[0]


@pytest.fixture
def code(phonics):
    return printed(phonics, "level-check", 4)


@pytest.fixture
def entered(phonics, people, pupil, code):
    """A sheet on which one word was marked wrong by mistake."""
    return enter_sheet(phonics, people.teacher, code, sheet(plan_of_code(phonics, code), pupil, {2: "x", 3: "t"}))


def row(phonics, teacher, code):
    return paper_class(phonics, teacher, SCHOOL, sites.YEAR, GRADE, ROOM, code, GIVEN_ON).rows[0]


def corrected(phonics, teacher, code, entered, **keys):
    before = sheet_of(phonics, teacher, entered.attempt.id)
    first, *others = before.blocks
    changed = tuple(keys.get(f"k{n}", key) for n, key in enumerate(first.keys, start=1))
    return enter_sheet(phonics, teacher, code, replace(before, blocks=(replace(first, keys=changed), *others)))


@pytest.mark.parametrize("case", CASES)
def test_a_stored_sheet_can_be_read_as_it_was_keyed(phonics, people, pupil, case):
    blueprint, level, keys, how = CASES[case]
    plan = plan_of_code(phonics, printed(phonics, blueprint, level))
    keyed = sheet(plan, pupil, keys, **how)
    again = replace(keyed, blocks=keyed_of(plan, paper_events(plan, keyed)))
    assert paper_events(plan, again) == paper_events(plan, keyed)
    assert [one.last for one in again.blocks] == [one.last for one in keyed.blocks]
    assert [one.seconds_left for one in again.blocks] == [one.seconds_left for one in keyed.blocks]


def test_a_correction_is_a_new_record_and_the_old_one_stays(phonics, people, pupil, code, entered):
    new = corrected(phonics, people.teacher, code, entered, k2="")
    assert new.attempt.id != entered.attempt.id
    assert new.attempt.spec.replaces == entered.attempt.id
    old = assess.get_sitting(phonics, people.teacher, entered.attempt.id)
    assert (old.attempt.status, old.events) == (AttemptStatus.DISCARDED, entered.events)
    assert row(phonics, people.teacher, code).attempt_id == new.attempt.id
    before, after = (
        sum(s.score for s in assess.compute_result(phonics, people.teacher, one.attempt.id).scores)
        for one in (entered, new)
    )
    assert after == before + 1
    shown = class_page(phonics, people.teacher, SCHOOL, sites.YEAR, Grade.P3, ROOM).rows[0]
    assert shown.last_attempt_id == new.attempt.id
    with phonics.store.read() as connection:
        told = [entry.action for entry in audit.entries(connection) if entry.subject == entered.attempt.id]
    assert "paper.corrected" in told


def test_sent_twice_a_correction_is_one_and_without_a_change_none(phonics, people, pupil, code, entered):
    same = corrected(phonics, people.teacher, code, entered)
    assert same.attempt.id == entered.attempt.id
    first, second = (corrected(phonics, people.teacher, code, entered, k2="") for _ in range(2))
    assert first.attempt.id == second.attempt.id
    assert len(assess.attempts_of(phonics, people.teacher, pupil)) == 2


def test_what_was_changed_elsewhere_meanwhile_is_not_overwritten(phonics, people, code, entered):
    corrected(phonics, people.teacher, code, entered, k2="")
    with pytest.raises(Conflict, match="other_entry"):
        corrected(phonics, people.teacher, code, entered, k2="d")


def test_a_correction_is_taken_back_and_the_entry_before_counts_again(phonics, people, code, entered):
    new = corrected(phonics, people.teacher, code, entered, k2="")
    shown = withdraw_sheet(phonics, people.teacher, new.attempt.id)
    assert (shown.attempt_id, shown.entered) == (entered.attempt.id, Entered.DONE)
    # One sheet counts once: the correction comes back only when the other is out.
    with pytest.raises(Conflict, match="entered_twice"):
        assess.discard_attempt(phonics, people.teacher, new.attempt.id, discarded=False)
    assess.discard_attempt(phonics, people.teacher, entered.attempt.id)
    assess.discard_attempt(phonics, people.teacher, new.attempt.id, discarded=False)
    assert row(phonics, people.teacher, code).attempt_id == new.attempt.id


def test_a_sheet_stored_by_mistake_is_taken_back_and_may_come_again(phonics, people, pupil, code, entered):
    shown = withdraw_sheet(phonics, people.teacher, entered.attempt.id)
    assert shown.entered is Entered.NONE
    assert assess.propose_test(phonics, people.teacher, pupil).last_result is None
    restored = assess.discard_attempt(phonics, people.teacher, entered.attempt.id, discarded=False)
    assert restored.status is AttemptStatus.FINISHED
    assert row(phonics, people.teacher, code).attempt_id == entered.attempt.id


def test_what_was_not_keyed_in_has_no_sheet(phonics, people, pupil):
    assess.start_attempt(phonics, people.teacher, "b" * 32, pupil)
    for use in (sheet_of, withdraw_sheet):
        with pytest.raises(NotFound, match="no_sheet"):
            use(phonics, people.teacher, "b" * 32)
