"""The same answers with other item parameters: which level would have been proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.bank import Difficulty
from phonics_app.domain.event import Mark
from phonics_app.domain.plan import Plan, PlanLevel
from phonics_app.engine.decision import estimate
from phonics_app.engine.state import BlockState, BlockStatus
from phonics_app.engine.tables import tables_of

Answer = tuple[str, str, int]
"""Block, item, 1 or 0."""


def with_parameters(plan: Plan, difficulties: Mapping[str, Difficulty], levels: Sequence[PlanLevel]) -> Plan:
    """`plan` with other difficulties where there are any, and with the cuts of `levels`."""
    cuts = {level.number: level for level in levels}
    items = tuple(
        replace(item, difficulty=known.value, standard_error=known.standard_error)
        if (known := difficulties.get(item.id))
        else item
        for item in plan.items
    )
    return replace(plan, items=items, levels=tuple(cuts.get(level.number, level) for level in plan.levels))


def level_of_answers(plan: Plan, spec: AttemptSpec, answers: Sequence[Answer]) -> int:
    """The level that `plan` proposes for these answers, from what was believed before the test."""
    ability = estimate(tables_of(plan), spec, tuple(_blocks(plan, answers)))
    return plan.levels[ability.probabilities.index(max(ability.probabilities))].number


def _blocks(plan: Plan, answers: Sequence[Answer]) -> Iterator[BlockState]:
    """Scores come in the order of the blocks, and within them from the first item on."""
    index = tables_of(plan).block_index
    for block_id, given in groupby(answers, key=lambda answer: answer[0]):
        marks = tuple(Mark.NONE if score else Mark.INCORRECT for _block, _item, score in given)
        yield BlockState(plan.blocks[index[block_id]], BlockStatus.FINISHED, marks, len(marks))
