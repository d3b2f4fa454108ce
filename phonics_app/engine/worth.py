"""Whether another block is worth its items: optimal stopping, looking ahead.

A test is worth the probability of naming the right level, less a cost for every item. What the answers to the block
that would come next may be, and how sure each would make the level, follows from the posterior itself: the block's
items are alike, so the number of right ones tells it all. Where one block may not tell and two would, as for a pupil
of whom much points to two levels, twice the block is weighed as well. A whole table over means and precisions, as
`engine.stop_table` makes for single items, is not needed: few blocks are ever given, so nearly all that the programme
could look at lies this near.
"""

from __future__ import annotations

from math import comb

import numpy as np
import numpy.typing as npt

from phonics_app.engine.ability import Array
from phonics_app.engine.tables import PlanTables

AHEAD = 2
"""Blocks."""
NOTHING = -np.inf
"""Worth of going on where it is not weighed, or where no block is left or fits."""


def worths(tables: PlanTables, posterior: Array, chosen: npt.NDArray[np.intp], items: npt.NDArray[np.intp]) -> Array:
    """Of each pupil what going on with the block `chosen` (-1: none) is worth beyond its cost.

    `posterior` pupils × grid; `items`: attempted so far.
    """
    worth = np.full(len(posterior), NOTHING)
    if tables.plan.stopping.item_cost:
        for block in np.unique(chosen[chosen >= 0]):
            here = np.flatnonzero(chosen == block)
            worth[here] = _worth(tables, posterior[here], int(block), items[here])
    return worth


def _worth(tables: PlanTables, posterior: Array, block: int, items: npt.NDArray[np.intp]) -> Array:
    limits, size = tables.plan.stopping, len(tables.block_items[block])
    now = (posterior @ tables.level_share.T).max(axis=1)
    worth = np.full(len(posterior), NOTHING)
    for more in range(size, AHEAD * size + 1, size):
        gained = _known_after(tables, posterior, block, more) - now - limits.item_cost * more
        worth = np.where(items + more <= limits.maximum_items, np.maximum(worth, gained), worth)
    return worth


def _known_after(tables: PlanTables, posterior: Array, block: int, items: int) -> Array:
    """Expected probability of the most probable level after `items` answers like those of the block."""
    right = np.arange(items + 1)
    ways = np.array([comb(items, n) for n in right], dtype=np.float64)
    curve = tables.block_curve[block][:, None]
    chance = ways * curve**right * (1 - curve) ** (items - right)
    shares = zip(tables.level_share, tables.level_columns, strict=True)
    of_level = [posterior[:, columns] @ (share[columns, None] * chance[columns]) for share, columns in shares]
    return np.asarray(np.max(of_level, axis=0).sum(axis=1))
