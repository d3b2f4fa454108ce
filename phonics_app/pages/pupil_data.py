"""A pupil's own data: what is held, and all of it as one file for him and his parents."""

from __future__ import annotations

from functools import partial

import streamlit as st

from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Column, link, link_row, note, section, table
from phonics_app.pages.components.messages import empty_state, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.pupil_data_wording import table_title
from phonics_app.workflows.pupil_data import PupilHoldings, export_pupil_data, pupil_holdings


def page(session: Session) -> None:
    _ = session.translate
    header(_("Data of a pupil"), _("What is held, and a copy for the pupil or the parents"))
    show_left_message()
    pupil_id = st.query_params.get("pupil")
    if not pupil_id:
        advice = _("Open the class list and choose a pupil there.")
        empty_state(_("No pupil chosen"), advice, link(_("My class"), "/class", "primary"))
        return
    found = pupil_holdings(session.phonics, session.actor, pupil_id)
    link_row(link(_("Back to the list"), f"/class?school={found.pupil.school_id}", "quiet"))
    section(f"{found.pupil.name} ({found.pupil.number})")
    held(session, found)
    hand_out(session, found)


def held(session: Session, found: PupilHoldings) -> None:
    _ = session.translate
    rows = [[table_title(name, session.language), f"{count:,}"] for name, count in found.counts.items()]
    rows.append([_("Who saw or changed something"), f"{found.acts:,}"])
    table([Column(_("Kind of data")), Column(_("Entries"), "number")], rows)


def hand_out(session: Session, found: PupilHoldings) -> None:
    _ = session.translate
    note(
        _("Parents may ask for a copy; the law gives the school 30 days. Whoever takes a copy stands in the audit log.")
    )
    st.download_button(
        _("All data of this pupil (ZIP)"),
        partial(export_pupil_data, session.phonics, session.actor, found.pupil.id),
        file_name=f"pupil-data-{session.today.isoformat()}.zip",
        mime="application/zip",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )
    st.caption(_("Inside: a PDF in Thai and in English to read, JSON and CSV for programs."))


page(current())
