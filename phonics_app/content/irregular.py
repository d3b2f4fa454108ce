"""What an irregular part costs: as few as can be, as short as can be, and vowels for vowels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from phonics_app.content.phonemes import VOWELS

IRREGULAR_COST = 1000.0
LETTER_COST = 10.0
STRANGE_COST = 25.0
"""A part that takes vowel letters for a consonant or the reverse, or tears letters apart that belong together."""
MIXED_COST = 600.0
"""For each change between vowel and consonant letters inside a part."""
_VOWEL_LETTERS = frozenset("aeiouy")
_BEGINS_A_VOWEL = VOWELS | {"W", "Y"}


def irregular_cost(word: str, start: int, end: int, phonemes: Sequence[str]) -> float:
    """The cost of learning by heart that `word[start:end]` spells `phonemes`."""
    letters = word[start:end]
    # What closes a vowel is part of it: heart, their, two.
    kinds = ["V" if letter in _VOWEL_LETTERS else "C" for letter in letters.rstrip("rw") or letters]
    mixed = sum(one != other for one, other in pairwise(kinds))
    strange = _strange(kinds, phonemes) + (len(phonemes) > len(letters)) + _torn(word, start, end, kinds, phonemes)
    return IRREGULAR_COST + LETTER_COST * len(letters) + STRANGE_COST * strange + MIXED_COST * mixed + len(phonemes)


def _strange(kinds: Sequence[str], phonemes: Sequence[str]) -> int:
    """Vowels without a vowel letter, consonants without a consonant letter; glides begin a vowel (*one*)."""
    vowels = any(phoneme in VOWELS for phoneme in phonemes)
    consonants = phonemes[0] not in _BEGINS_A_VOWEL if vowels else bool(phonemes)
    return (vowels and "V" not in kinds) + (consonants and "C" not in kinds)


def _torn(word: str, start: int, end: int, kinds: Sequence[str], phonemes: Sequence[str]) -> bool:
    """A silent letter beside another vowel or its own double belongs to it: *friend* has `ie`, *scissors* `ss`."""
    neighbours = word[max(start - 1, 0) : start] + word[end : end + 1]
    of_vowel = "V" in kinds and any(letter in _VOWEL_LETTERS for letter in neighbours)
    return not phonemes and (of_vowel or word[start:end] in neighbours)
