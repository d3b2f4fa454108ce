"""Choice of the next item: against looking at all items, against catsim, and what must always hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from catsim.item_bank import ItemBank
from catsim.selection import MaxInfoSelector
from hypothesis import given, settings
from hypothesis import strategies as st

from phonics_app.domain.strand import Strand
from phonics_app.engine.draws import draws
from phonics_app.engine.item_choice import WORTH, choose, strands_open
from phonics_app.engine.item_pool import Draw, item_pool
from phonics_app.engine.item_sitting import answered, begin, known
from tests.engine.pools import CUTS, STRANDS, UNKNOWN, MadeItem, mixed_items, rasch_items

ITEMS = mixed_items(120)
BEST = item_pool(ITEMS, CUTS, Draw(among=1))
ANY = item_pool(ITEMS, CUTS, Draw(among=4))
SHARED = item_pool(rasch_items(600), CUTS, Draw(4, dict(zip(STRANDS, (0.4, 0.3, 0.2, 0.1), strict=True))))
ROUND = [MadeItem(f"r{k}", STRANDS[k % 2], 1.0, k * 0.1 - 4.0) for k in range(80)]
uniforms = st.floats(0, 1, exclude_max=True)


@settings(deadline=None)
@given(st.sets(st.integers(0, 119), max_size=40), st.floats(-5, 5), uniforms)
def test_the_best_item_is_the_best_of_all_in_its_strand(seen, mean, uniform):
    sitting = begin(BEST, [UNKNOWN], [[ITEMS[k].id for k in seen]])
    chosen = int(choose(BEST, sitting, np.array([mean]), np.array([uniform]))[0])
    told = BEST.information[BEST.grid_index(np.array([mean]))[0]]
    open_items = [k for k in range(120) if k not in seen]
    of_strand = {s: max(told[k] for k in open_items if ITEMS[k].strand is s) for s in STRANDS}
    assert told[chosen] == of_strand[ITEMS[chosen].strand]
    assert told[chosen] >= WORTH * max(of_strand.values())
    assert chosen not in seen


@settings(deadline=None)
@given(st.sets(st.integers(0, 119), max_size=40), st.floats(-5, 5), uniforms)
def test_the_draw_is_among_the_best_few_of_the_strand(seen, mean, uniform):
    sitting = begin(ANY, [UNKNOWN], [[ITEMS[k].id for k in seen]])
    chosen = int(choose(ANY, sitting, np.array([mean]), np.array([uniform]))[0])
    told = ANY.information[ANY.grid_index(np.array([mean]))[0]]
    own = [k for k in range(120) if k not in seen and ITEMS[k].strand is ITEMS[chosen].strand]
    better = [k for k in own if told[k] > told[chosen]]
    assert chosen not in seen
    assert len(better) < 4


def test_the_chosen_item_is_catsims():
    items = [MadeItem(i.id, Strand.SPELLING, i.slope, i.difficulty, 0.0, i.guessing) for i in ITEMS]
    pool = item_pool(items, CUTS, Draw(among=1))
    bank = ItemBank(np.array([(i.slope, i.difficulty, i.guessing, 1.0) for i in items]))
    sitting, given_items = begin(pool, [UNKNOWN]), []
    for step in range(15):
        mean = pool.theta[pool.grid_index(known(pool, sitting).mean)]
        chosen = choose(pool, sitting, mean, np.array([0.0]))
        theirs = MaxInfoSelector().select(item_bank=bank, administered_items=given_items, est_theta=float(mean[0]))
        assert chosen[0] == theirs
        sitting = answered(pool, sitting, chosen, np.array([step % 3 > 0]))
        given_items.append(int(chosen[0]))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.lists(st.booleans(), min_size=20, max_size=20))
def test_content_balance_and_exclusions_are_kept(seed, rights):
    """With items enough at every difficulty, no strand is ever a whole item away from its share."""
    pool, seen = SHARED, frozenset(SHARED.ids[::7])
    sitting, shown = begin(pool, [UNKNOWN], [seen]), []
    for step, right in enumerate(rights):
        item = choose(pool, sitting, known(pool, sitting).mean.clip(-3, 3), draws([seed], step))
        shown.append(pool.ids[item[0]])
        sitting = answered(pool, sitting, item, np.array([right]))
        assert (np.abs(sitting.given[0] - pool.share * (step + 1)) < 1 + 1e-9).all()
    assert len(set(shown)) == len(shown)
    assert not seen & set(shown)


def test_a_strand_with_nothing_to_ask_there_takes_no_part():
    hard = [MadeItem(f"h{k}", Strand.SPELLING, 1.0, 6.0) for k in range(5)]
    pool = item_pool([*rasch_items(50, strands=(Strand.WORD_READING,)), *hard], CUTS)
    sitting = begin(pool, [UNKNOWN])
    assert strands_open(pool, sitting, np.array([-1.0])).tolist() == [[True, False]]
    assert pool.items[choose(pool, sitting, np.array([-1.0]), np.array([0.99]))[0]].strand is Strand.WORD_READING


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(-4, 4).map(lambda x: round(x * 20) / 20), uniforms)
def test_what_tells_the_same_is_chosen_the_same_whatever_the_last_digit(seed, mean, uniform):
    """Round difficulties: for an estimate between them two items tell the same, and rounding must not choose."""
    noise = np.random.default_rng(seed).uniform(-1e-13, 1e-13, (2, len(ROUND)))
    pools = [
        item_pool([replace(i, difficulty=i.difficulty + float(x)) for i, x in zip(ROUND, n, strict=True)], CUTS)
        for n in noise
    ]
    first, second = (
        choose(pool, begin(pool, [UNKNOWN]), np.array([mean + float(n[0])]), np.array([uniform]))[0]
        for pool, n in zip(pools, noise, strict=True)
    )
    assert first == second


def test_no_item_left():
    pool = item_pool(rasch_items(3), CUTS)
    sitting = begin(pool, [UNKNOWN], [pool.ids])
    assert choose(pool, sitting, np.zeros(1), np.zeros(1)).tolist() == [-1]


def test_whoever_saw_most_items_gets_the_best_of_the_others():
    pool = item_pool(rasch_items(300, strands=(Strand.SPELLING,)), CUTS, Draw(among=1))
    told = pool.information[pool.grid_index(np.zeros(1))[0]]
    best = np.argsort(-told, kind="stable")
    sitting = begin(pool, [UNKNOWN], [[pool.ids[k] for k in best[:290]]])
    assert choose(pool, sitting, np.zeros(1), np.zeros(1))[0] == best[290]


def test_items_are_drawn_evenly():
    pupils = 4000
    pool = item_pool(rasch_items(200), CUTS, Draw(among=5))
    chosen = choose(pool, begin(pool, [UNKNOWN] * pupils), np.zeros(pupils), draws(np.arange(pupils), 0))
    count = np.bincount(chosen)
    assert (count > 0).sum() == 4 * 5
    assert count[count > 0] / pupils == pytest.approx(np.full(20, 0.05), abs=0.015)
