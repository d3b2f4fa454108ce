"""What every handler of an event does: read its data, find the block, flag what is irregular, put a block in place."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.domain.event import By, Event
from phonics_app.engine.state import AttemptState, BlockState, BlockStatus, Flag


def flag(state: AttemptState, event: Event, code: str) -> AttemptState:
    return replace(state, flags=(*state.flags, Flag(event.seq, code)))


def flag_if(state: AttemptState, event: Event, code: str) -> AttemptState:
    """Flags `code` unless it is empty."""
    return flag(state, event, code) if code else state


def put(state: AttemptState, block: BlockState, *, last: bool = False) -> AttemptState:
    """`block` in its place, or at the end (`last`: it has just come on screen)."""
    if not last:
        blocks = tuple(block if b.block.id == block.block.id else b for b in state.blocks)
    else:
        blocks = (*(b for b in state.blocks if b.block.id != block.block.id), block)
    return replace(state, blocks=blocks)


def text(event: Event, name: str) -> str | None:
    """A text of the event's data; None for null; "" (which names nothing) for anything else."""
    value = event.data.get(name)
    return value if value is None or isinstance(value, str) else ""


def number(event: Event, name: str) -> float | None:
    """A number of the event's data; None where there is none."""
    value = event.data.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) < _LARGEST else None


_LARGEST = 1e9


def find(state: AttemptState, block_id: str | None) -> BlockState | None:
    return next((b for b in state.blocks if b.block.id == block_id), None)


def on_screen(state: AttemptState, event: Event) -> BlockState | None:
    current = state.current
    return current if current is not None and current.block.id == text(event, "block") else None


def is_review(event: Event) -> bool:
    return text(event, "by") == By.REVIEW.value


def changeable(state: AttemptState, event: Event) -> BlockState | None:
    """The block on screen; in a review also one that is finished."""
    current = on_screen(state, event)
    if current is None and is_review(event):
        known = find(state, text(event, "block"))
        return known if known is not None and known.status is BlockStatus.FINISHED else None
    return current
