"""The class list that is being imported: kept in the session until it is saved or put away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from phonics_app.pages.components.session import Session
from phonics_app.workflows.roster import Progress, RosterSheet, read_roster

_KEY = "roster_work"
MANY_BYTES = 200_000
"""A larger file takes so long that a person is told how far it is: about 2,000 pupils."""


@dataclass(frozen=True, slots=True)
class RosterWork:
    """One file as read for one school."""

    upload_id: str
    school_id: str
    sheet: RosterSheet


def uploaded_roster(session: Session, school_id: str) -> RosterWork | None:
    """The file on this page, read once; None before one is chosen."""
    _ = session.translate
    attempt = st.session_state.setdefault("roster_upload_number", 0)
    # Any file may be chosen: of a wrong one our own reader says what to do, Streamlit shows but a sign, in English.
    upload = st.file_uploader(_("Class list (.xlsx, .xls or .csv)"), key=f"roster_file_{attempt}")
    if upload is None:
        st.session_state.pop(_KEY, None)
        return None
    work = st.session_state.get(_KEY)
    if not isinstance(work, RosterWork) or (work.upload_id, work.school_id) != (upload.file_id, school_id):
        with bar_of(session, upload.size > MANY_BYTES) as tell:
            sheet = read_roster(session.phonics, session.actor, school_id, upload.name, upload.getvalue(), tell)
        work = RosterWork(upload.file_id, school_id, sheet)
        st.session_state[_KEY] = work
    return work


@contextmanager
def bar_of(session: Session, shown: bool) -> Iterator[Progress]:
    """A bar that says what goes on, gone at the end; without `shown` none."""
    if not shown:
        yield lambda share: None
        return
    text = session.translate("Reading the class list")
    bar = st.progress(0.0, text)
    try:
        yield lambda share: bar.progress(share, text)  # without it the bar would lose its text
    finally:
        bar.empty()


def put_away() -> None:
    """Forgets the file, so that the uploader is empty again."""
    st.session_state.pop(_KEY, None)
    st.session_state["roster_upload_number"] = st.session_state.get("roster_upload_number", 0) + 1
