"""O-NET English results (0–100): a school's own and the nation's."""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.domain.grade import Grade

FIRST_VOLUNTARY_YEAR = 2563
"""From B.E. 2563 sitting O-NET is voluntary: means before and after are not comparable without n."""


@dataclass(frozen=True, slots=True)
class OnetResult:
    """One school's result of one year and grade. Scores 0–100, `share_50` 0–1; None where not known."""

    school_id: str
    year: int
    grade: Grade
    n: int
    mean: float
    sd: float | None = None
    maximum: float | None = None
    minimum: float | None = None
    share_50: float | None = None


@dataclass(frozen=True, slots=True)
class NationalMean:
    year: int
    grade: Grade
    mean: float
    n: int | None
    source: str


@dataclass(frozen=True, slots=True)
class OnetTarget:
    """A target line: points (`relative` False) or a relative gain on the year before (`relative` True, 0.03 = 3 %)."""

    school_id: str
    grade: Grade
    value: float
    relative: bool
