"""Writes the golden vectors of tests with clocks: `python -m tests.golden.make_grid_vectors`. Look at the diff."""

from __future__ import annotations

import json
from pathlib import Path

from phonics_app.domain.codec import encode
from tests.engine import asked
from tests.engine.timed import PLAN, SPEC
from tests.golden.grid_answers import answer, written
from tests.golden.grid_sequences import random_sitting

FILE = Path(__file__).with_name("grid_vectors.json")
SITTINGS = 40


def content() -> str:
    """The plan, the spec, and sittings of them with what comes out: one line each."""
    made = [random_sitting(seed) for seed in range(SITTINGS)]
    lines = ",\n".join(compact({"events": written(events), "answer": answer(events)}) for events in made)
    head = f'{{"plan":{compact(encode(PLAN))},\n"spec":{compact(encode(SPEC))},\n"sittings":[\n{lines}\n]'
    return f'{head},\n"questions":{{"plan":{compact(encode(asked.PLAN))},"sittings":[\n{questions()}\n]}}}}\n'


def questions() -> str:
    """Of who has read so many words of a text some questions are asked, or all."""
    sittings = [asked.answered(words, upto) for words in range(asked.WORDS + 1) for upto in (1, 2, 4)]
    told = ({"events": written(one), "answer": answer(one, asked.PLAN, asked.SPEC)} for one in sittings)
    return ",\n".join(map(compact, told))


def compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    FILE.write_text(content(), encoding="utf-8")
