"""What simulated pupils tell of the placement test: how often it is right, and whether it says so honestly."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """Pupils whose stated probability is from `low` up to `high`: what was said on average, how many were right."""

    low: float
    high: float
    pupils: int
    stated: float
    right: float

    @property
    def doubt(self) -> float:
        """How far `right` may be off by chance: two standard errors of a test that is as good as it says."""
        return float(2 * (self.stated * (1 - self.stated) / self.pupils) ** 0.5)


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """Of the pupils who truly are at a level. Shares 0–1."""

    level: int
    pupils: int
    exact: float
    adjacent: float
    """Within one level."""
    too_high: float
    too_low: float
    mean_items: float


@dataclass(frozen=True, slots=True)
class Boundary:
    """Two neighbouring levels: pupils who truly are at one of them, and the share that was placed at the other."""

    lower: int
    upper: int
    pupils: int
    confused: float


@dataclass(frozen=True, slots=True)
class PlacementFigures:
    """Of simulated pupils in one world. Shares 0–1."""

    pupils: int
    exact: float
    adjacent: float
    """Within one level."""
    too_high: float
    too_low: float
    mean_items: float
    long_items: float
    """19 of 20 tests are no longer."""
    minutes: float
    stated: float
    ece: float
    """Expected calibration error: mean distance of stated probabilities from the share right, over `reliability`."""
    ece_by_chance: float
    """What an honest test of as many pupils would show."""
    reliability: tuple[Band, ...]
    around_90: Band | None
    """Those to whom the test said about 90 in 100; None where there were none."""
    max_exposure: float
    """Share of pupils who were given the item given most; they share the test's variants."""
    bias: dict[str, float]
    """By true level (those without pupils left out): mean of proposed less true, in levels; above 0: too high."""
    levels: tuple[LevelFigures, ...]
    """By true level."""
    boundaries: tuple[Boundary, ...]
    stops: dict[str, float]
    """Share of tests by reason to stop, the most frequent first."""
    between_holds: float | None
    """Of those left between two levels: the true one is one of the two."""


@dataclass(frozen=True, slots=True)
class CutItems:
    """What the bank has where a level ends."""

    lower: int
    upper: int
    """The levels that meet there."""
    items: int
    """Items that tell the two apart at least half as well as the best item of the whole test tells."""
    blocks: int
    """Blocks that hold such items: what the test can choose from."""
    few: bool
    """Fewer than half as many as at the middle one of all cuts."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """One run. None of the pupils are real."""

    bank: str
    """Version, as `blueprint` and `engine`."""
    blueprint: str
    engine: str
    items: int
    """In the plan of the first variant, of which `cuts` tells as well."""
    seed: int
    world: str
    figures: PlacementFigures
    """Of that world."""
    cuts: tuple[CutItems, ...]
    misspecified: dict[str, PlacementFigures]
    """Worlds in which pupils answer otherwise than the test thinks, where they were asked for."""
