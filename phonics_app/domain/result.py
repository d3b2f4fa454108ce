"""What a test says about a pupil: recomputed from the events, stored with its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from phonics_app.domain.strand import Strand


class StopReason(Enum):
    """Why a test ended; the order is the priority in which the rules are tried."""

    TEACHER = "teacher"
    SURE = "sure"
    BETWEEN = "between"
    ITEM_LIMIT = "item_limit"
    TIME_LIMIT = "time_limit"
    BANK_EXHAUSTED = "bank_exhausted"
    FORM_COMPLETE = "form_complete"
    """Everything on a fixed form was given."""


@dataclass(frozen=True, slots=True)
class LevelProbability:
    level: int
    probability: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Items of one level and strand (and one kind of grapheme or skill): `correct` of `attempted`."""

    level: int
    strand: Strand
    skill: str
    """Skill code, or "" where `graphemes` tell it."""
    graphemes: tuple[str, ...]
    """Graphemes new at that level that these items test."""
    correct: int
    attempted: int


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One attempted item: score 1 or 0, and whether the pupil corrected himself."""

    item_id: str
    block_id: str
    score: int
    self_corrected: bool


@dataclass(frozen=True, slots=True)
class Result:
    """Ability in logits, level probabilities, the level proposed, and why."""

    attempt_id: str
    theta: float
    standard_error: float
    probabilities: tuple[LevelProbability, ...]
    proposed_level: int
    between: tuple[int, int] | None
    """Two neighbouring levels where the test can't tell, else None."""
    stop_reason: StopReason | None
    """None while the test goes on."""
    scores: tuple[ItemScore, ...]
    evidence: tuple[Evidence, ...]
    auto_stops: tuple[str, ...]
    """Names of the auto-stop rules that fired, in order."""
    flags: tuple[str, ...]
    """Codes of irregularities found at replay (e.g. "unexpected_block"); empty when all is well."""
    seconds: float
    engine_version: str
    bank_version: str
    rubric_version: str


@dataclass(frozen=True, slots=True)
class Placement:
    """A teacher's decision: the pupil is taught at `level` from `decided_at` on."""

    id: str
    pupil_id: str
    school_id: str
    attempt_id: str
    level: int
    proposed_level: int
    reason: str
    """Empty when the proposal was accepted."""
    decided_by: str
    decided_at: datetime
    simulated: bool = False

    @property
    def overridden(self) -> bool:
        return self.level != self.proposed_level
