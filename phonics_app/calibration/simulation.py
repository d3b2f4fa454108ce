"""Simulated pupils who sit whole tests: the same events and decisions as `engine.administration`, many at once.

All pupils of one plan go forward together, block by block, so that the posterior and the choice of blocks
are a few matrix products. `tests/calibration` holds the outcome to `administration.replay`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from phonics_app.calibration.diary import Answers, SimulatedSitting
from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.event import Event
from phonics_app.domain.plan import Plan
from phonics_app.engine.ability import Array, attenuated_slope, normalise, right_probability
from phonics_app.engine.selection import first_block, next_blocks, seen_discount
from phonics_app.engine.state import AttemptState
from phonics_app.engine.tables import PlanTables, tables_of
from phonics_app.engine.worth import worths

_TOGETHER = 512
"""Pupils in one matrix product: their arrays stay in the processor's cache."""

Indices = npt.NDArray[np.intp]
ResponseModel = Callable[[Indices, Indices], Array]
"""(pupils, items of the plan) → probability of a right answer, pupils × items."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How simulated pupils behave beyond their ability; shares 0–1."""

    self_corrected: float = 0.03
    """Of answers that count as right: first said wrong, then mended."""
    seconds_per_item: float = 4.0
    seconds_between_blocks: float = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedAttempt:
    """One sitting: its events, and the state in which the engine ended it."""

    sitting: SimulatedSitting
    state: AttemptState

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(self.sitting.events)


def item_model(plan: Plan, thetas: Array, careless: float = 0.0) -> ResponseModel:
    """Answers as the plan's own item parameters say; a careless pupil slips on a share of what he knows."""
    columns = [(i.slope, i.difficulty, i.standard_error, i.guessing) for i in plan.items]
    slope, difficulty, error, guessing = np.array(columns).T
    slope, exact = attenuated_slope(slope, error), np.zeros(len(columns))  # once, not for every block given

    def model(pupils: Indices, items: Indices) -> Array:
        theta = thetas[pupils][:, None]
        right = right_probability(theta, slope[items], difficulty[items], exact[items], guessing[items])
        return right * (1 - careless)

    return model


def simulate_attempts(
    plan: Plan,
    specs: Sequence[AttemptSpec],
    thetas: Sequence[float] | Array,
    seed: int,
    *,
    starts: Sequence[datetime] | None = None,
    behaviour: Behaviour = Behaviour(),
    model: ResponseModel | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> list[SimulatedAttempt]:
    """One finished attempt for each spec and theta (logits), in order; equal arguments give equal attempts.

    `starts`: when each test begins, timezone-aware. `model` replaces the plan's own item model. `progress` is told
    the share done.
    """
    random = np.random.default_rng(seed)
    answers = model or item_model(plan, np.asarray(thetas, dtype=np.float64))
    done: list[SimulatedAttempt] = []
    for first in range(0, len(specs), _TOGETHER):
        part = slice(first, first + _TOGETHER)
        group = _Group(plan, specs[part], None if starts is None else starts[part], behaviour)
        done += group.run(random, _from(first, answers))
        progress(len(done) / len(specs))
    return done


def _from(first: int, model: ResponseModel) -> ResponseModel:
    """The model for a group that begins with pupil `first`."""
    return lambda pupils, items: model(pupils + first, items)


class _Group:
    """Pupils who sit the same plan side by side."""

    def __init__(
        self, plan: Plan, specs: Sequence[AttemptSpec], starts: Sequence[datetime] | None, behaviour: Behaviour
    ) -> None:
        self.tables: PlanTables = tables_of(plan)
        self.behaviour = behaviour
        none_seen = seen_discount(self.tables, ())
        self.discount = np.stack(
            [seen_discount(self.tables, s.seen_items) if s.seen_items else none_seen for s in specs]
        )
        self.weight = np.stack([self.tables.log_prior(s.prior) for s in specs])
        self.used = np.zeros(self.discount.shape, dtype=bool)
        self.sittings = [
            SimulatedSitting(self.tables, spec, None if starts is None else starts[i]) for i, spec in enumerate(specs)
        ]

    def run(self, random: np.random.Generator, answers: ResponseModel) -> list[SimulatedAttempt]:
        going = np.arange(len(self.sittings))
        chosen = np.array(
            [first_block(self.tables, s.spec.start_level, self.discount[i]) for i, s in enumerate(self.sittings)]
        )
        while going.size:
            for block in np.unique(chosen):
                self._give(int(block), going[chosen == block], random, answers)
            going, chosen = self._go_on(going)
        posterior = normalise(self.weight)
        return [
            SimulatedAttempt(sitting, sitting.state(posterior[i], self.discount[i]))
            for i, sitting in enumerate(self.sittings)
        ]

    def _give(self, block: int, pupils: Indices, random: np.random.Generator, answers: ResponseModel) -> None:
        """One block to all pupils who get it now."""
        items = np.array(self.tables.block_items[block])
        shape = (pupils.size, items.size)
        right = random.random(shape) < answers(pupils, items)
        mended = right & (random.random(shape) < self.behaviour.self_corrected)
        pace = self.behaviour.seconds_per_item * (0.5 + random.random(shape))
        pause = self.behaviour.seconds_between_blocks
        tried = np.zeros(shape, dtype=bool)
        for row, pupil in enumerate(pupils):
            given = Answers(right[row].tolist(), mended[row].tolist(), pace[row].tolist(), pause)
            tried[row, : self.sittings[pupil].give(self.tables.plan.blocks[block], given)] = True
        self.used[pupils, block] = True
        self.weight[pupils] += (right & tried) @ self.tables.log_right[items]
        self.weight[pupils] += (~right & tried) @ self.tables.log_wrong[items]

    def _go_on(self, going: Indices) -> tuple[Indices, Indices]:
        """Who is given another block, and which."""
        posterior = normalise(self.weight[going])
        used = self.used[going]  # every block given counts: nobody leaves one out
        chosen = next_blocks(self.tables, posterior, used, used, self.discount[going])
        levels = (posterior @ self.tables.level_share.T).tolist()
        sittings = [self.sittings[pupil] for pupil in going]
        worth = worths(self.tables, posterior, chosen, np.array([s.items for s in sittings])).tolist()
        on = [s.goes_on(tuple(levels[row]), int(chosen[row]), worth[row]) for row, s in enumerate(sittings)]
        keep = np.array(on, dtype=bool)
        return going[keep], chosen[keep]
