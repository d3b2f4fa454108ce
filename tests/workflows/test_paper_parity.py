"""One form with the same answers, on a screen, keyed in and by spreadsheet: the same marks, scores and placement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.event import Event, EventKind, Mark
from phonics_app.domain.paper import RIGHT_KEY, reading_of
from phonics_app.domain.plan import BlockKind
from phonics_app.engine.administration import replay
from phonics_app.engine.paper_totals import total_of
from phonics_app.engine.totals import block_totals
from phonics_app.workflows import assess
from phonics_app.workflows.paper_entry import enter_sheet, start_form_attempt
from phonics_app.workflows.paper_import import commit_paper, preview_paper
from tests import sites
from tests.workflows.papers import Filled, add_class, plan_of_code, printed, sheet

TEACHER = sites.PEOPLE.teacher
ATTEMPT = "a" * 32
CASES = {
    "level-check": ("level-check", 4, {1: "x", 2: "s", 3: "t", 7: "d", 20: "n"}, {}),
    "probe": ("probe-words", 3, {2: "x", 3: "s", 9: "t", 21: "a"}, {"last": 24, "left": 7}),
    "probe, all wrong": ("probe-words", 3, dict.fromkeys(range(1, 6), "x"), {"last": 5, "left": 31}),
    "probe, gone on": ("probe-words", 3, dict.fromkeys(range(1, 6), "x"), {"last": 9, "left": 0}),
    "letters again": ("probe-sounds", 2, {1: "x", 30: "x", 59: "t"}, {"last": 60, "left": 0}),
    "passage": ("probe-passage", 4, {3: "x", 11: "s", 49: "x"}, {"left": 4}),
    "passage, stopped": ("probe-passage", 4, {3: "x", 11: "s", 49: "n"}, {"last": 24, "left": 9}),
    "class": ("class-listening", 4, {1: "1", 2: "2", 3: "0", 4: "x"}, {}),
    "paper": ("paper", 4, {1: "1", 8: "x", 16: "3"}, {}),
}


def on_screen(phonics, code, pupil, keyed):
    """What the player writes: events one after the other, with a clock that goes on."""
    plan = start_form_attempt(phonics, TEACHER, ATTEMPT, pupil, code).plan
    events, now = [], 100.0

    def tell(kind, passed=0.0, **data):
        nonlocal now
        now += passed
        events.append(Event(len(events) + 1, kind, "2026-06-15T09:00:00.000+07:00", now, data))

    tell(EventKind.ATTEMPT_STARTED)
    for block, told in zip(plan.blocks, keyed.blocks, strict=True):
        tell(EventKind.BLOCK_SHOWN, 800, block=block.id)
        used = (block.seconds - (told.seconds_left or 0)) * 1000 if block.seconds else 9000
        if block.seconds:
            tell(EventKind.TIMER_STARTED, 1500, block=block.id)
        give(tell, plan, block, told, used)
    tell(EventKind.ATTEMPT_FINISHED, 900, reason="form_complete")
    # In two parts, as a device sends them.
    assess.append_events(phonics, TEACHER, ATTEMPT, events[:3])
    assess.append_events(phonics, TEACHER, ATTEMPT, events[3:])


def give(tell, plan, block, told, used):
    """Marks of a block in its time, and its end."""
    items, marks, stopped = {item.id: item for item in plan.items}, 0, False
    read = [(one, reading_of(items[one], key)) for one, key in zip(block.items, told.keys, strict=True)][: told.last]
    wanted = [
        (one, reading) for one, reading in read if reading.mark is not Mark.NONE or block.kind is BlockKind.DICTATION
    ]
    each = used / (len(wanted) + 1)
    for one, reading in wanted:
        data = {"error": reading.error.value} if reading.error else {}
        data |= {"said": reading.said} if reading.said else {}
        tell(EventKind.ITEM_MARKED, each, block=block.id, item=one, mark=reading.mark.value, **data)
        marks += reading.mark is Mark.INCORRECT
        if block.auto_stop and marks == block.line_length and wanted.index((one, reading)) == marks - 1 and not stopped:
            stopped = one == block.items[block.line_length - 1]
            if stopped:
                end = told.last == block.line_length
                rule = {"rule": block.auto_stop, "last_item": one}
                tell(EventKind.BLOCK_AUTO_STOPPED, each if end else 0, block=block.id, **rule)
                if not end:
                    tell(EventKind.AUTO_STOP_UNDONE, 0, block=block.id)
                    tell(EventKind.TIMER_RESUMED, 0, block=block.id)
    left = {"seconds_left": told.seconds_left} if block.seconds else {}
    if block.seconds and not told.seconds_left:
        tell(EventKind.TIME_UP, each, block=block.id)
        each = 3000
    ended = stopped and told.last == block.line_length
    tell(
        EventKind.BLOCK_FINISHED, 2000 if ended else each, block=block.id, last_item=block.items[told.last - 1], **left
    )


def counted(block):
    """The totals of a block. Of what has no time limit nobody knows on paper how long it took."""
    totals = block_totals(block)
    if not block.block.seconds:
        return replace(totals, seconds_used=None, seconds_left=None, rate=None)
    used, left = round(totals.seconds_used, 3), round(totals.seconds_left, 3)
    return replace(totals, seconds_used=used, seconds_left=left, rate=round(totals.rate, 6))


def by_spreadsheet(phonics, code, keyed):
    filled = Filled(phonics, code)
    keys = [key for block in keyed.blocks for key in block.keys]
    for number, key in enumerate(keys, start=1):
        if key:
            filled.mark(2, number, key)
    timed = filled.layout.timed
    if timed:
        (told,) = (block for block in keyed.blocks if block.seconds_left is not None)
        filled.extra(2, last=told.last, seconds=told.seconds_left)
    filled.extra(2, total=total_of(filled.plan, keyed))
    shown = preview_paper(phonics, TEACHER, "a.xlsx", filled.content)
    assert shown.problems == ()
    commit_paper(phonics, TEACHER, "a.xlsx", filled.content, shown.digest)


@pytest.mark.parametrize("case", CASES)
def test_three_ways_give_one_result(phonics, case):
    blueprint, level, keys, how = CASES[case]
    code, pupils = printed(phonics, blueprint, level), add_class(phonics)
    plan = plan_of_code(phonics, code)
    first, second, third = (sheet(plan, pupil, keys, **how) for pupil in pupils)
    on_screen(phonics, code, pupils[0], first)
    enter_sheet(phonics, TEACHER, code, second)
    by_spreadsheet(phonics, code, third)
    sittings = [
        assess.get_sitting(phonics, TEACHER, assess.attempts_of(phonics, TEACHER, pupil)[0].id) for pupil in pupils
    ]
    told = [[(e.kind, dict(e.data)) for e in sitting.events] for sitting in sittings]
    assert told[0] == told[1] == told[2]
    assert (RIGHT_KEY in keys.values()) or any(kind is EventKind.ITEM_MARKED for kind, _ in told[0])
    states = [replay(s.plan, s.attempt.spec, s.events) for s in sittings]
    assert [state.flags for state in states] == [(), (), ()]
    totals = [[counted(block) for block in state.counted] for state in states]
    assert totals[0] == totals[1] == totals[2]
    results = [assess.compute_result(phonics, TEACHER, sitting.attempt.id) for sitting in sittings]
    assert results[0].scores == results[1].scores == results[2].scores
    assert results[0].evidence == results[1].evidence == results[2].evidence
    assert results[0].probabilities == results[1].probabilities == results[2].probabilities
    assert len({(r.theta, r.standard_error, r.proposed_level, r.between) for r in results}) == 1
