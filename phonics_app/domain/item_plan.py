"""The plan of a test that pupils take by themselves, item by item: hear, and choose.

Like `domain.plan.Plan` it holds nothing about a pupil and is stored once under the hash of its content. `base` has what
both kinds of plan have (items with their parameters, levels with their cuts, versions), and no blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.domain.plan import Grid, Plan, PlannedItem
from phonics_app.domain.strand import Strand, Task


@dataclass(frozen=True, slots=True)
class ItemLimits:
    """What a rule that ends the test may not go below, and what no test goes beyond."""

    maximum_items: int
    maximum_seconds: int
    """Of the time in which the test was on screen; an absence counts as no more than a minute."""
    minimum_items: int
    minimum_per_strand: int


@dataclass(frozen=True, slots=True)
class ItemDoubt:
    """How far items may be from their parameters, beside each one's own standard error."""

    slope: float
    """Standard deviation of the log of the slope."""
    difficulty: float
    lapse: float
    """Share of answers that are wrong although the pupil knows."""


@dataclass(frozen=True, slots=True)
class StopRule:
    """The test is over once the posterior's deviation is at or below the number that stands for its mean."""

    cost: float
    """Of an item, in probability of naming the right level: what the numbers were computed with."""
    mean: Grid
    deviation: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ItemBlueprint:
    """What such a test is made of."""

    id: str
    version: int
    tasks: tuple[Task, ...]
    variants: int
    per_cell: int
    """Items of a strand at a level, at most: a device fetches their audio before the test begins."""
    least_at_level: int
    """With fewer items of a level it is not told whether the level is mastered."""
    practice: int
    among: int
    cost: float
    doubt: ItemDoubt
    limits: ItemLimits
    rest_every: int
    """Items after which a rest is offered."""


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """Items, how they are drawn, and when the test ends."""

    base: Plan
    """Its levels are those that the test can tell apart: the first of each of `bands`."""
    bands: tuple[tuple[int, ...], ...]
    """Levels of the ladder that the items can't tell apart stand together; usually each stands alone."""
    audio: dict[str, str]
    """Item → key of the sound that is heard, practice items too."""
    practice: tuple[PlannedItem, ...]
    among: int
    """One of so many best items of the strand, by chance."""
    shares: dict[Strand, float]
    doubt: ItemDoubt
    limits: ItemLimits
    stop: StopRule
    rest_every: int

    def band_of(self, level: int) -> tuple[int, ...]:
        """The levels that are not told apart from `level`, itself among them; empty for a level that is none."""
        return next((band for band in self.bands if level in band), ())
