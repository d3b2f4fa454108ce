"""Which Thai-transfer patterns touch what an item *tests*, not merely some sound in it.

Nearly every English word has a sound that Thai speakers say otherwise (a final stop, a lax vowel), and teachers are
told to let accent pass. A mark lost to accent is likely where the sound in question is the very thing that is asked:
sh in *ship* at the level of sh, the cluster of *stop* at the level of clusters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from phonics_app.domain.bank import Bank, Item

_OF_SKILL = {"initial_cluster": "onset_cluster", "final_cluster": "coda_cluster"}
"""Skills that are no correspondence of their own → code of the pattern that touches them."""


def patterns_tested(bank: Bank, item_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Item id → codes of patterns; empty where none touches it, as for an item that the bank no longer has."""
    wanted = frozenset(item_ids)
    return {item.id: tuple(dict.fromkeys(_codes(bank, item))) for item in bank.items if item.id in wanted}


def _codes(bank: Bank, item: Item) -> Iterator[str]:
    for correspondence in bank.table.rows(item):
        if correspondence is not None and correspondence.level == item.level and correspondence.transfer:
            yield correspondence.transfer
    yield from (_OF_SKILL[s] for s in item.skills if s in _OF_SKILL and _OF_SKILL[s] in item.transfer)
