"""Which block comes next: the one that tells most about the level, spread over strands, seen items last."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from phonics_app.engine.ability import Array
from phonics_app.engine.tables import PlanTables

BALANCE = 0.7
"""What a block's information still counts for each block of its strand given near its level."""
SEEN = 0.75
"""How much of a block's information is discounted if all its items were seen lately."""
LAST = 0.001
"""What is left besides of that of a block with any such item, where the plan gives the unseen ones first."""
TIE = 1e-9
"""Nats: differences below this are rounding, and the earlier block in the plan wins."""

Used = npt.NDArray[np.bool_]


def level_information(tables: PlanTables, posterior: Array) -> Array:
    """Information (nats) that one answer of each block gives about the level: pupils × blocks.

    Mutual information of level and answer under each pupil's posterior (pupils × grid); items of a block
    share a level and are alike, so the block's mean curve stands for them.
    """
    level = posterior @ tables.level_share.T
    overall = np.zeros((len(posterior), len(tables.block_items)))
    within = np.zeros_like(overall)
    for k, (columns, curves) in enumerate(zip(tables.level_columns, tables.level_curves, strict=True)):
        right = posterior[:, columns] @ curves
        mass = level[:, k : k + 1]
        overall += right
        within += mass * _entropy(right / np.maximum(mass, 1e-300))
    return np.asarray(_entropy(overall) - within)


def _entropy(p: Array) -> Array:
    p = np.clip(p, 1e-12, 1 - 1e-12)
    q = 1 - p
    return np.asarray(-p * np.log(p) - q * np.log(q))  # log1p is slower and no nearer, with p clipped


def seen_discount(tables: PlanTables, seen: Collection[str]) -> Array:
    """Factor for each block, 1 where nothing in it was seen lately."""
    discount = np.ones(len(tables.block_items))
    touched = np.zeros(len(discount), dtype=bool)
    for item in frozenset(seen) & tables.block_of.keys():
        block = tables.block_of[item]
        discount[block] -= SEEN / len(tables.block_items[block])
        touched[block] = True
    return np.where(touched, LAST * discount, discount) if tables.plan.unseen_first else discount


def next_blocks(
    tables: PlanTables, posterior: Array, used: Used, counted: Used, discount: Array
) -> npt.NDArray[np.intp]:
    """Index of the next block for each pupil, -1 where all blocks were given.

    `posterior` pupils × grid; the others pupils × blocks. `counted`: of the `used` blocks those with answers.
    """
    given = used.astype(np.float64)
    value = level_information(tables, posterior) * BALANCE ** (given @ tables.block_near) * discount
    value[used] = -np.inf
    wanted = _still_to_be_seen(tables, posterior, counted) & ~used
    owed = np.any(wanted, axis=1, keepdims=True)
    value[owed & ~wanted] = -np.inf
    best = value.max(axis=1)
    alike = value >= best[:, None] - TIE
    if tables.plan.unseen_first:
        unseen = alike & (discount >= 1)
        alike = np.where(unseen.any(axis=1, keepdims=True), unseen, alike)
    first = np.argmax(alike, axis=1)
    return np.where(np.isneginf(best), -1, first)


def _still_to_be_seen(tables: PlanTables, posterior: Array, counted: Used) -> Used:
    """Blocks of the levels that a sure test still owes the teacher: pupils × blocks.

    Of the proposed level and the one below it, where no block counts yet. A sure test may not stop
    before (`stopping.sure`), and by information alone it would not come to them.
    """
    level = posterior @ tables.level_share.T
    number = np.arange(level.shape[1])
    behind = level.argmax(axis=1)[:, None] - number
    spoken_of = (behind == 0) | (behind == 1)
    tested = counted @ tables.block_level.T
    sure = level.max(axis=1) >= tables.plan.stopping.sure_probability
    return np.asarray((spoken_of & ~tested & sure[:, None]) @ tables.block_level)


def first_block(tables: PlanTables, start_level: int, discount: Array) -> int:
    """Index of the first block: at the start level (or the nearest that has blocks), in the plan's strand order.

    An unknown start level is taken for the lowest one.
    """
    choice = tables.first_blocks.get(start_level) or tables.first_blocks[tables.plan.levels[0].number]
    best = max(discount[i] for i in choice)
    return next(i for i in choice if discount[i] >= best - TIE)
