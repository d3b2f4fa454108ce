"""Self-run tests from their events: what counts, what is flagged, and what makes one doubt that a pupil tried."""

from __future__ import annotations

import pytest

from phonics_app.domain.event import EventKind
from phonics_app.domain.result import StopReason
from phonics_app.engine.item_administration import longest_repeat, replay
from phonics_app.levelling.item_placement import make_item_result
from tests.engine.listening import ATTEMPT, SPEC, Device, listening


def codes(state):
    return [flag.code for flag in state.flags]


@pytest.fixture
def device():
    made = Device(listening())
    made.record(EventKind.ATTEMPT_STARTED)
    return made


@pytest.mark.parametrize(("ability", "level"), [(-7.0, 1), (-1.2, 4), (1.3, 6), (8.0, 9)])
def test_a_whole_test_finds_the_level_and_replays_the_same(ability, level):
    device = Device(listening())
    live = device.sit(lambda difficulty: difficulty < ability)
    result = make_item_result(ATTEMPT, live, "r")
    assert result.proposed_level == level
    assert result.stop_reason in (StopReason.SURE, StopReason.BETWEEN, StopReason.ITEM_LIMIT)
    assert make_item_result(ATTEMPT, replay(listening(), SPEC, ATTEMPT, device.events), "r") == result
    assert result.flags == ()
    assert result.seconds == pytest.approx(4.0 * len(result.scores))
    assert sum(e.attempted for e in result.evidence) == len(result.scores)


def test_levels_that_are_not_told_apart_are_said_to_be_so():
    device = Device(listening(frozenset({1, 2, 5, 6, 7, 8, 9})))
    state = device.sit(lambda difficulty: difficulty < -1.2)
    result = make_item_result(ATTEMPT, state, "r")
    assert (result.proposed_level, result.between) == (3, (3, 5))
    assert [p.level for p in result.probabilities] == [1, 2, 3, 6, 7, 8, 9]


def test_another_item_than_the_one_chosen_is_flagged_and_does_not_count(device):
    waiting = device.state.test.next_item
    other = next(i for i in listening().plan.base.items if i.id != waiting)
    device.record(EventKind.ITEM_SHOWN, item=other.id)
    device.record(EventKind.ITEM_ANSWERED, item=other.id, value=other.key)
    assert codes(device.state) == ["unexpected_item"] * 2
    assert device.state.given == ()
    assert device.state.test.next_item == waiting


def test_an_answer_that_was_not_offered_is_flagged(device):
    device.record(EventKind.ITEM_ANSWERED, item=device.state.test.next_item, value="nonsense")
    assert codes(device.state) == ["unknown_answer"]
    assert device.state.given == ()


def test_practice_counts_for_nothing(device):
    practice = listening().plan.practice[0]
    device.record(EventKind.ITEM_SHOWN, item=practice.id)
    device.record(EventKind.AUDIO_PLAYED, item=practice.id)
    device.record(EventKind.ITEM_ANSWERED, item=practice.id, value=practice.key)
    assert device.state.given == ()
    assert device.state.flags == ()


def test_a_test_ends_where_the_engine_ends_it(device):
    device.record(EventKind.ATTEMPT_FINISHED, reason="not_worth_more")
    assert codes(device.state) == ["not_finished"]
    assert device.state.ended is None
    device.record(EventKind.ATTEMPT_STOPPED, block=None, last_item=None)
    assert device.state.ended is StopReason.TEACHER
    device.answer(right=True)
    assert codes(device.state)[1:] == ["after_end"] * 2
    assert device.state.given == ()


def test_time_that_runs_backwards_is_flagged_and_never_negative(device):
    device.mono = 50.0
    device.answer(right=True)
    assert codes(device.state) == ["time_backwards"]
    assert device.state.seconds == 4.0


def test_a_new_opening_starts_another_clock(device):
    device.answer(right=True)
    device.mono = 5.0
    device.record(EventKind.ATTEMPT_RESUMED)
    device.answer(right=True)
    assert device.state.flags == ()
    assert device.state.seconds == 8.0


def test_an_absence_is_flagged_and_costs_a_minute_at_most(device):
    device.pace = 400.0
    device.answer(right=True)
    assert codes(device.state) == ["long_absence"]
    assert device.state.seconds == 60.0
    device.record(EventKind.RESTED, 1000.0)
    assert codes(device.state) == ["long_absence"]


def test_events_of_a_test_by_blocks_are_foreign(device):
    device.record(EventKind.BLOCK_SHOWN, block="1")
    assert codes(device.state) == ["foreign_event"]


def test_haste_is_seen_by_the_median():
    hasty, calm = Device(listening(), pace=0.4), Device(listening(), pace=3.0)
    assert "rapid_guessing" in codes(replay(listening(), SPEC, ATTEMPT, _sat(hasty)))
    assert codes(replay(listening(), SPEC, ATTEMPT, _sat(calm))) == []
    # A few quick answers prove nothing.
    assert codes(replay(listening(), SPEC, ATTEMPT, hasty.events[:6])) == []


def _sat(device):
    device.sit(lambda difficulty: difficulty < 0)
    return device.events


def test_answers_always_at_the_same_place_are_seen(device):
    for _ in range(8):
        device.answer(right=True, place=2)
    assert "patterned_answers" in codes(replay(listening(), SPEC, ATTEMPT, device.events))


@pytest.mark.parametrize(
    ("places", "period", "longest"),
    [([1, 1, 1, 2], 1, 3), ([0, 1, 2, 3] * 3, 4, 12), ([0, 1, 0, 1, 2, 0], 2, 4), ([], 1, 0), ([3], 2, 1)],
)
def test_longest_repeat(places, period, longest):
    assert longest_repeat(places, period) == longest
