"""Which fixed form a result is of and how the answers came in; what was counted, block by block, and the records."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from phonics_app.domain.attempt import Source
from phonics_app.domain.block_totals import TestFigures
from phonics_app.locales import N_, Translate
from phonics_app.pages.components.html import Column, link, link_row, note, section, show, table, text
from phonics_app.pages.components.session import Session
from phonics_app.reports.block_wording import (
    block_name,
    block_sentences,
    irregular_sentences,
    total_cells,
    total_titles,
)
from phonics_app.reports.event_wording import event_rows
from phonics_app.workflows.assess import Sitting, attempts_of
from phonics_app.workflows.form_figures import form_figures, tells_level

_SOURCES = {
    Source.SCREEN: N_("Given on a screen: {form}."),
    Source.PAPER: N_("On paper, keyed in by hand: {form}."),
    Source.SPREADSHEET: N_("On paper, brought in with a spreadsheet: {form}."),
}
_ONE = Markup("<li>{}</li>")
_TITLE = Markup('<h3 class="pn-part-title">{}</h3>')


def which_form(session: Session, sitting: Sitting) -> None:
    """The form, by name and code; nothing for other tests."""
    _, form = session.translate, sitting.plan.form
    if form is None:
        return
    told = _("{name}, form {letter}, code {code}").format(
        name=form.name.in_language(session.language), letter=form.letter, code=form.code
    )
    note(_(_SOURCES[sitting.attempt.spec.source]).format(form=told))
    _entries(session, sitting)
    if not tells_level(sitting.plan):
        note(_("Reading a passage is counted; it says nothing about the level, and changes none."))


def _entries(session: Session, sitting: Sitting) -> None:
    """Of a sheet that was keyed in anew the entry before, and of that one the entry that counts in its place."""
    _ = session.translate
    if sitting.attempt.spec.given_on is None:
        return
    if before := sitting.attempt.spec.replaces:
        note(_("This sheet was corrected. The entry before it is kept and counts no more."))
        link_row(link(_("See the entry before"), f"/result?attempt={before}", "quiet"))
    for other in attempts_of(session.phonics, session.actor, sitting.pupil.id):
        if other.spec.replaces == sitting.attempt.id:
            note(_("This entry was corrected later."), "warn")
            link_row(link(_("See the correction"), f"/result?attempt={other.id}", "quiet"))


def counted(session: Session, sitting: Sitting) -> None:
    """Of a form in full view; of the level test, which has many blocks, for those who ask."""
    _ = session.translate
    found = form_figures(session.phonics, session.actor, sitting.attempt.id)
    if not found.blocks and not found.irregular:
        return
    if sitting.plan.form is not None:
        section(_("Counted"))
        _figures(session, sitting, found)
    else:
        with st.expander(_("Block by block: what was counted and changed"), expanded=found.noteworthy):
            _figures(session, sitting, found)
    with st.expander(_("All records of this test")):
        text(_("Every figure of this page is made from these records alone. None is ever changed or removed."))
        _records(session, sitting)


def _figures(session: Session, sitting: Sitting, found: TestFigures) -> None:
    _ = session.translate
    _overview(_, sitting, found)
    for number, one in enumerate(found.blocks, start=1):
        show(_TITLE.format(f"{number}. {block_name(_, sitting.plan, one)}"))
        _list(block_sentences(_, sitting.plan, one, session.language))
    if found.irregular:
        show(_TITLE.format(_("Besides")))
        _list(irregular_sentences(_, found.irregular))


def _list(sentences: list[str]) -> None:
    show(Markup('<ul class="pn-steps">{}</ul>').format(Markup("").join(_ONE.format(one) for one in sentences)))


def _overview(_: Translate, sitting: Sitting, found: TestFigures) -> None:
    rows = [
        [f"{number}. {block_name(_, sitting.plan, one)}", *total_cells(one)]
        for number, one in enumerate(found.blocks, start=1)
    ]
    table([Column(_("Part")), *(Column(title, "right") for title in total_titles(_))], rows)


def _records(session: Session, sitting: Sitting) -> None:
    _ = session.translate
    columns = [
        Column(_("Record no."), "number"),
        Column(_("Device's clock"), "nowrap"),
        Column(_("What happened")),
        Column(_("At")),
        Column(_("Details")),
    ]
    rows = [[*row] for row in event_rows(_, sitting.plan, sitting.events, session.language)]
    table(columns, rows, height=460)
