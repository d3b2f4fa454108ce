"""Which rows of the table the graphemes of an item may be: what the analysis asks, of a word that is cut already.

What the analysis asks depends on more than letters and sound: the o of *mother* is stressed and that of *lemon* is not,
*pages* ends where *page* does. So the item's word is looked up, and a made-up word is read by its parts and its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from phonics_app.content import contexts
from phonics_app.content.analysis_source import AnalysisSource, lookup_of
from phonics_app.content.phonemes import VOWELS, signs_of
from phonics_app.content.places import Places
from phonics_app.content.reading import Reader
from phonics_app.content.segmentation import Table
from phonics_app.content.word_parts import Lookup, PartFinder
from phonics_app.domain.bank import Correspondence, Item
from phonics_app.domain.spelling import GraphemeTable, phonemes_of, spell
from phonics_app.domain.strand import Task

_MOST_REMEMBERED = 5_000
"""Items; the editor asks at each keystroke, a test for every item of a bank."""
_SCHWA = "ə"

_OF_LETTERS = frozenset({Task.SAY_SOUND, Task.CHOOSE_GRAPHEME})
"""Asks for graphemes that are no word: the e of *-ment* is weak though it is the only vowel."""

Texts = tuple[str, ...]
Stress = bool | None
"""None: not known, so that either may be."""


def item_table(source: AnalysisSource, correspondences: Iterable[Correspondence]) -> GraphemeTable:
    """The table of an item bank with the conditions of `source`; what can't be read of them is left to its checks."""
    rows = tuple(correspondences)
    listed = lookup_of(source.own)
    levels = tuple(sorted({row.level for row in rows}))
    table = Table(rows, contexts.gather(context for _, context in source.contexts), levels)
    finder = PartFinder((affix for _, affix in source.affixes), listed)
    return GraphemeTable(rows, ItemPlaces(table, finder, listed))


class ItemPlaces:
    """Whether a grapheme of an item may be a row of the table. One that stands alone may be any row that it spells."""

    def __init__(self, table: Table, finder: PartFinder, listed: Lookup) -> None:
        self._table, self._finder, self._listed = table, finder, listed
        self._reader = Reader(table, finder, listed)
        self._remembered = lru_cache(maxsize=_MOST_REMEMBERED)(self._placed)

    def __call__(self, item: Item, number: int, row: Correspondence) -> bool:
        if len(item.graphemes) == 1 or self._anywhere(row):
            return True
        answer = item.key if item.task is Task.READ_PSEUDO_WORD else ""
        return self._remembered(item.graphemes, item.phonemes, answer, item.task in _OF_LETTERS)[number].allows(row)

    def _anywhere(self, row: Correspondence) -> bool:
        """Most rows ask nothing of their place: no word need be looked up for them."""
        asked = any(not context.reading_only for context in self._table.contexts.by_id.get(row.id, ()))
        return row.position == "any" and not asked and row.grapheme not in self._table.endings

    def _placed(self, graphemes: Texts, phonemes: Texts, answer: str, ending: bool) -> tuple[_Placed, ...]:
        word = spell(graphemes).lower()
        groups = [phonemes_of(entry) for entry in phonemes]
        sounds = tuple(sound for group in groups for sound in group)
        stressed = [None] * len(sounds) if ending else self._stressed(word, sounds, answer)
        parts = self._finder.parts(word, sounds) if self._listed(word) else self._reader.read(word).parts
        places = self._table.places(word, parts)
        found, heard = [], 0
        for (start, end), group in zip(_letters(graphemes), groups, strict=True):
            found.append(_Placed(places, start, end, _of_group(stressed[heard : heard + len(group)])))
            heard += len(group)
        return tuple(found)

    def _stressed(self, word: str, sounds: tuple[str, ...], answer: str) -> Sequence[Stress]:
        """For each sound whether it is stressed: as listed, or as the key of a made-up word shows it."""
        if sum(sound in VOWELS for sound in sounds) == 1:
            return [True] * len(sounds)
        for listed in self._listed(word):
            if listed.agrees(sounds):
                return listed.stressed
        signs = signs_of(answer) or ()
        if len(signs) != len(sounds):
            return [None] * len(sounds)
        return [sign != _SCHWA if sound == "AH" else None for sign, sound in zip(signs, sounds, strict=True)]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A grapheme in its word. `end`: after its letters, of a split digraph after the first of them."""

    places: Places
    start: int
    end: int
    stressed: Stress

    def allows(self, row: Correspondence) -> bool:
        either = (True, False) if self.stressed is None else (self.stressed,)
        return any(self.places.allow(row, self.start, self.end, stressed) for stressed in either)


def _of_group(stressed: Sequence[Stress]) -> Stress:
    """Of the sounds of one grapheme: any that is stressed."""
    return None if None in stressed else any(stressed)


def _letters(graphemes: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where each grapheme begins and ends; the second letter of a split digraph follows the next grapheme."""
    place, waiting = 0, 0
    for grapheme in graphemes:
        first, split, second = grapheme.partition("_")
        yield place, place + len(first)
        place += len(first) + (0 if split else waiting)
        waiting = len(second) if split else 0
