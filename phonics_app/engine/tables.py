"""What the engine computes once for a plan: curves on the grid and who lies where. Shared by all its attempts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from phonics_app.domain.attempt import Prior
from phonics_app.domain.plan import Plan, PlannedItem
from phonics_app.domain.strand import Strand
from phonics_app.engine.ability import Array, grid_points, level_shares, log_curves, log_prior
from phonics_app.engine.kept import KeptForPlan

NEAR = 1
"""Levels at most this far apart are neighbours: their strands count as evidence for one another."""


@dataclass(frozen=True, slots=True, eq=False)
class PlanTables:
    """Arrays over items (I), blocks (B), levels (L) and grid points (G).

    The grid holds all thetas for the plan's first kind of pupils, then all for the second, and so on.
    """

    plan: Plan
    theta: Array
    log_share: Array
    """Of each grid point the log share of its kind beforehand."""
    level_share: Array
    """L × G."""
    log_right: Array
    """I × G."""
    log_wrong: Array
    block_curve: Array
    """B × G: expected share right in the block."""
    level_columns: tuple[npt.NDArray[np.intp], ...]
    """For each level the grid columns of which it has a share: a small part, so products are taken over these alone."""
    level_curves: tuple[Array, ...]
    """For each level, its columns × B: the share of the column times the blocks' curves."""
    block_near: Array
    """B × B: 1 where two blocks are of one strand at neighbouring levels."""
    block_items: tuple[tuple[int, ...], ...]
    block_index: Mapping[str, int]
    block_of: Mapping[str, int]
    """Item id → index of its block."""
    items: Mapping[str, PlannedItem]
    level_index: Mapping[int, int]
    strands_near: tuple[frozenset[Strand], ...]
    """For each level the strands that have blocks at it or at a neighbour."""
    levels_given: frozenset[int]
    """Levels that have blocks."""
    block_level: npt.NDArray[np.bool_]
    """L × B: whether the block is of that level."""
    first_blocks: Mapping[int, tuple[int, ...]]
    """For each level the blocks with which a test may begin there: of one level, the nearest, and its first strand; or
    of any, where those not seen lately come first."""

    def log_prior(self, prior: Prior) -> Array:
        """Log density on the grid, up to a constant: what is known of the pupil's ability, and of kinds of pupils."""
        return log_prior(self.theta, prior) + self.log_share


def tables_of(plan: Plan) -> PlanTables:
    """The tables of `plan`, kept while the plan is in use."""
    return _tables(plan)


def _make(plan: Plan) -> PlanTables:
    points = grid_points(plan.grid)
    kinds = plan.kinds
    theta = np.tile(points, len(kinds))
    right, wrong = _item_curves(plan, points)
    position = {item.id: i for i, item in enumerate(plan.items)}
    block_items = tuple(tuple(position[i] for i in block.items) for block in plan.blocks)
    share = _level_shares(plan, points)
    block_curve = np.stack([np.exp(right[list(items)]).mean(axis=0) for items in block_items])
    columns = tuple(np.flatnonzero(row) for row in share)
    return PlanTables(
        plan=plan,
        theta=theta,
        log_share=np.repeat(np.log([kind.share for kind in kinds]), points.size),
        level_share=share,
        log_right=right,
        log_wrong=wrong,
        block_curve=block_curve,
        level_columns=columns,
        level_curves=tuple((share[k, c] * block_curve[:, c]).T.copy() for k, c in enumerate(columns)),
        block_near=_near(plan),
        block_items=block_items,
        block_index={block.id: i for i, block in enumerate(plan.blocks)},
        block_of={item: i for i, block in enumerate(plan.blocks) for item in block.items},
        items={item.id: item for item in plan.items},
        level_index=_order(plan),
        strands_near=_strands_near(plan),
        levels_given=frozenset(block.level for block in plan.blocks),
        block_level=np.array([[block.level == level.number for block in plan.blocks] for level in plan.levels]),
        first_blocks={level.number: _first_blocks(plan, level.number) for level in plan.levels},
    )


def _item_curves(plan: Plan, points: Array) -> tuple[Array, Array]:
    columns = [(i.slope, i.difficulty, i.standard_error, i.guessing) for i in plan.items]
    slope, difficulty, standard_error, guessing = np.array(columns, dtype=np.float64).T
    telling = slope > 0  # an item without a slope says nothing, of guessing neither
    curves = [
        log_curves(
            points,
            kind.sharpness * slope,
            difficulty,
            standard_error,
            np.where(telling, np.maximum(guessing, kind.guessing), guessing),
        )
        for kind in plan.kinds
    ]
    return np.hstack([right for right, _ in curves]), np.hstack([wrong for _, wrong in curves])


def _level_shares(plan: Plan, points: Array) -> Array:
    cuts = [level.cuts or (level.cut,) for level in plan.levels]
    return np.hstack([level_shares(points, of_factor) for of_factor in zip(*cuts, strict=True)])


def _order(plan: Plan) -> dict[int, int]:
    return {level.number: i for i, level in enumerate(plan.levels)}


def _strands_near(plan: Plan) -> tuple[frozenset[Strand], ...]:
    index = _order(plan)
    return tuple(
        frozenset(block.strand for block in plan.blocks if abs(index[block.level] - here) <= NEAR)
        for here in range(len(plan.levels))
    )


def _first_blocks(plan: Plan, start: int) -> tuple[int, ...]:
    order = _order(plan)
    lead = min(plan.blocks, key=lambda block: abs(order[block.level] - order[start]))
    there = [(i, block) for i, block in enumerate(plan.blocks) if block.level == lead.level]
    return tuple(i for i, block in there if plan.unseen_first or block.strand is lead.strand)


def _near(plan: Plan) -> Array:
    index = _order(plan)
    level = np.array([index[block.level] for block in plan.blocks])
    strand = np.array([block.strand.value for block in plan.blocks])
    close = np.abs(level[:, None] - level[None, :]) <= NEAR
    return np.asarray(close & (strand[:, None] == strand[None, :]), dtype=np.float64)


_tables = KeptForPlan(_make)
