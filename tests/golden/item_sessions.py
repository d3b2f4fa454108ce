"""Sittings of the item-by-item test with pupils who answer by chance, and what the Python engine decides in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.domain.plan import Plan
from phonics_app.engine.item_curves import Doubt
from phonics_app.engine.item_json import for_device
from phonics_app.engine.item_pool import Draw, ItemPool, item_pool
from phonics_app.engine.item_sitting import most_probable
from phonics_app.engine.item_stopping import AllCutsDecided, Limits, NotWorthMore, Stopping, Sure
from phonics_app.engine.item_test import ItemAnswer, ItemTest, ItemTestSpec, answer, start, stop_by_teacher
from phonics_app.engine.stop_table import stop_table
from tests.engine.pools import CUTS, STRANDS, MadeItem, mixed_items

PACE = 5.0
"""Seconds from answer to answer."""


@dataclass(frozen=True)
class Given:
    """A pool and when its tests end."""

    pool: ItemPool
    stopping: Stopping

    @property
    def json(self) -> dict[str, object]:
        return for_device(self.pool, self.stopping)


def round_items(count: int) -> list[MadeItem]:
    """Difficulties a tenth apart: at a point of the grid those as far above it as others are below tell the same."""
    return [MadeItem(f"r{k:03}", STRANDS[k % 4], 1.0, round(k % 40 * 0.2 - 4.0, 1)) for k in range(count)]


def made() -> list[Given]:
    """One for each rule; between them every reason to stop occurs, and every way in which an item may be doubted."""
    ties = item_pool(round_items(160), CUTS)
    doubtful = item_pool(
        mixed_items(120),
        CUTS,
        Draw(4, dict(zip(STRANDS, (0.4, 0.3, 0.2, 0.1), strict=True))),
        Doubt(0.4, 0.3, 0.02),
    )
    small = item_pool([replace(i, id=f"s{i.id}") for i in mixed_items(30, seed=5)], CUTS, Draw(3))
    return [
        Given(ties, Stopping(NotWorthMore(stop_table(ties, 0.0073)), Limits(40, 170, 6, 2))),
        Given(doubtful, Stopping(Sure(0.55), Limits(20, 1e9, minimum_per_strand=1))),
        Given(small, Stopping(AllCutsDecided(0.5, 0.3), Limits(60, 1e9))),
    ]


def of_plan(plan: Plan) -> Given:
    """The items of a test by blocks, given one by one."""
    pool = item_pool(plan.items, [level.cut for level in plan.levels[:-1]], grid=plan.grid)
    return Given(pool, Stopping(NotWorthMore(stop_table(pool, 0.0073)), Limits(40, 900, minimum_per_strand=1)))


def session(worlds: Sequence[Given], seed: int) -> dict[str, object]:
    """One sitting, in few characters: items by their position in the pool, "1" for a right answer."""
    random = Random(seed)
    number = seed % len(worlds)
    world = worlds[number]
    spec = _spec(world.pool, random)
    means: list[float] = []
    test = _sit(world, spec, random, means)
    return {
        "world": number,
        "prior": [spec.prior.mean, spec.prior.standard_deviation],
        "seed": spec.seed,
        "seen": [world.pool.position[item] for item in spec.seen_items],
        "right": "".join("01"[a.right] for a in test.answers),
        "items": [world.pool.position[a.item] for a in test.answers],
        "means": [round(m, 10) for m in means],
        "deviation": round(float(test.known.deviation[0]), 10),
        "probabilities": [round(p, 10) for p in test.known.levels[0].tolist()],
        "level": int(most_probable(test.known.levels)[0]),
        "ended": test.ended and test.ended.value,
    }


def _spec(pool: ItemPool, random: Random) -> ItemTestSpec:
    """Means half-way between two points of the grid, too: rounding must go the same way everywhere."""
    mean = random.choice([0.0, 0.05, random.randint(-40, 40) / 20, random.gauss(0, 1.5)])
    prior = Prior(mean, random.choice([0.1, 0.5, 1.0, 2.0, 3.0]), PriorSource.GRADE)
    seen = random.sample(pool.ids, random.choice([0, 0, 10, len(pool.ids) // 2]))
    return ItemTestSpec(prior, random.getrandbits(32), tuple(seen))


def _sit(world: Given, spec: ItemTestSpec, random: Random, means: list[float]) -> ItemTest:
    """To the end, or until the teacher stops; `means` after each answer."""
    ability = random.gauss(spec.prior.mean, 1.5)
    patience = random.choice([1000, 1000, 1000, random.randint(0, 20)])
    test = start(world.pool, world.stopping, spec)
    means.append(float(test.known.mean[0]))
    while test.next_item is not None:
        if len(test.answers) == patience:
            return stop_by_teacher(test)
        item = world.pool.items[world.pool.position[test.next_item]]
        knows = 1 / (1 + math.exp(item.slope * (item.difficulty - ability)))
        right = random.random() < item.guessing + (1 - item.guessing) * knows
        test = answer(test, ItemAnswer(test.next_item, right, PACE * (len(test.answers) + 1)))
        means.append(float(test.known.mean[0]))
    return test
