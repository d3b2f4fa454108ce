"""The pool from which an item-by-item test draws, with all that can be computed before the first pupil sits down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from phonics_app.domain.plan import Grid
from phonics_app.domain.strand import Strand
from phonics_app.engine.ability import Array, grid_points, level_shares
from phonics_app.engine.item_curves import CalibratedItem, Doubt, item_curves

Indices = npt.NDArray[np.intp]

TIE = 1e-9
"""Differences below this are rounding, which another processor or the player's JavaScript does otherwise: whatever
compares two computed numbers leaves them be."""
GRID = Grid(-9.0, 9.0, 181)


@dataclass(frozen=True, slots=True)
class Draw:
    """How items are drawn from the pool."""

    among: int = 5
    """Randomesque (Kingsbury & Zara 1989): one of this many best items of the strand, at random. 1: always the best."""
    shares: Mapping[Strand, float] | None = None
    """What part of the test each strand is to have; equal parts if not given."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemPool:
    """Arrays over items (I), strands (S), levels (L) and grid points (G)."""

    items: tuple[CalibratedItem, ...]
    cuts: tuple[float, ...]
    draw: Draw
    doubt: Doubt
    grid: Grid
    ids: tuple[str, ...]
    position: Mapping[str, int]
    strands: tuple[Strand, ...]
    """Those that the pool has, in their order."""
    share: Array
    """S: sums to 1."""
    of_strand: Indices
    """I × S: 1 where the item is of the strand."""
    theta: Array
    summary: Array
    """G × (2 + L): theta, its square, and the share of each level in the point's cell. A posterior times this is all
    that is asked of it."""
    log_right: Array
    """I × G."""
    log_wrong: Array
    """I × G."""
    information: Array
    """G × I: a row is all that one choice looks at."""
    order: npt.NDArray[np.int32]
    """S × G × items of the largest strand: each strand's items, the most informative first; −1 where it has no more."""

    def grid_index(self, mean: Array) -> Indices:
        """The grid point nearest to each estimate, the upper one of two; estimates lie within the grid."""
        step = (self.grid.maximum - self.grid.minimum) / (self.grid.points - 1)
        return np.asarray(((mean - self.grid.minimum) / step + (0.5 + TIE)).astype(np.intp))


def item_pool(
    items: Sequence[CalibratedItem],
    cuts: Sequence[float],
    draw: Draw = Draw(),
    doubt: Doubt = Doubt(),  # noqa: B008 - frozen
    grid: Grid = GRID,
) -> ItemPool:
    """`cuts` between the levels, lowest first: one fewer than levels."""
    theta = grid_points(grid)
    curves = item_curves(theta, items, doubt)
    strands = tuple(s for s in Strand if any(i.strand is s for i in items))
    strand = np.array([strands.index(i.strand) for i in items], dtype=np.intp)
    information = np.ascontiguousarray(curves.information.T)
    return ItemPool(
        items=tuple(items),
        cuts=tuple(cuts),
        draw=draw,
        doubt=doubt,
        grid=grid,
        ids=tuple(i.id for i in items),
        position={item.id: k for k, item in enumerate(items)},
        strands=strands,
        share=_shares(strands, draw.shares),
        of_strand=(strand[:, None] == np.arange(len(strands))).astype(np.intp),
        theta=theta,
        summary=np.vstack([theta, np.square(theta), level_shares(theta, (*cuts, np.inf))]).T,
        log_right=np.log(curves.right),
        log_wrong=np.log(curves.wrong),
        information=information,
        order=_order(information, strand, len(strands)),
    )


def _shares(strands: Sequence[Strand], wanted: Mapping[Strand, float] | None) -> Array:
    share = np.array([1.0 if wanted is None else wanted.get(s, 0.0) for s in strands])
    return np.asarray(share / share.sum())


def _order(information: Array, strand: Indices, strands: int) -> npt.NDArray[np.int32]:
    most = int(np.bincount(strand, minlength=strands).max())
    order = np.full((strands, len(information), most), -1, dtype=np.int32)
    for k in range(strands):
        own = np.flatnonzero(strand == k)
        order[k, :, : len(own)] = own[_best_first(information[:, own])]
    return order


def _best_first(told: Array) -> Indices:
    """Columns of each row, the highest number first; where neighbours in this order tie, by position."""
    best = np.argsort(-told, axis=1, kind="stable")
    ranked = np.take_along_axis(told, best, axis=1)
    tied = np.zeros(ranked.shape, dtype=np.intp)
    tied[:, 1:] = np.cumsum(ranked[:, :-1] - ranked[:, 1:] > TIE, axis=1)
    return np.take_along_axis(best, np.argsort(tied * told.shape[1] + best, axis=1), axis=1)
