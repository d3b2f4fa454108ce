"""Prefixes, endings, compounds: where one part of a word ends and the next begins, held against the dictionary.

A part is believed only where the sounds agree: *farmer* is *farm* and -er because *farm* sounds so; *flower* is not
*flow* and -er. Affixes stand in `affixes.csv`; its column `not_in` names words that only look and sound so (*corner*).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from phonics_app.content.dictionary import Pronunciation
from phonics_app.content.tables import Row, alternatives, required, words
from phonics_app.domain.errors import Problem

COLUMNS = ("affix", "kind", "phonemes", "skill", "not_in", "notes")
PREFIX, SUFFIX, ENDING = "prefix", "suffix", "ending"
KINDS = (PREFIX, SUFFIX, ENDING)
SPELLING_CHANGE = "spelling_change"
"""The ladder's code for doubling, drop e and y→i."""
NO_ENDING = 1_000
"""Beyond every word's last letter."""
_SHORTEST_WORD = 3
"""Of a compound's second part, a prefix's base, what an ending stands on; some stand on less (*go·ing*, *no·where*)."""
_VOWEL_LETTERS = frozenset("aeiouy")
_OFTEN_DOUBLE = frozenset("lsfz")
"""Letters that words end in twice; others are doubled for an ending: *hopp·ed* is of *hop*, not of a Mr. Hopp."""

Sounds = tuple[str, ...]
Lookup = Callable[[str], Sequence[Pronunciation]]
"""Word → its listed pronunciations, none for an unknown word."""


@dataclass(frozen=True, slots=True)
class Affix:
    """`phonemes`: how it may sound, the usual way first. `not_in`: words that only look like having it."""

    letters: str
    kind: str
    phonemes: tuple[Sounds, ...]
    skill: str
    not_in: frozenset[str]

    @property
    def shown(self) -> str:
        return f"{self.letters}-" if self.kind == PREFIX else f"-{self.letters}"


@dataclass(frozen=True, slots=True)
class WordParts:
    """What a word is made of. `seams`: places in its letters at which a part ends and the next begins."""

    seams: frozenset[int] = frozenset()
    endings: tuple[tuple[int, str], ...] = ()
    """Endings that are graphemes of their own, where they begin: ed, es, and ied, ies after y→i."""
    affixes: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    base_end: int = NO_ENDING
    """Place at which endings (-s, -ed, -ing) begin, after the last letter where there is none."""

    def strain(self, grapheme: str, start: int, end: int) -> int:
        """How many seams a grapheme at `start` reaches over; it may not tear an ending after y→i either."""
        torn = any(start == place and letters[0] == "i" and grapheme != letters for place, letters in self.endings)
        return sum(start < seam < end for seam in self.seams) + torn

    def allows(self, grapheme: str, start: int, own: frozenset[str]) -> bool:
        """Whether a grapheme of `own` (those that are endings) stands where such an ending is."""
        return grapheme not in own or (start, grapheme) in self.endings


class PartFinder:
    """Finds the parts of words that a dictionary knows."""

    def __init__(self, affixes: Iterable[Affix], pronunciations: Lookup) -> None:
        affixes = tuple(affixes)
        self.prefixes = tuple(a for a in affixes if a.kind == PREFIX)
        self.endings = tuple(a for a in affixes if a.kind != PREFIX)
        self._listed = pronunciations

    def parts(self, word: str, sounds: Sounds) -> WordParts:
        """The parts of `word`, sounding so; without any for a simple word."""
        for found in (self._ended(word, sounds), self._prefixed(word, sounds), self._compound(word, sounds)):
            if found is not None:
                return found
        return WordParts()

    def _ended(self, word: str, sounds: Sounds) -> WordParts | None:
        for affix in self.endings:
            if word in affix.not_in or not word.endswith(affix.letters):
                continue
            for heard in sorted(affix.phonemes, key=len, reverse=True):
                if sounds[-len(heard) :] != heard:
                    continue
                for base in bases(word, affix, heard):
                    base_sounds = sounds[: len(sounds) - len(heard)]
                    if self._sounds_so(base.word, base_sounds):
                        return with_ending(self.parts(base.word, base_sounds), base, affix)
        return None

    def _prefixed(self, word: str, sounds: Sounds) -> WordParts | None:
        for affix in self.prefixes:
            rest = word[len(affix.letters) :]
            if word in affix.not_in or not word.startswith(affix.letters) or len(rest) < _SHORTEST_WORD:
                continue
            for heard in affix.phonemes:
                if sounds[: len(heard)] == heard and self._sounds_so(rest, sounds[len(heard) :]):
                    return with_prefix(self.parts(rest, sounds[len(heard) :]), affix)
        return None

    def _compound(self, word: str, sounds: Sounds) -> WordParts | None:
        for place in range(_SHORTEST_WORD - 1, len(word) - _SHORTEST_WORD + 1):
            first, second = word[:place], word[place:]
            for listed in self._listed(first):
                rest = sounds[len(listed.phonemes) :]
                if sounds[: len(listed.phonemes)] != listed.phonemes:
                    continue
                if any(rest == p.phonemes for p in self._listed(second)):
                    return joined(self.parts(first, listed.phonemes), self.parts(second, rest), place)
        return None

    def _sounds_so(self, word: str, sounds: Sounds) -> bool:
        return bool(_VOWEL_LETTERS & set(word)) and any(listed.agrees(sounds) for listed in self._listed(word))


@dataclass(frozen=True, slots=True)
class Base:
    """A word before its ending. `seam`: where the ending begins; `written`: the ending as a grapheme, if it is one."""

    word: str
    seam: int
    written: str = ""
    changed: bool = False
    """The spelling has changed: doubling, drop e, y→i."""


def bases(word: str, affix: Affix, heard: Sounds) -> Iterator[Base]:
    """What may stand before the ending, the plainest first: jump·ed, bake·d, stopp·ed, stud·ied."""
    stem, place = word[: -len(affix.letters)], len(word) - len(affix.letters)
    shortest = 1 if affix.letters == "'s" else _SHORTEST_WORD - (affix.letters in ("ing", "ed", "es"))
    if len(stem) < shortest:
        return
    own = affix.letters if affix.letters in ("ed", "es") else ""
    syllabic = len(heard) > 1
    if syllabic or affix.letters != "es":
        yield from _whole_bases(stem, place, affix, syllabic)
    if stem.endswith("i") and affix.letters not in ("s", "'s", "ing"):
        ending = "i" + affix.letters if own and not syllabic else ""
        yield Base(stem[:-1] + "y", place - bool(ending), ending, True)


def _whole_bases(stem: str, place: int, affix: Affix, syllabic: bool) -> Iterator[Base]:
    own = affix.letters if affix.letters in ("ed", "es") else ""
    keeps_e = affix.letters == "ed" and not syllabic
    plain = [Base(stem, place, own)] if len(stem) >= _SHORTEST_WORD or affix.letters in ("ing", "'s") else []
    doubled = _doubled(stem, place, affix, own)
    silent = [Base(stem + "e", place + 1)] if keeps_e else []
    if doubled and stem[-1] not in _OFTEN_DOUBLE and len(stem) > _SHORTEST_WORD:
        yield from doubled + plain
        return
    yield from silent + plain if _may_end_in_e(stem) else plain + silent
    if affix.letters[0] in _VOWEL_LETTERS and not keeps_e:
        yield Base(stem + "e", place, own, affix.letters == "ing")
    yield from doubled


def _doubled(stem: str, place: int, affix: Affix, own: str) -> list[Base]:
    if affix.letters[0] not in _VOWEL_LETTERS or stem[-1] != stem[-2:-1] or stem[-1] in _VOWEL_LETTERS:
        return []
    return [Base(stem[:-1], place, own, affix.letters != "es")]


def _may_end_in_e(stem: str) -> bool:
    """The dictionary holds names: *locked* is of *lock*, not of *Locke*; but *raised* is of *raise*."""
    consonants = stem[len(stem.rstrip("bcdfghjklmnpqrstvwxz")) :]
    if len(set(consonants)) < len(consonants):
        return False
    return len(consonants) < 2 or consonants[-1] in "cgsvzl"


def with_ending(parts: WordParts, base: Base, affix: Affix) -> WordParts:
    """The base's parts and its ending."""
    changed = (SPELLING_CHANGE,) if base.changed else ()
    return replace(
        parts,
        seams=frozenset({seam for seam in parts.seams if seam <= base.seam} | {base.seam}),
        endings=(*parts.endings, (base.seam, base.written)) if base.written else parts.endings,
        affixes=(*parts.affixes, affix.shown),
        skills=(*parts.skills, affix.skill, *changed),
        base_end=min(parts.base_end, base.seam) if affix.kind == ENDING and base.written[:1] != "i" else NO_ENDING,
    )


def with_prefix(parts: WordParts, affix: Affix) -> WordParts:
    shifted = _shifted(parts, len(affix.letters))
    return replace(shifted, affixes=(affix.shown, *parts.affixes), skills=(affix.skill, *parts.skills))


def joined(first: WordParts, second: WordParts, place: int) -> WordParts:
    """Two words written as one; `place` is where the second begins."""
    later = _shifted(second, place)
    return WordParts(
        first.seams | later.seams,
        (*first.endings, *later.endings),
        (*first.affixes, *later.affixes),
        (*first.skills, *later.skills),
        later.base_end,
    )


def _shifted(parts: WordParts, by: int) -> WordParts:
    seams = frozenset({by, *(seam + by for seam in parts.seams)})
    endings = tuple((place + by, ending) for place, ending in parts.endings)
    return replace(parts, seams=seams, endings=endings, base_end=parts.base_end + by)


def read_affix(row: Row, problems: list[Problem]) -> Affix | None:
    """The affix of a row, or None with its faults added to `problems`."""
    before = len(problems)
    for column in ("affix", "phonemes", "skill"):
        required(row, column, problems)
    if row["kind"] not in KINDS:
        problems.append(row.problem("content.choice", "kind", ", ".join(KINDS)))
    sounds = tuple(tuple(text.split()) for text in alternatives(row, "phonemes"))
    if len(problems) > before:
        return None
    return Affix(row["affix"], row["kind"], sounds, row["skill"], frozenset(words(row, "not_in")))
