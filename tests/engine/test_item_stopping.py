"""Each reason to end an item-by-item test, their priority, and what holds a rule back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.domain.result import StopReason
from phonics_app.domain.strand import Strand
from phonics_app.engine.item_pool import item_pool
from phonics_app.engine.item_sitting import answered, begin, known
from phonics_app.engine.item_stopping import (
    AllCutsDecided,
    ItemStop,
    Limits,
    NotWorthMore,
    Stopping,
    Sure,
    as_result,
    stop_reasons,
)
from phonics_app.engine.stop_table import stop_table
from tests.engine.pools import CUTS, UNKNOWN, MadeItem, rasch_items

POOL = item_pool(rasch_items(80), CUTS)
KNOWN_WELL = Prior(0.0, 0.1, PriorSource.EARLIER_RESULT)
LIMITS = Limits(maximum_items=30, maximum_seconds=600)
SURE = Stopping(Sure(0.9), LIMITS)


def reason(pool, sitting, stopping, seconds=0.0):
    (found,) = stop_reasons(pool, sitting, known(pool, sitting), seconds, stopping)
    return found


def test_every_reason():
    fresh, sure = begin(POOL, [UNKNOWN]), begin(POOL, [KNOWN_WELL])
    optimal = NotWorthMore(stop_table(POOL, 0.01))
    assert reason(POOL, fresh, SURE) is None
    assert reason(POOL, sure, SURE) is ItemStop.SURE
    assert reason(POOL, sure, Stopping(optimal, LIMITS)) is ItemStop.NOT_WORTH_MORE
    assert reason(POOL, fresh, Stopping(optimal, LIMITS)) is None
    assert reason(POOL, fresh, SURE, seconds=600.0) is ItemStop.TIME_LIMIT
    assert reason(POOL, fresh, replace(SURE, limits=replace(LIMITS, maximum_items=0))) is ItemStop.ITEM_LIMIT
    assert reason(POOL, begin(POOL, [UNKNOWN], [POOL.ids]), SURE) is ItemStop.BANK_EXHAUSTED


def test_a_rule_comes_before_limits_and_limits_in_their_order():
    none = replace(LIMITS, maximum_items=0, maximum_seconds=0.0)
    assert reason(POOL, begin(POOL, [KNOWN_WELL]), replace(SURE, limits=none)) is ItemStop.SURE
    assert reason(POOL, begin(POOL, [UNKNOWN], [POOL.ids]), replace(SURE, limits=none)) is ItemStop.ITEM_LIMIT


def test_minima_hold_a_rule_back_but_no_limit():
    sure = begin(POOL, [KNOWN_WELL])
    for limits in (replace(LIMITS, minimum_items=1), replace(LIMITS, minimum_per_strand=1)):
        assert reason(POOL, sure, replace(SURE, limits=limits)) is None
        assert reason(POOL, sure, replace(SURE, limits=replace(limits, maximum_items=0))) is ItemStop.ITEM_LIMIT


def test_a_strand_without_an_item_there_is_owed_nothing():
    far = [MadeItem(f"h{k}", Strand.SPELLING, 1.0, 7.0) for k in range(5)]
    pool = item_pool([*rasch_items(40, strands=(Strand.WORD_READING,)), *far], CUTS)
    stopping = replace(SURE, limits=replace(LIMITS, minimum_per_strand=1))
    sitting = begin(pool, [KNOWN_WELL])
    assert reason(pool, sitting, stopping) is None
    assert reason(pool, answered(pool, sitting, np.array([0]), np.array([True])), stopping) is ItemStop.SURE


def test_sprt_by_hand():
    """One cut at 0, items there: after n right in a row the log likelihood ratio is n times that of one."""
    pool = item_pool([MadeItem(f"i{k}", Strand.SPELLING, 1.0, 0.0) for k in range(30)], (0.0,))
    one = np.log((1 + np.exp(0.3)) / (1 + np.exp(-0.3)))
    needed = int(np.ceil(np.log(0.9 / 0.1) / one))
    stopping = Stopping(AllCutsDecided(0.3, 0.1), LIMITS)
    sitting = begin(pool, [UNKNOWN])
    for n in range(needed):
        assert reason(pool, sitting, stopping) is None
        sitting = answered(pool, sitting, np.array([n]), np.array([True]))
    assert reason(pool, sitting, stopping) is ItemStop.ALL_CUTS_DECIDED


@pytest.mark.parametrize(
    ("ended", "levels", "recorded"),
    [
        (ItemStop.NOT_WORTH_MORE, (0.1, 0.9), StopReason.SURE),
        (ItemStop.NOT_WORTH_MORE, (0.5, 0.5), StopReason.BETWEEN),
        (ItemStop.ALL_CUTS_DECIDED, (0.1, 0.9), StopReason.SURE),
        (ItemStop.TEACHER, (0.1, 0.9), StopReason.TEACHER),
        (ItemStop.ITEM_LIMIT, (0.1, 0.9), StopReason.ITEM_LIMIT),
        (ItemStop.TIME_LIMIT, (0.1, 0.9), StopReason.TIME_LIMIT),
        (ItemStop.BANK_EXHAUSTED, (0.1, 0.9), StopReason.BANK_EXHAUSTED),
    ],
)
def test_what_a_result_records(ended, levels, recorded):
    assert as_result(ended, levels, 0.8) is recorded


def test_a_result_can_record_every_end():
    reached = {as_result(ended, levels, 0.8) for ended in ItemStop for levels in ((0.9,), (0.5, 0.5))}
    assert reached == set(StopReason) - {StopReason.FORM_COMPLETE}
