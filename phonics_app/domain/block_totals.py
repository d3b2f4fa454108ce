"""What is counted of a block of a test, and what happened in it besides: stops, changes afterwards, irregularities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from phonics_app.domain.event import ErrorKind, Mark
from phonics_app.domain.plan import Block


@dataclass(frozen=True, slots=True)
class BlockTotals:
    """`attempted` = `correct` + `incorrect`, `items` = `attempted` + `unattempted`."""

    block: str
    items: int
    attempted: int
    correct: int
    """Self-corrections among them (EGRA-SC)."""
    incorrect: int
    self_corrected: int
    unattempted: int
    errors: Mapping[str, int]
    """Of the wrong answers, how many of each `ErrorKind` the teacher noted; those that occur."""
    auto_stop: str
    seconds_used: float | None
    """None where no clock ran and nothing was noted."""
    seconds_left: float | None
    rate: float | None
    """RATE-PM: correct items per minute; None where no time has passed."""
    accuracy: float | None
    """ORF-ACC: correct of attempted, in per cent; None where nothing was attempted."""

    @property
    def allowing_transfer(self) -> int:
        """Correct, if what was read rightly and spoken with Thai sounds is allowed."""
        return self.correct + self.errors.get(ErrorKind.TRANSFER.value, 0)


@dataclass(frozen=True, slots=True)
class Marked:
    """How an item stood: its mark, and what was noted of the error."""

    mark: Mark
    error: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class RuleStop:
    """A rule ended the block. Numbers are those of events."""

    seq: int
    rule: str
    item: str
    """The last one tried."""
    undone: int | None = None


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A review changed a mark; what was there before."""

    seq: int
    item: str
    before: Marked
    after: Marked


@dataclass(frozen=True, slots=True)
class LastChange:
    """A review changed up to where the block counts; None: not at all."""

    seq: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Irregular:
    """An event that broke a guard: recorded, not counted silently. `code` is that of an `engine.state.Flag`."""

    seq: int
    code: str
    seconds: float = 0.0
    """Of a device that slept: for how long, as it said."""


@dataclass(frozen=True, slots=True)
class BlockTrace:
    """Where in the events a block stands, and what happened there."""

    first: int
    last: int
    stops: tuple[RuleStop, ...] = ()
    marks: tuple[MarkChange, ...] = ()
    ends: tuple[LastChange, ...] = ()
    irregular: tuple[Irregular, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockFigures:
    """A block as a result shows it."""

    block: Block
    totals: BlockTotals
    sounds: tuple[int, int] | None
    """Of a dictation: sounds that were written, and all sounds of the words tried."""
    trace: BlockTrace


@dataclass(frozen=True, slots=True)
class TestFigures:
    """The blocks of a test that count, in their order, and what was irregular outside of them."""

    __test__ = False

    blocks: tuple[BlockFigures, ...] = ()
    irregular: tuple[Irregular, ...] = ()

    @property
    def noteworthy(self) -> bool:
        """Whether anything happened that the totals do not tell."""
        told = (b.trace.marks or b.trace.ends or b.trace.irregular for b in self.blocks)
        return bool(self.irregular) or any(told)
