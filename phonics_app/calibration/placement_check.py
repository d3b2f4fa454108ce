"""How well a plan places simulated pupils, and whether its stated probabilities are honest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from phonics_app.calibration.simulation import Indices, SimulatedAttempt, simulate_attempts
from phonics_app.calibration.worlds import World
from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.bank import Blueprint
from phonics_app.domain.plan import Plan
from phonics_app.domain.result import StopReason
from phonics_app.engine.ability import Array
from phonics_app.engine.priors import from_level
from phonics_app.engine.stopping import best_pair

GRADE_OFF = 1.0
"""Levels (standard deviation) by which the level that the grade suggests is off."""
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Edges between which stated probabilities are compared with how often they were right."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Indices of true and proposed levels, and the attempts."""

    true: Indices
    proposed: Indices
    attempts: list[SimulatedAttempt]

    @property
    def stated(self) -> Array:
        return np.array([max(a.state.ability.probabilities) for a in self.attempts])


@dataclass(frozen=True, slots=True)
class Band:
    """Pupils whose stated probability is from `low` up to `high`: what was said on average, how many were right."""

    low: float
    high: float
    pupils: int
    stated: float
    right: float


@dataclass(frozen=True, slots=True)
class PlacementFigures:
    """Of simulated pupils. Shares 0–1."""

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
    max_exposure: float
    """Share of pupils who were given the item given most."""
    exact_by_level: dict[str, float]
    """By the number of the true level; a level without pupils is left out."""
    bias: dict[str, float]
    """By true level: mean of proposed less true, in levels; above 0: placed too high."""
    stops: dict[str, float]
    """Share of tests by reason to stop, the most frequent first."""
    between_holds: float | None
    """Of those left between two levels: the true one is one of the two."""


def sit(plan: Plan, blueprint: Blueprint, world: World, pupils: int, seed: int, off: float = GRADE_OFF) -> Outcome:
    """Equal arguments give equal tests; plans of equal items put equal pupils to the test."""
    random = np.random.default_rng(seed)
    there = world(plan, pupils, random)
    last = len(plan.levels) - 1
    expected = np.clip(np.rint(there.true + off * random.normal(size=pupils)), 0, last).astype(int)
    specs = [from_level(plan, blueprint, plan.levels[k].number, PriorSource.GRADE) for k in expected]
    attempts = simulate_attempts(plan, specs, np.zeros(pupils), seed, model=there.answers)
    proposed = np.array([int(np.argmax(a.state.ability.probabilities)) for a in attempts])
    return Outcome(there.true, proposed, attempts)


def placement_figures(plan: Plan, out: Outcome) -> PlacementFigures:
    """What became of the pupils."""
    away = out.proposed - out.true
    items = np.array([a.state.items for a in out.attempts])
    bands = tuple(reliability(out.stated, away == 0))
    stops = Counter(a.state.ended.value for a in out.attempts if a.state.ended)
    return PlacementFigures(
        pupils=away.size,
        exact=float(np.mean(away == 0)),
        adjacent=float(np.mean(np.abs(away) <= 1)),
        too_high=float(np.mean(away > 0)),
        too_low=float(np.mean(away < 0)),
        mean_items=float(items.mean()),
        long_items=float(np.quantile(items, 0.95)),
        minutes=float(np.mean([a.state.seconds for a in out.attempts]) / 60),
        stated=float(out.stated.mean()),
        ece=sum(b.pupils * abs(b.stated - b.right) for b in bands) / away.size,
        ece_by_chance=sum(_by_chance(b) for b in bands) / away.size,
        reliability=bands,
        max_exposure=_max_exposure(out),
        exact_by_level=_by_level(plan, out, away == 0),
        bias=_by_level(plan, out, away),
        stops={reason: n / away.size for reason, n in stops.most_common()},
        between_holds=_between_holds(out),
    )


def reliability(stated: Array, right: npt.NDArray[np.bool_]) -> Iterator[Band]:
    """Stated against observed, band by band, empty ones left out."""
    place = np.clip(np.searchsorted(BANDS, stated, side="right") - 1, 0, len(BANDS) - 2)
    for k, (low, high) in enumerate(pairwise(BANDS)):
        here = place == k
        if here.any():
            yield Band(low, high, int(here.sum()), float(stated[here].mean()), float(right[here].mean()))


def _by_chance(band: Band) -> float:
    """Expected distance, times pupils, where the stated probability is the true one."""
    return math.sqrt(2 / math.pi * band.pupils * band.stated * (1 - band.stated))


def _max_exposure(out: Outcome) -> float:
    given = Counter(item for a in out.attempts for b in a.state.counted for item in b.block.items[: b.attempted])
    return max(given.values()) / len(out.attempts)


def _by_level(plan: Plan, out: Outcome, values: npt.NDArray[np.bool_] | Indices) -> dict[str, float]:
    there = ((level, out.true == k) for k, level in enumerate(plan.levels))
    return {str(level.number): float(values[own].mean()) for level, own in there if own.any()}


def _between_holds(out: Outcome) -> float | None:
    between = [
        (best_pair(a.state.ability.probabilities)[0], int(true))
        for a, true in zip(out.attempts, out.true, strict=True)
        if a.state.ended is StopReason.BETWEEN
    ]
    return sum(true - lower in (0, 1) for lower, true in between) / len(between) if between else None
