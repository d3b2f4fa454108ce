"""What is known of a word to be read: its graphemes, why it can be decoded at a level or not, and of a whole text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from phonics_app.domain.bank import Correspondence

SILENT_IPA = "–"


class Source(Enum):
    """Where a pronunciation comes from."""

    DICTIONARY = "dictionary"
    PARTS = "parts"
    """Put together of parts that the dictionary has: a base and its ending, two words."""
    RULES = "rules"
    """Read by the table alone: names, made-up words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A grapheme in its word. Without a correspondence it is irregular: the part to be learnt by heart."""

    grapheme: str
    """As in items: a split digraph ("a_e") stands where its vowel is heard."""
    phonemes: tuple[str, ...]
    """ARPAbet; empty where the letters are silent."""
    ipa: str
    """The same for teachers, "–" where the letters are silent."""
    letters: tuple[int, ...]
    """Places of its letters in the word, from 0."""
    correspondence: Correspondence | None

    @property
    def irregular(self) -> bool:
        return self.correspondence is None

    @property
    def level(self) -> int | None:
        return self.correspondence.level if self.correspondence else None


class ReasonKind(Enum):
    CORRESPONDENCE = "correspondence"
    """A grapheme with this sound is taught at the level."""
    SKILL = "skill"
    """A skill of the ladder that the word's shape needs is taught at the level."""
    IRREGULAR = "irregular"
    """No rule gives the grapheme this sound."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a word can't be decoded before a level, or (irregular) at none. `value`: a grapheme, or a skill's code."""

    kind: ReasonKind
    value: str
    ipa: str
    level: int | None


@dataclass(frozen=True, slots=True)
class WordAnalysis:
    """A word, letter by letter. `level`: the first at which all of it is taught; None where a part is irregular."""

    word: str
    level: int | None
    parts: tuple[Part, ...]
    skills: tuple[tuple[str, int], ...]
    """Skills that the word's shape needs and the ladder teaches, each with its level."""
    shape: str
    """A C or V for each phoneme: "CCVC"."""
    syllables: int
    affixes: tuple[str, ...]
    """Prefixes ("un-") and endings ("-ed") found, in their order."""
    source: Source

    @property
    def irregular(self) -> bool:
        return any(part.irregular for part in self.parts)

    @property
    def phonemes(self) -> tuple[str, ...]:
        return tuple(phoneme for part in self.parts for phoneme in part.phonemes)

    def reasons_beyond(self, level: int) -> tuple[Reason, ...]:
        """Why a pupil at `level` can't decode the word yet: irregular parts first, then what is taught later."""
        irregular = [Reason(ReasonKind.IRREGULAR, p.grapheme, p.ipa, None) for p in self.parts if p.irregular]
        later = [
            Reason(ReasonKind.CORRESPONDENCE, p.grapheme, p.ipa, p.level)
            for p in self.parts
            if p.level is not None and p.level > level
        ]
        skills = [Reason(ReasonKind.SKILL, code, "", number) for code, number in self.skills if number > level]
        return tuple(dict.fromkeys([*irregular, *later, *skills]))


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: a word, with its place in `TextAnalysis.words`, or what stands between words."""

    text: str
    word: int | None = None


@dataclass(frozen=True, slots=True)
class CountedWord:
    """A word of a text and how often it stands there, in whatever capitals."""

    analysis: WordAnalysis
    count: int


@dataclass(frozen=True, slots=True)
class LevelShare:
    """How much of a text can be decoded at a level: of all its words as they run, and of its different words."""

    level: int
    running: float
    different: float


@dataclass(frozen=True, slots=True)
class TextAnalysis:
    """A text word by word."""

    tokens: tuple[Token, ...]
    words: tuple[CountedWord, ...]
    """Different words, in the order in which they first stand."""
    shares: tuple[LevelShare, ...]
    sentences: tuple[int, ...]
    """Words of each sentence."""

    @property
    def running_words(self) -> int:
        return sum(word.count for word in self.words)

    @property
    def heart_words(self) -> tuple[CountedWord, ...]:
        """Words with an irregular part, the most frequent first."""
        return _frequent_first(word for word in self.words if word.analysis.irregular)

    def decodable(self, level: int) -> tuple[CountedWord, ...]:
        return tuple(w for w in self.words if w.analysis.level is not None and w.analysis.level <= level)

    def beyond(self, level: int) -> tuple[CountedWord, ...]:
        """Words that can't be decoded at `level` yet, or ever; the most frequent first."""
        return _frequent_first(w for w in self.words if w.analysis.level is None or w.analysis.level > level)


def _frequent_first(words: Iterable[CountedWord]) -> tuple[CountedWord, ...]:
    return tuple(sorted(words, key=lambda word: -word.count))
