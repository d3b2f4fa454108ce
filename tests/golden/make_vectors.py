"""Writes the golden vectors: `python -m tests.golden.make_vectors`. Look at the difference before committing it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from phonics_app.domain import codec
from phonics_app.domain.plan import Plan
from tests.engine.synthetic import plan, with_limits
from tests.golden.sessions import make
from tests.golden.vectors import vector

FILE = Path(__file__).with_name("vectors.json")
SITTINGS = 200
NEVER = {"sure_probability": 2.0, "between_probability": 2.0}
LIMITS = (
    with_limits(),
    with_limits(),
    with_limits(**NEVER, maximum_items=30),
    with_limits(**NEVER, maximum_seconds=90),
    with_limits(**NEVER, maximum_items=900, maximum_seconds=9000),
)
"""So that every reason to stop occurs."""


def compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def sitting(plans: list[Plan], seed: int) -> dict[str, object]:
    which = len(plans) - 1 if seed % 20 == 0 else seed % (len(plans) - 1)
    desk = make(plans[which], seed)
    return {"limits": which, **vector(plans[which], desk.spec, desk.events)}


def content() -> str:
    """A plan, limits, and sittings of them: one line each, so that a change can be read."""
    the_plan = plan(variant=1, levels=4)
    plans = [replace(the_plan, stopping=limits) for limits in LIMITS]
    lines = ",\n".join(compact(sitting(plans, seed)) for seed in range(SITTINGS))
    head = f'"plan":{compact(codec.encode(the_plan))},\n"limits":{compact(codec.encode(LIMITS))}'
    return f'{{{head},\n"sittings":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
