"""A marking sheet of paper as it is keyed in: one key for each item, the last item tried, the seconds left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from phonics_app.domain.codec import SPARSE
from phonics_app.domain.event import ErrorKind, Mark
from phonics_app.domain.plan import PlannedItem


@dataclass(frozen=True, slots=True)
class KeyedBlock:
    """A block of the sheet. `keys[i]` is what was keyed for its item `i`; see `MARKS` and `reading_of`."""

    block: str
    keys: tuple[str, ...]
    last: int
    """Number of the last item tried, counted from 1; 0: the block was not given."""
    seconds_left: int | None = None
    """Of a block with a time limit, as it stands on the sheet."""


@dataclass(frozen=True, slots=True)
class KeyedSheet:
    """The sheet of one pupil."""

    pupil_id: str
    given_on: date
    blocks: tuple[KeyedBlock, ...]
    replaces: str = field(default="", metadata=SPARSE)
    """The attempt in whose place it is keyed in, where that had faults."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a key says of an item."""

    mark: Mark
    error: ErrorKind | None = None
    said: str = ""


RIGHT_KEY = "/"
MARKS = {
    "": Reading(Mark.NONE),
    "x": Reading(Mark.INCORRECT),
    "s": Reading(Mark.SELF_CORRECTED),
    "d": Reading(Mark.INCORRECT, ErrorKind.DECODING),
    "t": Reading(Mark.INCORRECT, ErrorKind.TRANSFER),
    "a": Reading(Mark.INCORRECT, ErrorKind.AMBIGUOUS),
    "n": Reading(Mark.INCORRECT, ErrorKind.NO_ANSWER),
    RIGHT_KEY: Reading(Mark.NONE),
}
"""Of an item that a teacher marks. Nothing keyed: right, as on the sheet."""
_CHOSEN = {"0": MARKS["n"], "x": MARKS["x"], RIGHT_KEY: MARKS[RIGHT_KEY]}


def keys_of(item: PlannedItem) -> tuple[str, ...]:
    """What may be keyed for the item, beside nothing."""
    if not item.options:
        return tuple(key for key in MARKS if key)
    return (*(str(number) for number in range(1, len(item.options) + 1)), *_CHOSEN)


def reading_of(item: PlannedItem, key: str) -> Reading | None:
    """What `key` says of the item; None where it says nothing.

    Of an item with options the number of the chosen one is keyed, 0 for none. Nothing keyed would be read as a right
    answer that nobody gave, so there it is none.
    """
    if not item.options:
        return MARKS.get(key)
    if key in _CHOSEN:
        return _CHOSEN[key]
    if key not in keys_of(item):
        return None
    chosen = item.options[int(key) - 1].value
    return MARKS[RIGHT_KEY] if chosen == item.key else Reading(Mark.INCORRECT, ErrorKind.SAID_AS, chosen)


def key_of(item: PlannedItem, reading: Reading) -> str:
    """What is keyed to say `reading` of the item: the other way round."""
    if not item.options:
        return next(key for key, told in MARKS.items() if told == reading)
    if reading.mark is not Mark.INCORRECT:
        return _place(item, item.key)
    if reading.error is ErrorKind.SAID_AS:
        return _place(item, reading.said)
    return next(key for key, told in _CHOSEN.items() if told == reading)


def _place(item: PlannedItem, value: str) -> str:
    return str([option.value for option in item.options].index(value) + 1)
