"""The totals of a block. What was not attempted is never correct, and no total is ever below zero."""

from __future__ import annotations

from phonics_app.domain.block_totals import BlockTotals
from phonics_app.domain.event import ErrorKind, Mark
from phonics_app.engine import timing
from phonics_app.engine.rules import score_self_correction_right
from phonics_app.engine.state import BlockState
from phonics_app.engine.timing import Phase


def block_totals(block: BlockState) -> BlockTotals:
    """Of one block: up to the last item tried, and nothing while it is still open."""
    marks = block.marks[: block.attempted]
    correct = sum(map(score_self_correction_right, marks))
    used = _seconds_used(block)
    return BlockTotals(
        block=block.block.id,
        items=len(block.block.items),
        attempted=len(marks),
        correct=correct,
        incorrect=len(marks) - correct,
        self_corrected=marks.count(Mark.SELF_CORRECTED),
        unattempted=len(block.block.items) - len(marks),
        errors=_errors(block),
        auto_stop=block.auto_stop,
        seconds_used=used,
        seconds_left=None if used is None or not block.block.seconds else block.block.seconds - used,
        rate=correct / (used / 60) if used else None,
        accuracy=correct / len(marks) * 100 if marks else None,
    )


def _seconds_used(block: BlockState) -> float | None:
    if block.clock.phase is Phase.WAITING and block.stated_left is not None:
        return block.block.seconds - block.stated_left
    return timing.seconds_used(block.block, block.clock)


def _errors(block: BlockState) -> dict[str, int]:
    noted = [remark.error for remark in block.remarks[: block.attempted]]
    return {kind.value: noted.count(kind.value) for kind in ErrorKind if kind.value in noted}
