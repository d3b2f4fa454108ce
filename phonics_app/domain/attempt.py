"""An attempt: one pupil's sitting of one plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from phonics_app.domain.codec import SPARSE


class PriorSource(Enum):
    """What was known before the first answer."""

    GRADE = "grade"
    EARLIER_RESULT = "earlier_result"
    TEACHER = "teacher"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Prior:
    """Normal prior on theta (logits)."""

    mean: float
    standard_deviation: float
    source: PriorSource


class Source(Enum):
    """How the answers came in."""

    SCREEN = "screen"
    """Marked on a device while the test was given."""
    PAPER = "paper"
    """Marked on paper, keyed in by hand afterwards."""
    SPREADSHEET = "spreadsheet"
    """Marked on paper, brought in with a spreadsheet."""


@dataclass(frozen=True, slots=True)
class AttemptSpec:
    """What is particular to this sitting; with the plan and the events it determines the result."""

    prior: Prior
    start_level: int
    seen_items: tuple[str, ...] = ()
    """Items of the pupil's last two tests: blocks that hold them are chosen last."""
    source: Source = field(default=Source.SCREEN, metadata=SPARSE)
    given_on: date | None = field(default=None, metadata=SPARSE)
    """Of a test on paper the day on which it was given; None: the day on which the attempt was made."""
    replaces: str = field(default="", metadata=SPARSE)
    """Of a sheet that was keyed in anew: the attempt that it was before, which is kept and counts no more."""


class AttemptStatus(Enum):
    OPEN = "open"
    FINISHED = "finished"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`id` is made by the client, so that a repeated request creates one attempt."""

    id: str
    pupil_id: str
    school_id: str
    plan_hash: str
    spec: AttemptSpec
    status: AttemptStatus
    created_at: datetime
    """UTC, timezone-aware."""
    created_by: str
    simulated: bool = False
