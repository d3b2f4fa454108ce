"""The total by which a sheet that was keyed in is held against the one on paper."""

from __future__ import annotations

from phonics_app.domain.event import Mark
from phonics_app.domain.paper import KeyedBlock, KeyedSheet, reading_of
from phonics_app.domain.plan import Block, Plan
from phonics_app.engine.tables import tables_of


def total_of(plan: Plan, sheet: KeyedSheet) -> int:
    """Of what is timed how many were wrong, as counted on such sheets; else how many were right."""
    keyed = {one.block: one for one in sheet.blocks}
    timed = [block for block in plan.blocks if block.seconds]
    wrong = {block.id: _wrong(plan, block, keyed[block.id]) for block in plan.blocks}
    if timed:
        return sum(wrong[block.id] for block in timed)
    return sum(keyed[block.id].last - wrong[block.id] for block in plan.blocks)


def _wrong(plan: Plan, block: Block, keyed: KeyedBlock) -> int:
    items = tables_of(plan).items
    read = [reading_of(items[one], key) for one, key in zip(block.items, keyed.keys, strict=True)]
    return sum(one is None or one.mark is Mark.INCORRECT for one in read[: keyed.last])
