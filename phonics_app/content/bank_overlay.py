"""The bank in force: the shipped items, with those that a site has put in their place or added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from phonics_app.content.bank import version_of
from phonics_app.domain.bank import Bank, Item


def overlay(bank: Bank, items: Iterable[Item]) -> Bank:
    """`bank` with `items`: each stands for the item of its id, or is added. The version is that of the new content.

    An item of a level that the ladder does not have (any more) is left out: a test must never fail for it.
    """
    levels = {level.number for level in bank.levels}
    fitting = {item.id: item for item in items if item.level in levels}
    if not fitting:
        return bank
    merged = {item.id: item for item in bank.items} | fitting
    together = tuple(merged[item_id] for item_id in sorted(merged))
    version = version_of(bank.levels, bank.correspondences, together, bank.blueprints)
    return replace(bank, version=version, items=together)
