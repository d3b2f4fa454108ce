"""Fetching spoken words: how many are missing, how far it is, and what failed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from phonics_app.pages.components.html import note, text
from phonics_app.pages.components.messages import error_boundary, show_problems
from phonics_app.pages.components.session import Session
from phonics_app.workflows.speech import FetchReport, SoundState, fetch_audio, to_be_fetched

_REPORT = "fetch_report"
_PROGRESS = "fetch_progress"
"""How many are done, and of how many, as long as it works: what is left of it was broken off."""


def offer_fetching(session: Session, states: Sequence[SoundState]) -> None:
    """One button, in whose place the bar is shown; any other touch breaks it off, and what was fetched stays."""
    _ = session.translate
    text(
        _(
            "Words without a recording can be fetched from Google Translate. Only these words are sent. "
            "It takes about a second a word; what is there already is not fetched again."
        )
    )
    _tell_outcome(session)
    missing = sum(1 for state in states if to_be_fetched(state))
    if not missing:
        note(_("All words have audio."), "good")
        return
    place = st.empty()
    if place.button(_("Fetch {n} words").format(n=missing), key="fetch"):
        with place.container(), error_boundary(session.language):
            st.session_state[_REPORT] = _fetch(session)
            # Once more from the top: the counts above have changed.
            st.rerun()


def _fetch(session: Session) -> FetchReport:
    _, bar = session.translate, st.progress(0.0)
    st.button(_("Break off"), key="break_off")

    def show(done: int, all: int) -> None:
        st.session_state[_PROGRESS] = (done, all)
        bar.progress(done / max(all, 1), _("{done} of {all}").format(done=done, all=all))

    report = fetch_audio(session.phonics, session.actor, show)
    del st.session_state[_PROGRESS]
    return report


def _tell_outcome(session: Session) -> None:
    """What came of the last fetching, once."""
    report: FetchReport | None = st.session_state.pop(_REPORT, None)
    broken_off: tuple[int, int] | None = st.session_state.pop(_PROGRESS, None)
    if report is not None:
        _show_report(session, report)
    elif broken_off is not None:
        told = session.translate("Broken off at {done} of {all}. What was fetched is kept; the same button goes on.")
        note(told.format(done=broken_off[0], all=broken_off[1]))


def _show_report(session: Session, report: FetchReport) -> None:
    _ = session.translate
    told = _("Fetched: {fetched}, failed: {failed}, left for later: {left}")
    words = told.format(fetched=report.fetched, failed=len(report.failed), left=report.left)
    note(words, "warn" if report.failed else "good")
    show_problems(report.failed, session.language)
    if report.left:
        note(_("The speech service is away, or asks for a rest. Later the same button goes on from here."))
