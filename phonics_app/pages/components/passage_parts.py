"""The list of passages; a passage as the pupil sees it, and what the teacher has beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from phonics_app.domain.analysis import WordAnalysis
from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.passage import Passage, Question
from phonics_app.pages.components.html import (
    Cell,
    Column,
    badge,
    lines,
    link,
    section,
    show,
    stats,
    table,
    text,
)
from phonics_app.pages.components.labels import level_badge
from phonics_app.pages.components.session import Session
from phonics_app.reports.decodability_wording import reasons_text, sound
from phonics_app.reports.labels import level_label
from phonics_app.reports.passage_wording import KINDS, STATUSES, heart_words, lines_label
from phonics_app.workflows.passages import NewGrapheme, PassageView


def passage_list(session: Session, passages: Sequence[Passage]) -> None:
    _ = session.translate
    columns = [Column(_("Passage"), "wide"), Column(_("Level")), Column(_("Words"), "count"), Column(_("Heart words"))]
    table([*columns, Column("", "actions")], [_row(session, passage) for passage in passages])


def _row(session: Session, passage: Passage) -> list[Cell]:
    _ = session.translate
    state = "" if passage.status is ItemStatus.ACTIVE else badge(_(STATUSES[passage.status]))
    title = Markup("{} {}").format(passage.title.in_language(session.language), state)
    english = [] if session.language == "en" else [_quiet(passage.title.en)]
    return [
        lines([title, *english, _quiet(passage.id)]),
        level_badge(passage.level),
        str(len(passage.words)),
        ", ".join(heart_words(passage)) or "–",
        link(_("Open"), f"/passages?passage={passage.id}", "secondary"),
    ]


def pupils_side(session: Session, passage: Passage) -> None:
    """The text in large letters, broken into lines as it is printed: nothing else, as on the pupil's sheet."""
    longest = max(len(line.text) for line in passage.lines)
    rows = Markup("").join(Markup("<div>{}</div>").format(line.text) for line in passage.lines)
    section(session.translate("What the pupil sees"))
    frame = '<div class="pn-passage" lang="en" tabindex="0"><div style="--pn-signs:{}">{}</div></div>'
    show(Markup(frame).format(longest, rows))


def teachers_side(session: Session, view: PassageView) -> None:
    _ = session.translate
    _practise_first(session, view)
    section(_("Questions (answers in Thai or English)"))
    columns = [Column(_("No."), "count"), Column(_("Question"), "wide"), Column(_("Answer"), "wide")]
    rows = (_asked(session, number, one) for number, one in enumerate(view.passage.asked, start=1))
    table([*columns, Column(_("Lines"), "nowrap")], rows)
    section(_("Words counted line by line"))
    _counted(session, view.passage)
    _decodable(session, view)


def _practise_first(session: Session, view: PassageView) -> None:
    _ = session.translate
    section(_("Before reading"))
    words = heart_words(view.passage)
    if words:
        text(_("Heart words to practise first:"))
        show(_words(words))
    text(view.passage.note.in_language(session.language))


def _words(words: Iterable[str]) -> Markup:
    return Markup("").join(Markup('<span class="pn-word" lang="en">{}</span>').format(word) for word in words)


def _asked(session: Session, number: int, one: Question) -> list[Cell]:
    accepted = one.accepted.th if session.language == "th" else one.accepted.en
    key = Markup("<strong>{}</strong>").format(one.key.in_language(session.language))
    return [
        str(number),
        lines([one.question.in_language(session.language), _quiet(session.translate(KINDS[one.kind]))]),
        lines([key, *map(_quiet, accepted)]),
        lines_label(one.evidence),
    ]


def _quiet(words: str) -> Markup:
    return Markup('<span class="pn-muted pn-small">{}</span>').format(words)


def _counted(session: Session, passage: Passage) -> None:
    _ = session.translate
    columns = [Column(_("Line"), "count"), Column(_("Text"), "wide"), Column(_("Words"), "count")]
    written = Markup('<span class="pn-line" lang="en">{}</span>')
    rows = (
        [
            str(line.number),
            written.format(line.text),
            str(len(line.words)),
            Markup("<strong>{}</strong>").format(line.total),
        ]
        for line in passage.lines
    )
    table([*columns, Column(_("Up to here"), "count")], rows)


# ---- why it is decodable --------------------------------------------------------------------------------------------


def _decodable(session: Session, view: PassageView) -> None:
    _ = session.translate
    level, found = view.passage.level, view.decodability
    section(_("Why it can be read at level {n}").format(n=level))
    stats(
        [
            (_("Words"), str(found.words), ""),
            (_("Decodable"), f"{found.share:.0%}", _("of the words that are not heart words")),
            (_("Heart words"), f"{found.heart_share:.0%}", _("of all words")),
        ]
    )
    if view.new:
        text(_("What is new at this level, and where the text practises it:"))
        table([Column(_("Graphemes")), Column(_("Words"), "wide")], [_practised(one) for one in view.new])
    _not_yet(session, _("Heart words: why they are learnt by heart here"), view.heart_words, level)
    _not_yet(session, _("Words that need help: not decodable at this level"), view.later, level)


def _practised(one: NewGrapheme) -> list[Cell]:
    grapheme = Markup('<span class="pn-word" lang="en">{}</span> {}').format(one.grapheme, sound(one.ipa))
    return [grapheme, Markup('<span lang="en">{}</span>').format(", ".join(one.words))]


def _not_yet(session: Session, title: str, words: Sequence[WordAnalysis], level: int) -> None:
    if not words:
        return
    _ = session.translate
    columns = [Column(_("English word")), Column(_("Level"), "nowrap"), Column(_("Why not yet"), "wide")]
    by_heart = _("by heart")
    rows = (
        [
            _words([one.word]),
            badge(by_heart if one.level is None else level_label(_, one.level)),
            reasons_text(_, one, level),
        ]
        for one in words
    )
    table(columns, rows, title)
