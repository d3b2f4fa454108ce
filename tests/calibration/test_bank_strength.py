"""Items where levels end: information against its definition, and a cut from which items were taken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.calibration.bank_strength import item_information, items_at_cuts
from phonics_app.engine.ability import right_probability
from tests.engine.synthetic import plan

PLAN = plan()


def test_information_is_that_of_the_answers():
    """The square of how fast the share right rises, by the variance of an answer."""
    theta, step = np.array([-0.7, 1.4, 3.0]), 1e-5
    columns = np.array([(i.slope, i.difficulty, i.standard_error, i.guessing) for i in PLAN.items]).T[:, :, None]
    low, here, high = (right_probability(theta + d, *columns) for d in (-step, 0, step))
    expected = ((high - low) / (2 * step)) ** 2 / (here * (1 - here))
    assert item_information(PLAN, theta) == pytest.approx(expected, rel=1e-4, abs=1e-9)


def test_every_cut_between_two_levels_is_counted():
    cuts = items_at_cuts(PLAN)
    assert [(c.lower, c.upper) for c in cuts] == [(1, 2), (2, 3), (3, 4), (4, 5)]
    assert all(0 < c.blocks <= c.items for c in cuts)


def test_a_cut_without_its_items_has_few():
    before = items_at_cuts(PLAN)
    cut = PLAN.levels[2].cut
    away = tuple(replace(i, difficulty=20.0) if abs(i.difficulty - cut) < 0.7 else i for i in PLAN.items)
    after = items_at_cuts(replace(PLAN, items=away))
    assert not any(c.few for c in before[1:])
    assert (after[2].few, after[2].items) == (True, 0)
    assert after[2].blocks == 0


def test_a_single_level_has_no_cut():
    assert items_at_cuts(replace(PLAN, levels=PLAN.levels[:1])) == ()
