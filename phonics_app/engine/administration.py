"""Giving a test: events in, state out. A replay is a fold, so live and replayed tests can't differ.

Irregular events (a block that the engine did not choose, an unknown item, anything after the end) are
flagged with a code and their number; they never raise, because the test has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import reduce

from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.event import Event, EventKind, Mark
from phonics_app.domain.plan import Block, Plan
from phonics_app.domain.result import StopReason
from phonics_app.engine import timing
from phonics_app.engine.closing import close_block
from phonics_app.engine.decision import decide, estimate, first
from phonics_app.engine.marking import item_marked, row_marked
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.selection import seen_discount
from phonics_app.engine.state import NO_REMARK, AttemptState, BlockState, BlockStatus, Finished, Show
from phonics_app.engine.steps import changeable, find, flag, flag_if, is_review, number, on_screen, put, text
from phonics_app.engine.tables import tables_of
from phonics_app.engine.timing import Halt, Phase

Handler = Callable[[AttemptState, Event], AttemptState]


def start(plan: Plan, spec: AttemptSpec) -> AttemptState:
    """The state before the first event."""
    tables = tables_of(plan)
    discount = seen_discount(tables, spec.seen_items)
    begin = Show(plan.blocks[first(tables, spec, discount)].id)
    return AttemptState(tables, spec, discount, (), estimate(tables, spec, ()), begin)


def replay(plan: Plan, spec: AttemptSpec, events: Iterable[Event]) -> AttemptState:
    """The state after all `events`."""
    return reduce(apply, events, start(plan, spec))


def apply(state: AttemptState, event: Event) -> AttemptState:
    """The state after one more event."""
    if event.seq <= state.last_seq:
        return flag(state, event, "out_of_sequence")
    if event.seq != state.last_seq + 1:
        state = flag(state, event, "out_of_sequence")
    state = _tick(state, event)
    if not state.started and event.kind is not EventKind.ATTEMPT_STARTED:
        state = replace(flag(state, event, "not_started"), started=True)
    if state.ended is not None and event.kind is not EventKind.ATTEMPT_RESUMED:
        return flag(state, event, "after_end")
    return _HANDLERS[event.kind](state, event)


def _tick(state: AttemptState, event: Event) -> AttemptState:
    """Time between two events of one opening of the page; the clock starts again when it is opened anew."""
    resumed = event.kind is EventKind.ATTEMPT_RESUMED or state.mono_ms is None
    passed = 0.0 if resumed else event.mono_ms - (state.mono_ms or 0.0)
    if passed < 0:
        state, passed = flag(state, event, "time_backwards"), 0.0
    current = state.current
    if current is not None and current.clock.phase is Phase.RUNNING:
        state = put(state, replace(current, clock=timing.advance(current.clock, passed)))
    return replace(state, seconds=state.seconds + passed / 1000, mono_ms=event.mono_ms, last_seq=event.seq)


def _settle(state: AttemptState) -> AttemptState:
    """Ability and the next decision, after what counts has changed."""
    ability = estimate(state.tables, state.spec, state.counted)
    current = state.current
    if current is not None:
        return replace(state, ability=ability, next=Show(current.block.id))
    chosen = decide(state.tables, state.spec, state.discount, state.blocks, ability, state.seconds)
    return replace(state, ability=ability, next=chosen)


def _planned(state: AttemptState, block_id: str | None) -> Block | None:
    index = state.tables.block_index.get(block_id or "")
    return None if index is None else state.tables.plan.blocks[index]


def _started(state: AttemptState, event: Event) -> AttemptState:
    if state.started:
        return flag(state, event, "started_twice")
    return replace(state, started=True)


def _resumed(state: AttemptState, event: Event) -> AttemptState:
    """The page was opened anew: a clock that ran has stood still for nobody knows how long."""
    blocks = tuple(replace(b, clock=timing.carried_over(b.clock)) for b in state.blocks)
    return _cut(replace(state, blocks=blocks), event)


def _cut(state: AttemptState, event: Event) -> AttemptState:
    """Makes the clock of the block on screen stand still where it was not to."""
    current = state.current
    if current is None or current.clock.phase is not Phase.RUNNING:
        return state
    stopped = replace(current, clock=timing.halt(current.clock, Halt.CUT.value, None))
    return put(flag(state, event, "timer_cut"), stopped)


def _put_away(state: AttemptState, event: Event) -> AttemptState:
    state = _cut(state, event)
    current = state.current
    return state if current is None else put(state, replace(current, status=BlockStatus.AWAY))


def _shown(state: AttemptState, event: Event) -> AttemptState:
    block = _planned(state, text(event, "block"))
    if block is None:
        return flag(state, event, "unknown_block")
    known, current = find(state, block.id), state.current
    if known is not None and known.status is not BlockStatus.AWAY:
        return state if known.status is BlockStatus.OPEN else flag(state, event, "repeated_block")
    if current is not None:
        state = _put_away(flag(state, event, "block_not_finished"), event)
    elif state.next != Show(block.id):
        state = flag(state, event, "unexpected_block")
    fresh = known or _fresh(block)
    shown = put(state, replace(fresh, status=BlockStatus.OPEN, attempted=0), last=True)
    return replace(shown, next=Show(block.id))


def _fresh(block: Block) -> BlockState:
    count = len(block.items)
    return BlockState(block, BlockStatus.OPEN, (Mark.NONE,) * count, remarks=(NO_REMARK,) * count)


def _marks(handler: Handler) -> Handler:
    """What a review changes in a finished block counts at once."""

    def handle(state: AttemptState, event: Event) -> AttemptState:
        changed = handler(state, event)
        return _settle(changed) if is_review(event) else changed

    return handle


def _timer(change: Callable[[BlockState, Event], timing.Change]) -> Handler:
    def handle(state: AttemptState, event: Event) -> AttemptState:
        current = on_screen(state, event)
        if current is None:
            return flag(state, event, "block_not_on_screen")
        clock, code = change(current, event)
        return put(flag_if(state, event, code), replace(current, clock=clock))

    return handle


def _paused(current: BlockState, event: Event) -> timing.Change:
    return timing.pause(current.block, current.clock, text(event, "why") or "", event.mono_ms)


def _on_again(current: BlockState, event: Event) -> timing.Change:
    if number(event, "asleep"):
        return timing.wake(current.clock)
    return timing.resume(current.block, current.clock, event.mono_ms, stopped_by_rule=current.auto_stop != "")


def _auto_stopped(state: AttemptState, event: Event) -> AttemptState:
    current = on_screen(state, event)
    if current is None:
        return flag(state, event, "block_not_on_screen")
    last = auto_stop(current.block, current.marks)
    expected = None if last is None else (current.block.auto_stop, current.block.items[last])
    if (text(event, "rule"), text(event, "last_item")) != expected:
        return flag(state, event, "unexpected_auto_stop")
    clock = timing.halt(current.clock, Halt.AUTO_STOP.value, event.mono_ms)
    return put(state, replace(current, auto_stop=current.block.auto_stop, clock=clock))


def _auto_stop_undone(state: AttemptState, event: Event) -> AttemptState:
    current = on_screen(state, event)
    if current is None or not current.auto_stop:
        return flag(state, event, "no_auto_stop")
    return put(state, replace(current, auto_stop=""))


def _finished(state: AttemptState, event: Event) -> AttemptState:
    current = changeable(state, event)
    if current is None:
        return flag(state, event, "block_not_on_screen")
    return _settle(close_block(state, event, current))


def _reopened(state: AttemptState, event: Event) -> AttemptState:
    finished = [b for b in state.blocks if b.status is BlockStatus.FINISHED]
    wanted = find(state, text(event, "block"))
    if wanted is None or wanted.status is not BlockStatus.FINISHED:
        return flag(state, event, "block_not_finished")
    if wanted.block.id != finished[-1].block.id and not is_review(event):
        state = flag(state, event, "unexpected_reopening")
    state = _put_away(state, event)
    taken_up = replace(wanted, status=BlockStatus.OPEN, attempted=0, clock=timing.carried_over(wanted.clock))
    return _settle(put(state, taken_up))


def _stopped(state: AttemptState, event: Event) -> AttemptState:
    current = state.current
    if current is not None and text(event, "block") == current.block.id:
        state = close_block(state, event, current)
    elif current is not None or text(event, "block") is not None:
        state = flag(_put_away(state, event), event, "block_not_on_screen")
    return replace(_settle(state), ended=StopReason.TEACHER, next=Finished(StopReason.TEACHER))


def _ended(state: AttemptState, event: Event) -> AttemptState:
    claimed, finished = text(event, "reason"), state.next
    if isinstance(finished, Finished):
        if claimed != finished.reason.value:
            state = flag(state, event, "other_reason")
        return replace(state, ended=finished.reason)
    # The device has closed the test, so it is over; whoever closed it, it was not the engine's rule.
    reason = _REASONS.get(claimed or "", StopReason.TEACHER)
    state = _settle(_put_away(flag(state, event, "unexpected_end"), event))
    return replace(state, ended=reason, next=Finished(reason))


def _of_another_test(state: AttemptState, event: Event) -> AttemptState:
    return flag(state, event, "other_test")


_REASONS = {reason.value: reason for reason in StopReason}
_HANDLERS: Mapping[EventKind, Handler] = {
    EventKind.ATTEMPT_STARTED: _started,
    EventKind.ATTEMPT_RESUMED: _resumed,
    EventKind.BLOCK_SHOWN: _shown,
    EventKind.ITEM_MARKED: _marks(item_marked),
    EventKind.ROW_MARKED: _marks(row_marked),
    EventKind.TIMER_STARTED: _timer(lambda current, event: timing.begin(current.clock)),
    EventKind.TIMER_PAUSED: _timer(_paused),
    EventKind.TIMER_RESUMED: _timer(_on_again),
    EventKind.TIME_UP: _timer(lambda current, event: timing.end(current.block, current.clock)),
    EventKind.BLOCK_AUTO_STOPPED: _auto_stopped,
    EventKind.AUTO_STOP_UNDONE: _auto_stop_undone,
    EventKind.BLOCK_FINISHED: _finished,
    EventKind.BLOCK_REOPENED: _reopened,
    EventKind.ATTEMPT_STOPPED: _stopped,
    EventKind.ATTEMPT_FINISHED: _ended,
    EventKind.ITEM_SHOWN: _of_another_test,
    EventKind.ITEM_ANSWERED: _of_another_test,
    EventKind.AUDIO_PLAYED: _of_another_test,
    EventKind.RESTED: _of_another_test,
}
