"""What the Python engine says of a sitting with clocks, in the form in which engine.js is asked as well."""

from __future__ import annotations

from collections.abc import Sequence

from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.codec import encode
from phonics_app.domain.event import Event
from phonics_app.domain.plan import Plan
from phonics_app.engine.administration import apply, start
from phonics_app.engine.state import AttemptState, BlockState, Show
from phonics_app.engine.totals import block_totals
from tests.engine.timed import PLAN, SPEC


def answer(events: Sequence[Event], plan: Plan = PLAN, spec: AttemptSpec = SPEC) -> dict[str, object]:
    """The totals after each event as one figure, and everything after the last."""
    state, running = start(plan, spec), []
    for event in events:
        state = apply(state, event)
        running.append(trace(state))
    return {
        "running": running,
        "blocks": [_block(b) for b in state.blocks],
        "flags": _flags(state),
        "next": _next(state),
    }


def trace(state: AttemptState) -> list[float]:
    """Few figures that tell states apart: flags, attempted, correct, time used."""
    totals = [block_totals(b) for b in state.blocks]
    used = sum(b.clock.used_ms for b in state.blocks)
    return [len(state.flags), sum(t.attempted for t in totals), sum(t.correct for t in totals), round(used, 3)]


def _block(block: BlockState) -> dict[str, object]:
    marks = [m.value for m in block.marks]
    remarks = [[r.error, r.said] for r in block.remarks]
    clock = [block.clock.phase.value, block.clock.used_ms, block.clock.why]
    return {"status": block.status.value, "marks": marks, "remarks": remarks, "clock": clock} | {
        "totals": encode(block_totals(block))
    }


def _flags(state: AttemptState) -> list[list[object]]:
    return [[f.seq, f.code] for f in state.flags]


def _next(state: AttemptState) -> str:
    return state.next.block_id if isinstance(state.next, Show) else f"!{state.next.reason.value}"


def written(events: Sequence[Event]) -> list[list[object]]:
    return [[e.seq, e.kind.value, e.mono_ms, dict(e.data)] for e in events]
