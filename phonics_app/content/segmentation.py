"""A word and its sounds → its graphemes: the cheapest path through the lattice of letters and phonemes.

Every step of a path is a row of the grapheme–phoneme table, or an irregular part where no row fits. What a step costs:

- a row: 2 to the power of its level's place in the ladder, divided so that the last level costs 1: what is taught
  earlier wins, and two early graphemes are cheaper than a late one (*metal* is `a l`, not the suffix `al`);
- a little for each grapheme, so that of two ways through the same levels the one with fewer graphemes wins;
- more where a listed sound is taken for its usual American neighbour (*off* with the vowel of *hot*), or where a
  grapheme reaches over the seam of two parts of the word (`th` in *hothouse*);
- most for an irregular part, so that there are as few of them as can be, and as short as can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from phonics_app.content.contexts import Contexts
from phonics_app.content.dictionary import Pronunciation
from phonics_app.content.irregular import irregular_cost
from phonics_app.content.phonemes import VOWELS, to_ipa
from phonics_app.content.places import APOSTROPHE, Places
from phonics_app.content.word_parts import WordParts
from phonics_app.domain.analysis import SILENT_IPA, Part
from phonics_app.domain.bank import Correspondence

GRAPHEME_COST = 0.001
MERGED_COST = 1.5
"""The vowels of *cot* and *caught*, one for many Americans."""
SPLIT_GAIN = 0.0005
"""*face* is `a_e c` rather than `a ce`."""
NEIGHBOUR_COST = 20.0
SEAM_COST = 5.0
_LONGEST_IRREGULAR = 4
_MOST_IRREGULAR_SOUNDS = 3
_VOWEL_LETTERS = frozenset("aeiouy")
_SPLIT = "_"
_MERGED = {"AA": "AO", "AO": "AA"}
_WEAK = {"AH": ("IH", "EH"), "IH": ("AH", "EH", "IY"), "EH": ("AH", "IH"), "IY": ("IH",)}
"""Vowels that Americans interchange in unstressed syllables."""
_BEFORE_R = {"EH": "AE", "UH": "AO"}
"""*carry* with the vowel of *cat*, *poor* with that of *for*: usual besides what the dictionary lists."""


Steps = Callable[[int, int], Iterator["_Step"]]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The cheapest path of a word with one of its pronunciations."""

    parts: tuple[Part, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Step:
    """An edge of the lattice: from a place in letters and phonemes to another."""

    letters: int
    """Place of the first letter after the step."""
    sounds: int
    cost: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Table:
    """The grapheme–phoneme table as the lattice uses it."""

    rows: tuple[Correspondence, ...]
    contexts: Contexts
    levels: tuple[int, ...]
    """Numbers of the ladder's levels in order."""
    endings: frozenset[str] = frozenset({"ed", "es", "ied", "ies"})
    """Graphemes that are endings, and nothing where no ending is (*bed*, *yes*)."""

    @cached_property
    def by_start(self) -> Mapping[str, tuple[Correspondence, ...]]:
        """First letter → rows."""
        starts: dict[str, tuple[Correspondence, ...]] = {}
        for row in self.rows:
            starts[row.grapheme[0]] = (*starts.get(row.grapheme[0], ()), row)
        return starts

    @cached_property
    def costs(self) -> Mapping[int, float]:
        """Level → what a row of it costs."""
        return {level: 2.0 ** (place + 1 - len(self.levels)) for place, level in enumerate(self.levels)}

    def places(self, word: str, parts: WordParts) -> Places:
        return Places(self.contexts, self.endings, word, parts)

    def starting_at(self, word: str, place: int) -> tuple[Correspondence, ...]:
        """Rows whose (first) letters stand in `word` at `place`."""
        rows = self.by_start.get(word[place], ())
        return tuple(row for row in rows if word.startswith(row.grapheme.partition(_SPLIT)[0], place))


def segment(table: Table, word: str, pronunciation: Pronunciation, parts: WordParts) -> Segmentation:
    """The cheapest segmentation of `word` (small letters and apostrophes), which there always is."""
    lattice = _Lattice(table, word, pronunciation, parts, table.costs)
    return lattice.cheapest(lattice.regular) or lattice.cheapest(lattice.any) or lattice.by_heart()


def segment_within(
    table: Table, word: str, pronunciation: Pronunciation, parts: WordParts, level: int
) -> Segmentation | None:
    """The segmentation with the fewest graphemes of those taught up to `level`; None where these don't spell it.

    A word that its shape puts at a late level may use what is taught there: *animal* ends in the suffix `al`.
    """
    costs = {number: 1 + cost for number, cost in table.costs.items() if number <= level}
    lattice = _Lattice(table, word, pronunciation, parts, costs)
    return lattice.cheapest(lattice.regular)


class _Lattice:
    """The steps that lead on from a place in letters and phonemes."""

    def __init__(
        self, table: Table, word: str, pronunciation: Pronunciation, parts: WordParts, costs: Mapping[int, float]
    ) -> None:
        self._word, self._parts, self._costs = word, parts, costs
        self._places = table.places(word, parts)
        self._rows = tuple(table.starting_at(word, place) for place in range(len(word)))
        self._phonemes = pronunciation.phonemes
        self._stressed = pronunciation.stressed
        # Weak forms ("was" with a schwa) are of running speech; a word that is read alone has its full vowel.
        self._one_syllable = sum(phoneme in VOWELS for phoneme in pronunciation.phonemes) == 1
        self._sounds = tuple(_sounds_at(pronunciation, place) for place in range(len(self._phonemes)))

    def cheapest(self, steps: Steps) -> Segmentation | None:
        """Letters only go forwards, so places are settled in the order of letters, then of phonemes."""
        best: dict[tuple[int, int], tuple[float, tuple[Part, ...]]] = {(0, 0): (0.0, ())}
        for i in range(len(self._word)):
            for j in range(len(self._phonemes) + 1):
                if (i, j) not in best:
                    continue
                cost, path = best[i, j]
                for step in steps(i, j):
                    place, total = (step.letters, step.sounds), cost + step.cost
                    if place not in best or total < best[place][0]:
                        best[place] = total, path + step.parts
        found = best.get((len(self._word), len(self._phonemes)))
        return Segmentation(found[1], found[0]) if found else None

    def by_heart(self) -> Segmentation:
        """The whole word as one irregular part: its sounds have nothing to do with its letters."""
        places = tuple(i for i, letter in enumerate(self._word) if letter != APOSTROPHE)
        whole = _by_heart("".join(self._word[i] for i in places), self._phonemes, places)
        return Segmentation((whole,), irregular_cost(self._word, 0, len(self._word), self._phonemes))

    def regular(self, i: int, j: int) -> Iterator[_Step]:
        """Steps by rows of the table; an apostrophe is passed over."""
        if self._word[i] == APOSTROPHE:
            yield _Step(i + 1, j, 0.0, ())
        for row in self._rows[i]:
            step = self._row_step(row, i, j)
            if step and _SPLIT not in row.grapheme:
                yield step
            elif step:
                yield from self._closed(step, self.regular)

    def any(self, i: int, j: int) -> Iterator[_Step]:
        """The same, and irregular parts."""
        yield from self.regular(i, j)
        for row in self._rows[i]:
            split = self._row_step(row, i, j) if _SPLIT in row.grapheme else None
            if split:
                yield from self._closed(split, self._irregular)
        yield from self._irregular(i, j)
        yield from self._irregular_split(i, j)

    def _row_step(self, row: Correspondence, i: int, j: int) -> _Step | None:
        """The step of one row from one place, if its sounds, position and context allow it."""
        first = row.grapheme.partition(_SPLIT)[0]
        end, last = i + len(first), j + len(row.phonemes)
        extra = self._sound_cost(row.phonemes, j)
        if extra is None or row.level not in self._costs:
            return None
        if not self._places.allow(row, i, end, any(self._stressed[j:last]) or self._one_syllable):
            return None
        cost = self._costs[row.level] + GRAPHEME_COST + extra + SEAM_COST * self._parts.strain(row.grapheme, i, end)
        return _Step(end, last, cost, (Part(row.grapheme, row.phonemes, row.ipa, tuple(range(i, end)), row),))

    def _sound_cost(self, phonemes: Sequence[str], j: int) -> float | None:
        """What it costs to hear `phonemes` at `j`; None where others are heard."""
        if j + len(phonemes) > len(self._phonemes):
            return None
        total = 0.0
        for offset, phoneme in enumerate(phonemes):
            cost = self._sounds[j + offset].get(phoneme)
            if cost is None:
                return None
            total += cost
        return total

    def _closed(self, vowel: _Step, consonants: Steps) -> Iterator[_Step]:
        """A split digraph with the consonant inside it and its second letter."""
        split = vowel.parts[0]
        second = split.grapheme.partition(_SPLIT)[2]
        if vowel.letters >= len(self._word) or self._word[vowel.letters] in _VOWEL_LETTERS:
            return
        for step in consonants(vowel.letters, vowel.sounds):
            one_consonant = len(step.parts) == 1 and _SPLIT not in step.parts[0].grapheme and step.parts[0].phonemes
            if one_consonant and self._word.startswith(second, step.letters) and self._silent(step.letters + 1):
                whole = replace(split, letters=(*split.letters, step.letters))
                cost = vowel.cost + step.cost - SPLIT_GAIN
                yield _Step(step.letters + len(second), step.sounds, cost, (whole, *step.parts))

    def _silent(self, end: int) -> bool:
        """An e before a vowel letter is its neighbour's (*amateur*), but for two words written as one (*someone*)."""
        return self._word[end : end + 1] not in _VOWEL_LETTERS or end in self._parts.seams

    def _irregular(self, i: int, j: int) -> Iterator[_Step]:
        for end in range(i + 1, min(i + _LONGEST_IRREGULAR, len(self._word)) + 1):
            letters = self._word[i:end]
            if APOSTROPHE in letters:
                return
            for last in range(j, min(j + _MOST_IRREGULAR_SOUNDS, len(self._phonemes)) + 1):
                phonemes = self._phonemes[j:last]
                cost = irregular_cost(self._word, i, end, phonemes)
                yield _Step(end, last, cost, (_by_heart(letters, phonemes, tuple(range(i, end))),))

    def _irregular_split(self, i: int, j: int) -> Iterator[_Step]:
        """A split digraph whose vowel is not what the table says: *one*."""
        letter = self._word[i]
        if letter not in _VOWEL_LETTERS:
            return
        for last in range(j + 1, min(j + 2, len(self._phonemes)) + 1):
            phonemes = self._phonemes[j:last]
            part = _by_heart(f"{letter}{_SPLIT}e", phonemes, (i,))
            cost = irregular_cost(f"{letter}e", 0, 2, phonemes)
            yield from self._closed(_Step(i + 1, last, cost, (part,)), self.regular)


def _by_heart(grapheme: str, phonemes: tuple[str, ...], letters: tuple[int, ...]) -> Part:
    return Part(grapheme, phonemes, to_ipa(phonemes).strip("/") or SILENT_IPA, letters, None)


def _sounds_at(pronunciation: Pronunciation, place: int) -> dict[str, float]:
    """Phonemes that may be heard at `place` → what it costs to take them for the listed one."""
    listed = pronunciation.phonemes[place]
    neighbours: list[str] = []
    if not pronunciation.stressed[place] and (listed != "IY" or place + 1 < len(pronunciation.phonemes)):
        neighbours += _WEAK.get(listed, ())
    if listed in _BEFORE_R and pronunciation.phonemes[place + 1 : place + 2] == ("R",):
        neighbours.append(_BEFORE_R[listed])
    merged = {_MERGED[listed]: MERGED_COST} if listed in _MERGED else {}
    return dict.fromkeys(neighbours, NEIGHBOUR_COST) | merged | {listed: 0.0}
