"""What is counted of each part of a fixed form: right, tried, seconds, per minute."""

from __future__ import annotations

from phonics_app.domain.account import Actor
from phonics_app.engine.administration import replay
from phonics_app.engine.totals import BlockTotals, block_totals
from phonics_app.workflows.assess import view_sitting
from phonics_app.workflows.context import Phonics


def form_figures(phonics: Phonics, actor: Actor, attempt_id: str) -> tuple[BlockTotals, ...]:
    """Of each part that counts, from the stored events; none without a fixed form. SEE_PUPILS at the pupil's school."""
    sitting = view_sitting(phonics, actor, attempt_id)
    if sitting.plan.form is None:
        return ()
    state = replay(sitting.plan, sitting.attempt.spec, sitting.events)
    return tuple(block_totals(block) for block in state.counted)
