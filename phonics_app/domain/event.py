"""Events of an attempt: the truth from which every score is recomputed. Append-only, numbered from 1.

| kind | data | meaning |
|---|---|---|
| attempt_started | {} | the first event |
| attempt_resumed | {} | the page was opened again; no effect on the score |
| block_shown | block | the block is on screen |
| item_marked | block, item, mark | `mark` is "incorrect", "self_corrected" or "none" (a mark taken back) |
| block_auto_stopped | block, rule, last_item | a named rule stopped the block after `last_item` |
| auto_stop_undone | block | the teacher took the auto-stop back |
| block_finished | block, last_item | tried up to `last_item` (null: the block is left out, marks and all) |
| block_reopened | block | one block back: the block on screen is put away, this earlier one is marked again |
| attempt_stopped | block, last_item | by the teacher; the open block counts up to `last_item` (null: not at all) |
| attempt_finished | reason | the engine stopped; `reason` is a `StopReason` value |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class EventKind(Enum):
    ATTEMPT_STARTED = "attempt_started"
    ATTEMPT_RESUMED = "attempt_resumed"
    BLOCK_SHOWN = "block_shown"
    ITEM_MARKED = "item_marked"
    BLOCK_AUTO_STOPPED = "block_auto_stopped"
    AUTO_STOP_UNDONE = "auto_stop_undone"
    BLOCK_FINISHED = "block_finished"
    BLOCK_REOPENED = "block_reopened"
    ATTEMPT_STOPPED = "attempt_stopped"
    ATTEMPT_FINISHED = "attempt_finished"


class Mark(Enum):
    """A teacher's mark on an item. An attempted item without a mark is correct."""

    NONE = "none"
    INCORRECT = "incorrect"
    SELF_CORRECTED = "self_corrected"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on the device."""

    seq: int
    kind: EventKind
    at: str
    """The device's clock, ISO 8601 with offset. May be wrong; shown, never computed with."""
    mono_ms: float
    """Monotonic milliseconds since the page was opened (starts again on reload)."""
    data: Mapping[str, object] = field(default_factory=dict)
