"""The analysis of words and texts in words: reasons, and as a document."""

from __future__ import annotations

from datetime import date

from phonics_app.domain.analysis import (
    SILENT_IPA,
    CountedWord,
    Part,
    Reason,
    ReasonKind,
    Source,
    TextAnalysis,
    WordAnalysis,
)
from phonics_app.locales import N_, Translate, translator
from phonics_app.reports.labels import NONE, level_label
from phonics_app.reports.tables import Column, Kind, Report, Table
from phonics_app.reports.wording import skill_label

SOURCES = {
    Source.DICTIONARY: N_("Pronounced as in the dictionary (American English)."),
    Source.PARTS: N_("Not in the dictionary; pronounced like the words that it is made of."),
    Source.RULES: N_("Not in the dictionary; read by the rules of the table."),
}


def sound(ipa: str) -> str:
    """ "/ʃ/"; "–" for silent letters."""
    return ipa if ipa == SILENT_IPA else f"/{ipa}/"


def reason_text(_: Translate, reason: Reason) -> str:
    """Why a word can't be read yet: "ough /ɔ/ is taught at level 8"."""
    fields = {"what": reason.value, "sound": sound(reason.ipa), "level": reason.level}
    if reason.kind is ReasonKind.IRREGULAR:
        silent = _("{what} is silent here, by no rule: learn it by heart")
        heart = _("{what} is {sound} here, by no rule: learn it by heart")
        return (silent if reason.ipa == SILENT_IPA else heart).format(**fields)
    if reason.kind is ReasonKind.SKILL:
        named = fields | {"what": skill_label(_, reason.value)}
        return _("{what}: taught at level {level}").format(**named)
    silent = _("silent {what} is taught at level {level}")
    taught = _("{what} {sound} is taught at level {level}")
    return (silent if reason.ipa == SILENT_IPA else taught).format(**fields)


def reasons_text(_: Translate, word: WordAnalysis, level: int) -> str:
    return "; ".join(reason_text(_, reason) for reason in word.reasons_beyond(level))


def word_level(_: Translate, word: WordAnalysis) -> str:
    """ "Level 5", or "Heart word"."""
    return _("Heart word") if word.level is None else level_label(_, word.level)


def cut(word: WordAnalysis) -> str:
    """ "c · a_e · k", irregular parts in brackets."""
    return " · ".join(f"[{part.grapheme}]" if part.irregular else part.grapheme for part in word.parts)


def pronounced(word: WordAnalysis) -> str:
    """ "/k eɪ k/": the sounds of the graphemes one by one."""
    return "/" + " ".join(part.ipa for part in word.parts if part.phonemes) + "/"


def part_text(_: Translate, part: Part) -> str:
    """What a grapheme does in its word, with its row of the table."""
    heard = _("silent") if part.ipa == SILENT_IPA else sound(part.ipa)
    if part.correspondence is None:
        return _("{heard}, by no rule: learn it by heart").format(heard=heard)
    row = part.correspondence
    return _("{heard}, level {level}, as in {example} (row {id})").format(
        heard=heard, level=row.level, example=row.example, id=row.id
    )


def sentence_text(_: Translate, analysis: TextAnalysis) -> str:
    """How many sentences, and how long."""
    lengths = analysis.sentences
    template = _("{count} sentences; {mean:.1f} words on average, the longest {longest}")
    return template.format(count=len(lengths), mean=sum(lengths) / len(lengths), longest=max(lengths))


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
