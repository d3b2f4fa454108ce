"""From the blocks that count to ability, and on to the next block or the reason to stop."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.plan import Order
from phonics_app.domain.result import StopReason
from phonics_app.engine.ability import Array, moments, normalise
from phonics_app.engine.asking import asked_in
from phonics_app.engine.rules import score_self_correction_right
from phonics_app.engine.selection import first_block, next_blocks
from phonics_app.engine.state import Ability, BlockState, BlockStatus, Finished, Show
from phonics_app.engine.stopping import Progress, stop_reason
from phonics_app.engine.tables import NEAR, PlanTables
from phonics_app.engine.worth import worths


def scores(block: BlockState) -> tuple[int, ...]:
    """1 or 0 for each attempted item; items not attempted are left out, not wrong."""
    return tuple(score_self_correction_right(mark) for mark in block.marks[: block.attempted])


def estimate(tables: PlanTables, spec: AttemptSpec, counted: Sequence[BlockState]) -> Ability:
    """Posterior from the prior and every counted answer."""
    weight = tables.log_prior(spec.prior)
    for block in counted:
        items = tables.block_items[tables.block_index[block.block.id]]
        right = scores(block)
        weight = weight + tables.log_right[[i for i, s in zip(items, right, strict=False) if s]].sum(axis=0)
        weight = weight + tables.log_wrong[[i for i, s in zip(items, right, strict=False) if not s]].sum(axis=0)
    return ability_of(tables, normalise(weight))


def ability_of(tables: PlanTables, posterior: Array) -> Ability:
    """Moments and level probabilities of one pupil's posterior."""
    posterior.setflags(write=False)
    theta, standard_error = moments(tables.theta, posterior)
    levels = tables.level_share @ posterior
    return Ability(posterior, float(theta), float(standard_error), tuple(float(p) for p in levels))


def decide(
    tables: PlanTables,
    spec: AttemptSpec,
    discount: Array,
    blocks: Sequence[BlockState],
    ability: Ability,
    seconds: float,
) -> Show | Finished:
    """The next block, or why to stop. No block is on screen."""
    finished = [b for b in blocks if b.status is BlockStatus.FINISHED]
    if tables.plan.order is Order.FIXED:
        return _next_in_order(tables, blocks)
    counted = [b for b in finished if b.attempted]
    chosen = _choose(tables, spec, discount, finished, ability)
    size = None if chosen < 0 else len(tables.plan.blocks[chosen].items)
    worth = _worth(tables, ability, chosen, sum(b.attempted for b in counted))
    reason = stop_reason(progress_of(tables, counted, ability.probabilities, seconds, size, worth))
    return Show(tables.plan.blocks[chosen].id) if reason is None else Finished(reason)


def first(tables: PlanTables, spec: AttemptSpec, discount: Array) -> int:
    """Index of the block with which the test begins."""
    return 0 if tables.plan.order is Order.FIXED else first_block(tables, spec.start_level, discount)


def _next_in_order(tables: PlanTables, blocks: Sequence[BlockState]) -> Show | Finished:
    """A fixed form: every block that is not finished, in the plan's order; no questions about what was not read."""
    done = {b.block.id for b in blocks if b.status is BlockStatus.FINISHED}
    waiting = (block for block in tables.plan.blocks if block.id not in done)
    left = next((one.id for one in waiting if asked_in(tables.plan, tables.items, blocks, one)), None)
    return Finished(StopReason.FORM_COMPLETE) if left is None else Show(left)


def _worth(tables: PlanTables, ability: Ability, chosen: int, items: int) -> float:
    return float(worths(tables, ability.posterior[None, :], np.array([chosen]), np.array([items]))[0])


def _choose(
    tables: PlanTables,
    spec: AttemptSpec,
    discount: Array,
    blocks: Sequence[BlockState],
    ability: Ability,
) -> int:
    """Index of the block that comes next; `blocks`: those that are finished."""
    if not blocks:
        return first_block(tables, spec.start_level, discount)
    used, counted = np.zeros((2, 1, len(tables.plan.blocks)), dtype=bool)
    for block in blocks:
        index = tables.block_index[block.block.id]
        used[0, index], counted[0, index] = True, block.attempted > 0
    return int(next_blocks(tables, ability.posterior[None, :], used, counted, discount[None, :])[0])


def progress_of(
    tables: PlanTables,
    counted: Sequence[BlockState],
    probabilities: tuple[float, ...],
    seconds: float,
    next_size: int | None,
    worth: float,
) -> Progress:
    """What the stopping rules look at."""
    here = probabilities.index(max(probabilities))
    near = {level.number for level in tables.plan.levels[max(0, here - NEAR) : here + NEAR + 1]}
    return Progress(
        limits=tables.plan.stopping,
        probabilities=probabilities,
        blocks=len(counted),
        items=sum(b.attempted for b in counted),
        strands=len({b.block.strand for b in counted if b.block.level in near}),
        strands_there=len(tables.strands_near[here]),
        tested=_tested(tables, counted),
        seconds=seconds,
        next_size=next_size,
        worth=worth,
    )


def _tested(tables: PlanTables, counted: Sequence[BlockState]) -> tuple[bool, ...]:
    open_levels = tables.levels_given - {b.block.level for b in counted}
    return tuple(level.number not in open_levels for level in tables.plan.levels)
