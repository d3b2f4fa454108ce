"""Writes the golden vectors: `python -m tests.golden.make_vectors`. Look at the difference before committing it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from phonics_app.domain import codec
from phonics_app.domain.bank import Guessers, StoppingLimits
from phonics_app.domain.plan import Plan
from tests.engine.synthetic import plan, with_limits
from tests.golden.sessions import make
from tests.golden.vectors import vector

FILE = Path(__file__).with_name("vectors.json")
SITTINGS = 200
"""Of plans as they were before items had a cost and unseen blocks came first: what was decided then stays decided."""
MORE = 100
"""Of plans as they are made today."""
NEVER = {"sure_probability": 2.0, "between_probability": 2.0}
LIMITS = (
    with_limits(),
    with_limits(),
    with_limits(**NEVER, maximum_items=30),
    with_limits(**NEVER, maximum_seconds=90),
    with_limits(**NEVER, maximum_items=900, maximum_seconds=9000),
)
"""So that every reason to stop occurs."""
COSTS = (
    with_limits(item_cost=0.002, between_items=1),
    with_limits(item_cost=0.005, between_items=1, sure_probability=0.9, maximum_items=30),
)

GUESSERS = (Guessers(share=0.7, guessing=0.0), Guessers(share=0.3, guessing=0.2))
"""Of plans made today."""


def compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def of_limits(plan: Plan, limits: StoppingLimits) -> Plan:
    """As it is made today where items have a cost, else as before."""
    if not limits.item_cost:
        return replace(plan, stopping=limits, unseen_first=False)
    kinds = [replace(level, cuts=tuple(c - g.guessing for c in level.cuts for g in GUESSERS)) for level in plan.levels]
    return replace(plan, stopping=limits, unseen_first=True, guessers=GUESSERS, levels=tuple(kinds))


def which_of(seed: int) -> int:
    """Index of the limits."""
    if seed >= SITTINGS:
        return len(LIMITS) + seed % len(COSTS)
    return len(LIMITS) - 1 if seed % 20 == 0 else seed % (len(LIMITS) - 1)


def sitting(plans: list[Plan], seed: int) -> dict[str, object]:
    which = which_of(seed)
    desk = make(plans[which], seed)
    return {"limits": which, **vector(plans[which], desk.spec, desk.events)}


def content() -> str:
    """A plan, limits, and sittings of them: one line each, so that a change can be read."""
    the_plan = of_limits(plan(variant=1, levels=4), LIMITS[0])
    plans = [of_limits(the_plan, limits) for limits in (*LIMITS, *COSTS)]
    lines = ",\n".join(compact(sitting(plans, seed)) for seed in range(SITTINGS + MORE))
    head = f'"plan":{compact(codec.encode(the_plan))},\n"limits":{compact(codec.encode((*LIMITS, *COSTS)))}'
    return f'{{{head},\n"sittings":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
