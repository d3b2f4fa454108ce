"""What happened in a block is told with the numbers of its events, and only what did happen."""

from __future__ import annotations

import pytest

from phonics_app.domain.block_totals import Irregular, LastChange, MarkChange, Marked
from phonics_app.domain.event import Mark
from phonics_app.engine.administration import replay
from phonics_app.engine.block_trace import traced
from tests.engine.timed import FREE, LIMITED, PLAN, SPEC, K, TimedDesk
from tests.golden.grid_sequences import random_sitting

REVIEW = {"by": "review"}


def trace(desk):
    return traced(PLAN, SPEC, desk.events).blocks[desk.block.id]


def stopped(desk):
    for index in range(LIMITED.line_length):
        desk.mark(index)
    last = LIMITED.items[LIMITED.line_length - 1]
    return desk.of_block(K.BLOCK_AUTO_STOPPED, rule=LIMITED.auto_stop, last_item=last)


@pytest.fixture
def desk():
    made = TimedDesk()
    made.begin()
    return made


def test_a_stop_by_rule_and_that_it_was_taken_back(desk):
    stop = stopped(desk)
    (found,) = trace(desk).stops
    assert (found.seq, found.rule, found.undone) == (stop.seq, LIMITED.auto_stop, None)
    assert found.item == LIMITED.items[LIMITED.line_length - 1]
    back = desk.of_block(K.AUTO_STOP_UNDONE)
    assert trace(desk).stops[0].undone == back.seq


def test_a_stop_whose_last_mark_is_taken_back_is_taken_back_too(desk):
    stopped(desk)
    back = desk.mark(0, "none")
    assert trace(desk).stops[0].undone == back.seq


def test_a_stop_that_the_marks_do_not_give_is_irregular_and_none(desk):
    told = desk.of_block(K.BLOCK_AUTO_STOPPED, rule=LIMITED.auto_stop, last_item=LIMITED.items[0])
    assert trace(desk).stops == ()
    assert trace(desk).irregular == (Irregular(told.seq, "unexpected_auto_stop"),)


def test_what_a_review_changes_is_told_with_what_was_there_before():
    desk = TimedDesk(FREE)
    desk.mark(1, error="said_as", said="sip")
    desk.mark(2)
    desk.finish(4)
    first = desk.mark(1, "none", **REVIEW)
    again = desk.finish(3, **REVIEW)
    found = trace(desk)
    before, after = Marked(Mark.INCORRECT, "said_as", "sip"), Marked(Mark.NONE)
    assert found.marks == (MarkChange(first.seq, FREE.items[1], before, after),)
    assert found.ends == (LastChange(again.seq, FREE.items[3], FREE.items[2]),)
    assert (found.first, found.last) == (2 + 2, again.seq)


def test_marks_given_in_the_test_itself_are_no_changes(desk):
    desk.mark(1)
    desk.mark(1, "none")
    desk.mark(1, "self_corrected", by="undo")
    desk.finish(4, after=20)
    assert (trace(desk).marks, trace(desk).ends) == ((), ())


def test_what_belongs_to_no_block_is_told_besides(desk):
    desk.finish(4, after=20)
    wrong = desk.add(K.BLOCK_SHOWN, block="no-such")
    assert traced(PLAN, SPEC, desk.events).irregular == (Irregular(wrong.seq, "unknown_block"),)


@pytest.mark.parametrize("seed", range(25))
def test_nothing_irregular_is_lost(seed):
    events = random_sitting(seed)
    found, state = traced(PLAN, SPEC, events), replay(PLAN, SPEC, events)
    assert found.state.blocks == state.blocks
    told = [(flag.seq, flag.code) for block in found.blocks.values() for flag in block.irregular]
    told += [(flag.seq, flag.code) for flag in found.irregular]
    assert sorted(told) == sorted((flag.seq, flag.code) for flag in state.flags)


def test_a_device_that_slept_is_told_with_its_seconds_and_its_clock_is_left_as_it_is(desk):
    desk.mark(0, after=5)
    woke = desk.of_block(K.TIMER_RESUMED, after=2, asleep=40)
    desk.finish(4, after=3)
    assert trace(desk).irregular == (Irregular(woke.seq, "device_slept", 40.0),)
    assert (desk.totals.seconds_used, desk.totals.attempted) == (10.0, 4)
