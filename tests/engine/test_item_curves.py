"""Curves and information: against plain arithmetic, numerical integration and catsim."""

from __future__ import annotations

import numpy as np
import pytest
from catsim import irt

from phonics_app.domain.strand import Strand
from phonics_app.engine.item_curves import Doubt, item_curves
from tests.engine.pools import MadeItem, mixed_items

THETA = np.linspace(-9, 9, 181)
NONE = Doubt()


def test_right_and_wrong_sum_to_one_and_stay_positive():
    items = [*mixed_items(20), MadeItem("steep", Strand.SPELLING, 50.0, 0.0)]
    for doubt in (NONE, Doubt(0.3, 0.2, 0.02)):
        curves = item_curves(THETA, items, doubt)
        assert curves.right + curves.wrong == pytest.approx(np.ones_like(curves.right))
        assert (curves.right > 0).all()
        assert (curves.wrong > 0).all()
        assert np.isfinite(curves.information).all()


@pytest.mark.parametrize("doubt", [NONE, Doubt(0.4, 0.3, 0.05)])
def test_steepness_is_the_derivative(doubt):
    items, step = mixed_items(10), 1e-5
    above, below = (item_curves(THETA + d, items, doubt).right for d in (step, -step))
    assert item_curves(THETA, items, doubt).steepness == pytest.approx((above - below) / (2 * step), abs=1e-8)


def test_an_unknown_slope_is_averaged_out():
    """Against a plain sum over many slopes."""
    item, z = MadeItem("a", Strand.SPELLING, 1.3, 0.4, 0.0, 0.2), np.linspace(-6, 6, 2001)
    weight = np.exp(-np.square(z) / 2)
    slopes = 1.3 * np.exp(0.5 * z)
    plain = 0.2 + 0.8 / (1 + np.exp(-slopes * (THETA[:, None] - 0.4)))
    assert item_curves(THETA, [item], Doubt(slope=0.5)).right[0] == pytest.approx(
        plain @ weight / weight.sum(), abs=1e-3
    )


def test_a_lapse_bounds_the_curve_from_above():
    curves = item_curves(THETA, [MadeItem("a", Strand.SPELLING, 2.0, 0.0)], Doubt(lapse=0.1))
    assert curves.right[0, -1] == pytest.approx(0.9)


def test_doubt_costs_information_where_there_is_most():
    items = mixed_items(40)
    sure, doubtful = (item_curves(THETA, items, d).information.max(axis=1) for d in (NONE, Doubt(difficulty=0.5)))
    assert (doubtful < sure).all()


def test_information_is_catsims():
    items = [MadeItem(i.id, i.strand, i.slope, i.difficulty, 0.0, i.guessing) for i in mixed_items(50)]
    table = np.array([(i.slope, i.difficulty, i.guessing, 1.0) for i in items])
    theirs = np.stack([irt.inf_hpc(t, table) for t in THETA], axis=1)
    ours = item_curves(THETA, items, NONE)
    assert ours.information == pytest.approx(theirs, rel=1e-6, abs=1e-12)
    assert ours.right == pytest.approx(np.stack([irt.icc_hpc(t, table) for t in THETA], axis=1), rel=1e-9)
