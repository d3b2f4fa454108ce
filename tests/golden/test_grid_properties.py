"""Any order of touches, lines, undoing, time-outs, auto-stops, reviews and reloads: totals stay possible, a replay is
the running total, and the JavaScript engine says the same of the very same sittings."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given, settings

from phonics_app.domain.codec import encode
from phonics_app.domain.event import Mark
from phonics_app.engine.administration import apply, replay, start
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.state import BlockStatus
from phonics_app.engine.timing import seconds_left
from phonics_app.engine.totals import block_totals
from tests.engine.timed import PLAN, SPEC
from tests.golden.drawing import drawn
from tests.golden.grid_answers import answer, trace, written
from tests.golden.grid_sequences import sequences, sitting
from tests.golden.test_vectors import same, serve

SITTINGS = 300
GUARDS = {
    "after_end",
    "beyond_auto_stop",
    "device_slept",
    "mark_after_auto_stop",
    "mark_after_time",
    "mark_before_start",
    "marks_beyond_last_item",
    "out_of_sequence",
    "pause_not_allowed",
    "time_backwards",
    "time_exceeded",
    "time_not_up",
    "timer_cut",
    "timer_not_started",
    "unknown_block",
    "unknown_item",
    "unknown_line",
}
"""Among the sittings are some that break each of these."""


def check(block) -> None:
    t = block_totals(block)
    shown = len(block.block.items)
    assert t.items == shown == len(block.marks) == len(block.remarks)
    assert t.attempted == t.correct + t.incorrect
    assert t.items == t.attempted + t.unattempted
    assert min(t.attempted, t.correct, t.incorrect, t.self_corrected, t.unattempted) >= 0
    assert t.correct <= t.attempted <= shown
    assert t.self_corrected <= t.correct
    assert sum(t.errors.values()) <= t.incorrect
    assert t.allowing_transfer <= t.attempted
    assert t.accuracy is None or 0 <= t.accuracy <= 100
    assert t.rate is None or t.rate >= 0
    limit = block.block.seconds
    assert seconds_left(block.block, block.clock) is None or 0 <= seconds_left(block.block, block.clock) <= limit
    assert t.seconds_used is None or 0 <= t.seconds_used <= (limit or float("inf"))
    if block.status is not BlockStatus.FINISHED:
        assert t.attempted == 0, "what is open or put away does not count"
    last = auto_stop(block.block, block.marks) if block.auto_stop else None
    assert last is None or t.attempted <= last + 1, "nothing counts beyond an auto-stop"


@given(sequences)
@settings(max_examples=300, deadline=None)
def test_totals_stay_possible_and_a_replay_is_the_running_total(raw):
    events = sitting(raw)
    state, running = start(PLAN, SPEC), []
    for event in events:
        state = apply(state, event)
        running.append(trace(state))
        for block in state.blocks:
            check(block)
    half = len(events) // 2
    assert trace(replay(PLAN, SPEC, events[:half])) == (running[half - 1] if half else trace(start(PLAN, SPEC)))
    again = replay(PLAN, SPEC, events)
    assert (again.blocks, again.flags, again.next) == (state.blocks, state.flags, state.next)


@given(sequences)
@settings(max_examples=100, deadline=None)
def test_items_beyond_the_last_one_are_never_correct(raw):
    for block in replay(PLAN, SPEC, sitting(raw)).blocks:
        beyond = block.marks[block.attempted :]
        t = block_totals(block)
        right = sum(mark is not Mark.INCORRECT for mark in block.marks)
        assert t.correct == right - sum(mark is not Mark.INCORRECT for mark in beyond)


@pytest.mark.browser
def test_javascript_counts_like_python(page, tell):
    sittings = [sitting(raw) for raw in drawn(sequences, SITTINGS)]
    serve(page)
    script = "async ([plan, spec, all]) => (await import('/grid_harness.js')).run(plan, spec, all)"
    said = page.evaluate(script, [encode(PLAN), encode(SPEC), [written(events) for events in sittings]])
    for number, (theirs, events) in enumerate(zip(said, sittings, strict=True)):
        assert theirs.pop("impossible") == [], f"sitting {number}"
        assert theirs.pop("replayed"), f"sitting {number}"
        wanted = json.loads(json.dumps(answer(events)))
        assert same(theirs, wanted), f"sitting {number}"
    codes = Counter(code for each in said for _, code in each["flags"])
    events = sum(map(len, sittings))
    assert set(codes) >= GUARDS
    tell(f"{len(sittings)} sittings of {events} events in both engines; flags: {len(codes)} kinds")
