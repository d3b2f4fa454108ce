"""Made-up words near one that can't be used: one grapheme is another, and no word is spelled or sounds like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from phonics_app.content.bank_rules import Reference
from phonics_app.content.phonemes import VOWELS
from phonics_app.domain.bank import Correspondence, Item
from phonics_app.domain.spelling import Sounded, parts_of, spell


def near_words(
    reference: Reference, correspondences: Iterable[Correspondence], bank: Iterable[Item], item: Item
) -> Iterator[str]:
    """The last grapheme is changed first; graphemes taught first come first. Not all of them keep every rule.

    A grapheme is put only where it stands in some word of the `bank`: no English word begins with *ng*.
    """
    seen = {part for other in bank for part in parts_of(other)}
    taught = sorted((c for c in correspondences if c.level <= item.level and c.phonemes), key=lambda c: (c.level, c.id))
    parts = parts_of(item)
    for place in reversed(range(len(parts))):
        for other in taught:
            if _may_stand_for(other, parts[place], seen) and (word := _changed(reference, parts, place, other)):
                yield word


def _may_stand_for(other: Correspondence, part: Sounded, seen: set[Sounded]) -> bool:
    """A vowel for a vowel, a consonant for a consonant, where it may stand."""
    sounded = Sounded(other.grapheme, other.phonemes, part.position)
    same_kind = bool(VOWELS & set(other.phonemes)) is bool(VOWELS & set(part.phonemes))
    return same_kind and other.grapheme != part.grapheme and sounded in seen


def _changed(reference: Reference, parts: Sequence[Sounded], place: int, other: Correspondence) -> str:
    """The new word, or "" where it is or sounds like a word."""
    graphemes = [part.grapheme for part in parts]
    sounds = [part.phonemes for part in parts]
    graphemes[place], sounds[place] = other.grapheme, other.phonemes
    word, together = spell(graphemes), tuple(sound for group in sounds for sound in group)
    real = word in reference.dictionary or reference.dictionary.word_sounding(together) is not None
    return "" if real or word in reference.blocked or together in reference.blocked_sounds else word
