"""What is counted of each block of a test, and what happened in it: from the stored events, whenever it is shown."""

from __future__ import annotations

from phonics_app.domain.account import Actor
from phonics_app.domain.block_totals import BlockFigures, BlockTrace, TestFigures
from phonics_app.domain.plan import BlockKind, Plan
from phonics_app.engine.block_trace import Traced, traced
from phonics_app.engine.fixed_plan import calibrated
from phonics_app.engine.spelling_score import sound_totals
from phonics_app.engine.state import BlockState
from phonics_app.engine.totals import block_totals
from phonics_app.workflows.assess import view_sitting
from phonics_app.workflows.context import Phonics


def form_figures(phonics: Phonics, actor: Actor, attempt_id: str) -> TestFigures:
    """Of each block that counts; nothing of a test that a pupil took item by item. SEE_PUPILS at the pupil's school."""
    sitting = view_sitting(phonics, actor, attempt_id)
    if not sitting.plan.blocks:
        return TestFigures()
    found = traced(sitting.plan, sitting.attempt.spec, sitting.events)
    counted = {block.block.id for block in found.state.counted}
    of_others = [flag for block, trace in found.blocks.items() if block not in counted for flag in trace.irregular]
    irregular = sorted((*found.irregular, *of_others), key=lambda flag: flag.seq)
    return TestFigures(tuple(_figures(found, block) for block in found.state.counted), tuple(irregular))


def tells_level(plan: Plan) -> bool:
    """Whether the answers say anything about the level: those to a passage do not."""
    return not plan.blocks or calibrated(plan)


def _figures(found: Traced, block: BlockState) -> BlockFigures:
    name, dictated = block.block.id, block.block.kind is BlockKind.DICTATION
    sounds = sound_totals(block, found.state.tables.items) if dictated else None
    return BlockFigures(block.block, block_totals(block), sounds, found.blocks.get(name, BlockTrace(0, 0)))
