"""A calibration: item parameters estimated from the answers of a site. It is proposed, and in force once approved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class CalibrationStatus(Enum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CalibratedGroup:
    """Sittings of pupils of whom about the same ability was expected ("+1.5", "-7.5 … -6.0" logits): mean and spread of
    what was found."""

    label: str
    sittings: int
    mean: float
    standard_deviation: float


@dataclass(frozen=True, slots=True)
class ItemEstimate:
    """What the answers say of one item, logits on the scale of the bank."""

    item_id: str
    item_version: int
    """The parameters belong to this version: a changed item has its own difficulty again."""
    answers: int
    right: int
    slope: float
    difficulty: float
    standard_error: float | None
    """None where the answers do not tell."""
    infit: float
    outfit: float
    takes_effect: bool
    """Whether there are enough answers for the bank to take the difficulty."""


@dataclass(frozen=True, slots=True)
class CalibrationFacts:
    """When, from what and how well."""

    id: str
    made_at: datetime
    """UTC, timezone-aware."""
    made_by: str
    """Id of the account."""
    model: str
    bank_version: str
    """The bank in force when it was made."""
    sittings: int
    pupils: int
    answers: int
    log_likelihood: float
    iterations: int
    converged: bool
    simulated: bool
    """Made from answers of simulated pupils."""


@dataclass(frozen=True, slots=True)
class CalibrationContent:
    groups: tuple[CalibratedGroup, ...]
    items: tuple[ItemEstimate, ...]
    """In the order of their ids."""


@dataclass(frozen=True, slots=True)
class CalibrationDecision:
    """A person has approved or withdrawn a calibration. Decisions are only ever added."""

    calibration_id: str
    status: CalibrationStatus
    reason: str
    by: str
    """Id of the account."""
    at: datetime
