"""Words and texts analysed: what can be read at which level, and why not yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from phonics_app.content import text_analysis
from phonics_app.content.analysis import Analyser
from phonics_app.content.analysis_source import load_analyser
from phonics_app.content.text_analysis import LONGEST_TEXT
from phonics_app.domain.account import Actor
from phonics_app.domain.analysis import TextAnalysis, WordAnalysis
from phonics_app.domain.errors import PhonicsError, Place, Problem, ProblemsFound
from phonics_app.reports.decodability import decodability_report
from phonics_app.reports.printed import to_pdf
from phonics_app.reports.tables import to_csv
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.permissions import Action, require

__all__ = ["LONGEST_TEXT", "analyse_text", "analyse_words", "chosen_level", "export_analysis"]


def analyse_words(content_dir: Path, actor: Actor, words: Iterable[str]) -> tuple[WordAnalysis, ...]:
    """Each word by itself. `ProblemsFound` with every one that is no English word. ANALYSE_TEXTS."""
    require(actor, Action.ANALYSE_TEXTS)
    analyser, found, problems = analyser_of(content_dir), [], []
    for word in words:
        try:
            found.append(analyser.analyse(word))
        except PhonicsError as error:
            problems.append(_problem(error))
    if problems:
        raise ProblemsFound(problems, "analysis.refused")
    return tuple(found)


def _problem(error: PhonicsError) -> Problem:
    return Problem(error.code, value=str(error.data.get("value", "")), expected=str(error.data.get("expected", "")))


def analyse_text(content_dir: Path, actor: Actor, text: str) -> TextAnalysis:
    """Every English word of a text. `PhonicsError` "analysis.no_words" or "analysis.text_too_long". ANALYSE_TEXTS."""
    require(actor, Action.ANALYSE_TEXTS)
    return text_analysis.analyse_text(analyser_of(content_dir), text)


def chosen_level(content_dir: Path, actor: Actor, level: int | None) -> int:
    """`level`, or the ladder's last one for None. `ProblemsFound` for one that the ladder lacks. ANALYSE_TEXTS."""
    require(actor, Action.ANALYSE_TEXTS)
    numbers = [known.number for known in analyser_of(content_dir).levels]
    if level is None:
        return numbers[-1]
    if level not in numbers:
        problem = Problem("analysis.level", Place(column="--level"), str(level), ", ".join(str(n) for n in numbers))
        raise ProblemsFound([problem], "analysis.refused_level")
    return level


def export_analysis(
    content_dir: Path, actor: Actor, text: str, level: int, made_on: date, *, format: ExportFormat, language: str
) -> bytes:
    """The analysis of a text as PDF, or its words as CSV. ANALYSE_TEXTS."""
    analysed = analyse_text(content_dir, actor, text)
    for_print = format is ExportFormat.PDF
    report = decodability_report(analysed, level, language, made_on, for_print=for_print)
    return to_pdf(report) if for_print else to_csv(report)


@lru_cache(maxsize=4)
def analyser_of(content_dir: Path) -> Analyser:
    """The analyser of the item bank, loaded when first asked for: in about a second, since it reads the dictionary."""
    return load_analyser(content_dir / "item_bank")
