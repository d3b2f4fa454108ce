"""The bank in force: the shipped items, with what a site has put in their place, added or found from answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from phonics_app.content.bank import version_of
from phonics_app.domain.bank import Bank, Difficulty, Item


def overlay(bank: Bank, items: Iterable[Item]) -> Bank:
    """`bank` with `items`: each stands for the item of its id, or is added. The version is that of the new content.

    An item of a level that the ladder does not have (any more) is left out: a test must never fail for it.
    """
    levels = {level.number for level in bank.levels}
    fitting = {item.id: item for item in items if item.level in levels}
    if not fitting:
        return bank
    merged = {item.id: item for item in bank.items} | fitting
    return _with_items(bank, tuple(merged[item_id] for item_id in sorted(merged)))


def with_difficulties(bank: Bank, found: Mapping[tuple[str, int], Difficulty]) -> Bank:
    """`bank` with the difficulties of a calibration, by id and version of the item; other versions keep their own."""
    items = tuple(
        replace(item, difficulty=found[item.id, item.version]) if (item.id, item.version) in found else item
        for item in bank.items
    )
    return bank if items == bank.items else _with_items(bank, items)


def _with_items(bank: Bank, items: tuple[Item, ...]) -> Bank:
    version = version_of(bank.levels, bank.correspondences, items, bank.blueprints)
    return replace(bank, version=version, items=items)
