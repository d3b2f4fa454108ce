"""How a word is read that no dictionary has: by its parts where the dictionary knows them, else by the table alone.

Read by the table, a word takes the fewest graphemes (`sh`, not `s h`); of a grapheme's sounds the one whose context
stands there (c before e, final y), else the one taught first. Prefixes and endings come off before and are put back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from phonics_app.content.dictionary import Pronunciation
from phonics_app.content.phonemes import VOWELS
from phonics_app.content.segmentation import Table
from phonics_app.content.word_parts import (
    ENDING,
    Affix,
    Base,
    Lookup,
    PartFinder,
    WordParts,
    bases,
    joined,
    with_ending,
    with_prefix,
)
from phonics_app.domain.analysis import Source
from phonics_app.domain.bank import Correspondence

_VOWEL_LETTERS = frozenset("aeiouy")
_VOICELESS = frozenset({"P", "T", "K", "F", "TH", "S", "SH", "CH", "HH"})
_HISSING = frozenset({"S", "Z", "SH", "ZH", "CH", "JH"})
_SHORT_STEM = re.compile("[^aeiouy]+[aeiou][^aeiouwxy]")
_STOPS_BEFORE_ED = frozenset({"T", "D"})
_SHORTEST_BASE = 3
_SHORTEST_COMPOUND = 8
"""Shorter made-up words often seem to be two: the dictionary holds many names."""
_LENGTHENING = frozenset({"ing", "ed", "er", "est"})
"""Endings before which one consonant speaks for a dropped e."""
_ONSETS = frozenset(
    "bl br ch cl cr dr fl fr gl gr kn ph pl pr qu sc sh sk sl sm sn sp st sw th tr tw wh wr".split()  # noqa: SIM905
)
"""How a word may begin with two consonant letters."""
_NO_ROW_COST = 100.0


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word's sounds, what it is made of, and how that was found."""

    pronunciation: Pronunciation
    parts: WordParts
    source: Source


ReadBase = Callable[[str], ReadWord | None]
"""Reads what stands before an ending or after a prefix; None where that is no word."""


class Reader:
    """Reads words that are not in the dictionary."""

    def __init__(self, table: Table, finder: PartFinder, listed: Lookup) -> None:
        self._table, self._finder, self._listed = table, finder, listed

    def read(self, word: str) -> ReadWord:
        """The word read by known parts if it has any, else by rules."""
        return self._with_ending(word, self._known) or self._with_prefix(word, self._known) or self._by_rules(word)

    def _known(self, word: str) -> ReadWord | None:
        for listed in self._listed(word)[:1]:
            return ReadWord(listed, self._finder.parts(word, listed.phonemes), Source.PARTS)
        return None

    def _by_rules(self, word: str) -> ReadWord:
        affixed = self._with_ending(word, self._base) or self._with_prefix(word, self._base)
        return affixed or self._compound(word) or self._plain(word)

    def _base(self, word: str) -> ReadWord | None:
        """What is left without an affix must look like a word: *bleer* is not *ble* and -er."""
        likely = len(word) >= _SHORTEST_BASE and _VOWEL_LETTERS & set(word[:-1]) and _may_begin(word)
        return self._known(word) or self._by_rules(word) if likely else None

    def _plain(self, word: str) -> ReadWord:
        return ReadWord(read_by_table(self._table, word), WordParts(), Source.RULES)

    def _with_ending(self, word: str, read: ReadBase) -> ReadWord | None:
        for affix in self._finder.endings:
            for base in _likely_bases(word, affix):
                found = read(base.word)
                if found and (ended := _ended(found, base, affix)):
                    return ended
        return None

    def _with_prefix(self, word: str, read: ReadBase) -> ReadWord | None:
        for affix in self._finder.prefixes:
            rest = word[len(affix.letters) :]
            if not word.startswith(affix.letters) or len(rest) < _SHORTEST_BASE or not _may_begin(rest):
                continue
            found = read(rest)
            if found:
                sounds = _followed(_said(affix.phonemes[0]), found.pronunciation)
                return ReadWord(sounds, with_prefix(found.parts, affix), found.source)
        return None

    def _compound(self, word: str) -> ReadWord | None:
        if len(word) < _SHORTEST_COMPOUND:
            return None
        for place in range(len(word) - _SHORTEST_BASE, _SHORTEST_BASE - 1, -1):
            first, second = self._known(word[:place]), self._known(word[place:])
            if first and second:
                sounds = _followed(first.pronunciation, second.pronunciation)
                return ReadWord(sounds, joined(first.parts, second.parts, place), Source.PARTS)
        return None


def _likely_bases(word: str, affix: Affix) -> Iterator[Base]:
    """The bases that the spelling speaks for: *zaping* is of *zape*, *zapping* of *zap*."""
    stem = word.removesuffix(affix.letters)
    if stem in ("", word) or (affix.letters == "s" and stem[-1] in "sui'"):
        return
    found = {base.word: base for heard in affix.phonemes for base in bases(word, affix, heard)}
    for likely in _likely_stems(stem, affix.letters in _LENGTHENING):
        if likely in found:
            yield found[likely]


def _likely_stems(stem: str, lengthening: bool) -> list[str]:
    if lengthening and _SHORT_STEM.fullmatch(stem):
        return [stem + "e"]
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeioulsfz"
    changed = [stem[:-1] + "y"] if stem.endswith("i") else [stem + "e"] if stem[-1] not in _VOWEL_LETTERS else []
    return [*([stem[:-1]] if doubled else []), stem, *changed]


def _ended(base: ReadWord, how: Base, affix: Affix) -> ReadWord | None:
    """The base with its ending, which must sound as it does after the base's last sound."""
    last = base.pronunciation.phonemes[-1:]
    heard = next((h for h in affix.phonemes if _sounds_after(h, last, affix)), None)
    if heard is None:
        return None
    sounds = _followed(base.pronunciation, _said(heard))
    return ReadWord(sounds, with_ending(base.parts, how, affix), base.source)


def _sounds_after(heard: tuple[str, ...], last: tuple[str, ...], affix: Affix) -> bool:
    """Whether the ending sounds so after `last`: a syllable after t and d or a hiss, else voiced or not as that is."""
    if affix.kind != ENDING or affix.letters == "ing" or not last:
        return affix.kind != ENDING or affix.letters == "ing"
    syllabic = last[0] in (_STOPS_BEFORE_ED if affix.letters == "ed" else _HISSING)
    if affix.letters in ("s", "es") and syllabic is (affix.letters == "s"):
        return False
    if syllabic or len(heard) > 1:
        return syllabic and len(heard) > 1
    return (heard[0] in _VOICELESS) is (last[0] in _VOICELESS)


def _may_begin(rest: str) -> bool:
    return rest[0] in _VOWEL_LETTERS or rest[1] in _VOWEL_LETTERS or rest[:2] in _ONSETS


def _said(phonemes: tuple[str, ...]) -> Pronunciation:
    """An affix: weak where its vowel is."""
    return Pronunciation(phonemes, tuple(p in VOWELS and p not in ("AH", "IH", "ER") for p in phonemes))


def _followed(first: Pronunciation, second: Pronunciation) -> Pronunciation:
    return Pronunciation(first.phonemes + second.phonemes, first.stressed + second.stressed)


# ---- by the table alone ---------------------------------------------------------------------------------------------


def read_by_table(table: Table, word: str) -> Pronunciation:
    """The sounds of the fewest graphemes that spell `word`; letters that no row knows stay silent."""
    best: dict[int, tuple[float, tuple[Correspondence, ...]]] = {0: (0.0, ())}
    for i in range(len(word)):
        if i not in best:
            continue
        cost, path = best[i]
        for end, rows, step_cost in _steps(table, word, i):
            total = cost + step_cost
            if end not in best or total < best[end][0]:
                best[end] = total, path + rows
    rows = best[len(word)][1]
    phonemes = [(phoneme, _is_stressed(row, phoneme)) for row in rows for phoneme in row.phonemes]
    return Pronunciation(tuple(p for p, _ in phonemes), tuple(stressed for _, stressed in phonemes))


def _steps(table: Table, word: str, i: int) -> Iterator[tuple[int, tuple[Correspondence, ...], float]]:
    for row, end in _likeliest(table, word, i):
        if "_" not in row.grapheme:
            yield end, (row,), 1 + table.costs[row.level]
            continue
        second = row.grapheme.partition("_")[2]
        for inner, inner_end in _likeliest(table, word, end):
            closed = inner_end + len(second)
            if word[inner_end:] == second and not VOWELS & set(inner.phonemes) and "_" not in inner.grapheme:
                yield closed, (row, inner), 2 + table.costs[row.level] + table.costs[inner.level]
    yield i + 1, (), 0.0 if word[i] == "'" else _NO_ROW_COST


def _likeliest(table: Table, word: str, i: int) -> Iterator[tuple[Correspondence, int]]:
    """For each grapheme at `i` its row whose context stands there, else the one taught first; and where it ends."""
    if i >= len(word):
        return
    chosen: dict[str, tuple[bool, int, Correspondence]] = {}
    for row in table.starting_at(word, i):
        end = i + len(row.grapheme.partition("_")[0])
        asked = table.contexts.reading(row, word, i, end)
        if asked is False or not _position_fits(row, word, i, end) or row.grapheme in table.endings:
            continue
        rank = (asked is None, row.level, row)
        if row.grapheme not in chosen or rank[:2] < chosen[row.grapheme][:2]:
            chosen[row.grapheme] = rank
    for grapheme, (_, _, row) in chosen.items():
        yield row, i + len(grapheme.partition("_")[0])


def _position_fits(row: Correspondence, word: str, start: int, end: int) -> bool:
    if row.position == "initial":
        return start == 0
    last = end == len(word) or word[end:] == "e"
    return row.position == "any" or (last if row.position == "final" else start > 0 and end < len(word))


def _is_stressed(row: Correspondence, phoneme: str) -> bool:
    return phoneme in VOWELS and "ə" not in row.ipa
