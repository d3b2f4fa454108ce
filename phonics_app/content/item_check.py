"""Rows of items held against the bank in force, by the rules of `check-bank` and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from phonics_app.content.bank_check import make_reference, words_heard
from phonics_app.content.bank_coverage import coverage_problems
from phonics_app.content.bank_items import read_item
from phonics_app.content.bank_rules import Reference, item_problems
from phonics_app.content.bank_source import BankSource, read_source
from phonics_app.content.bank_structure import structure_problems
from phonics_app.content.tables import Row
from phonics_app.domain.bank import Item, ItemStatus
from phonics_app.domain.errors import Problem

_OTHERS = "the bank in force"


@dataclass(frozen=True, slots=True)
class ItemRules:
    """What items are held against; read once, because the files do not change while the app runs."""

    source: BankSource
    reference: Reference


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """What rows hold, and all that is wrong with them if they were active items of the bank."""

    items: tuple[tuple[Row, Item], ...]
    """Rows that could be read, in their order."""
    problems: tuple[Problem, ...]


def load_rules(folder: Path) -> ItemRules:
    """The rules of the item bank in `folder`; faults of its own files are left to `check_bank`."""
    source = read_source(folder)
    return ItemRules(source, make_reference(folder, source, []))


def check_rows(rules: ItemRules, in_force: Iterable[Item], rows: Sequence[Row]) -> CheckedRows:
    """Every row as if it were active in the bank `in_force`, where it stands for the item of its id."""
    problems: list[Problem] = []
    read = tuple((row, item) for row in rows if (item := read_item(row, problems)) is not None)
    replaced = {item.id for _, item in read}
    others = ((Row(_OTHERS, 0, {}), item) for item in in_force if item.id not in replaced)
    candidates = tuple((row, replace(item, status=ItemStatus.ACTIVE)) for row, item in read)
    source = replace(rules.source, items=(*others, *candidates), problems=())
    places = {(row.file, row.number) for row in rows}
    whole = (*structure_problems(source), *coverage_problems(source))
    problems.extend(problem for problem in whole if (problem.place.file, problem.place.row) in places)
    heard = words_heard(rules.reference, source)
    for row, item in candidates:
        problems.extend((*item_problems(rules.reference, row, item), *heard.problems(row, item)))
    return CheckedRows(read, tuple(dict.fromkeys(problems)))


def coverage_lost(rules: ItemRules, before: Iterable[Item], after: Iterable[Item]) -> Iterator[Problem]:
    """What the bank as a whole lacks `after` a change and did not lack `before`."""
    known = set(_coverage(rules, before))
    yield from (problem for problem in _coverage(rules, after) if problem not in known)


def _coverage(rules: ItemRules, items: Iterable[Item]) -> Iterator[Problem]:
    rows = tuple((Row(_OTHERS, 0, {}), item) for item in items)
    found = coverage_problems(replace(rules.source, items=rows, problems=()))
    yield from (problem for problem in found if problem.place.file != _OTHERS)
