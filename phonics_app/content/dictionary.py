"""Pronunciations of real English words, from the lexicon that the package `gruut-lang-en` ships (MIT)."""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from phonics_app.content.phonemes import VOWELS, from_ipa, is_stressed
from phonics_app.domain.errors import PhonicsError

_PACKAGE = "gruut_lang_en"

Phonemes = tuple[str, ...]

_REDUCED = (frozenset({"AH", "IH"}), frozenset({"AH", "EH"}), frozenset({"IH", "IY"}), frozenset({"IH", "EH"}))
"""Vowels that Americans interchange in unstressed syllables."""
_WEAK_ER = [("AH", False), ("R", False)]
_MERGED = frozenset({"AA", "AO"})
"""The vowels of *cot* and *caught*, one vowel for many Americans."""


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """ARPAbet without stress, and which of the phonemes are stressed vowels."""

    phonemes: Phonemes
    stressed: tuple[bool, ...]

    def agrees(self, phonemes: Sequence[str]) -> bool:
        """Whether `phonemes` is this pronunciation or a usual American variant of it."""
        if len(phonemes) != len(self.phonemes):
            return False
        triples = zip(phonemes, self.phonemes, self.stressed, strict=True)
        return all(_same_sound(mine, listed, stressed) for mine, listed, stressed in triples)


def _same_sound(mine: str, listed: str, stressed: bool) -> bool:
    pair = frozenset({mine, listed})
    return mine == listed or pair == _MERGED or (not stressed and pair in _REDUCED)


class Dictionary:
    """Words with their pronunciations, and the way back from sounds to words."""

    def __init__(self, pronunciations: Mapping[str, Sequence[Pronunciation]]) -> None:
        self._words = pronunciations

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def pronunciations(self, word: str) -> Sequence[Pronunciation]:
        """All listed pronunciations, the usual one first; empty for an unknown word."""
        return self._words.get(word, ())

    def word_sounding(self, phonemes: Sequence[str]) -> str | None:
        """A word that is pronounced like `phonemes` (*cot* and *caught* counting as one), or None."""
        return self._sounds.get(sound_key(phonemes))

    @cached_property
    def _sounds(self) -> dict[Phonemes, str]:
        """Made when first asked for: who only looks words up need not wait for it."""
        sounds: dict[Phonemes, str] = {}
        for word, listed in self._words.items():
            for pronunciation in listed:
                sounds.setdefault(sound_key(pronunciation.phonemes), word)
        return sounds


class _Lexicon(Mapping[str, Sequence[Pronunciation]]):
    """The lexicon as the package has it, in IPA; a word is parsed when it is asked for."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._rows: dict[str, list[str]] = {}
        for word, signs in rows:
            self._rows.setdefault(word, []).append(signs)

    def __getitem__(self, word: str) -> Sequence[Pronunciation]:
        return tuple(_parsed(signs) for signs in self._rows[word])

    def __contains__(self, word: object) -> bool:
        return word in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _parsed(signs: str) -> Pronunciation:
    return Pronunciation(from_ipa(signs), tuple(is_stressed(sign) for sign in signs.split()))


def sound_key(phonemes: Iterable[str]) -> Phonemes:
    """Equal for what sounds alike: *cot* and *caught* are one."""
    return tuple("AA" if phoneme == "AO" else phoneme for phoneme in phonemes)


def with_schwa_before_r(said: Pronunciation) -> Pronunciation | None:
    """A weak ER before a vowel as the two sounds that its letters spell: *arrive* as AH R AY V. None without one."""
    sounds = list(zip(said.phonemes, said.stressed, strict=True))
    following = [phoneme in VOWELS for phoneme in said.phonemes[1:]] + [False]
    split = [
        pair
        for (phoneme, stressed), vowel in zip(sounds, following, strict=True)
        for pair in (
            [("AH", False), ("R", False)] if phoneme == "ER" and vowel and not stressed else [(phoneme, stressed)]
        )
    ]
    if len(split) == len(sounds):
        return None
    return Pronunciation(tuple(p for p, _ in split), tuple(stressed for _, stressed in split))


def lexicon_path() -> Path:
    """Where the installed package keeps its lexicon. `PhonicsError` if it is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    path = Path(spec.origin).with_name("lexicon.db") if spec and spec.origin else None
    if path is None or not path.is_file():
        raise PhonicsError("content.dictionary_missing", {"package": _PACKAGE.replace("_", "-")})
    return path


@cache
def english() -> Dictionary:
    """The whole lexicon, about 124,000 words; read once per process, in less than a second."""
    query = "select word, phonemes from word_phonemes order by word, pron_order"
    with closing(sqlite3.connect(f"{lexicon_path().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return Dictionary(_Lexicon(connection.execute(query)))
