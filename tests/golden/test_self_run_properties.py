"""Whatever a pupil's device sends, in any order, twice, with gaps or backwards: only answers to the item that was due
count, a replay is the running state, and the device's own engine says the same after every event."""

from __future__ import annotations

import json
import math
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from phonics_app.domain import codec
from phonics_app.engine.item_administration import ItemAttemptState, apply, replay, seed_of, start
from phonics_app.engine.item_plan import plan_for_device
from phonics_app.levelling.item_placement import make_item_result
from tests.engine.listening import Device, listening
from tests.golden.drawing import drawn
from tests.golden.self_run_sequences import LEVELS, sequences, tablet
from tests.golden.test_self_run import serve

SITTINGS = 150
GUARDS = {
    "after_end",
    "foreign_event",
    "long_absence",
    "not_finished",
    "out_of_sequence",
    "started_twice",
    "time_backwards",
    "unexpected_item",
    "unknown_answer",
}
"""Among the sittings are some that break each of these."""


def trace(state: ItemAttemptState) -> list[object]:
    """What is due, how many answers count, the time used, whether it is over."""
    test = state.test
    due = test.next_item or (test.ended.value if test.ended else "")
    return [due, len(state.given), state.seconds, state.ended is not None]


def running(device: Device) -> list[list[object]]:
    state, found = start(device.known, device.spec, device.attempt), []
    for event in device.events:
        state = apply(state, event)
        found.append(trace(state))
    return found


@given(sequences)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_only_answers_to_what_was_due_count(raw):
    device = tablet(raw)
    plan, state = device.known.plan, start(device.known, device.spec, device.attempt)
    for event in device.events:
        before, state = state, apply(state, event)
        assert state.seconds >= before.seconds >= 0
        assert state.flags[: len(before.flags)] == before.flags
        fresh = state.given[len(before.given) :]
        assert state.given[: len(before.given)] == before.given
        assert len(fresh) <= 1
        for one in fresh:
            assert one.item == before.test.next_item == event.data["item"]
            assert one.right is (device.known.items[one.item].key == event.data["value"])
    items = [one.item for one in state.given]
    assert len(set(items)) == len(items) <= plan.limits.maximum_items
    assert not set(items) & device.known.practice
    assert math.isclose(sum(state.levels), 1, abs_tol=1e-9)


@given(sequences)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_replay_is_the_running_state_at_every_step(raw):
    device = tablet(raw)
    found = running(device)
    half = len(device.events) // 2
    for count in (1, half, len(device.events)):
        again = replay(device.known, device.spec, device.attempt, device.events[:count])
        assert trace(again) == found[count - 1]
    result = make_item_result("a" * 32, again, "r")
    assert [score.item_id for score in result.scores] == [one.item for one in again.given]
    assert [bool(score.score) for score in result.scores] == [one.right for one in again.given]


@pytest.mark.browser
def test_the_device_says_the_same_of_every_sitting(page, tell):
    sittings = [(raw[0], tablet(raw)) for raw in drawn(sequences, SITTINGS)]
    sent = {
        "plans": [plan_for_device(listening(levels)) for levels in LEVELS],
        "sessions": [
            {
                "plan": plan,
                "spec": {"prior": codec.encode(device.spec.prior), "seed": seed_of(device.attempt), "seen_items": []},
                "events": [codec.encode(event) for event in device.events],
            }
            for plan, device in sittings
        ],
    }
    serve(page)
    said = json.loads(page.evaluate("async (text) => (await import('/harness.js')).run(text)", json.dumps(sent)))
    for number, (theirs, (_, device)) in enumerate(zip(said, sittings, strict=True)):
        for event, here, there in zip(device.events, running(device), theirs["running"], strict=True):
            where = f"sitting {number}, event {event.seq} {event.kind.value}"
            assert [there[0], there[1], there[3]] == [here[0], here[1], here[3]], where
            assert there[2] == pytest.approx(here[2], abs=1e-9), where
    codes = Counter(flag.code for _, device in sittings for flag in device.state.flags)
    assert set(codes) >= GUARDS
    events = sum(len(device.events) for _, device in sittings)
    tell(f"{len(sittings)} self-run sittings of {events} events in both engines; flags: {len(codes)} kinds")
