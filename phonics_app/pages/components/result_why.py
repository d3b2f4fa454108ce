"""How sure the test is, and why: what to look at, one plot, a few sentences, and the details for who wants them."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from phonics_app.domain.result import Result
from phonics_app.locales.labels import label
from phonics_app.pages.components.html import Cell, Column, link, link_row, note, section, show, table, text
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import level_label
from phonics_app.reports.why_wording import (
    Shown,
    allowance_sentence,
    not_asked_sentence,
    warnings,
    why_sentences,
)
from phonics_app.reports.wording import asked, hundredths


def watch(session: Session, shown: Shown) -> None:
    """What a teacher should look at before he decides; most often nothing."""
    for sentence in warnings(session.translate, shown):
        note(sentence, "warn")


def how_sure(session: Session, shown: Shown) -> None:
    _ = session.translate
    section(_("How sure is this, and why?"))
    _bars(session, shown.result)
    one = Markup("<li>{}</li>")
    sentences = Markup("").join(one.format(sentence) for sentence in why_sentences(_, shown))
    show(Markup('<ul class="pn-steps">{}</ul>').format(sentences))
    with st.expander(_("More about how sure this is")):
        _details(session, shown)


def _bars(session: Session, result: Result) -> None:
    """One bar for each level; the level proposed stands out."""
    _ = session.translate
    one = Markup(
        '<div class="pn-bar{}"><span class="pn-bar-label">{}</span><span class="pn-bar-track">'
        '<span class="pn-bar-fill" style="width:{}%"></span></span><span class="pn-bar-value">{}</span></div>'
    )
    bars = [
        one.format(
            " pn-bar-chosen" if p.level == result.proposed_level else "",
            level_label(_, p.level),
            f"{p.probability * 100:.1f}",
            f"{hundredths(p.probability)}%",
        )
        for p in result.probabilities
    ]
    figure = Markup('<div class="pn-bars" role="img" aria-label="{}">{}</div>')
    show(figure.format(_("How probable each level is"), Markup("").join(bars)))


def _details(session: Session, shown: Shown) -> None:
    _ = session.translate
    _strands(session, shown)
    if unknown := not_asked_sentence(_, shown):
        text(unknown)
    _heading(_("Thai accent"))
    text(allowance_sentence(_, shown))
    if shown.explanation.allowance:
        _mistakes(session, shown, shown.explanation.allowance.mistakes)
    _odd_answers(session, shown)
    link_row(link(_("The rule by which levels are mastered"), "/levels", "quiet"))


def _heading(title: str) -> None:
    show(Markup('<h3 class="pn-part-title">{}</h3>').format(title))


def _strands(session: Session, shown: Shown) -> None:
    """Each strand beside what the others lead one to expect."""
    _ = session.translate
    standings = shown.explanation.strands
    if not standings:
        return
    _heading(_("Strand by strand"))
    columns = [
        Column(_("Strand"), "nowrap"),
        Column(_("Right answers"), "number"),
        Column(_("To be expected from the other strands"), "number"),
        Column(""),
    ]
    rows = [
        [
            label(_, s.strand),
            f"{s.right}/{s.attempted}",
            f"{s.expected:.0f}",
            _("behind, beyond chance") if s.behind else _("as the others, or too near to tell"),
        ]
        for s in standings
    ]
    table(columns, rows)


def _mistakes(session: Session, shown: Shown, ids: tuple[str, ...]) -> None:
    words = (Markup('<span class="pn-word">{}</span>').format(asked(i, session.language)) for i in shown.items(ids))
    show(Markup("").join(words))


def _odd_answers(session: Session, shown: Shown) -> None:
    """The answers that the others did not lead one to expect, whether or not the pattern as a whole is unusual."""
    _, fit = session.translate, shown.explanation.fit
    _heading(_("Answers that surprise"))
    if fit is None:
        text(_("Too few answers to tell whether any of them is unusual."))
        return
    if not fit.answers:
        text(_("None."))
        return
    columns = [Column(_("Level"), "number"), Column(_("Question"), "wide"), Column(_("Answer"), "nowrap")]
    columns.append(Column(_("Right answers to be expected, out of 100"), "number"))
    rows: list[list[Cell]] = []
    for answer, item in zip(fit.answers, shown.items(a.item_id for a in fit.answers), strict=True):
        marked = _("right") if answer.right else _("wrong")
        rows.append([str(item.level), asked(item, session.language), marked, str(hundredths(answer.expected))])
    table(columns, rows)
