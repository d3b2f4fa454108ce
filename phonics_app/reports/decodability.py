"""The analysis of a text as a document."""

from __future__ import annotations

from datetime import date

from phonics_app.domain.analysis import CountedWord, TextAnalysis
from phonics_app.locales import Translate, translator
from phonics_app.reports.decodability_wording import cut, pronounced, reasons_text, sentence_text, word_level
from phonics_app.reports.labels import NONE, level_label
from phonics_app.reports.tables import Column, Kind, Report, Table


def decodability_report(analysis: TextAnalysis, level: int, language: str, made_on: date, *, for_print: bool) -> Report:
    """Every word with its level and what stands in the way at `level`; on paper the shares at each level before it."""
    _ = translator(language)
    share = next(share for share in analysis.shares if share.level == level)
    facts = (
        (_("Level"), level_label(_, level)),
        (_("Words"), f"{analysis.running_words:,}"),
        (_("Different words"), f"{len(analysis.words):,}"),
        (_("Can be read at this level"), f"{share.running:.0%}"),
        (_("Sentences"), sentence_text(_, analysis)),
        (_("Text"), _beginning(analysis)),
    )
    words = _word_table(_, analysis, level, for_print)
    tables = (_share_table(_, analysis), words) if for_print else (words,)
    return Report(_("Can this text be read?"), language, made_on, facts, tables)


def _beginning(analysis: TextAnalysis, most: int = 120) -> str:
    text = " ".join("".join(token.text for token in analysis.tokens).split())
    return text if len(text) <= most else f"{text[:most].rstrip()}…"


def _share_table(_: Translate, analysis: TextAnalysis) -> Table:
    columns = (
        Column(_("Level"), width="auto"),
        Column(_("Of the text"), Kind.SHARE),
        Column(_("Of the different words"), Kind.SHARE),
    )
    rows = tuple((level_label(_, share.level), share.running, share.different) for share in analysis.shares)
    return Table(_("What can be read at each level"), columns, rows)


def _word_table(_: Translate, analysis: TextAnalysis, level: int, for_print: bool) -> Table:
    columns = [
        Column(_("English word")),
        Column(_("Times"), Kind.COUNT),
        Column(_("Level")),
        Column(_("Graphemes")),
        Column(_("Sounds")),
        Column(_("Why not yet"), width="1fr"),
    ]
    if not for_print:
        columns += [Column(_("Shape")), Column(_("Syllables"), Kind.COUNT)]
    ordered = sorted(analysis.words, key=lambda word: (word.analysis.level or 1_000, word.analysis.word))
    rows = tuple(_word_row(_, word, level)[: len(columns)] for word in ordered)
    return Table(_("Words"), tuple(columns), rows, _("[ ] marks the part of a heart word that follows no rule."))


def _word_row(_: Translate, word: CountedWord, level: int) -> tuple[str | int, ...]:
    found = word.analysis
    return (
        found.word,
        word.count,
        word_level(_, found),
        cut(found),
        pronounced(found),
        reasons_text(_, found, level) or NONE,
        found.shape,
        found.syllables,
    )
