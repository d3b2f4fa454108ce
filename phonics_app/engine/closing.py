"""The end of a block: up to where it counts, and how much of its time was left."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.domain.event import Event, Mark
from phonics_app.engine import timing
from phonics_app.engine.asking import asked_in
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.state import AttemptState, BlockState, BlockStatus
from phonics_app.engine.steps import flag, flag_if, number, put, text
from phonics_app.engine.timing import GRACE_MS, Halt, Phase

_CLOSE_SECONDS = 1.0
"""A device rounds what it shows."""


def close_block(state: AttemptState, event: Event, current: BlockState) -> AttemptState:
    """Counts the block up to the last item tried, as the event names it; null leaves it out, marks and all."""
    state, attempted = _attempted(state, event, current)
    stated, code = _stated_left(event, current)
    state = flag_if(flag_if(state, event, code), event, _untimely(current, attempted, stated))
    clock = timing.halt(current.clock, Halt.FINISHED.value, event.mono_ms)
    closed = replace(current, status=BlockStatus.FINISHED, attempted=attempted, clock=clock, stated_left=stated)
    return put(state, closed)


def _attempted(state: AttemptState, event: Event, current: BlockState) -> tuple[AttemptState, int]:
    last = text(event, "last_item")
    if last not in current.block.items:
        return (state if last is None else flag(state, event, "unknown_item")), 0
    attempted = current.block.items.index(last) + 1
    asked = asked_in(state.tables.plan, state.tables.items, state.blocks, current.block)
    if attempted > asked:
        return flag(state, event, "beyond_text_read"), asked
    stop = auto_stop(current.block, current.marks) if current.auto_stop else None
    if stop is not None and attempted > stop + 1:
        return flag(state, event, "beyond_auto_stop"), stop + 1
    if any(mark is not Mark.NONE for mark in current.marks[attempted:]):
        state = flag(state, event, "marks_beyond_last_item")
    return state, attempted


def _stated_left(event: Event, current: BlockState) -> tuple[float | None, str]:
    """Seconds left as somebody noted them where no clock ran; where one ran, only held against it."""
    left, own = number(event, "seconds_left"), timing.seconds_left(current.block, current.clock)
    if left is None:
        return current.stated_left, ""
    if own is None or not 0 <= left <= current.block.seconds:
        return current.stated_left, "impossible_seconds_left"
    if current.clock.phase is Phase.WAITING:
        return left, ""
    return None, "" if abs(left - own) <= _CLOSE_SECONDS else "other_seconds_left"


def _untimely(current: BlockState, attempted: int, stated: float | None) -> str:
    """A limit without a clock, or one that nobody kept."""
    if not current.block.seconds or not attempted:
        return ""
    if current.clock.phase is Phase.WAITING:
        return "timer_not_started" if stated is None else ""
    late = current.clock.phase is Phase.RUNNING and timing.is_over(current.block, current.clock, GRACE_MS)
    return "time_exceeded" if late else ""
