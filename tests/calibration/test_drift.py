"""Drift of difficulties: which items count, which have moved, and whether the anchors stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.calibration.drift import check_anchors, drifts, spread_of
from phonics_app.domain.bank import Difficulty, DifficultySource
from phonics_app.domain.calibration import ItemEstimate
from tests import sites

ITEMS = tuple(
    replace(item, difficulty=Difficulty(0.0, 0.4 if number < 15 else 0.5, DifficultySource.EXPERT))
    for number, item in enumerate(sites.content().bank.active(4)[:30])
)


def estimate(item, difficulty, error=0.1, **changes) -> ItemEstimate:
    found = ItemEstimate(item.id, item.version, 80, 40, 3.0, difficulty, error, 1.0, 1.0, takes_effect=True)
    return replace(found, **changes)


def test_an_item_has_moved_when_it_is_far_and_surely_so():
    far, unsure, near = drifts(
        ITEMS, [estimate(ITEMS[0], 0.4, 0.01), estimate(ITEMS[1], -0.6, 0.35), estimate(ITEMS[2], 0.7)]
    )
    assert (far.item_id, far.moved, far.errors) == (ITEMS[2].id, True, pytest.approx(7.0))
    assert (unsure.item_id, unsure.moved) == (ITEMS[1].id, False)
    assert (near.item_id, near.moved) == (ITEMS[0].id, False)


def test_items_without_enough_answers_or_changed_since_are_left_out():
    few = estimate(ITEMS[0], 3.0, takes_effect=False)
    changed = estimate(ITEMS[1], 3.0, item_version=ITEMS[1].version + 1)
    assert [drift.item_id for drift in drifts(ITEMS, [few, changed, estimate(ITEMS[2], 0.1)])] == [ITEMS[2].id]


@pytest.mark.parametrize(
    ("fit", "misfits"),
    [({"infit": 1.31}, True), ({"infit": 0.69}, True), ({"outfit": 1.6}, True), ({"outfit": 0.4}, False), ({}, False)],
)
def test_fit(fit, misfits):
    assert drifts(ITEMS, [estimate(ITEMS[0], 0.0, **fit)])[0].misfits is misfits


def test_anchors_are_the_calibrated_items_or_else_those_known_best():
    found = drifts(ITEMS, [estimate(item, 0.1) for item in ITEMS])
    assert {drift.item_id for drift in found if drift.anchor} == {item.id for item in ITEMS[:15]}
    assert not check_anchors(found).calibrated
    known = Difficulty(0.0, 0.2, DifficultySource.CALIBRATED)
    calibrated = [replace(item, difficulty=known) if n >= 20 else item for n, item in enumerate(ITEMS)]
    found = drifts(calibrated, [estimate(item, 0.1) for item in ITEMS])
    assert {drift.item_id for drift in found if drift.anchor} == {item.id for item in ITEMS[20:]}
    assert check_anchors(found).calibrated


def test_anchors_hold_until_they_move_together_or_too_many_alone():
    assert check_anchors(drifts(ITEMS, [estimate(item, 0.15) for item in ITEMS])).holds
    assert not check_anchors(drifts(ITEMS, [estimate(item, 0.3) for item in ITEMS])).holds
    alone = [estimate(item, 0.9 * (-1) ** n if n < 2 else 0.0) for n, item in enumerate(ITEMS)]
    assert not check_anchors(drifts(ITEMS, alone)).holds


def test_spread():
    spread = spread_of(drifts(ITEMS, [estimate(ITEMS[0], 0.3), estimate(ITEMS[1], -0.1)]))
    assert (spread.items, spread.moved) == (2, 0)
    assert spread.mean == pytest.approx(0.1)
    assert spread.root_mean_square == pytest.approx(0.05**0.5)
    assert spread_of(()).root_mean_square is None
