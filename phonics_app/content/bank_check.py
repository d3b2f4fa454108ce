"""Every rule of the item bank at once, for teachers who edit it and for the tests."""

from __future__ import annotations

from pathlib import Path

from phonics_app.content.analysis_source import analysis_problems, read_analysis
from phonics_app.content.bank_coverage import coverage_problems
from phonics_app.content.bank_graphemes import unknown_phonemes
from phonics_app.content.bank_rules import Reference, item_problems
from phonics_app.content.bank_source import BankSource, read_source
from phonics_app.content.bank_structure import structure_problems
from phonics_app.content.contexts import gather
from phonics_app.content.dictionary import english
from phonics_app.content.item_places import item_table
from phonics_app.content.lone_graphemes import LoneGraphemes
from phonics_app.content.tables import Row, read_table, required, words
from phonics_app.domain.errors import Problem

_PRONUNCIATION_COLUMNS = ("word", "phonemes", "reason")
_BLOCKED_COLUMNS = ("word", "phonemes", "language", "reason")


def check_bank(folder: Path) -> tuple[Problem, ...]:
    """Every fault of the item bank in `folder`, each with file, row, column, value and what was expected."""
    source = read_source(folder)
    problems = list(structure_problems(source))
    reference = make_reference(folder, source, problems)
    for row, item in source.items:
        problems.extend(item_problems(reference, row, item))
    problems.extend(analysis_problems(folder))
    problems.extend(coverage_problems(source))
    return tuple(sorted(problems, key=_order))


def _order(problem: Problem) -> tuple[str, int]:
    return problem.place.file, problem.place.row or 0


def make_reference(folder: Path, source: BankSource, problems: list[Problem]) -> Reference:
    """What the items of `source` are held against; faults of the word lists are added to `problems`."""
    own = _word_list(folder, "pronunciations.csv", _PRONUNCIATION_COLUMNS, problems)
    blocked = _word_list(folder, "blocked_words.csv", _BLOCKED_COLUMNS, problems)
    pronunciations: dict[str, tuple[tuple[str, ...], ...]] = {}
    for row in own:
        pronunciations[row["word"]] = (*pronunciations.get(row["word"], ()), words(row, "phonemes"))
    correspondences = tuple(correspondence for _, correspondence in source.correspondences)
    conditions = read_analysis(folder)
    return Reference(
        levels={level.number: level for level in source.levels},
        skill_levels={skill: level.number for level in source.levels for skill in level.skills},
        table=item_table(conditions, correspondences),
        lone=LoneGraphemes(correspondences, gather(context for _, context in conditions.contexts)),
        dictionary=english(),
        own_pronunciations=pronunciations,
        blocked=frozenset(row["word"].lower() for row in blocked),
        blocked_sounds={words(row, "phonemes"): row["word"] for row in blocked},
    )


def _word_list(folder: Path, name: str, columns: tuple[str, ...], problems: list[Problem]) -> list[Row]:
    rows = read_table(folder / name, name, columns, problems)
    for row in rows:
        for column in columns:
            required(row, column, problems)
        problems.extend(unknown_phonemes(row, "phonemes", words(row, "phonemes")))
    return rows
