"""Approving and withdrawing a calibration, each with a reason and asked once more; and what was decided so far."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from phonics_app.domain.calibration import CalibrationDecision, CalibrationStatus
from phonics_app.locales.calibration_labels import DECISIONS
from phonics_app.pages.components.html import Cell, Column, note, section, stacked, table
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.session import Session
from phonics_app.workflows.calibration_comparison import CalibrationComparison
from phonics_app.workflows.calibrations import (
    REASON_LENGTH,
    CalibrationEntry,
    approve_calibration,
    withdraw_calibration,
)

_ASKED = "calibration_asked"


def decide(session: Session, entry: CalibrationEntry, found: CalibrationComparison, beside: str) -> None:
    """`beside`: what new tests use without this calibration, in words."""
    _ = session.translate
    section(_("Your decision"))
    reason = st.text_area(_("Reason"), key="calibration_reason", max_chars=REASON_LENGTH)
    may_approve = not entry.in_force and not found.problems
    may_withdraw = entry.status is not CalibrationStatus.WITHDRAWN
    approve, withdraw = (entry.facts.id, CalibrationStatus.APPROVED), (entry.facts.id, CalibrationStatus.WITHDRAWN)
    with st.container(horizontal=True):
        if may_approve and st.button(_("Approve …"), type="primary", icon=":material/check:"):
            st.session_state[_ASKED] = approve
        if may_withdraw and st.button(_("Withdraw …"), icon=":material/undo:"):
            st.session_state[_ASKED] = withdraw
    asked = st.session_state.get(_ASKED)
    if asked == approve and may_approve:
        note(_("From now on all new tests use the new difficulties, at every school of this site."), "warn")
        do = partial(approve_calibration, session.phonics, session.actor, entry.facts.id, reason)
        _ask(session, _("Yes, approve"), do, _("Approved. New tests use it from now on."))
    elif asked == withdraw and may_withdraw:
        consequence = _("It is put aside; new tests are not touched by that.")
        if entry.in_force:
            consequence = _("New tests then use again: {what}. Results of tests given meanwhile stay as they are.")
        note(consequence.format(what=beside), "warn")
        do = partial(withdraw_calibration, session.phonics, session.actor, entry.facts.id, reason)
        _ask(session, _("Yes, withdraw"), do, _("Withdrawn."))


def _ask(session: Session, label: str, do: Callable[[], CalibrationDecision], done: str) -> None:
    with st.container(horizontal=True):
        yes = st.button(label, type="primary")
        if st.button(session.translate("No, go back")):
            del st.session_state[_ASKED]
            st.rerun()
    if yes:

        def decided() -> None:
            do()
            del st.session_state[_ASKED]

        act(session.language, decided, done)


def show_decisions(session: Session, entry: CalibrationEntry) -> None:
    if not entry.decisions:
        return
    _ = session.translate
    columns = [Column(_("Date"), "nowrap"), Column(_("Decided")), Column(_("Reason"), "wide")]
    rows: list[list[Cell]] = [
        [stacked(day(d.at, session.language), name), _(DECISIONS[d.status]), d.reason] for d, name in entry.decisions
    ]
    table(columns, rows, _("Decisions so far"))
