"""Marks of items and of whole lines, and what was wrong with a wrong answer. Lines obey the guards of single items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from phonics_app.domain.event import By, ErrorKind, Event, Mark
from phonics_app.domain.plan import Block
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.state import NO_REMARK, AttemptState, BlockState, BlockStatus, Remark
from phonics_app.engine.steps import changeable, flag, flag_if, number, put, text
from phonics_app.engine.timing import GRACE_MS, Phase, is_over


def item_marked(state: AttemptState, event: Event) -> AttemptState:
    current, item = changeable(state, event), text(event, "item")
    if current is None:
        return flag(state, event, "block_not_on_screen")
    mark = _MARKS.get(text(event, "mark") or "")
    if item not in current.block.items:
        return flag(state, event, "unknown_item")
    if mark is None:
        return flag(state, event, "unknown_mark")
    index = current.block.items.index(item)
    if code := _too_late(current, [index], mark):
        return flag(state, event, code)
    remark, code = _remark(event, mark)
    state = flag_if(flag_if(state, event, code), event, _out_of_place(current, [index], mark))
    return _with_marks(state, current, {index: (mark, remark)})


def row_marked(state: AttemptState, event: Event) -> AttemptState:
    """Every item of a line; what was said of one that was wrong already stays."""
    current = changeable(state, event)
    if current is None:
        return flag(state, event, "block_not_on_screen")
    line, mark = _line(current, number(event, "line")), _MARKS.get(text(event, "mark") or "")
    if not line:
        return flag(state, event, "unknown_line")
    if mark is None:
        return flag(state, event, "unknown_mark")
    if code := _too_late(current, line, mark):
        return flag(state, event, code)
    changed = {i: (mark, current.remarks[i] if mark is current.marks[i] else NO_REMARK) for i in line}
    return _with_marks(flag_if(state, event, _out_of_place(current, line, mark)), current, changed)


def _line(current: BlockState, line: float | None) -> range:
    """Indices of the items of a line; empty where there is none of that number."""
    lengths = line_lengths(current.block)
    if line is None or line != int(line) or not 1 <= line <= len(lengths):
        return range(0)
    begin = sum(lengths[: int(line) - 1])
    return range(begin, begin + lengths[int(line) - 1])


def line_lengths(block: Block) -> list[int]:
    """How many items stand on each line: as the block says, and whatever is left on lines of the usual length."""
    lengths, left, usual = [], len(block.items), max(1, block.line_length)
    for length in block.lines:
        lengths.append(min(max(0, length), left))
        left -= lengths[-1]
    while left > 0:
        lengths.append(min(usual, left))
        left -= lengths[-1]
    return [length for length in lengths if length]


def _too_late(current: BlockState, indices: Sequence[int], mark: Mark) -> str:
    """After an auto-stop nothing further was tried: marks there are kept in the record only."""
    last = auto_stop(current.block, current.marks) if current.auto_stop else None
    late = last is not None and mark is not Mark.NONE and max(indices) > last
    return "mark_after_auto_stop" if late else ""


def _out_of_place(current: BlockState, indices: Sequence[int], mark: Mark) -> str:
    """What is marked before the clock starts, long after the limit while nobody has stopped it, or in a finished block
    beyond the last item."""
    if current.status is BlockStatus.FINISHED:
        beyond = mark is not Mark.NONE and max(indices) >= current.attempted
        return "marks_beyond_last_item" if beyond else ""
    if not current.block.seconds:
        return ""
    if current.clock.phase is Phase.WAITING:
        return "mark_before_start"
    late = current.clock.phase is Phase.RUNNING and is_over(current.block, current.clock, GRACE_MS)
    return "mark_after_time" if late else ""


def _remark(event: Event, mark: Mark) -> tuple[Remark, str]:
    """What the event says of the error, and the code of what is wrong with that."""
    error, said = text(event, "error") or "", text(event, "said") or ""
    by = text(event, "by")
    if by is not None and by not in _BY:
        return NO_REMARK, "unknown_by"
    if "error" in event.data and error not in _ERRORS:
        return NO_REMARK, "unknown_error"
    if (error or said) and mark is not Mark.INCORRECT:
        return NO_REMARK, "error_without_mistake"
    return (Remark(error, said) if error or said else NO_REMARK), ""


def _with_marks(state: AttemptState, current: BlockState, changed: dict[int, tuple[Mark, Remark]]) -> AttemptState:
    marks, remarks = list(current.marks), list(current.remarks)
    for index, (mark, remark) in changed.items():
        marks[index], remarks[index] = mark, remark
    stopped = current.auto_stop if auto_stop(current.block, marks) is not None else ""
    return put(state, replace(current, marks=tuple(marks), remarks=tuple(remarks), auto_stop=stopped))


_MARKS = {mark.value: mark for mark in Mark}
_ERRORS = {error.value for error in ErrorKind}
_BY = {by.value for by in By}
