"""How graphemes spell a word and how their phonemes sound together: the notation of items, in one place.

A word is segmented into graphemes, each with its phonemes: `m a_e k` / `M EY K`. A split digraph such as `a_e`
stands where its vowel is heard; its second letter is written after the next grapheme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonics_app.domain.bank import Correspondence, Item

SILENT = "-"
"""Stands for the phoneme of a grapheme that is not spoken."""
_SPLIT = "_"


@dataclass(frozen=True, slots=True)
class Sounded:
    """A grapheme in its place in a word: `position` is "initial", "medial", "final" or "any" where it stands alone."""

    grapheme: str
    phonemes: tuple[str, ...]
    position: str


def spell(graphemes: Iterable[str]) -> str:
    """The spelling of `graphemes`: ("m", "a_e", "k") → "make"."""
    written, waiting = "", ""
    for grapheme in graphemes:
        first, split, second = grapheme.partition(_SPLIT)
        written += first + ("" if split else waiting)
        waiting = second if split else ""
    return written + waiting


def phonemes_of(entry: str) -> tuple[str, ...]:
    """The phonemes of one grapheme: "NG+K" → ("NG", "K"), "-" → ()."""
    return () if entry == SILENT else tuple(entry.split("+"))


def pronunciation(item: Item) -> tuple[str, ...]:
    """All phonemes of the item in order."""
    return tuple(phoneme for entry in item.phonemes for phoneme in phonemes_of(entry))


def parts_of(item: Item) -> tuple[Sounded, ...]:
    """The graphemes of an item with their sounds; empty where the two columns don't fit each other (tasks by ear)."""
    return sounded(item.graphemes, item.phonemes) if len(item.graphemes) == len(item.phonemes) else ()


def sounded(graphemes: Sequence[str], phonemes: Sequence[str]) -> tuple[Sounded, ...]:
    """Graphemes with their phonemes and positions; both sequences have the same length."""
    last = len(graphemes) - 1
    pairs = enumerate(zip(graphemes, phonemes, strict=True))
    return tuple(Sounded(g, phonemes_of(p), _position(index, last)) for index, (g, p) in pairs)


def _position(index: int, last: int) -> str:
    if last == 0:
        return "any"
    return {0: "initial", last: "final"}.get(index, "medial")


Stands = Callable[["Item", int, "Correspondence"], bool]
"""Whether the grapheme of that number in an item may be this row of the table."""


def stands_by_position(item: Item, number: int, row: Correspondence) -> bool:
    """By its place among the item's graphemes alone."""
    position = _position(number, len(item.graphemes) - 1)
    return "any" in (row.position, position) or row.position == position


class GraphemeTable:
    """The grapheme–phoneme table, for looking up to which of its rows the graphemes of an item belong.

    `stands`: what a row asks of its place beyond letters and sound. A bank from files asks what the analysis asks.
    """

    def __init__(self, correspondences: Iterable[Correspondence], stands: Stands = stands_by_position) -> None:
        self.correspondences = tuple(correspondences)
        self._stands = stands
        table: dict[tuple[str, tuple[str, ...]], list[Correspondence]] = {}
        for correspondence in self.correspondences:
            table.setdefault((correspondence.grapheme, correspondence.phonemes), []).append(correspondence)
        self._table: Mapping[tuple[str, tuple[str, ...]], list[Correspondence]] = table

    def rows(self, item: Item) -> tuple[Correspondence | None, ...]:
        """For each grapheme of the item the earliest taught row that fits; none where the item has no graphemes."""
        return tuple(min(fitting, key=lambda c: c.level, default=None) for fitting in self.fitting(item))

    def fitting(self, item: Item) -> tuple[tuple[Correspondence, ...], ...]:
        """For each grapheme of the item all rows that fit."""
        return tuple(
            tuple(c for c in self._table.get((part.grapheme, part.phonemes), ()) if self._stands(item, number, c))
            for number, part in enumerate(parts_of(item))
        )

    def spells(self, grapheme: str, phonemes: tuple[str, ...], level: int) -> bool:
        """Whether `grapheme` may stand for `phonemes` anywhere in what is taught up to `level`."""
        return any(c.level <= level for c in self._table.get((grapheme.lower(), phonemes), []))
