"""Each reason to stop, and their priority."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.result import StopReason
from phonics_app.engine.stopping import RULES, Progress, best_pair, stop_reason
from tests.engine.synthetic import LIMITS, with_limits

GOING = Progress(
    limits=LIMITS,
    probabilities=(0.1, 0.5, 0.4),
    blocks=3,
    items=20,
    strands=2,
    strands_there=3,
    tested=(True, True, True),
    seconds=100.0,
    next_size=6,
)
SURE = {"probabilities": (0.05, 0.9, 0.05)}
BETWEEN = {"probabilities": (0.02, 0.5, 0.48), "items": 30}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        (SURE, StopReason.SURE),
        (BETWEEN, StopReason.BETWEEN),
        ({"items": 43}, StopReason.ITEM_LIMIT),
        ({"items": 42}, None),
        ({"seconds": 900.0}, StopReason.TIME_LIMIT),
        ({"next_size": None}, StopReason.BANK_EXHAUSTED),
        ({**BETWEEN, "items": 29}, None),
        ({**SURE, "blocks": 1}, None),
        ({**SURE, "strands": 1}, None),
        ({**SURE, "strands": 1, "strands_there": 1}, StopReason.SURE),
        ({**SURE, "tested": (False, True, True)}, None),
        ({**SURE, "tested": (True, False, True)}, None),
        ({**SURE, "tested": (True, True, False)}, StopReason.SURE),
        ({**BETWEEN, "tested": (False, True, True)}, StopReason.BETWEEN),
        ({**BETWEEN, "tested": (True, False, True)}, None),
        ({**BETWEEN, "tested": (True, True, False)}, None),
        ({"probabilities": (0.9, 0.05, 0.05), "tested": (True, False, False)}, StopReason.SURE),
        ({**SURE, **{"items": 60, "seconds": 9999.0}}, StopReason.SURE),
        ({"items": 60, "seconds": 9999.0}, StopReason.ITEM_LIMIT),
        ({"seconds": 9999.0, "next_size": None}, StopReason.TIME_LIMIT),
    ],
)
def test_reason(change, reason):
    assert stop_reason(replace(GOING, **change)) is reason


COST = with_limits(item_cost=0.002, between_items=1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({**SURE, "worth": 0.01}, None),
        ({**SURE, "worth": 0.0}, StopReason.SURE),
        ({**SURE, "worth": -0.01}, StopReason.SURE),
        ({**BETWEEN, "worth": 0.01}, None),
        ({**BETWEEN, "worth": -0.01, "items": 20}, StopReason.BETWEEN),
        ({"worth": -0.01}, None),
        ({"worth": 0.01, "items": 43}, StopReason.ITEM_LIMIT),
        ({**SURE, "items": 43}, StopReason.SURE),
        ({**SURE, "next_size": None}, StopReason.SURE),
        ({**SURE, "worth": -0.01, "blocks": 1}, None),
        ({"probabilities": (0.02, 0.12, 0.86), "worth": -0.01, "tested": (True, False, True)}, None),
    ],
)
def test_where_items_have_a_cost_a_test_goes_on_while_another_block_is_worth_it(change, reason):
    assert stop_reason(replace(GOING, limits=COST, **change)) is reason


def test_between_is_no_way_round_what_a_sure_test_must_have_seen():
    """Sure of level 2, with 2 and 3 tested and 1 not: the pair would be there, and the level below was never seen."""
    sure_above = {"probabilities": (0.01, 0.85, 0.14), "tested": (False, True, True)}
    assert stop_reason(replace(GOING, limits=COST, **sure_above)) is None
    before = replace(COST, item_cost=0.0)
    assert stop_reason(replace(GOING, limits=before, **sure_above)) is StopReason.BETWEEN, "as tests of then ended"


def test_rules_stand_in_the_order_of_the_reasons():
    ruled = [reason for reason, _ in RULES]
    assert ruled == [reason for reason in StopReason if reason in ruled]
    # The teacher's stop is an event, and a fixed form ends with its last block.
    assert set(StopReason) - set(ruled) == {StopReason.TEACHER, StopReason.FORM_COMPLETE}


def test_best_pair():
    assert best_pair((0.1, 0.2, 0.4, 0.3)) == (2, pytest.approx(0.7))
    assert best_pair((1.0,)) == (0, 1.0)
