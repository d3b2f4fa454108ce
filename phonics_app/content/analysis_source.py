"""`item_bank/` → an `Analyser`: the ladder, the table with its contexts, affixes and own pronunciations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from phonics_app.content import bank_graphemes, contexts, word_parts
from phonics_app.content.analysis import MOST_REMEMBERED, Analyser
from phonics_app.content.bank_graphemes import unknown_phonemes
from phonics_app.content.bank_source import Parsed, read_levels
from phonics_app.content.contexts import Context
from phonics_app.content.dictionary import Pronunciation, english, with_schwa_before_r
from phonics_app.content.phonemes import VOWELS
from phonics_app.content.segmentation import Table
from phonics_app.content.tables import Row, read_table, words
from phonics_app.content.word_parts import Affix, Lookup, PartFinder
from phonics_app.domain.bank import Correspondence, Level
from phonics_app.domain.errors import Problem, ProblemsFound

T = TypeVar("T")
Sounds = tuple[str, ...]
_PRONUNCIATION_COLUMNS = ("word", "phonemes", "reason")


@dataclass(frozen=True, slots=True)
class AnalysisSource:
    """What words are analysed by, parsed; `problems` holds what could not be. Contexts and affixes may be missing."""

    levels: tuple[Level, ...]
    correspondences: Parsed[Correspondence]
    contexts: Parsed[tuple[str, Context]]
    affixes: Parsed[Affix]
    own: Mapping[str, tuple[Sounds, ...]]
    """Word → how it is said, whatever the dictionary lists (`pronunciations.csv`)."""
    problems: tuple[Problem, ...]


def read_analysis(folder: Path) -> AnalysisSource:
    """Reads the files of `folder`; never raises for their content."""
    problems: list[Problem] = []
    return AnalysisSource(
        levels=read_levels(folder, problems),
        correspondences=_parsed(
            folder, "graphemes.csv", bank_graphemes.COLUMNS, bank_graphemes.read_correspondence, problems
        ),
        contexts=_parsed(folder, "contexts.csv", contexts.COLUMNS, contexts.read_context, problems, needed=False),
        affixes=_parsed(folder, "affixes.csv", word_parts.COLUMNS, word_parts.read_affix, problems, needed=False),
        own=_own_pronunciations(folder, problems),
        problems=tuple(problems),
    )


def analysis_problems(folder: Path) -> Iterator[Problem]:
    """What is wrong with contexts and affixes, the files that only the analysis reads."""
    source = read_analysis(folder)
    yield from (problem for problem in source.problems if problem.place.file in ("contexts.csv", "affixes.csv"))
    known = {c.id for _, c in source.correspondences}
    for row, (correspondence, _) in source.contexts:
        if correspondence not in known:
            yield replace(row.problem("content.code_unknown", "correspondence", "graphemes.csv"), warning=True)
    for row, affix in source.affixes:
        yield from unknown_phonemes(row, "phonemes", tuple(p for sounds in affix.phonemes for p in sounds))


def load_analyser(folder: Path) -> Analyser:
    """The analyser of an item bank. Raises `ProblemsFound` with every fault of the files that it needs."""
    source = read_analysis(folder)
    if source.problems:
        raise ProblemsFound(source.problems, "content.problems")
    numbers = tuple(level.number for level in source.levels)
    rows = tuple(c for _, c in source.correspondences if c.level in numbers)
    lookup = lookup_of(source.own)
    finder = PartFinder((affix for _, affix in source.affixes), lookup)
    return Analyser(Table(rows, contexts.gather(c for _, c in source.contexts), numbers), source.levels, finder, lookup)


def _parsed(
    folder: Path,
    name: str,
    columns: Sequence[str],
    read: Callable[[Row, list[Problem]], T | None],
    problems: list[Problem],
    *,
    needed: bool = True,
) -> Parsed[T]:
    if not needed and not (folder / name).exists():
        return ()
    found = ((row, read(row, problems)) for row in read_table(folder / name, name, columns, problems))
    return tuple((row, value) for row, value in found if value is not None)


def _own_pronunciations(folder: Path, problems: list[Problem]) -> dict[str, tuple[Sounds, ...]]:
    own: dict[str, tuple[Sounds, ...]] = {}
    for row in read_table(folder / "pronunciations.csv", "pronunciations.csv", _PRONUNCIATION_COLUMNS, problems):
        own[row["word"]] = (*own.get(row["word"], ()), words(row, "phonemes"))
    return own


def lookup_of(own: Mapping[str, tuple[Sounds, ...]]) -> Lookup:
    """A word's own pronunciations stand for all that the dictionary lists, some of which are rare."""

    @lru_cache(maxsize=MOST_REMEMBERED)
    def listed(word: str) -> tuple[Pronunciation, ...]:
        found = english().pronunciations(word)
        if word in own:
            return tuple(_stressed_like(phonemes, found) for phonemes in own[word])
        return (*found, *(fuller for said in found if (fuller := with_schwa_before_r(said))))

    return listed


def _stressed_like(phonemes: Sounds, listed: Sequence[Pronunciation]) -> Pronunciation:
    """The own table marks no stress: that of a listed pronunciation as long, else on every vowel but AH."""
    like = next((said.stressed for said in listed if len(said.phonemes) == len(phonemes)), None)
    return Pronunciation(phonemes, like or tuple(p in VOWELS and p != "AH" for p in phonemes))
