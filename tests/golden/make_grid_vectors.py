"""Writes the golden vectors of tests with clocks: `python -m tests.golden.make_grid_vectors`. Look at the diff."""

from __future__ import annotations

import json
from pathlib import Path

from phonics_app.domain.codec import encode
from tests.engine.timed import PLAN, SPEC
from tests.golden.grid_answers import answer, written
from tests.golden.grid_sequences import random_sitting

FILE = Path(__file__).with_name("grid_vectors.json")
SITTINGS = 40


def content() -> str:
    """The plan, the spec, and sittings of them with what comes out: one line each."""
    made = [random_sitting(seed) for seed in range(SITTINGS)]
    lines = ",\n".join(compact({"events": written(events), "answer": answer(events)}) for events in made)
    return f'{{"plan":{compact(encode(PLAN))},\n"spec":{compact(encode(SPEC))},\n"sittings":[\n{lines}\n]}}\n'


def compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
