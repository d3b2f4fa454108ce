"""Which item comes next: of the strand furthest behind its share, one of those that tell most at the estimate."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from phonics_app.engine.ability import Array
from phonics_app.engine.item_pool import TIE, Indices, ItemPool
from phonics_app.engine.item_sitting import Flags, Sittings

WORTH = 0.5
"""A strand takes part while its best item tells at least this share of what the best of all tells: at a level where
a strand has nothing to ask, balance would be a waste of the pupil's time."""


def choose(pool: ItemPool, sittings: Sittings, mean: Array, uniform: Array) -> Indices:
    """Position of the next item of each pupil, −1 where there is none left.

    `uniform`: one random number in [0, 1) for each pupil; it decides among strands equally far behind and among the
    strand's best items.
    """
    candidates, free, told = _best_open(pool, sittings, mean)
    strand, rest = _strand(pool, sittings, told, uniform)
    pupils = np.arange(len(mean))
    rank = free[strand, pupils].cumsum(axis=1)
    wanted = (rest * np.minimum(rank[:, -1], pool.draw.among)).astype(np.intp) + 1
    chosen = candidates[strand, pupils, (rank == wanted[:, None]).argmax(axis=1)]
    return np.where(rank[:, -1] > 0, chosen, -1)


def strands_open(pool: ItemPool, sittings: Sittings, mean: Array) -> Flags:
    """P × S: strands that have an item worth asking left."""
    return taking_part(_best_open(pool, sittings, mean)[2]).T


def taking_part(told: Array) -> Flags:
    """S × …: whether each strand is worth asking. `told`: information of its best item, −∞ where it has none."""
    return np.asarray((told >= WORTH * told.max(axis=0) - TIE) & (told > -np.inf))


def _best_open(pool: ItemPool, sittings: Sittings, mean: Array) -> tuple[npt.NDArray[np.int32], Flags, Array]:
    """The best items of each strand (S × P × depth), whether each may be shown, and what the first of these tells.

    So deep that as many as are drawn from are left of each strand, whoever the pupil.
    """
    at, pupils = pool.grid_index(mean), np.arange(len(mean))
    depth = int(sittings.closed_items.max()) + pool.draw.among
    candidates = pool.order[:, at, :depth]
    free = (candidates >= 0) & ~sittings.closed[pupils[:, None], candidates]
    first = (np.arange(len(candidates))[:, None], pupils, free.argmax(axis=2))
    return candidates, free, np.where(free[first], pool.information[at, candidates[first]], -np.inf)


def _strand(pool: ItemPool, sittings: Sittings, told: Array, uniform: Array) -> tuple[Indices, Array]:
    """The strand of each pupil's next item, and what is left of the random number once ties are decided."""
    given = sittings.given.T
    behind = np.where(taking_part(told), pool.share[:, None] * (given.sum(axis=0) + 1) - given, -np.inf)
    rank = (behind >= behind.max(axis=0) - TIE).cumsum(axis=0)
    scaled = uniform * rank[-1]
    wanted = scaled.astype(np.intp)
    return (rank == wanted + 1).argmax(axis=0), scaled - wanted
