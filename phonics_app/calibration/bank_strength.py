"""How much a test has to ask where its levels end: too few items there, and pupils on that cut are told less."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from phonics_app.domain.plan import Plan
from phonics_app.domain.simulation import CutItems
from phonics_app.engine.ability import Array, attenuated_slope, grid_points, right_probability

GOOD = 0.5
"""Of the information that the best item of the plan gives at its best: an item with that much tells."""
FEW = 0.5
"""Of the items at the middle one of all cuts: fewer are few."""


def item_information(plan: Plan, theta: Array) -> Array:
    """Fisher information of each item at each ability (logits): items × abilities."""
    columns = np.array([(i.slope, i.difficulty, i.standard_error, i.guessing) for i in plan.items]).T[:, :, None]
    slope, _difficulty, error, guessing = columns
    right = right_probability(theta[None, :], *columns)
    known = (right - guessing) / (1 - guessing)
    return np.asarray(np.square(attenuated_slope(slope, error) * known) * (1 - right) / right)


def items_at_cuts(plan: Plan) -> tuple[CutItems, ...]:
    """For each cut between two levels the items that tell there."""
    best = item_information(plan, grid_points(plan.grid)).max()
    cuts = np.array([level.cut for level in plan.levels[:-1]])
    tells = item_information(plan, cuts) >= GOOD * best
    return tuple(_cut_items(plan, tells)) if cuts.size else ()


def _cut_items(plan: Plan, tells: Array) -> Iterator[CutItems]:
    counts = tells.sum(axis=0)
    place = {item.id: k for k, item in enumerate(plan.items)}
    for k, (lower, upper) in enumerate(pairwise(plan.levels)):
        blocks = sum(any(tells[place[i], k] for i in block.items) for block in plan.blocks)
        few = bool(counts[k] < FEW * np.median(counts))
        yield CutItems(lower.number, upper.number, int(counts[k]), blocks, few)
