"""Marks of items and lines, what is counted of them, and what a review may change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.event import Mark
from phonics_app.engine.event_form import event_problems
from phonics_app.engine.marking import line_lengths
from phonics_app.engine.state import BlockStatus, Remark
from tests.engine.timed import FREE, LIMITED, K, TimedDesk

LINE = LIMITED.line_length


@pytest.fixture
def desk():
    made = TimedDesk()
    made.begin()
    return made


def stop(desk):
    """The first line is wrong, and its rule has stopped the block."""
    for index in range(LINE):
        desk.mark(index)
    desk.of_block(K.BLOCK_AUTO_STOPPED, rule=LIMITED.auto_stop, last_item=LIMITED.items[LINE - 1])


def test_totals_of_a_block(desk):
    desk.mark(0, error="transfer")
    desk.mark(1, error="said_as", said="sip")
    desk.mark(2, "self_corrected")
    desk.finish(6, after=30)
    t = desk.totals
    assert (t.items, t.attempted, t.correct, t.incorrect, t.self_corrected, t.unattempted) == (8, 6, 4, 2, 1, 2)
    assert t.errors == {"transfer": 1, "said_as": 1}
    assert t.allowing_transfer == 5
    assert (t.rate, t.accuracy) == (8.0, pytest.approx(66.667, abs=0.001))
    assert desk.now.remarks[1] == Remark("said_as", "sip")


def test_nothing_counts_of_an_open_block_or_one_left_out(desk):
    desk.mark(0)
    assert (desk.totals.attempted, desk.totals.unattempted, desk.totals.accuracy) == (0, 8, None)
    desk.finish(0)
    assert (desk.totals.attempted, desk.totals.incorrect, desk.codes) == (0, 0, [])


def test_a_line_is_marked_whole_and_what_was_said_of_its_items_stays(desk):
    desk.mark(1, error="no_answer")
    desk.mark(2, "self_corrected")
    desk.row(1)
    assert desk.now.marks[:LINE] == (Mark.INCORRECT,) * LINE
    assert desk.now.remarks[1] == Remark("no_answer")
    desk.row(1, "none")
    assert set(desk.now.marks) == {Mark.NONE}
    assert set(desk.now.remarks) == {Remark()}


def test_lines_may_be_of_different_lengths():
    desk = TimedDesk(FREE)
    assert line_lengths(FREE) == [1, 3, 2]
    desk.row(2)
    desk.row(3)
    assert desk.now.marks == (Mark.NONE, *[Mark.INCORRECT] * 5)
    assert desk.codes == []


@pytest.mark.parametrize(("lines", "lengths"), [((), [4, 4]), ((3, 5), [3, 5]), ((2,), [2, 4, 2]), ((6, 0, 9), [6, 2])])
def test_lines_of_a_text_are_as_long_as_they_are_printed(lines, lengths):
    assert line_lengths(replace(LIMITED, lines=lines)) == lengths


@pytest.mark.parametrize("line", [0, 3, -1, 1.5, None, "1"])
def test_a_line_that_is_not_there_is_flagged(desk, line):
    desk.row(line)
    assert (desk.codes, set(desk.now.marks)) == (["unknown_line"], {Mark.NONE})


def test_after_an_auto_stop_nothing_further_is_marked(desk):
    stop(desk)
    desk.mark(LINE + 1)
    desk.row(2)
    assert desk.codes == ["mark_after_auto_stop"] * 2
    assert desk.now.marks[LINE:] == (Mark.NONE,) * (8 - LINE)
    desk.finish(7)
    assert (desk.totals.attempted, desk.codes[2:]) == (LINE, ["beyond_auto_stop"])


def test_marks_before_the_stop_can_be_put_right(desk):
    stop(desk)
    desk.mark(0, "none")
    assert (desk.now.auto_stop, desk.codes) == ("", [])


def test_marks_beyond_the_last_item_are_flagged_and_do_not_count(desk):
    desk.row(2)
    desk.finish(5)
    assert (desk.totals.attempted, desk.totals.incorrect, desk.codes) == (5, 1, ["marks_beyond_last_item"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"error": "tired"}, "unknown_error"),
        ({"error": "decoding", "mark": "none"}, "error_without_mistake"),
        ({"said": "sip", "mark": "self_corrected"}, "error_without_mistake"),
        ({"by": "magic"}, "unknown_by"),
    ],
)
def test_what_is_said_of_a_mark_must_make_sense(desk, data, code):
    desk.mark(0, **data)
    assert (desk.codes, desk.now.remarks[0]) == ([code], Remark())


class TestReview:
    def test_a_finished_block_can_be_put_right_and_the_old_mark_stays_in_the_record(self, desk):
        desk.mark(0)
        desk.finish(6)
        before = desk.state.ability.theta
        desk.mark(0, "none", by="review")
        desk.mark(3, "incorrect", by="review", error="decoding")
        desk.mark(4, "incorrect", by="review")
        assert (desk.totals.incorrect, desk.totals.errors, desk.codes) == (2, {"decoding": 1}, [])
        assert desk.state.ability.theta < before
        assert next(e.data["mark"] for e in desk.events if e.kind is K.ITEM_MARKED) == "incorrect"

    def test_a_mark_beyond_the_last_item_is_flagged_there_too(self, desk):
        desk.finish(6)
        desk.mark(6, by="review")
        desk.row(2, by="review")
        desk.mark(7, "none", by="review")
        assert desk.codes == ["marks_beyond_last_item"] * 2
        assert (desk.totals.attempted, desk.totals.incorrect) == (6, 2)

    def test_without_a_review_it_cannot(self, desk):
        desk.finish(6)
        desk.mark(0, by="undo")
        assert (desk.totals.incorrect, desk.codes) == (0, ["block_not_on_screen"])

    def test_the_last_item_can_be_put_right_and_the_time_stays(self, desk):
        desk.finish(6, after=30)
        desk.finish(4, after=100, by="review")
        assert (desk.totals.attempted, desk.totals.seconds_used, desk.codes) == (4, 30.0, [])

    def test_an_auto_stop_can_be_undone(self, desk):
        stop(desk)
        desk.finish(LINE)
        desk.add(K.BLOCK_SHOWN, block=FREE.id)
        desk.finish(LINE, by="review")
        desk.of_block(K.BLOCK_REOPENED, by="review")
        desk.of_block(K.AUTO_STOP_UNDONE)
        assert (desk.now.status, desk.now.auto_stop, desk.codes) == (BlockStatus.OPEN, "", [])

    def test_any_block_may_be_reopened(self, desk):
        desk.finish(6)
        desk.add(K.BLOCK_SHOWN, block=FREE.id)
        desk.add(K.BLOCK_FINISHED, block=FREE.id, last_item=FREE.items[-1])
        desk.of_block(K.BLOCK_REOPENED, by="review")
        assert (desk.state.current.block.id, desk.codes) == (LIMITED.id, [])


def test_the_form_of_events(desk):
    desk.mark(0, error="said_as", said="s" * 80, by="review")
    desk.row(2)
    desk.of_block(K.TIMER_PAUSED, why="ended")
    desk.finish(8, seconds_left=12.5)
    assert event_problems(desk.events) == []
    faulty = TimedDesk()
    faulty.mark(0, said="s" * 81)
    faulty.row("1")
    faulty.row(True)
    faulty.finish(8, seconds_left=-1)
    faulty.finish(8, seconds_left=float("nan"))
    faulty.finish(8, seconds_left=True)
    places = [p.place.column for p in event_problems(faulty.events)]
    assert [p.partition("].")[2] for p in places] == ["data.said", "data.line", "data.line"] + ["data.seconds_left"] * 3
