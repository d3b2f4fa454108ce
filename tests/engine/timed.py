"""A plan with time limits, and a desk at which it is given: what tests of clocks, marks and totals share."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.domain.event import EventKind
from phonics_app.domain.plan import Order, Plan
from phonics_app.engine.administration import apply, start
from phonics_app.engine.totals import block_totals
from tests.engine.synthetic import Diary, plan, spec

SECONDS = (60, 0, 90)
"""EGRA-TIME-60, no limit, and a limit of a school's own, which may be paused."""


def timed_plan() -> Plan:
    """Three blocks in a fixed order, the first two of them with an auto-stop."""
    made = plan(levels=3)
    chosen = [next(b for b in made.blocks if b.strand.value == s) for s in ("grapheme_sounds", "word_reading")]
    chosen.append(next(b for b in made.blocks if b.strand is chosen[0].strand and b.id != chosen[0].id))
    rules = ("EGRA-STOP-LINE1", "EGRA-STOP-N", "")
    chosen[1] = replace(chosen[1], lines=(1, 3))
    blocks = [replace(b, seconds=s, auto_stop=r) for b, s, r in zip(chosen, SECONDS, rules, strict=True)]
    return replace(made, blocks=tuple(blocks), order=Order.FIXED)


PLAN = timed_plan()
SPEC = spec(1)
LIMITED, FREE, OWN = PLAN.blocks
K = EventKind


class TimedDesk(Diary):
    """A diary that keeps the state beside its events; seconds where the engine counts milliseconds."""

    def __init__(self, block=LIMITED):
        super().__init__()
        self.state = start(PLAN, SPEC)
        self.add(K.ATTEMPT_STARTED)
        for earlier in PLAN.blocks[: PLAN.blocks.index(block)]:
            self.add(K.BLOCK_SHOWN, block=earlier.id)
            self.add(K.BLOCK_FINISHED, block=earlier.id, last_item=None)
        self.block = block
        self.add(K.BLOCK_SHOWN, block=block.id)

    def add(self, kind, *, after=0.0, **data):
        event = super().add(kind, wait=after * 1000, **data)
        self.state = apply(self.state, event)
        return event

    def of_block(self, kind, after=0.0, **data):
        return self.add(kind, after=after, block=self.block.id, **data)

    def begin(self):
        return self.of_block(K.TIMER_STARTED)

    def mark(self, index, mark="incorrect", after=0.0, **data):
        return self.of_block(K.ITEM_MARKED, after, item=self.block.items[index], mark=mark, **data)

    def row(self, line, mark="incorrect", after=0.0, **data):
        return self.of_block(K.ROW_MARKED, after, line=line, mark=mark, **data)

    def finish(self, tried=None, after=0.0, **data):
        last = self.block.items[-1 if tried is None else tried - 1] if tried != 0 else None
        return self.of_block(K.BLOCK_FINISHED, after, last_item=last, **data)

    @property
    def now(self):
        return next(b for b in self.state.blocks if b.block.id == self.block.id)

    @property
    def totals(self):
        return block_totals(self.now)

    @property
    def codes(self):
        return [flag.code for flag in self.state.flags]
