"""Rubrics: choose, read on screen, export."""

from __future__ import annotations

from functools import partial

import streamlit as st

from phonics_app.locales import N_
from phonics_app.pages.components.downloads import MIME_TYPES, while_signed_in
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row, note, section
from phonics_app.pages.components.rubric_filter import choose_filter
from phonics_app.pages.components.rubric_grids import framework_grids, performance_grids, promotion_table
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.rubrics import DocumentFormat, RubricFilter, export_rubrics, select_rubrics

FORMATS = {DocumentFormat.PDF: "PDF", DocumentFormat.WORD: "Word", DocumentFormat.EXCEL: "Excel"}
LANGUAGES = {"th": N_("Thai"), "en": N_("English"), "th-en": N_("Thai and English")}


def page(session: Session) -> None:
    _ = session.translate
    header(_("Rubrics"), _("Read, filter, print"))
    link_row(link(_("The rule by which levels are mastered"), "/levels", "quiet"))
    chosen = choose_filter(session)
    rubrics = select_rubrics(session.phonics, session.actor, chosen)
    export(session, chosen)
    performance_grids(session, rubrics)
    if rubrics.promotion:
        promotion_table(session, rubrics.promotion)
    framework_grids(session, rubrics)
    if not (rubrics.performance or rubrics.promotion or rubrics.framework_criteria):
        note(_("Nothing fits these choices. Take one of them back."))


def export(session: Session, chosen: RubricFilter) -> None:
    """The file is made when the button is tapped, not before."""
    _ = session.translate
    section(_("Export what is chosen"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            _("File"), list(FORMATS), default=DocumentFormat.PDF, required=True, format_func=FORMATS.__getitem__
        )
        languages = st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            default=session.language,
            required=True,
            format_func=lambda key: _(LANGUAGES[key]),
        )
        st.download_button(
            _("Download"),
            while_signed_in(
                session,
                partial(export_rubrics, session.phonics, session.actor, chosen, kind, tuple(languages.split("-"))),
            ),
            file_name=f"phonics-rubrics-{languages}.{kind.value}",
            mime=MIME_TYPES[kind.value],
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )


page(current())
