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

TESTS_APART = 2
"""No item comes again that the pupil saw in this many tests before."""
GRID = Grid(-9.0, 9.0, 181)


@dataclass(frozen=True, slots=True)
class Draw:
    """How items are drawn from the pool."""

    maximum_items: int
    among: int = 8
    """Randomesque (Kingsbury & Zara 1989): one of this many best items of the strand, at random. 1: always the best."""
    shares: Mapping[Strand, float] | None = None
    """What part of the test each strand is to have; equal parts if not given."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemPool:
    """Arrays over items (I), strands (S) and grid points (G)."""

    draw: Draw
    ids: tuple[str, ...]
    position: Mapping[str, int]
    strands: tuple[Strand, ...]
    """Those that the pool has, in their order."""
    share: Array
    """S: sums to 1."""
    strand: Indices
    """I: index of each item's strand."""
    theta: Array
    level_share: Array
    """L × G."""
    log_right: Array
    """I × G."""
    log_wrong: Array
    """I × G."""
    information: Array
    """G × I: a row is all that one choice looks at."""
    order: Indices
    """S × G × depth: the strand's items, the most informative first; −1 where there are no more. It reaches as deep
    as a test can go whose pupil has seen all he may of the best items, so that a choice never looks further."""

    def grid_index(self, mean: Array) -> Indices:
        """The grid point nearest to each estimate."""
        step = self.theta[1] - self.theta[0]
        return np.asarray(np.clip(np.rint((mean - self.theta[0]) / step), 0, len(self.theta) - 1), dtype=np.intp)


def item_pool(
    items: Sequence[CalibratedItem],
    cuts: Sequence[float],
    draw: Draw,
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
        draw=draw,
        ids=tuple(i.id for i in items),
        position={item.id: k for k, item in enumerate(items)},
        strands=strands,
        share=_shares(strands, draw.shares),
        strand=strand,
        theta=theta,
        level_share=level_shares(theta, (*cuts, np.inf)),
        log_right=np.log(curves.right),
        log_wrong=np.log(curves.wrong),
        information=information,
        order=_order(information, strand, len(strands), (1 + TESTS_APART) * draw.maximum_items + draw.among),
    )


def _shares(strands: Sequence[Strand], wanted: Mapping[Strand, float] | None) -> Array:
    share = np.array([1.0 if wanted is None else wanted.get(s, 0.0) for s in strands])
    return np.asarray(share / share.sum())


def _order(information: Array, strand: Indices, strands: int, depth: int) -> Indices:
    most = min(depth, int(np.bincount(strand, minlength=strands).max()))
    order = np.full((strands, len(information), most), -1, dtype=np.intp)
    for k in range(strands):
        own = np.flatnonzero(strand == k)
        best = np.argsort(-information[:, own], axis=1, kind="stable")[:, :most]
        order[k, :, : best.shape[1]] = own[best]
    return order
