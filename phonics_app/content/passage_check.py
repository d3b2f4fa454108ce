"""Every rule of the passages at once, with the words' levels from the analysis."""

from __future__ import annotations

from pathlib import Path

from phonics_app.content.analysis import Analyser
from phonics_app.content.analysis_source import load_analyser
from phonics_app.content.passage_rules import passage_problems
from phonics_app.content.passages import read_passages
from phonics_app.content.tables import read_table
from phonics_app.domain.errors import PhonicsError, Problem, ProblemsFound
from phonics_app.domain.passage import LevelOf

_BLOCKED = "blocked_words.csv"


def check_passages(folder: Path) -> tuple[Problem, ...]:
    """Every fault of `folder/passages`; none where tables of the bank are faulty, which `check_bank` tells."""
    try:
        analyser = load_analyser(folder)
    except ProblemsFound:
        return ()
    levels = [level.number for level in analyser.levels]
    rows = read_table(folder / _BLOCKED, _BLOCKED, ("word", "phonemes", "language", "reason"), [])
    blocked = {row["word"].lower() for row in rows}
    return passage_problems(read_passages(folder / "passages"), levels, levels_by(analyser), blocked)


def levels_by(analyser: Analyser) -> LevelOf:
    """The level of a word by `analyser`; of a word with a hyphen the highest of its parts."""

    def level_of(word: str) -> int | None:
        try:
            levels = [analyser.analyse(part).level for part in word.split("-")]
        except PhonicsError:
            return None
        return None if None in levels else max(level for level in levels if level is not None)

    return level_of
