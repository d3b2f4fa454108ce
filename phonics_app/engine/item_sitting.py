"""Sittings of an item-by-item test: what is known of each pupil after his answers. One pupil or thousands: the same.

Arrays over pupils (P), grid points (G), items (I) and strands (S).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from phonics_app.domain.attempt import Prior
from phonics_app.engine.ability import Array, log_prior, normalise
from phonics_app.engine.item_pool import TIE, Indices, ItemPool

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Sittings:
    log_prior: Array
    """P × G."""
    log_likelihood: Array
    """P × G: of the answers; a sum, so their order is of no account."""
    closed: Flags
    """P × I: may not be shown, because it was in this test or in one of the last."""
    closed_items: Indices
    """P × S: how many of each strand these are."""
    given: Indices
    """P × S: items of each strand answered."""

    def __getitem__(self, pupils: npt.NDArray[np.intp] | Flags) -> Sittings:
        return Sittings(
            self.log_prior[pupils],
            self.log_likelihood[pupils],
            self.closed[pupils],
            self.closed_items[pupils],
            self.given[pupils],
        )

    @property
    def posterior(self) -> Array:
        """P × G: sums to 1 over the grid."""
        return normalise(self.log_prior + self.log_likelihood)

    @property
    def items(self) -> Indices:
        """P: items answered."""
        return np.asarray(self.given.sum(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the answers say of each pupil."""

    mean: Array
    """P: expected a posteriori, logits."""
    deviation: Array
    """P: of the posterior."""
    levels: Array
    """P × L: probability of each level."""


def most_probable(levels: Array) -> Indices:
    """P: index of the most probable of P × L, the lower one of two."""
    return np.asarray((levels >= levels.max(axis=1, keepdims=True) - TIE).argmax(axis=1))


def begin(pool: ItemPool, priors: Sequence[Prior], seen: Sequence[Collection[str]] | None = None) -> Sittings:
    """`seen`: of each pupil the items of his last two tests. Items that the pool has no more are passed over."""
    closed = np.zeros((len(priors), len(pool.ids)), dtype=bool)
    for row, items in zip(closed, seen or (), strict=False):
        row[[pool.position[i] for i in items if i in pool.position]] = True
    weight = np.stack([log_prior(pool.theta, prior) for prior in priors])
    closed_items = closed.astype(np.intp) @ pool.of_strand
    return Sittings(weight, np.zeros_like(weight), closed, closed_items, np.zeros_like(closed_items))


def answered(pool: ItemPool, sittings: Sittings, items: Indices, right: Flags) -> Sittings:
    """After one more answer of each pupil: `items` by position in the pool."""
    told = np.where(right[:, None], pool.log_right[items], pool.log_wrong[items])
    closed, one_more = sittings.closed.copy(), pool.of_strand[items]
    closed[np.arange(len(items)), items] = True
    return Sittings(
        sittings.log_prior,
        sittings.log_likelihood + told,
        closed,
        sittings.closed_items + one_more,
        sittings.given + one_more,
    )


def known(pool: ItemPool, sittings: Sittings) -> Known:
    found = sittings.posterior @ pool.summary
    mean = found[:, 0]
    return Known(mean, np.sqrt(np.maximum(found[:, 1] - mean * mean, 0.0)), found[:, 2:])
