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
from phonics_app.engine.decision import decide, estimate, first
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.selection import seen_discount
from phonics_app.engine.state import AttemptState, BlockState, BlockStatus, Finished, Flag, Show
from phonics_app.engine.tables import tables_of


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
        return _flag(state, event, "out_of_sequence")
    if event.seq != state.last_seq + 1:
        state = _flag(state, event, "out_of_sequence")
    state = _tick(state, event)
    if not state.started and event.kind is not EventKind.ATTEMPT_STARTED:
        state = replace(_flag(state, event, "not_started"), started=True)
    if state.ended is not None and event.kind is not EventKind.ATTEMPT_RESUMED:
        return _flag(state, event, "after_end")
    return _HANDLERS[event.kind](state, event)


def _flag(state: AttemptState, event: Event, code: str) -> AttemptState:
    return replace(state, flags=(*state.flags, Flag(event.seq, code)))


def _tick(state: AttemptState, event: Event) -> AttemptState:
    """Time between two events of one opening of the page; the clock starts again when it is opened anew."""
    resumed = event.kind is EventKind.ATTEMPT_RESUMED or state.mono_ms is None
    passed = 0.0 if resumed else max(0.0, event.mono_ms - (state.mono_ms or 0.0)) / 1000
    return replace(state, seconds=state.seconds + passed, mono_ms=event.mono_ms, last_seq=event.seq)


def _settle(state: AttemptState) -> AttemptState:
    """Ability and the next decision, after what counts has changed."""
    ability = estimate(state.tables, state.spec, state.counted)
    current = state.current
    if current is not None:
        return replace(state, ability=ability, next=Show(current.block.id))
    chosen = decide(state.tables, state.spec, state.discount, state.blocks, ability, state.seconds)
    return replace(state, ability=ability, next=chosen)


def _put(state: AttemptState, block: BlockState, *, last: bool = False) -> AttemptState:
    """`block` in its place, or at the end (`last`: it has just come on screen)."""
    if not last:
        blocks = tuple(block if b.block.id == block.block.id else b for b in state.blocks)
    else:
        blocks = (*(b for b in state.blocks if b.block.id != block.block.id), block)
    return replace(state, blocks=blocks)


def _text(event: Event, name: str) -> str | None:
    """A text of the event's data; None for null; "" (which names nothing) for anything else."""
    value = event.data.get(name)
    return value if value is None or isinstance(value, str) else ""


def _find(state: AttemptState, block_id: str | None) -> BlockState | None:
    return next((b for b in state.blocks if b.block.id == block_id), None)


def _planned(state: AttemptState, block_id: str | None) -> Block | None:
    index = state.tables.block_index.get(block_id or "")
    return None if index is None else state.tables.plan.blocks[index]


def _on_screen(state: AttemptState, event: Event) -> BlockState | None:
    current = state.current
    return current if current is not None and current.block.id == _text(event, "block") else None


def _started(state: AttemptState, event: Event) -> AttemptState:
    if state.started:
        return _flag(state, event, "started_twice")
    return replace(state, started=True)


def _resumed(state: AttemptState, event: Event) -> AttemptState:
    return state


def _shown(state: AttemptState, event: Event) -> AttemptState:
    block = _planned(state, _text(event, "block"))
    if block is None:
        return _flag(state, event, "unknown_block")
    known, current = _find(state, block.id), state.current
    if known is not None and known.status is not BlockStatus.AWAY:
        return state if known.status is BlockStatus.OPEN else _flag(state, event, "repeated_block")
    if current is not None:
        state = _put(_flag(state, event, "block_not_finished"), replace(current, status=BlockStatus.AWAY))
    elif state.next != Show(block.id):
        state = _flag(state, event, "unexpected_block")
    fresh = known or BlockState(block, BlockStatus.OPEN, (Mark.NONE,) * len(block.items))
    shown = _put(state, replace(fresh, status=BlockStatus.OPEN, attempted=0), last=True)
    return replace(shown, next=Show(block.id))


def _marked(state: AttemptState, event: Event) -> AttemptState:
    current, item = _on_screen(state, event), _text(event, "item")
    if current is None:
        return _flag(state, event, "block_not_on_screen")
    mark = _MARKS.get(_text(event, "mark") or "")
    if item not in current.block.items:
        return _flag(state, event, "unknown_item")
    if mark is None:
        return _flag(state, event, "unknown_mark")
    marks = list(current.marks)
    marks[current.block.items.index(item)] = mark
    stopped = current.auto_stop if auto_stop(current.block, marks) is not None else ""
    return _put(state, replace(current, marks=tuple(marks), auto_stop=stopped))


def _auto_stopped(state: AttemptState, event: Event) -> AttemptState:
    current = _on_screen(state, event)
    if current is None:
        return _flag(state, event, "block_not_on_screen")
    last = auto_stop(current.block, current.marks)
    expected = None if last is None else (current.block.auto_stop, current.block.items[last])
    if (_text(event, "rule"), _text(event, "last_item")) != expected:
        return _flag(state, event, "unexpected_auto_stop")
    return _put(state, replace(current, auto_stop=current.block.auto_stop))


def _auto_stop_undone(state: AttemptState, event: Event) -> AttemptState:
    current = _on_screen(state, event)
    if current is None or not current.auto_stop:
        return _flag(state, event, "no_auto_stop")
    return _put(state, replace(current, auto_stop=""))


def _finish_block(state: AttemptState, event: Event, current: BlockState) -> AttemptState:
    """Counts the block up to the last item tried, as the event names it; null leaves it out, marks and all."""
    last = _text(event, "last_item")
    attempted = 0
    if last in current.block.items:
        attempted = current.block.items.index(last) + 1
        if any(mark is not Mark.NONE for mark in current.marks[attempted:]):
            state = _flag(state, event, "marks_beyond_last_item")
    elif last is not None:
        state = _flag(state, event, "unknown_item")
    return _put(state, replace(current, status=BlockStatus.FINISHED, attempted=attempted))


def _finished(state: AttemptState, event: Event) -> AttemptState:
    current = _on_screen(state, event)
    if current is None:
        return _flag(state, event, "block_not_on_screen")
    return _settle(_finish_block(state, event, current))


def _reopened(state: AttemptState, event: Event) -> AttemptState:
    finished = [b for b in state.blocks if b.status is BlockStatus.FINISHED]
    wanted = _find(state, _text(event, "block"))
    if wanted is None or wanted.status is not BlockStatus.FINISHED:
        return _flag(state, event, "block_not_finished")
    if wanted.block.id != finished[-1].block.id:
        state = _flag(state, event, "unexpected_reopening")
    current = state.current
    if current is not None:
        state = _put(state, replace(current, status=BlockStatus.AWAY))
    return _settle(_put(state, replace(wanted, status=BlockStatus.OPEN, attempted=0)))


def _stopped(state: AttemptState, event: Event) -> AttemptState:
    current = state.current
    if current is not None and _text(event, "block") == current.block.id:
        state = _finish_block(state, event, current)
    elif current is not None or _text(event, "block") is not None:
        state = _flag(_drop(state), event, "block_not_on_screen")
    return replace(_settle(state), ended=StopReason.TEACHER, next=Finished(StopReason.TEACHER))


def _drop(state: AttemptState) -> AttemptState:
    current = state.current
    return state if current is None else _put(state, replace(current, status=BlockStatus.AWAY))


def _ended(state: AttemptState, event: Event) -> AttemptState:
    claimed, finished = _text(event, "reason"), state.next
    if isinstance(finished, Finished):
        if claimed != finished.reason.value:
            state = _flag(state, event, "other_reason")
        return replace(state, ended=finished.reason)
    # The device has closed the test, so it is over; whoever closed it, it was not the engine's rule.
    reason = _REASONS.get(claimed or "", StopReason.TEACHER)
    state = _settle(_drop(_flag(state, event, "unexpected_end")))
    return replace(state, ended=reason, next=Finished(reason))


_MARKS = {mark.value: mark for mark in Mark}
_REASONS = {reason.value: reason for reason in StopReason}
_HANDLERS: Mapping[EventKind, Callable[[AttemptState, Event], AttemptState]] = {
    EventKind.ATTEMPT_STARTED: _started,
    EventKind.ATTEMPT_RESUMED: _resumed,
    EventKind.BLOCK_SHOWN: _shown,
    EventKind.ITEM_MARKED: _marked,
    EventKind.BLOCK_AUTO_STOPPED: _auto_stopped,
    EventKind.AUTO_STOP_UNDONE: _auto_stop_undone,
    EventKind.BLOCK_FINISHED: _finished,
    EventKind.BLOCK_REOPENED: _reopened,
    EventKind.ATTEMPT_STOPPED: _stopped,
    EventKind.ATTEMPT_FINISHED: _ended,
}
