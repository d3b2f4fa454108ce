"""From a marking sheet of paper to the events that a device would have written, had the test been given on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.event import ErrorKind, Event, EventKind, Mark
from phonics_app.domain.paper import MARKS, RIGHT_KEY, KeyedBlock, KeyedSheet, Reading, key_of, keys_of, reading_of
from phonics_app.domain.plan import Block, BlockKind, Plan, PlannedItem
from phonics_app.domain.result import StopReason
from phonics_app.engine.asking import asked_after, passage_before
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.tables import tables_of

_Told = tuple[EventKind, dict[str, object], float]
"""Kind, data, and milliseconds that have passed since the event before."""


def sheet_problems(plan: Plan, sheet: KeyedSheet) -> list[Problem]:
    """Everything that is wrong with a sheet. A place is a block and the item's number within it: "1-read_word 7"."""
    keyed = {one.block: one for one in sheet.blocks}
    known = {block.id for block in plan.blocks}
    problems = [_problem("paper.block_unknown", one, "", one) for one in keyed if one not in known]
    for block in plan.blocks:
        if block.id not in keyed:
            problems.append(_problem("paper.block_missing", block.id, "", block.id))
        else:
            problems += _block_problems(plan, block, keyed[block.id])
            asked, last = most_asked(plan, block, keyed), keyed[block.id].last
            if asked < last <= len(block.items):
                problems.append(_problem("paper.not_read", f"{block.id} {asked + 1}", asked + 1, asked))
    return problems


def _problem(code: str, place: str, value: object, expected: object) -> Problem:
    return Problem(code, Place(column=place), str(value), str(expected))


def _block_problems(plan: Plan, block: Block, keyed: KeyedBlock) -> Iterator[Problem]:
    count = len(block.items)
    if not 0 <= keyed.last <= count:
        yield _problem("paper.last_item", f"{block.id} last", keyed.last, f"0–{count}")
    elif len(keyed.keys) != count:
        yield _problem("paper.items", block.id, len(keyed.keys), count)
    else:
        yield from _key_problems(_items(plan, block), block, keyed)
    yield from _time_problems(block, keyed)


def _time_problems(block: Block, keyed: KeyedBlock) -> Iterator[Problem]:
    left, place = keyed.seconds_left, f"{block.id} seconds"
    if not block.seconds and left is not None:
        yield _problem("paper.no_time_limit", place, left, "")
    elif block.seconds and keyed.last and (left is None or not 0 <= left < block.seconds):
        yield _problem("paper.seconds_left", place, "" if left is None else left, f"0–{block.seconds - 1}")


def _key_problems(items: Sequence[PlannedItem], block: Block, keyed: KeyedBlock) -> Iterator[Problem]:
    for number, (item, key) in enumerate(zip(items, keyed.keys, strict=True), start=1):
        place = f"{block.id} {number}"
        if number > keyed.last:
            if key:
                yield _problem("paper.beyond_last", place, key, keyed.last)
        elif reading_of(item, key) is None:
            yield _problem("paper.key" if key else "paper.key_missing", place, key, " ".join(keys_of(item)))


def _items(plan: Plan, block: Block) -> list[PlannedItem]:
    items = tables_of(plan).items
    return [items[one] for one in block.items]


def paper_events(plan: Plan, sheet: KeyedSheet) -> tuple[Event, ...]:
    """The events of a sheet without problems. They depend on the sheet alone: keyed in twice, it is the same test.

    The clock runs as the sheet says; of blocks without a time limit nobody knows how long they took.
    """
    events: list[Event] = []
    passed = 0.0
    for kind, data, took in _told(plan, sheet):
        passed += took
        events.append(Event(len(events) + 1, kind, _noon(sheet.given_on), passed, data))
    return tuple(events)


def _noon(day: date) -> str:
    """The hour of a test on paper is not known."""
    return f"{day.isoformat()}T12:00:00+07:00"


def _told(plan: Plan, sheet: KeyedSheet) -> Iterator[_Told]:
    keyed = {one.block: one for one in sheet.blocks}
    yield EventKind.ATTEMPT_STARTED, {}, 0.0
    for block in plan.blocks:
        if not most_asked(plan, block, keyed):
            continue
        yield EventKind.BLOCK_SHOWN, {"block": block.id}, 0.0
        yield from _block(block, _items(plan, block), keyed[block.id])
    yield EventKind.ATTEMPT_FINISHED, {"reason": StopReason.FORM_COMPLETE.value}, 0.0


def most_asked(plan: Plan, block: Block, keyed: Mapping[str, KeyedBlock]) -> int:
    """Of a block's items those that may be asked, as far as the passage was read."""
    passage = passage_before(plan, block)
    if passage is None or passage.id not in keyed:
        return len(block.items)
    return asked_after(tables_of(plan).items, block, keyed[passage.id].last)


def _block(block: Block, items: Sequence[PlannedItem], keyed: KeyedBlock) -> Iterator[_Told]:
    if not keyed.last:
        yield EventKind.BLOCK_FINISHED, {"block": block.id, "last_item": None}, 0.0
        return
    if block.seconds:
        yield EventKind.TIMER_STARTED, {"block": block.id}, 0.0
    used = (block.seconds - (keyed.seconds_left or 0)) * 1000.0 if block.seconds else 0.0
    for kind, data in _marks(block, items, keyed):
        # The rule ended it, and with it the time.
        ended = kind is EventKind.BLOCK_AUTO_STOPPED and not _went_on(block, keyed, data)
        yield kind, data, used if ended else 0.0
        used = 0.0 if ended else used
    if used and not keyed.seconds_left:
        yield EventKind.TIME_UP, {"block": block.id}, used
        used = 0.0
    end: dict[str, object] = {"block": block.id, "last_item": block.items[keyed.last - 1]}
    yield EventKind.BLOCK_FINISHED, end | ({"seconds_left": keyed.seconds_left} if block.seconds else {}), used


def _went_on(block: Block, keyed: KeyedBlock, stop: Mapping[str, object]) -> bool:
    return keyed.last > block.items.index(str(stop["last_item"])) + 1


def _marks(
    block: Block, items: Sequence[PlannedItem], keyed: KeyedBlock
) -> Iterator[tuple[EventKind, dict[str, object]]]:
    """One after the other; a stop that the rule would have announced is told, and taken back if the pupil went on."""
    marks, stopped = [Mark.NONE] * len(items), False
    for index in range(keyed.last):
        reading = reading_of(items[index], keyed.keys[index])
        # On a device too each word of a dictation is entered, the right ones as well.
        if reading is None or (reading.mark is Mark.NONE and block.kind is not BlockKind.DICTATION):
            continue
        yield EventKind.ITEM_MARKED, _marked(block, items[index], reading)
        marks[index] = reading.mark
        last = auto_stop(block, marks)
        if last is not None and not stopped:
            stopped = True
            yield from _stop(block, keyed, last)


def _stop(block: Block, keyed: KeyedBlock, last: int) -> Iterator[tuple[EventKind, dict[str, object]]]:
    told: dict[str, object] = {"block": block.id, "rule": block.auto_stop, "last_item": block.items[last]}
    yield EventKind.BLOCK_AUTO_STOPPED, told
    if _went_on(block, keyed, told):
        yield EventKind.AUTO_STOP_UNDONE, {"block": block.id}
        if block.seconds:
            yield EventKind.TIMER_RESUMED, {"block": block.id}


def _marked(block: Block, item: PlannedItem, reading: Reading) -> dict[str, object]:
    data: dict[str, object] = {"block": block.id, "item": item.id, "mark": reading.mark.value}
    if reading.error is not None:
        data["error"] = reading.error.value
    return data | ({"said": reading.said} if reading.said else {})


def keyed_of(plan: Plan, events: Sequence[Event]) -> tuple[KeyedBlock, ...]:
    """The blocks of the sheet that `paper_events` made these events of."""
    marked: dict[str, Reading] = {}
    ends: dict[str, Mapping[str, object]] = {}
    for event in events:
        if event.kind is EventKind.ITEM_MARKED:
            error = event.data.get("error")
            kind = ErrorKind(str(error)) if error else None
            marked[str(event.data["item"])] = Reading(Mark(event.data["mark"]), kind, str(event.data.get("said", "")))
        elif event.kind is EventKind.BLOCK_FINISHED:
            ends[str(event.data["block"])] = event.data
    return tuple(_keyed_block(plan, block, marked, ends.get(block.id, _NOT_ASKED)) for block in plan.blocks)


_NOT_ASKED: Mapping[str, object] = {"last_item": None}


def _keyed_block(plan: Plan, block: Block, marked: Mapping[str, Reading], end: Mapping[str, object]) -> KeyedBlock:
    last = 0 if end["last_item"] is None else block.items.index(str(end["last_item"])) + 1
    read = [(item, marked.get(item.id, MARKS[RIGHT_KEY])) for item in _items(plan, block)]
    keys = [key_of(item, reading) if number <= last else "" for number, (item, reading) in enumerate(read, start=1)]
    left = end.get("seconds_left")
    return KeyedBlock(block.id, tuple(keys), last, int(left) if isinstance(left, int | float) else None)
