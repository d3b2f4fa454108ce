"""The stopping table: monotone, and as good as looking at every possibility on a tiny case."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.special import ndtr

from phonics_app.domain.strand import Strand
from phonics_app.engine.item_pool import item_pool
from phonics_app.engine.stop_table import programme, stop_table
from tests.engine.pools import CUTS, MadeItem, rasch_items

POOL = item_pool(rasch_items(300), CUTS)
TABLES = {cost: stop_table(POOL, cost) for cost in (0.004, 0.008, 0.02)}


def test_dearer_items_end_tests_earlier():
    cheap, middling, dear = TABLES.values()
    assert (cheap.deviation <= middling.deviation).all()
    assert (middling.deviation <= dear.deviation).all()
    assert (cheap.deviation < dear.deviation).any()


@pytest.mark.parametrize("cost", TABLES)
def test_once_over_a_more_precise_posterior_is_over_too(cost):
    """One deviation for each mean can only stand for the whole programme if this holds there (rounding apart)."""
    worths = programme(POOL, cost)
    going = worths.ask > worths.stop + 1e-4
    resumed = going[1:] & ~(worths.ask > worths.stop)[:-1]
    assert not resumed.any()


def test_a_pupil_on_a_cut_is_asked_longer_than_one_between_two():
    table = TABLES[0.008]
    on, between = (np.interp([c], table.mean, table.deviation)[0] for c in (CUTS[4], (CUTS[3] + CUTS[4]) / 2))
    assert on < between


def test_over():
    table = TABLES[0.008]
    at = np.interp([0.1], table.mean, table.deviation)
    assert table.over(np.array([0.1, 0.1]), np.array([at[0] - 1e-6, at[0] + 1e-6])).tolist() == [True, False]


def test_worth_is_at_least_that_of_stopping_and_of_any_fixed_number_of_items():
    """One cut; the same item at the cut again and again: the exact tree of all answers, up to six items."""
    cost = 0.02
    pool = item_pool([MadeItem(f"i{k}", Strand.SPELLING, 1.0, 0.0) for k in range(40)], (0.0,))
    worths = programme(pool, cost)
    row, column = np.argmin(np.abs(worths.precision - 1.0)), len(worths.mean) // 2
    theta = np.linspace(-8, 8, 801)
    right = 1 / (1 + np.exp(-theta))
    prior = np.exp(-0.5 * worths.precision[row] * np.square(theta))
    prior /= prior.sum()

    @cache
    def exact(rights: int, wrongs: int, left: int) -> float:
        weight = prior * right**rights * (1 - right) ** wrongs
        mass = weight.sum()
        above = (weight[theta > 0].sum() + weight[theta == 0].sum() / 2) / mass
        stop = max(above, 1 - above)
        if not left:
            return stop
        share = (weight * right).sum() / mass
        ask = share * exact(rights + 1, wrongs, left - 1) + (1 - share) * exact(rights, wrongs + 1, left - 1) - cost
        return max(stop, ask)

    found = max(worths.ask[row, column], worths.stop[row, column])
    assert worths.stop[row, column] == pytest.approx(ndtr(0.0))
    assert found == pytest.approx(exact(0, 0, 14), abs=0.01)
