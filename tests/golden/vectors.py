"""What the Python engine says of a sitting, in the form in which the JavaScript engine is asked as well."""

from __future__ import annotations

from collections.abc import Sequence

from phonics_app.domain import codec
from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.event import Event
from phonics_app.domain.plan import Plan
from phonics_app.engine.administration import apply, start
from phonics_app.engine.decision import scores
from phonics_app.engine.rules import auto_stop
from phonics_app.engine.state import AttemptState, Show

Step = list[object]
"""What comes next, the item at which a rule would stop, theta to four decimals."""


def step(state: AttemptState) -> Step:
    """The block to show, or "!" and the reason to stop; and the rest of a `Step`."""
    wanted = state.next.block_id if isinstance(state.next, Show) else f"!{state.next.reason.value}"
    current = state.current
    last = None if current is None else auto_stop(current.block, current.marks)
    item = None if current is None or last is None else current.block.items[last]
    return [wanted, item, round(state.ability.theta, 4) + 0.0]


def final(state: AttemptState) -> dict[str, object]:
    return {
        "ended": state.ended and state.ended.value,
        "theta": round(state.ability.theta, 9) + 0.0,
        "standard_error": round(state.ability.standard_error, 9),
        "probabilities": [round(p, 9) for p in state.ability.probabilities],
        "proposed_level": state.proposed_level,
        "blocks": [[b.block.id, sum(scores(b)), b.attempted, b.auto_stop] for b in state.counted],
        "seconds": round(state.seconds, 6),
        "flags": [[f.seq, f.code] for f in state.flags],
    }


def changes(steps: Sequence[Step]) -> list[list[object]]:
    """Only the steps that differ from the one before, with their index."""
    return [[i, *now] for i, now in enumerate(steps) if i == 0 or now != steps[i - 1]]


def vector(plan: Plan, spec: AttemptSpec, events: Sequence[Event]) -> dict[str, object]:
    """A sitting and what must come out of it."""
    state = start(plan, spec)
    steps = []
    for event in events:
        state = apply(state, event)
        steps.append(step(state))
    written = [[e.seq, e.kind.value, e.mono_ms, dict(e.data)] for e in events]
    return {"spec": codec.encode(spec), "events": written, "steps": changes(steps), "final": final(state)}
