"""One pupil's test from first item to reason: replay equals live, and equals the simulation of thousands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.domain.grade import Grade
from phonics_app.domain.plan import Grid
from phonics_app.engine import priors
from phonics_app.engine.item_pool import item_pool
from phonics_app.engine.item_stopping import ItemStop, Limits, NotWorthMore, Stopping
from phonics_app.engine.item_test import ItemAnswer, ItemTestSpec, answer, replay, start, stop_by_teacher
from phonics_app.engine.stop_table import stop_table
from tests.engine.pools import CUTS, UNKNOWN, rasch_items
from tests.engine.synthetic import bank, plan

POOL = item_pool(rasch_items(200), CUTS)
STOPPING = Stopping(NotWorthMore(stop_table(POOL, 0.01)), Limits(40, 900, minimum_per_strand=2))


def sit(spec, rights):
    test = start(POOL, STOPPING, spec)
    for n, right in enumerate(rights):
        if test.ended:
            break
        test = answer(test, ItemAnswer(test.next_item, right, 4.0 * (n + 1)))
    return test


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.booleans(), max_size=45), st.floats(-3, 3), st.floats(0.4, 3))
def test_replay_equals_live(seed, rights, mean, deviation):
    spec = ItemTestSpec(Prior(mean, deviation, PriorSource.GRADE), seed, POOL.ids[::5])
    live = sit(spec, rights)
    again = replay(POOL, STOPPING, spec, live.answers)
    assert (again.next_item, again.ended, again.answers) == (live.next_item, live.ended, live.answers)
    assert (again.sitting.posterior == live.sitting.posterior).all()
    assert (live.next_item is None) == (live.ended is not None)
    shown = [a.item for a in live.answers]
    assert len(set(shown)) == len(shown)
    assert not set(shown) & set(spec.seen_items)


def test_a_test_ends_by_the_table_and_each_strand_had_its_minimum():
    random = np.random.default_rng(1)
    for seed in range(10):
        test = sit(ItemTestSpec(UNKNOWN, seed), random.random(40) < 0.5)
        assert test.ended in (ItemStop.NOT_WORTH_MORE, ItemStop.ITEM_LIMIT)
        assert (test.sitting.given >= 2).all()


def test_whoever_knows_everything_is_at_the_top():
    test = sit(ItemTestSpec(UNKNOWN, 3), [True] * 40)
    assert test.ended is ItemStop.NOT_WORTH_MORE
    assert test.known.levels[0].argmax() == 8


def test_it_begins_with_what_a_test_by_blocks_would_begin_with():
    """Grade, an earlier result that fades, or nothing: `engine.priors` makes them for both."""
    blueprint, by_blocks = bank().blueprints[0], plan()
    earlier = [priors.from_result(by_blocks, blueprint, 4.0, 0.5, terms) for terms in (0, 6)]
    unknown = priors.from_grade(by_blocks, replace(blueprint, expected_level={}), Grade.P6)
    specs = [replace(a, seen_items=POOL.ids[:2]) for a in (*earlier, unknown)]
    pool = item_pool(POOL.items, CUTS, grid=Grid(-15.0, 25.0, 201))
    tests = [start(pool, STOPPING, ItemTestSpec.of(a, 5)) for a in specs]
    assert [t.known.mean[0] for t in tests] == pytest.approx([a.prior.mean for a in specs], abs=1e-3)
    fresh, faded, nothing = (t.known.deviation[0] for t in tests)
    assert fresh < faded < nothing
    assert all(t.sitting.closed[0, :2].all() for t in tests)


def test_seeds_lead_to_other_items():
    first = {start(POOL, STOPPING, ItemTestSpec(UNKNOWN, seed)).next_item for seed in range(60)}
    assert len(first) > 15


def test_time_runs_out():
    test = start(POOL, STOPPING, ItemTestSpec(UNKNOWN, 1))
    assert answer(test, ItemAnswer(test.next_item, True, 900.0)).ended is ItemStop.TIME_LIMIT


def test_the_teacher_stops_once():
    test = stop_by_teacher(start(POOL, STOPPING, ItemTestSpec(UNKNOWN, 1)))
    assert (test.ended, test.next_item) == (ItemStop.TEACHER, None)
    ended = replace(test, ended=ItemStop.SURE)
    assert stop_by_teacher(ended) is ended


def test_answers_of_another_test_are_refused():
    test = start(POOL, STOPPING, ItemTestSpec(UNKNOWN, 1))
    other = next(i for i in POOL.ids if i != test.next_item)
    with pytest.raises(ValueError, match=other):
        answer(test, ItemAnswer(other, True, 1.0))
    with pytest.raises(ValueError, match="was shown"):
        answer(stop_by_teacher(test), ItemAnswer(other, True, 1.0))
