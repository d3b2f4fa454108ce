"""Made-up words near one that can't be used: one grapheme is another, and no word is spelled or sounds like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from phonics_app.content.bank_rules import Reference
from phonics_app.content.phonemes import VOWELS
from phonics_app.domain.bank import Correspondence, Item
from phonics_app.domain.spelling import Sounded, parts_of, spell


def near_words(
    reference: Reference, correspondences: Iterable[Correspondence], bank: Iterable[Item], item: Item
) -> Iterator[str]:
    """The last grapheme is changed first; graphemes taught first come first. Not all of them keep every rule.

    A grapheme is put only where it stands in some word of the `bank`, and beside a consonant only where the two meet
    in one: no English word begins with *ng*, none ends in *md*.
    """
    words = [parts_of(other) for other in bank]
    seen = {part for word in words for part in word}
    meeting = {pair for word in words for pair in _clusters(word)}
    taught = sorted((c for c in correspondences if c.level <= item.level and c.phonemes), key=lambda c: (c.level, c.id))
    parts, given = parts_of(item), set[str]()
    for place in reversed(range(len(parts))):
        for other in taught:
            if not _may_stand_for(other, parts[place], seen) or not _meet(other, parts, place) <= meeting:
                continue
            word = _changed(reference, parts, place, other)
            if word.isalpha() and word not in given:  # Not *isn't*; letters with two sounds make a word once.
                given.add(word)
                yield word


def _clusters(parts: Sequence[Sounded]) -> set[tuple[str, str, str]]:
    """Consonants that follow each other, as they are written, with the place of the second one."""
    pairs = pairwise(part for part in parts if part.phonemes)
    return {(a.grapheme, b.grapheme, b.position) for a, b in pairs if not VOWELS & {*a.phonemes, *b.phonemes}}


def _meet(other: Correspondence, parts: Sequence[Sounded], place: int) -> set[tuple[str, str, str]]:
    """The clusters of the word with `other` at `place`."""
    changed = Sounded(other.grapheme, other.phonemes, parts[place].position)
    return _clusters([*parts[:place], changed, *parts[place + 1 :]])


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
