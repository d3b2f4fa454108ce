"""The state of an attempt, rebuilt from its events; frozen throughout."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.event import Mark
from phonics_app.domain.plan import Block
from phonics_app.domain.result import StopReason
from phonics_app.engine.ability import Array
from phonics_app.engine.tables import PlanTables
from phonics_app.engine.timing import NO_CLOCK, Clock


class BlockStatus(Enum):
    OPEN = "open"
    FINISHED = "finished"
    AWAY = "away"
    """Put away because an earlier block was taken up again; its marks wait, and do not count."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a teacher noted of a wrong answer: value of an `ErrorKind`, and what was said or written."""

    error: str = ""
    said: str = ""


NO_REMARK = Remark()


@dataclass(frozen=True, slots=True)
class BlockState:
    """A block that was on screen. `marks` in the block's order; `attempted` items from the first on count."""

    block: Block
    status: BlockStatus
    marks: tuple[Mark, ...]
    attempted: int = 0
    auto_stop: str = ""
    """Name of the rule that stopped it, unless taken back."""
    remarks: tuple[Remark, ...] = ()
    """One for each mark, where the marks are a teacher's."""
    clock: Clock = NO_CLOCK
    stated_left: float | None = None
    """Seconds left as noted on paper, where no clock of a device ran."""


@dataclass(frozen=True, slots=True)
class Show:
    """A block is to be shown, or is on screen."""

    block_id: str


@dataclass(frozen=True, slots=True)
class Finished:
    reason: StopReason


@dataclass(frozen=True, slots=True, eq=False)
class Ability:
    """Posterior over the grid, and over levels (lowest first)."""

    posterior: Array
    theta: float
    standard_error: float
    probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """An irregular event: recorded, and never counted silently."""

    seq: int
    code: str


@dataclass(frozen=True, slots=True, eq=False)
class AttemptState:
    tables: PlanTables
    spec: AttemptSpec
    discount: Array
    """Of each block, for items seen lately."""
    blocks: tuple[BlockState, ...]
    """In the order in which they were (last) put on screen."""
    ability: Ability
    next: Show | Finished
    """What the engine wants now: while a block is open, that block."""
    ended: StopReason | None = None
    """Why the attempt is over; None while events may still come."""
    started: bool = False
    last_seq: int = 0
    seconds: float = 0.0
    mono_ms: float | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def current(self) -> BlockState | None:
        """The block on screen."""
        return next((b for b in self.blocks if b.status is BlockStatus.OPEN), None)

    @property
    def counted(self) -> tuple[BlockState, ...]:
        """Blocks whose answers count."""
        return tuple(b for b in self.blocks if b.status is BlockStatus.FINISHED and b.attempted)

    @property
    def items(self) -> int:
        """Items attempted."""
        return sum(b.attempted for b in self.counted)

    @property
    def proposed_level(self) -> int:
        """The most probable level; the lower one of equals."""
        p = self.ability.probabilities
        return self.tables.plan.levels[p.index(max(p))].number
