"""An item-by-item test as JSON: what a device needs to give it and to decide as this engine does."""

from __future__ import annotations

import math

from phonics_app.domain import codec
from phonics_app.domain.plan import Grid
from phonics_app.engine.item_curves import slope_factors
from phonics_app.engine.item_pool import ItemPool
from phonics_app.engine.item_stopping import AllCutsDecided, NotWorthMore, Rule, Stopping, Sure
from phonics_app.engine.stop_table import StopTable

JsonObject = dict[str, object]


def for_device(pool: ItemPool, stopping: Stopping) -> JsonObject:
    """What `item_engine.js` calls a pool. Items stand in the order that decides among those that tell the same."""
    return {
        "grid": codec.encode(pool.grid),
        "cuts": list(pool.cuts),
        "strands": [strand.value for strand in pool.strands],
        "shares": pool.share.tolist(),
        "among": pool.draw.among,
        "slope_factors": slope_factors(pool.doubt),
        "lapse": pool.doubt.lapse,
        "items": _items(pool),
        "rule": {"reason": stopping.rule.reason.value, **_rule(stopping.rule)},
        "limits": codec.encode(stopping.limits),
    }


def _items(pool: ItemPool) -> list[JsonObject]:
    return [
        {
            "id": item.id,
            "strand": item.strand.value,
            "slope": item.slope,
            "difficulty": item.difficulty,
            "standard_error": math.hypot(item.standard_error, pool.doubt.difficulty),
            "guessing": item.guessing,
        }
        for item in pool.items
    ]


def _rule(rule: Rule) -> JsonObject:
    match rule:
        case NotWorthMore(table):
            return {"mean": codec.encode(_spacing(table)), "deviation": table.deviation.tolist()}
        case Sure(probability):
            return {"probability": probability}
        case AllCutsDecided(half_width, error):
            return {"half_width": half_width, "error": error}


def _spacing(table: StopTable) -> Grid:
    return Grid(float(table.mean[0]), float(table.mean[-1]), len(table.mean))
