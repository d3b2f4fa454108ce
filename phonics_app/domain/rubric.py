"""Rubrics: performance by level and strand, promotion rules, teaching steps, the nine frameworks."""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.domain.strand import Strand
from phonics_app.domain.text import Text


@dataclass(frozen=True, slots=True)
class Band:
    """A band of achievement; `number` 1 is the lowest. `minimum` is a share of items correct, 0–1."""

    number: int
    name: Text
    minimum: float


@dataclass(frozen=True, slots=True)
class PerformanceCriterion:
    """What a pupil does at one level, strand and band."""

    id: str
    level: int
    strand: Strand
    band: int
    descriptor: Text


@dataclass(frozen=True, slots=True)
class TeachingStep:
    """A next step of teaching for pupils placed at `level`; `order` is the order of the steps."""

    id: str
    level: int
    strand: Strand
    order: int
    step: Text


@dataclass(frozen=True, slots=True)
class PromotionRule:
    """One rule of promotion. `unit` tells what `value` is: "share", "count", "seconds", "weeks"; "text" has none."""

    id: str
    statement: Text
    value: float | None
    unit: str
    source: Text
    grade_of_evidence: str
    """"norm", "study", "expert" or "provisional"."""


@dataclass(frozen=True, slots=True)
class Framework:
    """One of the programme's operational frameworks."""

    number: int
    name: Text
    aim: Text


@dataclass(frozen=True, slots=True)
class FrameworkCriterion:
    """What a school at one band does for one criterion of a framework."""

    id: str
    framework: int
    criterion: Text
    band: int
    descriptor: Text
    evidence: Text
    """What an assessor may look at."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A work that the rubrics draw on. `short` is how a rule names it; `use` says what it is used for, and what not."""

    id: str
    short: Text
    citation: str
    use: Text


@dataclass(frozen=True, slots=True)
class Rubrics:
    """All rubrics, validated. `version` is a hash of the content."""

    version: str
    bands: tuple[Band, ...]
    performance: tuple[PerformanceCriterion, ...]
    teaching_steps: tuple[TeachingStep, ...]
    promotion: tuple[PromotionRule, ...]
    frameworks: tuple[Framework, ...]
    framework_criteria: tuple[FrameworkCriterion, ...]
    mastery: float
    """Share correct on a level's items that counts as mastery, 0–1: also the criterion of the level cuts."""
    references: tuple[Reference, ...] = ()
