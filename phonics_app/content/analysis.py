"""Words analysed over a ladder: graphemes, level, shape, syllables, and what is irregular."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from phonics_app.content.dictionary import Pronunciation
from phonics_app.content.reading import Reader
from phonics_app.content.segmentation import Segmentation, Table, segment, segment_within
from phonics_app.content.shape import shape_of, skills_of
from phonics_app.content.word_parts import Lookup, PartFinder, WordParts
from phonics_app.domain.analysis import Part, Source, WordAnalysis
from phonics_app.domain.bank import Level
from phonics_app.domain.errors import PhonicsError

LONGEST_WORD = 45
MOST_REMEMBERED = 50_000
"""Words; a few megabytes."""
SECOND_CHOICE_COST = 0.3
"""Of a pronunciation for each one that the dictionary lists before it; a row of the last level costs 1."""
WEAK_FORM_COST = 1.0
"""Of a form of running speech (*to* with a schwa): a word that is read alone has its full vowel."""
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\uff07`", "'"))


def letters_of(text: str) -> str:
    """`text` as the table spells: small letters, plain apostrophes. `PhonicsError` for what is no single word."""
    plain = unicodedata.normalize("NFKD", text.strip().translate(_APOSTROPHES))
    word = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    word = word.strip("'")
    if not text.strip():
        raise PhonicsError("analysis.empty")
    if not word or not all(sign.isascii() and (sign.isalpha() or sign == "'") for sign in word):
        raise PhonicsError("analysis.not_a_word", {"value": text.strip()})
    if len(word) > LONGEST_WORD:
        raise PhonicsError("analysis.too_long", {"value": f"{word[:LONGEST_WORD]}…", "expected": LONGEST_WORD})
    return word


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to say a word, with its cheapest segmentation."""

    said: Pronunciation
    segmentation: Segmentation
    word_parts: WordParts
    source: Source
    cost: float


class Analyser:
    """Analyses words over one ladder and its table; remembers them."""

    def __init__(self, table: Table, levels: Sequence[Level], finder: PartFinder, listed: Lookup) -> None:
        self._table, self._finder, self._listed = table, finder, listed
        self._reader = Reader(table, finder, listed)
        self.levels = tuple(levels)
        self._skill_levels = {skill: level.number for level in levels for skill in level.skills}
        self._known: dict[str, WordAnalysis] = {}

    def analyse(self, text: str) -> WordAnalysis:
        """The analysis of a word as typed. `PhonicsError` "analysis.*" where it is no English word."""
        word = letters_of(text)
        if word not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[word] = self._analyse(word)
        return replace(self._known[word], word=text.strip())

    def _analyse(self, word: str) -> WordAnalysis:
        best = min(self._ways(word), key=lambda way: way.cost)
        parts = best.segmentation.parts
        codes = skills_of(parts, best.word_parts)
        skills = tuple((code, self._skill_levels[code]) for code in codes if code in self._skill_levels)
        level = level_of(parts, skills)
        if level is not None:
            fewest = segment_within(self._table, word, best.said, best.word_parts, level)
            parts = fewest.parts if fewest else parts
        shape = shape_of(parts)
        return WordAnalysis(word, level, parts, skills, shape, shape.count("V"), best.word_parts.affixes, best.source)

    def _ways(self, word: str) -> list[_Way]:
        listed = self._listed(word)
        if not listed:
            read = self._reader.read(word)
            return [self._way(word, read.pronunciation, read.parts, read.source)]
        costs = [SECOND_CHOICE_COST * place + WEAK_FORM_COST * is_weak(said) for place, said in enumerate(listed)]
        return [
            self._way(word, said, self._finder.parts(word, said.phonemes), Source.DICTIONARY, cost)
            for said, cost in zip(listed, costs, strict=True)
        ]

    def _way(self, word: str, said: Pronunciation, parts: WordParts, source: Source, extra: float = 0.0) -> _Way:
        found = segment(self._table, word, said, parts)
        return _Way(said, found, parts, source, found.cost + extra)


def is_weak(said: Pronunciation) -> bool:
    """Whether no vowel is stressed."""
    return not any(said.stressed)


def level_of(parts: Sequence[Part], skills: Sequence[tuple[str, int]]) -> int | None:
    """The highest level among the parts and skills; None where a part is irregular."""
    levels = [part.level for part in parts]
    if None in levels:
        return None
    return max([*(level for level in levels if level is not None), *(level for _, level in skills)])
