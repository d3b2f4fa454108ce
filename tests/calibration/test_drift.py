"""Drift of difficulties: which items count, which have moved, and whether the anchors stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.calibration.drift import LEAST_ANCHORS, LEVEL_LOGITS, check_anchors, drifts, spread_of
from phonics_app.domain.bank import Difficulty, DifficultySource
from phonics_app.domain.calibration import ItemEstimate
from tests import sites

KNOWN = Difficulty(0.0, 0.2, DifficultySource.CALIBRATED)
ITEMS = tuple(
    replace(item, difficulty=Difficulty(0.0, 0.5, DifficultySource.EXPERT), transfer=())
    for item in sites.content().bank.active(4)[:40]
)
CALIBRATED = tuple(replace(item, difficulty=KNOWN) for item in ITEMS)


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


@pytest.mark.parametrize(("infit", "surprises"), [(1.25, True), (1.15, False), (0.5, False)])
def test_surprising_answers(infit, surprises):
    """Too few surprises are no harm: the item tells pupils apart sharply."""
    assert drifts(ITEMS, [estimate(ITEMS[0], 0.0, infit=infit, outfit=2.0)])[0].surprises is surprises


def anchors(items):
    found = drifts(items, [estimate(item, 0.1) for item in items])
    assert check_anchors(found).spread.items == sum(drift.anchor for drift in found)
    return {drift.item_id for drift in found if drift.anchor}


def test_experts_estimates_are_no_anchors():
    assert anchors(ITEMS) == set()
    assert anchors([*CALIBRATED[:20], *ITEMS[20:]]) == {item.id for item in ITEMS[:20]}


def test_anchors_are_free_of_the_thai_accent_where_there_are_enough():
    def accented(count):
        return [replace(item, transfer=("final_stop",)) if n < count else item for n, item in enumerate(CALIBRATED)]

    assert anchors(accented(40 - LEAST_ANCHORS)) == {item.id for item in CALIBRATED[-LEAST_ANCHORS:]}
    assert anchors(accented(41 - LEAST_ANCHORS)) == {item.id for item in CALIBRATED}


def test_anchors_hold_until_they_move_together_or_too_many_alone():
    assert check_anchors(drifts(CALIBRATED, [estimate(item, 0.15) for item in CALIBRATED])).holds is True
    assert check_anchors(drifts(CALIBRATED, [estimate(item, 0.3) for item in CALIBRATED])).holds is False
    for moved, holds in ((4, True), (6, False)):
        alone = [estimate(item, 0.9 * (-1) ** n if n < moved else 0.0) for n, item in enumerate(CALIBRATED)]
        assert check_anchors(drifts(CALIBRATED, alone)).holds is holds


def test_too_few_anchors_tell_nothing():
    some = CALIBRATED[: LEAST_ANCHORS - 1]
    assert check_anchors(drifts(some, [estimate(item, 3.0) for item in some])).holds is None
    assert check_anchors(()).holds is None


def test_spread():
    spread = spread_of(drifts(ITEMS, [estimate(ITEMS[0], 0.3), estimate(ITEMS[1], -0.1)]))
    assert (spread.items, spread.moved) == (2, 0)
    assert spread.mean == pytest.approx(0.1)
    assert spread.levels == pytest.approx(0.1 / LEVEL_LOGITS)
    assert spread.root_mean_square == pytest.approx(0.05**0.5)
    assert spread_of(()).root_mean_square is None
