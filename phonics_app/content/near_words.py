"""Made-up words near one that can't be used: a grapheme or two are others, and no word is spelled or sounds like it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise

from phonics_app.content.bank_rules import Reference
from phonics_app.content.phonemes import VOWELS
from phonics_app.domain.bank import Correspondence, Item
from phonics_app.domain.spelling import Sounded, parts_of, spell

_NEVER_DOUBLED = ("aa", "ii", "uu")


def near_words(
    reference: Reference, correspondences: Iterable[Correspondence], bank: Iterable[Item], item: Item
) -> Iterator[str]:
    """The last grapheme is changed first; graphemes taught first come first. Two are changed where one has given all it
    can: of a short word most neighbours are words. Not all of them keep every rule.

    A grapheme is put only where it stands in some word of the `bank`, and beside a consonant only where the two meet
    in one: no English word begins with *ng*, none ends in *md*.
    """
    words = [parts_of(other) for other in bank]
    seen = {part for word in words for part in word}
    meeting = {pair for word in words for pair in _clusters(word)}
    taught = sorted((c for c in correspondences if c.level <= item.level and c.phonemes), key=lambda c: (c.level, c.id))
    parts, given = parts_of(item), set[str]()
    for changed in chain(_one_changed(parts, taught, seen), _two_changed(parts, taught, seen)):
        word = _written(reference, changed) if _clusters(changed) <= meeting | _clusters(parts) else ""
        if word.isalpha() and word not in given:  # Not *isn't*; letters with two sounds make a word once.
            given.add(word)
            yield word


def _one_changed(
    parts: Sequence[Sounded], taught: Sequence[Correspondence], seen: set[Sounded]
) -> Iterator[tuple[Sounded, ...]]:
    for place in reversed(range(len(parts))):
        for other in taught:
            if _may_stand_for(other, parts[place], seen):
                yield _with(parts, place, other)


def _two_changed(
    parts: Sequence[Sounded], taught: Sequence[Correspondence], seen: set[Sounded]
) -> Iterator[tuple[Sounded, ...]]:
    """The later of the two takes what was taught last, so that the word has something new."""
    newest = taught[::-1]
    for first, second in combinations(reversed(range(len(parts))), 2):
        for later in (c for c in newest if _may_stand_for(c, parts[first], seen)):
            for other in (c for c in taught if _may_stand_for(c, parts[second], seen)):
                yield _with(_with(parts, first, later), second, other)


def _clusters(parts: Sequence[Sounded]) -> set[tuple[str, str, str]]:
    """Consonants that follow each other, as they are written, with the place of the second one."""
    pairs = pairwise(part for part in parts if part.phonemes)
    return {(a.grapheme, b.grapheme, b.position) for a, b in pairs if not VOWELS & {*a.phonemes, *b.phonemes}}


def _with(parts: Sequence[Sounded], place: int, other: Correspondence) -> tuple[Sounded, ...]:
    changed = Sounded(other.grapheme, other.phonemes, parts[place].position)
    return (*parts[:place], changed, *parts[place + 1 :])


def _may_stand_for(other: Correspondence, part: Sounded, seen: set[Sounded]) -> bool:
    """A vowel for a vowel, a consonant for a consonant, where it may stand."""
    sounded = Sounded(other.grapheme, other.phonemes, part.position)
    same_kind = bool(VOWELS & set(other.phonemes)) is bool(VOWELS & set(part.phonemes))
    return same_kind and other.grapheme != part.grapheme and sounded in seen


def _written(reference: Reference, parts: Sequence[Sounded]) -> str:
    """The word of these parts, or "" where it is or sounds like a word."""
    word, together = spell([part.grapheme for part in parts]), tuple(p for part in parts for p in part.phonemes)
    if any(pair in word for pair in _NEVER_DOUBLED):
        return ""
    real = word in reference.dictionary or reference.dictionary.word_sounding(together) is not None
    return "" if real or word in reference.blocked or together in reference.blocked_sounds else word
