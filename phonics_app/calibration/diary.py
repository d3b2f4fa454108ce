"""The events of one simulated sitting, written as a teacher's taps would have written them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.event import Event, EventKind, Mark
from phonics_app.domain.plan import Block
from phonics_app.domain.result import StopReason
from phonics_app.engine.ability import Array
from phonics_app.engine.decision import ability_of, progress_of
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.state import NO_REMARK, AttemptState, BlockState, BlockStatus, Finished
from phonics_app.engine.stopping import stop_reason
from phonics_app.engine.tables import PlanTables

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Answers(NamedTuple):
    """A pupil's answers to a block, item by item, with the seconds each took and the pause before the block."""

    right: list[bool]
    self_corrected: list[bool]
    seconds: list[float]
    pause: float


class SimulatedSitting:
    """One pupil's test in the making; `events` are complete once the engine has stopped it."""

    def __init__(self, tables: PlanTables, spec: AttemptSpec, start: datetime | None) -> None:
        self.tables = tables
        self.spec = spec
        self.events: list[Event] = []
        self.blocks: list[BlockState] = []
        self.reason = StopReason.BANK_EXHAUSTED
        self._start = start or _EPOCH
        self._milliseconds = 0.0
        self._write(EventKind.ATTEMPT_STARTED)

    def _write(self, kind: EventKind, **data: object) -> None:
        at = self._start + timedelta(milliseconds=self._milliseconds)
        text = at.isoformat(timespec="milliseconds")
        self.events.append(Event(len(self.events) + 1, kind, text, self._milliseconds, data))

    def _wait(self, seconds: float) -> None:
        self._milliseconds += round(1000 * seconds)

    def give(self, block: Block, answers: Answers) -> int:
        """Writes one block; returns how many items were tried."""
        marks = _marks(answers)
        tried = _tried(block, marks)
        self._wait(answers.pause)
        self._write(EventKind.BLOCK_SHOWN, block=block.id)
        for item, mark, seconds in zip(block.items[:tried], marks, answers.seconds, strict=False):
            self._wait(seconds)
            if mark is not Mark.NONE:
                self._mark(block.id, item, mark)
        self._close(block, marks, tried)
        return tried

    def _mark(self, block: str, item: str, mark: Mark) -> None:
        if mark is Mark.SELF_CORRECTED:
            self._write(EventKind.ITEM_MARKED, block=block, item=item, mark=Mark.INCORRECT.value)
            self._wait(1)
        self._write(EventKind.ITEM_MARKED, block=block, item=item, mark=mark.value)

    def _close(self, block: Block, marks: list[Mark], tried: int) -> None:
        last = block.items[tried - 1]
        done = [*marks[:tried], *[Mark.NONE] * (len(marks) - tried)]
        rule = block.auto_stop if auto_stop(block, done) is not None else ""
        if rule:
            self._write(EventKind.BLOCK_AUTO_STOPPED, block=block.id, rule=rule, last_item=last)
        self._write(EventKind.BLOCK_FINISHED, block=block.id, last_item=last)
        unremarked = (NO_REMARK,) * len(done)
        self.blocks.append(BlockState(block, BlockStatus.FINISHED, tuple(done), tried, rule, remarks=unremarked))

    @property
    def items(self) -> int:
        """Attempted so far."""
        return sum(block.attempted for block in self.blocks)

    def goes_on(self, probabilities: tuple[float, ...], chosen: int, worth: float) -> bool:
        """Whether the engine wants block `chosen` (-1: there is none; `worth`: of going on) after what was given."""
        size = None if chosen < 0 else len(self.tables.plan.blocks[chosen].items)
        progress = progress_of(self.tables, self.blocks, probabilities, self._milliseconds / 1000, size, worth)
        reason = stop_reason(progress)
        if reason is None:
            return True
        self.reason = reason
        self._write(EventKind.ATTEMPT_FINISHED, reason=reason.value)
        return False

    def state(self, posterior: Array, discount: Array) -> AttemptState:
        """The state that a replay of `events` would come to."""
        return AttemptState(
            tables=self.tables,
            spec=self.spec,
            discount=discount,
            blocks=tuple(self.blocks),
            ability=ability_of(self.tables, posterior),
            next=Finished(self.reason),
            ended=self.reason,
            started=True,
            last_seq=len(self.events),
            seconds=self._milliseconds / 1000,
            mono_ms=self._milliseconds,
        )


def _marks(answers: Answers) -> list[Mark]:
    pairs = zip(answers.right, answers.self_corrected, strict=True)
    return [Mark.SELF_CORRECTED if mended else Mark.NONE if right else Mark.INCORRECT for right, mended in pairs]


def _tried(block: Block, marks: list[Mark]) -> int:
    """Items tried before the block's rule stops it; a rule that holds for no whole block holds for no part."""
    if auto_stop(block, marks) is None:
        return len(marks)
    unseen = [Mark.NONE] * len(marks)
    stops = (n for n in range(1, len(marks)) if auto_stop(block, [*marks[:n], *unseen[n:]]) is not None)
    return next(stops, len(marks))
