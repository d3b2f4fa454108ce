"""The item-by-item test as JSON: all that it hangs on, in plain data."""

from __future__ import annotations

import json

import numpy as np
import pytest

from phonics_app.engine.item_curves import Doubt
from phonics_app.engine.item_json import for_device
from phonics_app.engine.item_pool import Draw, item_pool
from phonics_app.engine.item_stopping import AllCutsDecided, Limits, NotWorthMore, Stopping, Sure
from phonics_app.engine.stop_table import StopTable
from tests.engine.pools import CUTS, STRANDS, mixed_items

ITEMS = mixed_items(12)
POOL = item_pool(ITEMS, CUTS, Draw(3, {STRANDS[0]: 3, STRANDS[1]: 1}), Doubt(0.4, 0.3, 0.02))
LIMITS = Limits(40, 900.0, 5, 2)
TABLE = StopTable(0.01, np.array([-9.0, 0.0, 9.0]), np.array([0.5, 0.3, 0.5]))
RULES = {
    "not_worth_more": (
        NotWorthMore(TABLE),
        {"mean": {"minimum": -9.0, "maximum": 9.0, "points": 3}, "deviation": [0.5, 0.3, 0.5]},
    ),
    "sure": (Sure(0.9), {"probability": 0.9}),
    "all_cuts_decided": (AllCutsDecided(0.3, 0.1), {"half_width": 0.3, "error": 0.1}),
}


def test_what_the_device_is_told():
    told = json.loads(json.dumps(for_device(POOL, Stopping(Sure(0.9), LIMITS))))
    assert told["cuts"] == list(CUTS)
    assert told["shares"] == [0.75, 0.25, 0, 0]
    assert (told["among"], told["lapse"]) == (3, 0.02)
    assert told["limits"] == {
        "maximum_items": 40,
        "maximum_seconds": 900.0,
        "minimum_items": 5,
        "minimum_per_strand": 2,
    }
    assert [i["id"] for i in told["items"]] == [i.id for i in ITEMS]
    assert [i["standard_error"] for i in told["items"]] == pytest.approx(
        [(i.standard_error**2 + 0.3**2) ** 0.5 for i in ITEMS]
    )
    assert sum(weight for _, weight in told["slope_factors"]) == pytest.approx(1)


@pytest.mark.parametrize("reason", RULES)
def test_every_rule(reason):
    rule, told = RULES[reason]
    assert for_device(POOL, Stopping(rule, LIMITS))["rule"] == {"reason": reason, **told}
