"""The answers of a self-run test laid out as those of a test by blocks are, so that the same can be said of both."""

from __future__ import annotations

import numpy as np

from phonics_app.engine.ability import log_prior
from phonics_app.engine.item_administration import ItemAttemptState
from phonics_app.engine.tables import PlanTables
from phonics_app.levelling.answers import Answers


def answers_by_item(state: ItemAttemptState) -> Answers:
    """Every counted answer; curves are those of the test, with the items' doubts in them."""
    pool = state.ready.pool
    where = np.array([pool.position[given.item] for given in state.given], dtype=np.intp)
    return Answers(
        tables=_tables(state),
        items=tuple(state.ready.items[given.item] for given in state.given),
        right=np.array([given.right for given in state.given], dtype=np.bool_),
        log_prior=log_prior(pool.theta, state.spec.prior),
        log_right=pool.log_right[where],
        log_wrong=pool.log_wrong[where],
    )


def _tables(state: ItemAttemptState) -> PlanTables:
    """Of a plan without blocks: nothing that speaks of them."""
    pool, plan = state.ready.pool, state.ready.plan.base
    return PlanTables(
        plan=plan,
        theta=pool.theta,
        log_share=np.zeros(len(pool.theta)),
        level_share=np.ascontiguousarray(pool.summary[:, 2:].T),
        log_right=pool.log_right,
        log_wrong=pool.log_wrong,
        block_curve=np.zeros((0, len(pool.theta))),
        level_columns=(),
        level_curves=(),
        block_near=np.zeros((0, 0)),
        block_items=(),
        block_index={},
        block_of={},
        items=state.ready.items,
        level_index={level.number: k for k, level in enumerate(plan.levels)},
        strands_near=(),
        levels_given=frozenset(),
        block_level=np.zeros((len(plan.levels), 0), dtype=np.bool_),
        first_blocks={},
    )
