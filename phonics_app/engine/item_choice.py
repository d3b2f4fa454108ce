"""Which item comes next: of the strand furthest behind its share, one of those that tell most at the estimate."""

from __future__ import annotations

import numpy as np

from phonics_app.engine.ability import Array
from phonics_app.engine.item_pool import Indices, ItemPool
from phonics_app.engine.item_sitting import Flags, Sittings

WORTH = 0.5
"""A strand takes part while its best item tells at least this share of what the best of all tells: at a level where
a strand has nothing to ask, balance would be a waste of the pupil's time."""
_TIE = 1e-9


def choose(pool: ItemPool, sittings: Sittings, mean: Array, uniform: Array) -> Indices:
    """Position of the next item of each pupil, −1 where there is none left.

    `uniform`: one random number in [0, 1) for each pupil; it decides among strands equally far behind and among the
    strand's best items.
    """
    at, pupils = pool.grid_index(mean), np.arange(len(mean))
    candidates, free = _candidates(pool, sittings, at)
    told = _most_told(pool, at, candidates, free)
    strand, rest = _strand(pool, sittings, told, uniform)
    rank = np.cumsum(free[strand, pupils], axis=1)
    wanted = np.floor(rest * np.minimum(rank[:, -1], pool.draw.among)) + 1
    chosen = candidates[strand, pupils, np.argmax(rank == wanted[:, None], axis=1)]
    return np.where(rank[:, -1] > 0, chosen, -1)


def strands_open(pool: ItemPool, sittings: Sittings, mean: Array) -> Flags:
    """P × S: strands that have an item worth asking left."""
    at = pool.grid_index(mean)
    return _taking_part(_most_told(pool, at, *_candidates(pool, sittings, at))).T


def _candidates(pool: ItemPool, sittings: Sittings, at: Indices) -> tuple[Indices, Flags]:
    """The best items of each strand, S × P × depth, and whether each may be shown."""
    depth = int(np.count_nonzero(sittings.closed, axis=1).max()) + pool.draw.among
    candidates = pool.order[:, at, :depth]
    return candidates, (candidates >= 0) & ~sittings.closed[np.arange(len(at))[:, None], candidates]


def _most_told(pool: ItemPool, at: Indices, candidates: Indices, free: Flags) -> Array:
    """S × P: information of each strand's best item, −∞ where it has none left."""
    first = np.take_along_axis(candidates, free.argmax(axis=2)[:, :, None], axis=2)[:, :, 0]
    return np.where(free.any(axis=2), pool.information[at, first], -np.inf)


def _taking_part(told: Array) -> Flags:
    return np.asarray((told >= WORTH * told.max(axis=0)) & (told > -np.inf))


def _strand(pool: ItemPool, sittings: Sittings, told: Array, uniform: Array) -> tuple[Indices, Array]:
    """The strand of each pupil's next item, and what is left of the random number once ties are decided."""
    given = sittings.given.T
    behind = np.where(_taking_part(told), pool.share[:, None] * (given.sum(axis=0) + 1) - given, -np.inf)
    rank = np.cumsum(behind >= behind.max(axis=0) - _TIE, axis=0)
    scaled = uniform * rank[-1]
    wanted = np.floor(scaled)
    return np.argmax(rank == wanted + 1, axis=0), scaled - wanted
