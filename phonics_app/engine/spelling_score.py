"""A spelled word, sound by sound: which of its sounds stand in what was written, each with any of its spellings.

So "kat" for "cat" has all three sounds and is not the word; "sip" for "ship" lacks one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from phonics_app.domain.bank import Item
from phonics_app.domain.event import Mark
from phonics_app.domain.plan import PlannedItem
from phonics_app.domain.spelling import GraphemeTable, parts_of
from phonics_app.engine.state import BlockState

Spellings = tuple[tuple[str, ...], ...]
"""Of each sound of a word in order, the graphemes that may spell it; a split one has an underscore: "a_e"."""
_SPLIT = "_"


def spellings_of(table: GraphemeTable, item: Item) -> Spellings:
    """As the table has them up to the item's level; its own grapheme first. Empty for words without sounds."""
    known = [c for c in table.correspondences if c.level <= item.level]
    return tuple(
        tuple(dict.fromkeys((part.grapheme, *(c.grapheme for c in known if c.phonemes == part.phonemes))))
        for part in parts_of(item)
    )


def sounds_of(item: PlannedItem) -> Spellings:
    """Without a table each grapheme has itself alone."""
    return item.spellings or tuple((grapheme,) for grapheme in item.graphemes)


def sounds_spelled(spellings: Spellings, written: str) -> tuple[bool, ...]:
    """Of each sound whether it is there, in order; as many as can be."""
    word = written.strip().lower()

    @cache
    def best(sound: int, at: int) -> tuple[bool, ...]:
        if sound == len(spellings):
            return ()
        found = [(True,) * count + best(sound + count, end) for count, end in _matches(spellings, sound, word, at)]
        found.append((False, *best(sound + 1, at)))
        if at < len(word):
            found.append(best(sound, at + 1))
        return max(found, key=sum)

    return best(0, 0)


def _matches(spellings: Spellings, sound: int, word: str, at: int) -> list[tuple[int, int]]:
    """How many sounds a piece of the word at `at` stands for, and where it ends."""
    found = []
    following: Sequence[str] = spellings[sound + 1] if sound + 1 < len(spellings) else ()
    for grapheme in spellings[sound]:
        first, split, second = grapheme.partition(_SPLIT)
        pieces = [(2, first + other + second) for other in following if _SPLIT not in other] if split else [(1, first)]
        found += [(count, at + len(piece)) for count, piece in pieces if piece and word.startswith(piece, at)]
    return found


def sound_totals(block: BlockState, items: Mapping[str, PlannedItem]) -> tuple[int, int]:
    """Of a dictation: sounds that are there, and all sounds, of the words attempted. What is right has all of them."""
    there = asked = 0
    answers = zip(block.block.items, block.marks, block.remarks, strict=True)
    for name, mark, remark in list(answers)[: block.attempted]:
        sounds = sounds_of(items[name])
        asked += len(sounds)
        there += sum(sounds_spelled(sounds, remark.said)) if mark is Mark.INCORRECT else len(sounds)
    return there, asked
