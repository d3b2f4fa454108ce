"""What another block is worth beyond its cost."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.engine.ability import log_prior, normalise
from phonics_app.engine.priors import level_centre
from phonics_app.engine.tables import tables_of
from phonics_app.engine.worth import NOTHING, worths
from tests.engine.synthetic import plan, with_limits

COST = 0.002
PLAN = plan(limits=with_limits(item_cost=COST))
TABLES = tables_of(PLAN)
BLOCK = next(i for i, block in enumerate(PLAN.blocks) if block.level == 3)
SIZE = len(PLAN.blocks[BLOCK].items)


def posterior(*thetas: float, sd: float = 1.0) -> np.ndarray:
    priors = [Prior(theta, sd, PriorSource.GRADE) for theta in thetas]
    return np.stack([normalise(log_prior(TABLES.theta, prior)) for prior in priors])


def worth(*thetas: float, sd: float = 1.0, items: int = 0, block: int = BLOCK, tables=TABLES) -> np.ndarray:
    count = len(thetas)
    return worths(tables, posterior(*thetas, sd=sd), np.full(count, block), np.full(count, items))


def known_after(weight: np.ndarray, answers: int) -> float:
    """By listing every row of answers to items that have the block's mean curve."""
    curve, total = TABLES.block_curve[BLOCK], 0.0
    for row in product((True, False), repeat=answers):
        joint = weight * np.prod([curve if right else 1 - curve for right in row], axis=0)
        total += (TABLES.level_share @ joint).max()
    return total


def test_it_is_what_listing_every_answer_gives():
    weight = posterior(level_centre(PLAN.levels, 3))[0]
    now = (TABLES.level_share @ weight).max()
    listed = [known_after(weight, n) - now - COST * n for n in (SIZE, 2 * SIZE)]
    assert worth(level_centre(PLAN.levels, 3))[0] == pytest.approx(max(listed), abs=1e-12)


def test_answers_never_make_the_level_less_known():
    free = tables_of(replace(PLAN, stopping=with_limits(item_cost=1e-12)))
    assert (worth(*np.linspace(-3, 9, 25), tables=free) > -1e-9).all()


def test_who_is_known_well_or_stands_far_away_is_not_worth_a_block():
    there = level_centre(PLAN.levels, 3)
    assert worth(there, sd=1.5)[0] > 0
    assert (worth(there, sd=0.05) < 0).all()
    assert (worth(there - 7, there + 7, sd=0.5) < 0).all()


def test_only_blocks_that_fit_are_weighed():
    most = PLAN.stopping.maximum_items
    there = level_centre(PLAN.levels, 3)
    one = known_after(posterior(there)[0], SIZE) - (TABLES.level_share @ posterior(there)[0]).max() - COST * SIZE
    assert worth(there, items=most - SIZE)[0] == pytest.approx(one, abs=1e-12)
    assert worth(there, items=most - SIZE + 1)[0] == NOTHING


def test_without_a_block_or_a_cost_nothing_is_weighed():
    assert worth(1.0, block=-1)[0] == NOTHING
    assert worth(1.0, tables=tables_of(plan()))[0] == NOTHING


def test_pupils_are_weighed_one_by_one():
    thetas, blocks = np.linspace(0, 7, 6), np.array([BLOCK, 0, BLOCK, -1, 5, 0])
    items = np.array([0, 6, 40, 0, 12, 48])
    together = worths(TABLES, posterior(*thetas), blocks, items)
    alone = [worths(TABLES, posterior(t), blocks[[k]], items[[k]])[0] for k, t in enumerate(thetas)]
    assert together == pytest.approx(alone)
