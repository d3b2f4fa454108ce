"""What an event must carry before it is taken into the record; whether it makes sense is for the replay to say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.event import Event, EventKind

LONGEST_TEXT = 200
LONGEST_CLOCK = 40

# Name of each text in an event's data, and whether it may be null.
_TEXTS: dict[EventKind, dict[str, bool]] = {
    EventKind.ATTEMPT_STARTED: {},
    EventKind.ATTEMPT_RESUMED: {},
    EventKind.BLOCK_SHOWN: {"block": False},
    EventKind.ITEM_MARKED: {"block": False, "item": False, "mark": False},
    EventKind.BLOCK_AUTO_STOPPED: {"block": False, "rule": False, "last_item": False},
    EventKind.AUTO_STOP_UNDONE: {"block": False},
    EventKind.BLOCK_FINISHED: {"block": False, "last_item": True},
    EventKind.BLOCK_REOPENED: {"block": False},
    EventKind.ATTEMPT_STOPPED: {"block": True, "last_item": True},
    EventKind.ATTEMPT_FINISHED: {"reason": False},
}


def event_problems(events: Sequence[Event]) -> list[Problem]:
    """Every fault in the form of `events`, each with its place such as "events[3].data.block"."""
    return [problem for i, event in enumerate(events) for problem in _problems(f"events[{i}]", event)]


def _problems(path: str, event: Event) -> Iterator[Problem]:
    if event.seq < 1:
        yield _fault(f"{path}.seq", event.seq, "1, 2, 3, …")
    if not math.isfinite(event.mono_ms) or event.mono_ms < 0:
        yield _fault(f"{path}.mono_ms", event.mono_ms, "≥ 0")
    if not _is_clock(event.at):
        yield _fault(f"{path}.at", event.at, "ISO 8601")
    texts = _TEXTS[event.kind]
    for name, may_be_null in texts.items():
        value = event.data.get(name)
        if not ((isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT) or (value is None and may_be_null)):
            yield _fault(f"{path}.data.{name}", value, "text or null" if may_be_null else "text")
    for name in event.data.keys() - texts.keys():
        yield _fault(f"{path}.data.{name}", event.data[name], "nothing")


def _is_clock(at: str) -> bool:
    if len(at) > LONGEST_CLOCK:
        return False
    try:
        return datetime.fromisoformat(at).tzinfo is not None
    except ValueError:
        return False


def _fault(place: str, value: object, expected: str) -> Problem:
    return Problem("json.unexpected", Place(column=place), repr(value)[:LONGEST_TEXT], expected)
