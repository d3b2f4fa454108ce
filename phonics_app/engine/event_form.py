"""What an event must carry before it is taken into the record; whether it makes sense is for the replay to say."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.event import Event, EventKind

LONGEST_TEXT = 200
LONGEST_SAID = 80
LONGEST_CLOCK = 40
_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class _Form:
    """What may stand under one name of an event's data."""

    fits: Callable[[object], bool]
    expected: str
    optional: bool = False


def _is_text(longest: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and 0 < len(value) <= longest


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_seconds(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _DAY


_text = _is_text(LONGEST_TEXT)
_TEXT = _Form(_text, "text")
_NULLABLE = _Form(lambda value: value is None or _text(value), "text or null")
_MAYBE_TEXT = _Form(_text, "text", optional=True)
_SAID = _Form(_is_text(LONGEST_SAID), f"text of at most {LONGEST_SAID} characters", optional=True)
_LINE = _Form(_is_whole, "1, 2, 3, …")
_SECONDS = _Form(_is_seconds, "0–86,400", optional=True)

_FORMS: Mapping[EventKind, Mapping[str, _Form]] = {
    EventKind.ATTEMPT_STARTED: {},
    EventKind.ATTEMPT_RESUMED: {},
    EventKind.BLOCK_SHOWN: {"block": _TEXT},
    EventKind.ITEM_MARKED: {
        "block": _TEXT,
        "item": _TEXT,
        "mark": _TEXT,
        "error": _MAYBE_TEXT,
        "said": _SAID,
        "by": _MAYBE_TEXT,
    },
    EventKind.ROW_MARKED: {"block": _TEXT, "line": _LINE, "mark": _TEXT, "by": _MAYBE_TEXT},
    EventKind.BLOCK_AUTO_STOPPED: {"block": _TEXT, "rule": _TEXT, "last_item": _TEXT},
    EventKind.AUTO_STOP_UNDONE: {"block": _TEXT},
    EventKind.TIMER_STARTED: {"block": _TEXT},
    EventKind.TIMER_PAUSED: {"block": _TEXT, "why": _TEXT},
    EventKind.TIMER_RESUMED: {"block": _TEXT, "asleep": _SECONDS},
    EventKind.TIME_UP: {"block": _TEXT},
    EventKind.BLOCK_FINISHED: {"block": _TEXT, "last_item": _NULLABLE, "seconds_left": _SECONDS, "by": _MAYBE_TEXT},
    EventKind.BLOCK_REOPENED: {"block": _TEXT, "by": _MAYBE_TEXT},
    EventKind.ATTEMPT_STOPPED: {"block": _NULLABLE, "last_item": _NULLABLE},
    EventKind.ATTEMPT_FINISHED: {"reason": _TEXT},
    EventKind.ITEM_SHOWN: {"item": _TEXT},
    EventKind.ITEM_ANSWERED: {"item": _TEXT, "value": _TEXT},
    EventKind.AUDIO_PLAYED: {"item": _TEXT},
    EventKind.RESTED: {},
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
    forms = _FORMS[event.kind]
    for name, form in forms.items():
        absent = form.optional and name not in event.data
        if not absent and not form.fits(event.data.get(name)):
            yield _fault(f"{path}.data.{name}", event.data.get(name), form.expected)
    for name in event.data.keys() - forms.keys():
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
