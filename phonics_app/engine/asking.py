"""Questions about a passage: only those about what was read are asked, as EGRA has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from phonics_app.domain.plan import Block, BlockKind, Plan, PlannedItem
from phonics_app.engine.state import BlockState, BlockStatus


def passage_before(plan: Plan, block: Block) -> Block | None:
    """The text that questions are about; None of any other block."""
    if block.kind is not BlockKind.QUESTIONS:
        return None
    before = plan.blocks[: next(i for i, one in enumerate(plan.blocks) if one.id == block.id)]
    return next((one for one in reversed(before) if one.kind is BlockKind.PASSAGE), None)


def asked_after(items: Mapping[str, PlannedItem], block: Block, words: int) -> int:
    """How many of its items may be asked of who has read so many words; they stand in the order of the text."""
    return next((i for i, one in enumerate(block.items) if items[one].after > words), len(block.items))


def asked_in(plan: Plan, items: Mapping[str, PlannedItem], blocks: Sequence[BlockState], block: Block) -> int:
    """The same as far as the test has come; all where the text was not read yet."""
    passage = passage_before(plan, block)
    read = None if passage is None else next((b for b in blocks if b.block.id == passage.id), None)
    if read is None or read.status is not BlockStatus.FINISHED:
        return len(block.items)
    return asked_after(items, block, read.attempted)
