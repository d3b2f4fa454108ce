"""A text coloured by level, its legend, shares, and a word letter by letter."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from phonics_app.domain.analysis import SILENT_IPA, CountedWord, Part, TextAnalysis, WordAnalysis
from phonics_app.pages.components.html import Cell, Column, badge, section, show, stacked, stats, table, text
from phonics_app.pages.components.session import Session
from phonics_app.reports.decodability_wording import SOURCES, reasons_text, sentence_text, sound, word_level
from phonics_app.reports.wording import skill_label

_SHADES = ((255, 250, 214), (183, 223, 189), (70, 160, 176), (38, 86, 148), (24, 24, 72))
"""From the first level to the last: each darker than the one before, so that they differ to every eye and in print."""
_DARK = 115
"""Below this brightness letters are white."""
HEART = "♥"


def shade(place: int, count: int) -> str:
    """CSS of the `place`-th of `count` levels."""
    at = place / max(count - 1, 1) * (len(_SHADES) - 1)
    low = min(int(at), len(_SHADES) - 2)
    colour = tuple(round(a + (b - a) * (at - low)) for a, b in zip(_SHADES[low], _SHADES[low + 1], strict=True))
    red, green, blue = colour
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return f"background:rgb{colour};color:{'#fff' if light < _DARK else '#1d2b26'}"


def figures(session: Session, found: TextAnalysis, level: int) -> None:
    _ = session.translate
    share = next(share for share in found.shares if share.level == level)
    hearts = found.heart_words
    stats(
        [
            (
                _("Can be read at level {n}").format(n=level),
                f"{share.running:.0%}",
                _("{share:.0%} of the different words").format(share=share.different),
            ),
            (_("Words"), f"{found.running_words:,}", _("{n} different").format(n=len(found.words))),
            (_("Heart words"), f"{len(hearts):,}", ", ".join(word.analysis.word for word in hearts[:4])),
            (_("Sentences"), f"{len(found.sentences):,}", sentence_text(_, found)),
        ]
    )


def coloured_text(session: Session, found: TextAnalysis, level: int) -> None:
    """Each word on its level's colour with the level's number; underlined where it is beyond `level`."""
    numbers = [share.level for share in found.shares]
    pieces = (
        escape(token.text)
        if token.word is None
        else _word(token.text, found.words[token.word].analysis, numbers, level)
        for token in found.tokens
    )
    show(Markup('<div class="pn-coloured" lang="en" tabindex="0">{}</div>').format(Markup("").join(pieces)))


def _word(written: str, word: WordAnalysis, numbers: Sequence[int], level: int) -> Markup:
    if word.level is None:
        return Markup('<span class="pn-heart">{}<sup>{}</sup></span>').format(written, HEART)
    beyond = " pn-beyond" if word.level > level else ""
    style = shade(numbers.index(word.level), len(numbers))
    return Markup('<span class="pn-read{}" style="{}">{}<sup>{}</sup></span>').format(
        beyond, style, written, word.level
    )


def legend(session: Session, found: TextAnalysis) -> None:
    _ = session.translate
    numbers = [share.level for share in found.shares]
    levels = (
        Markup('<span class="pn-read" style="{}">{}</span>').format(shade(place, len(numbers)), number)
        for place, number in enumerate(numbers)
    )
    heart = Markup('<span class="pn-heart">{}</span> {}').format(HEART, _("heart word: a part follows no rule"))
    beyond = Markup('<span class="pn-beyond">{}</span>').format(_("underlined: not yet at the level chosen"))
    show(
        Markup('<div class="pn-legend"><span>{} {}</span><span>{}</span><span>{}</span></div>').format(
            _("Level"), Markup(" ").join(levels), heart, beyond
        )
    )


def share_bars(session: Session, found: TextAnalysis, level: int) -> None:
    _ = session.translate
    one = Markup(
        '<div class="pn-bar{}"><span>{}</span><span class="pn-bar-track"><span class="pn-bar-fill" style="width:{}%">'
        '</span></span><span class="pn-bar-value">{}</span></div>'
    )
    bars = (
        one.format(
            " pn-bar-chosen" if share.level == level else "",
            _("Level {n}").format(n=share.level),
            round(share.running * 100),
            f"{share.running:.0%}",
        )
        for share in found.shares
    )
    section(_("What can be read at each level"))
    show(Markup('<div class="pn-bars">{}</div>').format(Markup("").join(bars)))


def not_yet(session: Session, words: Sequence[CountedWord], level: int) -> None:
    """Words beyond the level with the reasons."""
    _ = session.translate
    columns = [Column(_("English word")), Column(_("Times"), "count"), Column(_("Level"), "nowrap")]
    columns.append(Column(_("Why not yet"), "wide"))
    rows = [
        [w.analysis.word, str(w.count), _level_badge(session, w.analysis), reasons_text(_, w.analysis, level)]
        for w in words
    ]
    table(columns, rows, height=420)


def _level_badge(session: Session, word: WordAnalysis) -> Markup:
    if word.level is None:
        return badge(f"{HEART} {word_level(session.translate, word)}", "warn")
    return badge(str(word.level), "level")


def letter_by_letter(session: Session, word: WordAnalysis) -> None:
    """The word's graphemes, each with its sound and its row of the table."""
    _ = session.translate
    columns = [Column(_("Grapheme")), Column(_("Sounds")), Column(_("Level"), "nowrap"), Column(_("Row of the table"))]
    table(columns, [_part_row(session, part) for part in word.parts])
    skills = "; ".join(
        _("{what}: taught at level {level}").format(what=skill_label(_, code), level=level)
        for code, level in word.skills
    )
    shape = _("{shape}, syllables: {n}").format(shape=word.shape, n=word.syllables)
    text(" · ".join(filter(None, (word_level(_, word), shape, " ".join(word.affixes), skills))))
    text(_(SOURCES[word.source]))


def _part_row(session: Session, part: Part) -> list[Cell]:
    _ = session.translate
    grapheme = Markup('<span class="pn-word">{}</span>').format(part.grapheme)
    heard = _("silent") if part.ipa == SILENT_IPA else sound(part.ipa)
    row = part.correspondence
    if row is None:
        by_heart = _("by heart")
        return [
            grapheme,
            heard,
            badge(f"{HEART} {by_heart}", "warn"),
            _("No row of the table has this sound for these letters."),
        ]
    example = _("as in {word}").format(word=row.example)
    # The table's notes are written in Thai.
    notes = row.notes if session.language == "th" else ""
    return [grapheme, heard, badge(str(row.level), "level"), stacked(row.id, f"{example} {notes}".strip())]
