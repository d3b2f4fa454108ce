"""A self-run test from its events: what counts, and what is odd about it. A replay is a fold, as for tests by blocks.

Irregular events are flagged and never counted; they never raise, because the test has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from statistics import median

from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.result import StopReason
from phonics_app.engine.item_plan import ReadyPlan
from phonics_app.engine.item_stopping import as_result
from phonics_app.engine.item_test import ItemAnswer, ItemTest, ItemTestSpec, answer
from phonics_app.engine.item_test import start as start_test
from phonics_app.engine.state import Flag

LONGEST_GAP = 60.0
"""Seconds: of a longer time without a touch only so much counts as time of the test."""
ABSENCE = 180.0
"""Seconds without a touch before an item: the pupil was away."""
RAPID = 1.2
"""Seconds: whoever answers half of the items sooner than this after they came on screen can't have listened."""
LEAST_TIMES = 8
"""Answers without which nothing is said of haste."""
LONGEST_RUN = 8
"""Answers at the same place one after the other; among four places by chance 1 test in 800 has such a run."""
CYCLE = 12
"""Answers that go round the places in the same order, three times round four."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that counts. `seconds` from the item's coming on screen; None where the page was opened anew."""

    item: str
    value: str
    right: bool
    place: int
    seconds: float | None


@dataclass(frozen=True, slots=True, eq=False)
class ItemAttemptState:
    ready: ReadyPlan
    spec: AttemptSpec
    test: ItemTest
    given: tuple[Given, ...] = ()
    ended: StopReason | None = None
    started: bool = False
    shown_ms: float | None = None
    """When the item that waits for its answer came on screen."""
    seconds: float = 0.0
    mono_ms: float | None = None
    last_seq: int = 0
    flags: tuple[Flag, ...] = ()

    @property
    def levels(self) -> tuple[float, ...]:
        """Probability of each of the plan's levels."""
        return tuple(float(p) for p in self.test.known.levels[0])


def seed_of(attempt_id: str) -> int:
    """32 bits: what is left to chance in the test of this id."""
    return int(attempt_id[:8], 16)


def start(ready: ReadyPlan, spec: AttemptSpec, attempt_id: str) -> ItemAttemptState:
    """The state before the first event."""
    test = start_test(ready.pool, ready.stopping, ItemTestSpec.of(spec, seed_of(attempt_id)))
    return ItemAttemptState(ready, spec, test)


def replay(ready: ReadyPlan, spec: AttemptSpec, attempt_id: str, events: Iterable[Event]) -> ItemAttemptState:
    """The state after all `events`, with what only the whole of them shows."""
    state = reduce(apply, events, start(ready, spec, attempt_id))
    return replace(state, flags=(*state.flags, *(Flag(state.last_seq, code) for code in oddities(state.given))))


def apply(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    if event.seq != state.last_seq + 1:
        state = _flag(state, event, "out_of_sequence")
    state = _tick(state, event)
    if not state.started and event.kind is not EventKind.ATTEMPT_STARTED:
        state = replace(_flag(state, event, "not_started"), started=True)
    if state.ended is not None and event.kind is not EventKind.ATTEMPT_RESUMED:
        return _flag(state, event, "after_end")
    handler = _HANDLERS.get(event.kind)
    return _flag(state, event, "foreign_event") if handler is None else handler(state, event)


def _flag(state: ItemAttemptState, event: Event, code: str) -> ItemAttemptState:
    return replace(state, flags=(*state.flags, Flag(event.seq, code)))


def _tick(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    """Time between two events of one opening of the page; its clock starts again when it is opened anew."""
    opened = event.kind is EventKind.ATTEMPT_RESUMED or state.mono_ms is None
    passed = 0.0 if opened else (event.mono_ms - (state.mono_ms or 0.0)) / 1000
    if passed < 0:
        state = _flag(state, event, "time_backwards")
    if passed > ABSENCE and event.kind is not EventKind.RESTED:
        state = _flag(state, event, "long_absence")
    counted = min(max(passed, 0.0), LONGEST_GAP)
    return replace(state, seconds=state.seconds + counted, mono_ms=event.mono_ms, last_seq=event.seq)


def _started(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    return _flag(state, event, "started_twice") if state.started else replace(state, started=True)


def _resumed(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    return replace(state, shown_ms=None)


def _shown(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    item = event.data.get("item")
    if item in state.ready.practice:
        return state
    if item != state.test.next_item:
        return _flag(state, event, "unexpected_item")
    return replace(state, shown_ms=event.mono_ms)


def _answered(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    """Anything but an answer to the item that the engine chose is flagged, and the item waits on."""
    item, value = event.data.get("item"), event.data.get("value")
    if item in state.ready.practice:
        return state
    if item != state.test.next_item or not isinstance(item, str):
        return _flag(state, event, "unexpected_item")
    planned = state.ready.items[item]
    places = [option.value for option in planned.options]
    if not isinstance(value, str) or value not in places:
        return _flag(state, event, "unknown_answer")
    right = value == planned.key
    taken = None if state.shown_ms is None else max(0.0, event.mono_ms - state.shown_ms) / 1000
    given = Given(item, value, right, places.index(value), taken)
    test = answer(state.test, ItemAnswer(item, right, state.seconds))
    return replace(state, test=test, given=(*state.given, given), shown_ms=None)


def _played(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    return state if event.data.get("item") in state.ready.items else _flag(state, event, "unknown_item")


def _rested(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    return state


def _stopped(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    return replace(state, ended=StopReason.TEACHER)


def _finished(state: ItemAttemptState, event: Event) -> ItemAttemptState:
    """The device may end a test only where this engine would; else the test waits on."""
    why = state.test.ended
    if why is None:
        return _flag(state, event, "not_finished")
    if event.data.get("reason") != why.value:
        state = _flag(state, event, "other_reason")
    sure = state.ready.plan.base.stopping.sure_probability
    return replace(state, ended=as_result(why, state.levels, sure))


_HANDLERS: Mapping[EventKind, Callable[[ItemAttemptState, Event], ItemAttemptState]] = {
    EventKind.ATTEMPT_STARTED: _started,
    EventKind.ATTEMPT_RESUMED: _resumed,
    EventKind.ITEM_SHOWN: _shown,
    EventKind.ITEM_ANSWERED: _answered,
    EventKind.AUDIO_PLAYED: _played,
    EventKind.RESTED: _rested,
    EventKind.ATTEMPT_STOPPED: _stopped,
    EventKind.ATTEMPT_FINISHED: _finished,
}


def oddities(given: Iterable[Given]) -> tuple[str, ...]:
    """Codes of what makes one doubt whether the pupil tried: haste, or a pattern of places."""
    answers = tuple(given)
    times = [g.seconds for g in answers if g.seconds is not None]
    places = [g.place for g in answers]
    found = {
        "rapid_guessing": len(times) >= LEAST_TIMES and median(times) < RAPID,
        "patterned_answers": longest_repeat(places, 1) >= LONGEST_RUN
        or any(longest_repeat(places, period) >= CYCLE for period in (2, 3, 4)),
    }
    return tuple(code for code, is_so in found.items() if is_so)


def longest_repeat(places: list[int], period: int) -> int:
    """The longest stretch in which each place is the one `period` answers before, those before counted in."""
    longest = run = min(period, len(places))
    for k in range(period, len(places)):
        run = run + 1 if places[k] == places[k - period] else period
        longest = max(longest, run)
    return longest
