"""The shape of a word: syllables, clusters, affixes, and the skills of the ladder that it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from phonics_app.content.phonemes import VOWELS
from phonics_app.content.word_parts import WordParts
from phonics_app.domain.analysis import Part


def shape_of(parts: Iterable[Part]) -> str:
    """C and V for consonants and vowels as heard: *box* is CVCC, *make* is CVC, and so is *fire*."""
    return "".join(_signs(part.phonemes) for part in parts)


def _signs(phonemes: Sequence[str]) -> str:
    """A weak ER after another vowel of the same grapheme is its r: *fire* and *hour* are one syllable."""
    signs = ""
    for phoneme in phonemes:
        signs += "V" if phoneme in VOWELS and not signs.endswith("V") else "C"
    return signs


def skills_of(parts: Sequence[Part], word_parts: WordParts) -> tuple[str, ...]:
    """Codes of `levels.toml`. Endings add no syllable and no cluster: *jumping* is *jump* with -ing."""
    base = [part for part in parts if part.letters[0] < word_parts.base_end]
    syllables = shape_of(base).count("V")
    found = {
        "split_digraph": any("_" in part.grapheme for part in parts if not part.irregular),
        "initial_cluster": _consonants(base) > 1,
        "final_cluster": _consonants(base[::-1]) > 1,
        "two_syllables": syllables == 2,
        "multisyllable": syllables > 2,
    }
    return tuple(dict.fromkeys([*(code for code, there in found.items() if there), *word_parts.skills]))


def _consonants(parts: Iterable[Part]) -> int:
    """Consonant graphemes before the first vowel; x and qu are one."""
    count = 0
    for part in parts:
        if VOWELS & set(part.phonemes):
            return count
        count += bool(part.phonemes)
    return 0
