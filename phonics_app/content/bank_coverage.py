"""Rules of the bank as a whole: enough items in each level and strand for the blueprints, none asked twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from phonics_app.content.bank_options import picture_problems
from phonics_app.content.bank_source import BankSource
from phonics_app.content.tables import Row
from phonics_app.domain.bank import Blueprint, Item, ItemStatus
from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.strand import Strand

MINIMUM_BLOCKS = 2
"""Blocks that each strand must fill at each level where it is used: one to go on with after a doubtful first."""


def coverage_problems(source: BankSource) -> Iterator[Problem]:
    """Everything wrong with the bank as a whole."""
    active = [(row, item) for row, item in source.items if item.status is ItemStatus.ACTIVE]
    counts = count_active(source)
    yield from _repeated(active)
    yield from picture_problems(active)
    yield from _levels(source, counts)
    for index, blueprint in enumerate(source.blueprints):
        yield from _blocks(f"blueprints[{index}]", blueprint, [item for _, item in active])
        yield from _grades(f"blueprints[{index}]", blueprint)


def count_active(source: BankSource) -> Counter[tuple[int, Strand]]:
    """Active items by level and strand."""
    return Counter((i.level, i.strand) for _, i in source.items if i.status is ItemStatus.ACTIVE)


def _repeated(active: list[tuple[Row, Item]]) -> Iterator[Problem]:
    first: dict[tuple[object, ...], Item] = {}
    for row, item in active:
        asked = (item.task, item.stimulus or (item.prompt.en, item.key, item.options))
        earlier = first.setdefault(asked, item)
        if earlier is not item:
            yield row.problem("content.item_repeated", "stimulus" if item.stimulus else "prompt_en", earlier.id)


def _levels(source: BankSource, counts: Counter[tuple[int, Strand]]) -> Iterator[Problem]:
    for level in source.levels:
        items = sum(n for (number, _), n in counts.items() if number == level.number)
        strands = sum(1 for number, _ in counts if number == level.number)
        place = Place(file="items/*.csv", column=f"level {level.number}")
        if items < source.minimum.active_items:
            yield Problem("content.level_items", place, str(items), str(source.minimum.active_items))
        if strands < source.minimum.strands:
            yield Problem("content.level_strands", place, str(strands), str(source.minimum.strands))


def _blocks(path: str, blueprint: Blueprint, active: list[Item]) -> Iterator[Problem]:
    """Each rule must find items, and at each level where it finds any, enough for two blocks."""
    for number, rule in enumerate(blueprint.blocks):
        found = Counter(item.level for item in active if rule.takes(item))
        if not found:
            place = Place(file="blueprints.toml", column=f"{path}.blocks[{number}]")
            yield Problem("content.strand_empty", place, rule.strand.value)
        for level, count in sorted(found.items()):
            if count < MINIMUM_BLOCKS * rule.size:
                place = Place(file="items/*.csv", column=f"level {level}, {rule.strand.value}")
                yield Problem("content.block_items", place, str(count), str(MINIMUM_BLOCKS * rule.size))


def _grades(path: str, blueprint: Blueprint) -> Iterator[Problem]:
    for grade in Grade:
        if grade not in blueprint.expected_level:
            place = Place(file="blueprints.toml", column=f"{path}.expected_level")
            yield Problem("content.grade_missing", place, grade.value)
