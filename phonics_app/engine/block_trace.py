"""What happened in each block of a test: stops by rule, changes of a review, irregularities, each with its event.

Read from the states between the events, so what an event did not bring about is not told as if it had.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.block_totals import BlockTrace, Irregular, LastChange, MarkChange, Marked, RuleStop
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.plan import Plan
from phonics_app.engine.administration import apply, start
from phonics_app.engine.state import AttemptState, BlockState, Flag
from phonics_app.engine.steps import find, is_review, number, text
from phonics_app.engine.timing import ASLEEP


@dataclass(frozen=True, slots=True)
class Traced:
    """A replay with what it left behind: by block, and outside of any."""

    state: AttemptState
    blocks: dict[str, BlockTrace]
    irregular: tuple[Irregular, ...]


def traced(plan: Plan, spec: AttemptSpec, events: Iterable[Event]) -> Traced:
    """As `administration.replay`, one event after the other."""
    state = start(plan, spec)
    found: dict[str, BlockTrace] = {}
    ended_at: dict[str, str | None] = {}
    outside: list[Irregular] = []
    for event in events:
        name = text(event, "block") or ""
        before, known = find(state, name), len(state.flags)
        state = apply(state, event)
        flags = tuple(_irregular(flag, event) for flag in state.flags[known:])
        after = find(state, name)
        if after is None:
            outside += flags
            continue
        trace = found.get(name, BlockTrace(event.seq, event.seq))
        trace = replace(trace, last=event.seq, irregular=(*trace.irregular, *flags))
        if before is not None:
            trace = _stops(trace, event, before, after)
            if is_review(event):
                trace = _changes(trace, event, before, after, ended_at.get(name))
        if event.kind is EventKind.BLOCK_FINISHED:
            ended_at[name] = _last(after)
        found[name] = trace
    return Traced(state, found, tuple(outside))


def _irregular(flag: Flag, event: Event) -> Irregular:
    slept = number(event, "asleep") if flag.code == ASLEEP else None
    return Irregular(flag.seq, flag.code, slept or 0.0)


def _stops(trace: BlockTrace, event: Event, before: BlockState, after: BlockState) -> BlockTrace:
    if after.auto_stop and not before.auto_stop:
        stop = RuleStop(event.seq, after.auto_stop, text(event, "last_item") or "")
        return replace(trace, stops=(*trace.stops, stop))
    if before.auto_stop and not after.auto_stop and trace.stops:
        *others, last = trace.stops
        return replace(trace, stops=(*others, replace(last, undone=event.seq)))
    return trace


def _changes(
    trace: BlockTrace, event: Event, before: BlockState, after: BlockState, ended_at: str | None
) -> BlockTrace:
    """`ended_at`: the last item tried as the block was finished before."""
    pairs = zip(after.block.items, _marked(before), _marked(after), strict=True)
    changed = tuple(MarkChange(event.seq, item, old, new) for item, old, new in pairs if old != new)
    if event.kind is EventKind.BLOCK_FINISHED and _last(after) != ended_at:
        trace = replace(trace, ends=(*trace.ends, LastChange(event.seq, ended_at, _last(after))))
    return replace(trace, marks=(*trace.marks, *changed))


def _marked(block: BlockState) -> list[Marked]:
    return [Marked(mark, noted.error, noted.said) for mark, noted in zip(block.marks, block.remarks, strict=True)]


def _last(block: BlockState) -> str | None:
    return block.block.items[block.attempted - 1] if block.attempted else None
