"""catsim as it comes: maximum likelihood, randomesque of 8, its stopping by confidence interval over the same cuts."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from catsim.estimation import NumericalSearchEstimator
from catsim.initialization import FixedPointInitializer
from catsim.item_bank import ItemBank
from catsim.selection import RandomesqueSelector
from catsim.simulation import Simulator
from catsim.stopping import ConfidenceIntervalStopper

from benchmarks.adaptive_world import World
from tests.engine.pools import CUTS

CONFIDENCE = 0.6
"""Ends its tests after about as many items as ours."""


@dataclass(frozen=True)
class Catsim:
    pupils: int
    items: float
    exact: float
    adjacent: float
    exposure: float
    milliseconds: float
    """For a pupil's whole test."""


def catsim(world: World, pupils: int, most: int) -> Catsim:
    bank = ItemBank(np.column_stack([np.ones(len(world.items)), world.difficulty]))
    simulator = Simulator(bank, world.theta[:pupils].tolist(), seed=1)
    stopper = ConfidenceIntervalStopper(list(CUTS), confidence=CONFIDENCE, max_items=most)
    started = time.perf_counter()
    simulator.simulate(FixedPointInitializer(0), RandomesqueSelector(8), NumericalSearchEstimator(), stopper)
    seconds = time.perf_counter() - started
    away = np.abs(np.searchsorted(CUTS, [e[-1] for e in simulator.estimations]) - world.level[:pupils])
    return Catsim(
        pupils=pupils,
        items=float(np.mean([len(given) for given in simulator.administered_items])),
        exact=float((away == 0).mean()),
        adjacent=float((away <= 1).mean()),
        exposure=float(np.bincount(np.concatenate(simulator.administered_items)).max() / pupils),
        milliseconds=1000 * seconds / pupils,
    )
