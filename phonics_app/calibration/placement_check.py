"""How well a plan places simulated pupils, and whether its stated probabilities are honest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from phonics_app.calibration.simulation import Indices, SimulatedAttempt, simulate_attempts
from phonics_app.calibration.worlds import World
from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.bank import Blueprint
from phonics_app.domain.plan import Plan
from phonics_app.domain.result import StopReason
from phonics_app.domain.simulation import Band, Boundary, LevelFigures, PlacementFigures
from phonics_app.engine.ability import Array
from phonics_app.engine.priors import from_level
from phonics_app.engine.stopping import best_pair

GRADE_OFF = 1.0
GROUP = 125
"""Pupils who sit one variant with one draw of what is true of its items."""
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""Edges between which stated probabilities are compared with how often they were right."""
ABOUT_90 = (0.87, 0.93)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Indices of true and proposed levels, and the attempts."""

    true: Indices
    proposed: Indices
    attempts: list[SimulatedAttempt]

    @property
    def stated(self) -> Array:
        return np.array([max(a.state.ability.probabilities) for a in self.attempts])


def sit(
    plan: Plan,
    blueprint: Blueprint,
    world: World,
    pupils: int,
    seed: int,
    off: float = GRADE_OFF,
    truth: Plan | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> Outcome:
    """Equal arguments give equal tests.

    `off`: levels (standard deviation) by which the level that the grade suggests is off. `truth`: a plan of the same
    items for which the pupils are made (default: the one they sit), so that several plans are given to equal pupils.
    """
    random = np.random.default_rng(seed)
    there = world(truth or plan, pupils, random)
    last = len(plan.levels) - 1
    expected = np.clip(np.rint(there.true + off * random.normal(size=pupils)), 0, last).astype(int)
    specs = [from_level(plan, blueprint, plan.levels[k].number, PriorSource.GRADE) for k in expected]
    attempts = simulate_attempts(plan, specs, np.zeros(pupils), seed, model=there.answers, progress=progress)
    proposed = np.array([int(np.argmax(a.state.ability.probabilities)) for a in attempts])
    return Outcome(there.true, proposed, attempts)


def sit_variants(
    variant: Callable[[int], Plan],
    blueprint: Blueprint,
    world: World,
    pupils: int,
    seed: int,
    off: float = GRADE_OFF,
    truth: Callable[[int], Plan] | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> Outcome:
    """As a site gives the test: the pupils share its variants, and what is true of the items is drawn anew for each
    group of them. One variant and one draw would tell of that draw: all its pupils meet the same lucky items.

    `variant`: number → plan; so is `truth`, and the rest is as in `sit`.
    """
    groups = [min(GROUP, pupils - first) for first in range(0, pupils, GROUP)]
    outcomes = []
    for number, count in enumerate(groups):
        which = number % blueprint.variants
        tell = partial(_tell, progress, number / len(groups), 1 / len(groups))
        made_for = truth(which) if truth else None
        outcomes.append(
            sit(variant(which), blueprint, world, count, _seed_of(seed, number), off, made_for, progress=tell)
        )
    return Outcome(
        np.concatenate([out.true for out in outcomes]),
        np.concatenate([out.proposed for out in outcomes]),
        [attempt for out in outcomes for attempt in out.attempts],
    )


def _seed_of(seed: int, group: int) -> int:
    return int(np.random.SeedSequence((seed, group)).generate_state(1)[0])


def _tell(progress: Callable[[float], None], before: float, part: float, share: float) -> None:
    progress(before + part * share)


def placement_figures(plan: Plan, out: Outcome) -> PlacementFigures:
    """What became of the pupils."""
    away, items = out.proposed - out.true, _items(out)
    exact, stated = away == 0, out.stated
    bands = tuple(reliability(stated, exact))
    return PlacementFigures(
        pupils=away.size,
        exact=float(np.mean(exact)),
        adjacent=float(np.mean(np.abs(away) <= 1)),
        too_high=float(np.mean(away > 0)),
        too_low=float(np.mean(away < 0)),
        mean_items=float(items.mean()),
        long_items=float(np.quantile(items, 0.95)),
        minutes=float(np.mean([a.state.seconds for a in out.attempts]) / 60),
        stated=float(stated.mean()),
        ece=sum(b.pupils * abs(b.stated - b.right) for b in bands) / away.size,
        ece_by_chance=sum(_by_chance(b) for b in bands) / away.size,
        reliability=bands,
        around_90=_band(*ABOUT_90, stated, exact),
        max_exposure=_max_exposure(out),
        bias={str(plan.levels[k].number): float(away[out.true == k].mean()) for k in _levels_there(out)},
        levels=tuple(_level(plan, out, k) for k in _levels_there(out)),
        boundaries=tuple(_boundaries(plan, out)),
        stops=_stops(out),
        between_holds=_between_holds(out),
    )


def reliability(stated: Array, right: npt.NDArray[np.bool_]) -> Iterator[Band]:
    """Stated against observed, band by band, empty ones left out."""
    for low, high in pairwise(BANDS):
        band = _band(low, high, stated, right)
        if band:
            yield band


def _band(low: float, high: float, stated: Array, right: npt.NDArray[np.bool_]) -> Band | None:
    """Certainty falls into the last band."""
    here = (stated >= low) & ((stated < high) | (high >= 1))
    if not here.any():
        return None
    return Band(low, high, int(here.sum()), float(stated[here].mean()), float(right[here].mean()))


def _by_chance(band: Band) -> float:
    """Expected distance, times pupils, where the stated probability is the true one."""
    return math.sqrt(2 / math.pi * band.pupils * band.stated * (1 - band.stated))


def _items(out: Outcome) -> Indices:
    return np.array([a.state.items for a in out.attempts])


def _max_exposure(out: Outcome) -> float:
    given = Counter(item for a in out.attempts for b in a.state.counted for item in b.block.items[: b.attempted])
    return max(given.values()) / len(out.attempts)


def _levels_there(out: Outcome) -> list[int]:
    return [int(k) for k in np.unique(out.true)]


def _level(plan: Plan, out: Outcome, k: int) -> LevelFigures:
    own = out.true == k
    away = out.proposed[own] - k
    return LevelFigures(
        level=plan.levels[k].number,
        pupils=int(own.sum()),
        exact=float(np.mean(away == 0)),
        adjacent=float(np.mean(np.abs(away) <= 1)),
        too_high=float(np.mean(away > 0)),
        too_low=float(np.mean(away < 0)),
        mean_items=float(_items(out)[own].mean()),
    )


def _boundaries(plan: Plan, out: Outcome) -> Iterator[Boundary]:
    for k, (lower, upper) in enumerate(pairwise(plan.levels)):
        own = (out.true == k) | (out.true == k + 1)
        if own.any():
            confused = out.proposed[own] == 2 * k + 1 - out.true[own]
            yield Boundary(lower.number, upper.number, int(own.sum()), float(confused.mean()))


def _stops(out: Outcome) -> dict[str, float]:
    stops = Counter(a.state.ended.value for a in out.attempts if a.state.ended)
    return {reason: n / len(out.attempts) for reason, n in stops.most_common()}


def _between_holds(out: Outcome) -> float | None:
    between = [
        (best_pair(a.state.ability.probabilities)[0], int(true))
        for a, true in zip(out.attempts, out.true, strict=True)
        if a.state.ended is StopReason.BETWEEN
    ]
    return sum(true - lower in (0, 1) for lower, true in between) / len(between) if between else None
