"""Fetching spoken words: how many are missing, how far it is, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from phonics_app.pages.components.html import note, text
from phonics_app.pages.components.messages import error_boundary, show_problems
from phonics_app.pages.components.session import Session
from phonics_app.workflows.speech import FetchReport, SoundState, fetch_audio, to_be_fetched


def offer_fetching(session: Session, states: Sequence[SoundState]) -> None:
    """One button; while it works, any other touch breaks it off, and what was fetched stays."""
    _ = session.translate
    text(
        _(
            "Words without a recording can be fetched from Google Translate. Only these words are sent. "
            "It takes about a second a word; what is there already is not fetched again."
        )
    )
    missing = sum(1 for state in states if to_be_fetched(state))
    if not missing:
        note(_("All words have audio."), "good")
        return
    if st.button(_("Fetch {n} words").format(n=missing), key="fetch"):
        st.button(_("Break off"), key="break_off")
        with error_boundary(session.language):
            show_report(session, _fetch(session))


def _fetch(session: Session) -> FetchReport:
    _, bar = session.translate, st.progress(0.0)

    def show(done: int, all: int) -> None:
        bar.progress(done / max(all, 1), _("{done} of {all}").format(done=done, all=all))

    return fetch_audio(session.phonics, session.actor, show)


def show_report(session: Session, report: FetchReport) -> None:
    told = session.translate("Fetched: {fetched}, failed: {failed}, left for later: {left}")
    words = told.format(fetched=report.fetched, failed=len(report.failed), left=report.left)
    note(words, "warn" if report.failed else "good")
    show_problems(report.failed, session.language)
