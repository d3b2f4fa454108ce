"""Buttons that hand out files; each file is made when its button is tapped, not before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from phonics_app.domain.errors import NotAllowed
from phonics_app.locales import N_
from phonics_app.pages.components.session import Session, session_token
from phonics_app.workflows.accounts import actor_of
from phonics_app.workflows.exports import ExportFormat

MIME_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LABELS = {
    ExportFormat.PDF: N_("Print view (PDF)"),
    ExportFormat.CSV: N_("Table (CSV)"),
    ExportFormat.EXCEL: N_("Table (Excel)"),
}
ALL_FORMATS = tuple(ExportFormat)


def while_signed_in(session: Session, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """`make` for a button: tapping it runs no page, so who is signed in, and as what, is asked anew here.

    `NotAllowed` "session.missing" on a page that was left open since.
    """
    token = session_token()

    def made() -> bytes:
        if actor_of(session.phonics, token) != session.actor:
            raise NotAllowed("session.missing")
        return make()

    return made


def downloads(
    session: Session, name: str, make: Callable[[ExportFormat], bytes], formats: Sequence[ExportFormat] = ALL_FORMATS
) -> None:
    """One button for each format. `name` is the file's name without its ending."""
    with st.container(horizontal=True):
        for format in formats:
            st.download_button(
                session.translate(LABELS[format]),
                while_signed_in(session, partial(make, format)),
                file_name=f"{name}.{format.value}",
                mime=MIME_TYPES[format.value],
                icon=":material/download:",
                key=f"download_{name}_{format.value}",
                on_click="ignore",
            )
