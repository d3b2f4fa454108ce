"""The choice of the next block."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from phonics_app.calibration.simulation import simulate_attempts
from phonics_app.domain.attempt import AttemptSpec, Prior, PriorSource
from phonics_app.domain.result import StopReason
from phonics_app.engine.ability import log_prior, normalise
from phonics_app.engine.administration import replay
from phonics_app.engine.assembly import assemble_plan
from phonics_app.engine.priors import level_centre
from phonics_app.engine.selection import first_block, next_blocks, seen_discount
from phonics_app.engine.tables import tables_of
from tests import sites
from tests.golden.sessions import all_right


def shipped_plan():
    content = sites.content()
    return assemble_plan(content.bank, content.rubrics, content.bank.placement.id, 0)


def test_a_sure_test_turns_to_the_level_that_it_has_not_seen_yet():
    """Where nothing more can be learnt all blocks are alike, and the first of the plan are rhymes for the youngest."""
    plan = shipped_plan()
    tables, top = tables_of(plan), plan.levels[-1].number
    prior = Prior(level_centre(plan.levels, top) + 2, 0.1, PriorSource.EARLIER_RESULT)
    posterior = normalise(log_prior(tables.theta, prior))[None, :]
    used = np.array([[block.level == top for block in plan.blocks]])
    chosen = int(next_blocks(tables, posterior, used, used, np.ones((1, len(plan.blocks))))[0])
    assert plan.blocks[chosen].level == top - 1


def test_a_pupil_at_the_top_who_was_tested_before_is_not_tested_to_the_limit():
    plan = shipped_plan()
    theta = level_centre(plan.levels, plan.levels[-1].number) + 1
    spec = AttemptSpec(Prior(theta, 0.8, PriorSource.EARLIER_RESULT), plan.levels[-1].number)
    done = simulate_attempts(plan, [spec] * 100, [theta] * 100, 5)
    assert sum(d.state.ended is StopReason.ITEM_LIMIT for d in done) <= 5


def test_a_level_of_which_the_teacher_left_a_block_out_is_still_to_be_seen():
    """A block left out shows nothing, so the test may not stop, and turns to the same level again."""
    plan = shipped_plan()
    top = plan.levels[-1].number
    spec = AttemptSpec(Prior(level_centre(plan.levels, top), 2.5, PriorSource.GRADE), top)
    events = all_right(plan, spec, blocks=3, left_out=1)
    given = [state.block for state in replay(plan, spec, events).blocks]
    assert [block.level for block in given] == [top, top - 1, top - 1]
    assert given[1].id != given[2].id


def test_a_block_seen_lately_waits_until_the_others_tell_next_to_nothing():
    plan = shipped_plan()
    tables, level = tables_of(plan), plan.levels[4].number
    posterior = normalise(log_prior(tables.theta, Prior(level_centre(plan.levels, level), 1.0, PriorSource.GRADE)))[
        None
    ]
    usual = int(next_blocks(tables, posterior, *none_given(plan), np.ones((1, len(plan.blocks))))[0])
    seen = [block.items[0] for block in plan.blocks if block.level == plan.blocks[usual].level]
    chosen = int(next_blocks(tables, posterior, *none_given(plan), seen_discount(tables, seen)[None])[0])
    assert not set(plan.blocks[chosen].items) & set(seen)
    before = tables_of(replace(plan, unseen_first=False))
    kept = int(next_blocks(before, posterior, *none_given(plan), seen_discount(before, seen)[None])[0])
    assert set(plan.blocks[kept].items) & set(seen), "one item of six cost little in plans of before"


def test_of_blocks_that_tell_nothing_an_unseen_one_is_taken():
    """Who is known for certain is shown what the teacher wants to have seen, and no block a second time."""
    plan = shipped_plan()
    tables, top = tables_of(plan), plan.levels[-1].number
    prior = Prior(level_centre(plan.levels, top) + 2, 0.1, PriorSource.EARLIER_RESULT)
    posterior = normalise(log_prior(tables.theta, prior))[None, :]
    used = np.array([[block.level == top for block in plan.blocks]])
    below = [block for block in plan.blocks if block.level == top - 1]
    seen = [item for block in below[:-1] for item in block.items]
    chosen = int(next_blocks(tables, posterior, used, used, seen_discount(tables, seen)[None])[0])
    assert plan.blocks[chosen] == below[-1]


def test_a_test_begins_with_another_strand_where_the_usual_one_was_seen():
    plan = shipped_plan()
    tables, top = tables_of(plan), plan.levels[-1].number
    usual = plan.blocks[first_block(tables, top, seen_discount(tables, ()))]
    seen = [item for b in plan.blocks if (b.level, b.strand) == (top, usual.strand) for item in b.items]
    other = plan.blocks[first_block(tables, top, seen_discount(tables, seen))]
    assert other.level == top
    assert not set(other.items) & set(seen)


def none_given(plan):
    return np.zeros((2, 1, len(plan.blocks)), dtype=bool)
