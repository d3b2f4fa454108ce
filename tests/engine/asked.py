"""A text with questions about it, and sittings of it: what tests of what may be asked share."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.plan import BlockKind, Order
from tests.engine.synthetic import plan, spec

WORDS, QUESTIONS = 8, (3, 3, 6, 8)
"""Words of the text, and after how many of them each question may be asked."""
K = EventKind


def passage_plan():
    made = plan(levels=1)
    words = [replace(item, slope=0.0) for item in made.items[:WORDS]]
    asked = [replace(item, slope=0.0, after=after) for item, after in zip(made.items[WORDS:], QUESTIONS, strict=False)]
    ids = [tuple(item.id for item in items) for items in (words, asked)]
    first, second = made.blocks[0], made.blocks[1]
    text = replace(first, id="text", items=ids[0], kind=BlockKind.PASSAGE, auto_stop="", seconds=60)
    about = replace(second, id="about", items=ids[1], kind=BlockKind.QUESTIONS, auto_stop="")
    return replace(made, items=(*words, *asked), blocks=(text, about), order=Order.FIXED)


PLAN = passage_plan()
SPEC = spec(1)
TEXT, ABOUT = PLAN.blocks


def events(*steps):
    told = [(K.ATTEMPT_STARTED, {}), *steps]
    return [Event(n, kind, "2026-06-15T09:00:00+07:00", n * 100.0, data) for n, (kind, data) in enumerate(told, 1)]


def read(words, *more):
    last = TEXT.items[words - 1] if words else None
    steps = [(K.BLOCK_SHOWN, {"block": "text"}), (K.TIMER_STARTED, {"block": "text"})] if words else []
    steps = steps or [(K.BLOCK_SHOWN, {"block": "text"})]
    return events(*steps, (K.BLOCK_FINISHED, {"block": "text", "last_item": last}), *more)


def answered(words, upto):
    finish = {"block": "about", "last_item": ABOUT.items[upto - 1]}
    return read(words, (K.BLOCK_SHOWN, {"block": "about"}), (K.BLOCK_FINISHED, finish))
