"""The clock of a block: when it runs, what stops it, and every irregularity by its name."""

from __future__ import annotations

import pytest

from phonics_app.engine.timing import Phase, seconds_left, seconds_used
from tests.engine.timed import FREE, LIMITED, OWN, K, TimedDesk


def used(desk):
    return seconds_used(desk.block, desk.now.clock)


def test_the_clock_runs_from_the_first_item_to_the_end_of_the_block():
    desk = TimedDesk()
    assert (used(desk), seconds_left(LIMITED, desk.now.clock)) == (None, 60.0)
    desk.add(K.ATTEMPT_RESUMED, after=5)
    desk.begin()
    desk.mark(2, after=12.5)
    assert (used(desk), seconds_left(LIMITED, desk.now.clock)) == (12.5, 47.5)
    desk.finish(after=10, seconds_left=37.6)
    assert (desk.totals.seconds_used, desk.totals.seconds_left) == (22.5, 37.5)
    desk.add(K.BLOCK_SHOWN, after=30, block=FREE.id)
    assert (desk.totals.seconds_used, desk.codes) == (22.5, [])


def test_time_is_up_only_when_it_is_and_never_below_zero():
    desk = TimedDesk()
    desk.begin()
    desk.of_block(K.TIME_UP, after=59)
    assert (desk.codes, desk.now.clock.phase) == (["time_not_up"], Phase.RUNNING)
    desk.of_block(K.TIME_UP, after=1.4)
    assert desk.now.clock.phase is Phase.UP
    desk.mark(3, after=4)
    desk.finish(5, after=9, seconds_left=0)
    assert (desk.totals.seconds_used, desk.totals.seconds_left) == (60.0, 0.0)
    assert desk.codes == ["time_not_up"]


def test_the_last_item_is_never_filled_in_by_itself():
    desk = TimedDesk()
    desk.begin()
    desk.mark(3)
    desk.of_block(K.TIME_UP, after=60)
    assert (desk.state.current.block.id, desk.totals.attempted) == (LIMITED.id, 0)


def test_where_the_rule_knows_no_pause_the_clock_goes_on_through_it():
    desk = TimedDesk()
    desk.begin()
    desk.of_block(K.TIMER_PAUSED, after=10, why="dialog")
    desk.mark(1, after=10)
    assert (used(desk), desk.codes) == (20.0, ["pause_not_allowed"])


def test_a_reading_that_was_ended_and_goes_on_after_all_was_never_interrupted():
    desk = TimedDesk()
    desk.begin()
    desk.of_block(K.TIMER_PAUSED, after=10, why="ended")
    desk.mark(1, after=7)
    assert used(desk) == 10.0
    desk.of_block(K.TIMER_RESUMED, after=3)
    assert (used(desk), desk.codes) == (20.0, [])


def test_in_another_opening_of_the_page_that_time_is_not_known():
    desk = TimedDesk()
    desk.begin()
    desk.of_block(K.TIMER_PAUSED, after=10, why="ended")
    desk.add(K.ATTEMPT_RESUMED)
    desk.of_block(K.TIMER_RESUMED, after=10)
    assert (used(desk), desk.now.clock.phase, desk.codes) == (10.0, Phase.STOPPED, ["pause_not_allowed"])


@pytest.mark.parametrize("why", ["ended", "dialog", "interruption"])
def test_a_limit_of_a_schools_own_may_be_paused(why):
    desk = TimedDesk(OWN)
    desk.begin()
    desk.of_block(K.TIMER_PAUSED, after=10, why=why)
    desk.of_block(K.TIMER_RESUMED, after=300)
    desk.finish(after=5)
    assert (desk.totals.seconds_used, desk.codes) == (15.0, [])


def test_a_page_that_is_opened_anew_cuts_the_clock_and_says_so():
    desk = TimedDesk()
    desk.begin()
    desk.mark(1, after=10)
    desk.mono = 0.0
    desk.add(K.ATTEMPT_RESUMED)
    desk.mark(2, after=30)
    assert (used(desk), desk.codes) == (10.0, ["timer_cut"])
    desk.of_block(K.TIMER_RESUMED)
    desk.finish(after=5)
    assert desk.totals.seconds_used == 15.0


def test_an_auto_stop_stops_the_clock_until_it_is_undone():
    desk = TimedDesk()
    desk.begin()
    for index in range(LIMITED.line_length):
        desk.mark(index, after=1)
    last = LIMITED.items[LIMITED.line_length - 1]
    desk.of_block(K.BLOCK_AUTO_STOPPED, rule=LIMITED.auto_stop, last_item=last)
    desk.of_block(K.TIMER_RESUMED, after=8)
    assert (used(desk), desk.codes) == (4.0, ["auto_stopped"])
    desk.of_block(K.AUTO_STOP_UNDONE)
    desk.of_block(K.TIMER_RESUMED)
    desk.mark(6, after=2)
    assert (used(desk), desk.codes) == (6.0, ["auto_stopped"])


def test_another_block_on_screen_cuts_the_clock():
    desk = TimedDesk(OWN)
    desk.begin()
    desk.add(K.BLOCK_REOPENED, after=10, block=FREE.id)
    assert (used(desk), desk.codes) == (10.0, ["timer_cut"])


def test_seconds_left_on_paper_stand_for_a_clock():
    desk = TimedDesk()
    desk.finish(6, seconds_left=15)
    assert (desk.totals.seconds_used, desk.totals.seconds_left, desk.codes) == (45, 15, [])
    assert desk.totals.rate == 8.0


IRREGULAR = {
    "timer_started_twice": lambda d: [d.begin(), d.begin()],
    "timer_not_running": lambda d: d.of_block(K.TIME_UP),
    "timer_not_stopped": lambda d: [d.begin(), d.of_block(K.TIMER_RESUMED)],
    "device_slept": lambda d: [d.begin(), d.of_block(K.TIMER_RESUMED, asleep=20)],
    "unknown_reason": lambda d: [d.begin(), d.of_block(K.TIMER_PAUSED, why="tea")],
    "mark_before_start": lambda d: d.mark(0),
    "mark_after_time": lambda d: [d.begin(), d.mark(0, after=62)],
    "timer_not_started": lambda d: d.finish(3),
    "time_exceeded": lambda d: [d.begin(), d.finish(3, after=70)],
    "impossible_seconds_left": lambda d: [d.begin(), d.finish(3, seconds_left=61)],
    "other_seconds_left": lambda d: [d.begin(), d.finish(3, after=20, seconds_left=50)],
    "time_backwards": lambda d: [d.begin(), d.finish(3, after=-20)],
    "other_test": lambda d: d.add(K.RESTED),
    "block_not_on_screen": lambda d: d.add(K.TIMER_STARTED, block=FREE.id),
}


@pytest.mark.parametrize("code", IRREGULAR)
def test_irregular_events_are_flagged(code):
    desk = TimedDesk()
    IRREGULAR[code](desk)
    assert desk.codes == [code]
    left = seconds_left(LIMITED, desk.now.clock)
    assert 0 <= left <= 60


def test_a_block_without_a_limit_may_be_timed_and_has_none_left():
    desk = TimedDesk(FREE)
    desk.begin()
    desk.finish(after=42)
    assert (desk.totals.seconds_used, desk.totals.seconds_left, desk.codes) == (42.0, None, [])
