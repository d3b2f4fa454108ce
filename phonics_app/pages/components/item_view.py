"""One item: how it looks, what it tests, how hard it is, what became of it."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from phonics_app.domain.bank import Item
from phonics_app.domain.calendar import THAI_TIME
from phonics_app.locales.item_labels import CHANGES, COLUMNS, SOURCES
from phonics_app.locales.labels import label
from phonics_app.pages.components.html import Cell, Column, lines, section, show, stacked, stats, table
from phonics_app.pages.components.item_face import item_face
from phonics_app.pages.components.item_labels import cell_text, state_badges, task_label
from phonics_app.pages.components.item_sound import hear_item
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.session import Session
from phonics_app.reports.difficulty import compared_text
from phonics_app.workflows.item_bank import HistoryEntry, ItemPart, ItemView

_PART = Markup(
    '<span class="pn-part"><span lang="en">{}</span><span class="pn-sound">{}</span>'
    '<span class="pn-below">{}</span></span>'
)


def show_item(session: Session, view: ItemView) -> None:
    """What is proposed, else what is in force."""
    item = view.entry.proposal.item if view.entry.proposal else view.entry.item
    show(state_badges(session.translate, view.entry.states))
    item_face(session, item)
    hear_item(session, item)
    _facts(session, item, view.asked)
    _parts(session, view.parts)


def _facts(session: Session, item: Item, asked: int) -> None:
    _ = session.translate
    answers = " · ".join([item.key, *item.accepted])
    figures = [
        (_("Level"), str(item.level), task_label(_, item.task)),
        (_("Right answer"), answers, label(_, item.strand)),
        difficulty_figure(session, item),
        (_("Asked in tests"), f"{asked:,}", _("all versions, discarded tests too")),
    ]
    stats(figures)


def difficulty_figure(session: Session, item: Item) -> tuple[str, str, str]:
    """Label, value with its uncertainty, and in words: where it comes from, how it compares."""
    _ = session.translate
    hard = item.difficulty
    compared = compared_text(_, item, session.phonics.content.bank.active())
    said = " · ".join(filter(None, [compared, _(SOURCES[hard.source])]))
    return (_("Difficulty"), f"{hard.value:.2f} ± {hard.standard_error:.2f}", said)


def _parts(session: Session, parts: tuple[ItemPart, ...]) -> None:
    _ = session.translate
    if not parts:
        return
    section(_("Letters and sounds"))
    cut = (
        _PART.format(part.grapheme or "♪", part.ipa or "–", _("Level {n}").format(n=part.level) if part.level else "")
        for part in parts
    )
    show(Markup('<div class="pn-parts">{}</div>').format(Markup("").join(cut)))


def history(session: Session, view: ItemView) -> None:
    _ = session.translate
    section(_("History"))
    columns = [Column(_("When"), "nowrap"), Column(_("What")), Column(_("Who")), Column(_("Changes"), "wide")]
    table(columns, [_cells(session, entry) for entry in view.history])


def _cells(session: Session, entry: HistoryEntry) -> list[Cell]:
    _ = session.translate
    what = _(CHANGES[entry.kind]) if entry.kind else _("Shipped with the product")
    when = day(entry.at or datetime.fromisoformat(entry.since).replace(tzinfo=THAI_TIME), session.language)
    version = _("Version {n}").format(n=entry.version)
    return [when, stacked(what, version), entry.by or "–", _changes(session, entry)]


def _changes(session: Session, entry: HistoryEntry) -> Cell:
    _ = session.translate
    one = Markup("{}: {} → {}")
    changed = [
        one.format(_(COLUMNS[column]), *(cell_text(session, column, text) or "–" for text in (before, after)))
        for column, before, after in entry.differences
    ]
    return lines([entry.reason, *changed] if entry.reason else changed) or Markup("–")
