"""A pupil's own data: what is held, all of it as one file for him and his parents, and erasing it for ever."""

from __future__ import annotations

from functools import partial

import streamlit as st

from phonics_app.pages.components.downloads import while_signed_in
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Column, link, link_row, note, section, table
from phonics_app.pages.components.messages import act, empty_state, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.pupil_data_wording import erasure_sentences, table_title
from phonics_app.workflows.erasure import Erased, erase_pupils, preview_erasure
from phonics_app.workflows.permissions import Action
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
    if session.may(Action.ERASE_PUPILS, found.pupil.school_id):
        erase(session, found)


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
        while_signed_in(session, partial(export_pupil_data, session.phonics, session.actor, found.pupil.id)),
        file_name=f"pupil-data-{session.today.isoformat()}.zip",
        mime="application/zip",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )
    st.caption(_("Inside: a PDF in Thai and in English to read, JSON and CSV for programs."))


def erase(session: Session, found: PupilHoldings) -> None:
    """Open only for whoever asks for it; done only when the number or the name has been typed."""
    _ = session.translate
    preview = preview_erasure(session.phonics, session.actor, [found.pupil.id])
    with st.expander(_("Erase this pupil for ever")):
        rows = sum(preview.goes.values())
        note(_("{n} entries go, as in the table above. This can't be undone.").format(n=f"{rows:,}"), "warn")
        for sentence in erasure_sentences(preview.kept, preview.missing, session.language):
            st.markdown(f"- {sentence}")
        st.markdown("- " + _("Older backups still hold the pupil until they are deleted; restoring one erases again."))
        typed = st.text_input(_("Type the pupil's number or full name"), key=f"erase_{found.pupil.id}")
        if st.button(_("Erase for ever"), icon=":material/delete_forever:", key="erase_for_ever"):
            act(
                session.language,
                lambda: _erase(session, found.pupil.id, typed),
                lambda done: _("Erased for ever: {n} pupils.").format(n=done.pupils),
            )


def _erase(session: Session, pupil_id: str, typed: str) -> Erased:
    done = erase_pupils(session.phonics, session.actor, [pupil_id], typed)
    st.query_params.clear()
    st.session_state.pop(f"erase_{pupil_id}", None)
    return done


page(current())
