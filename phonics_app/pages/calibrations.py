"""Calibrations: how difficult items are by pupils' answers; look, compare, approve, withdraw."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.calibration_decision import decide, show_decisions
from phonics_app.pages.components.calibration_list import calibration_list, made_at, offer_making
from phonics_app.pages.components.calibration_view import compared, show_comparison
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row
from phonics_app.pages.components.messages import show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.calibrations import CalibrationEntry, CalibrationList, list_calibrations
from phonics_app.workflows.permissions import Action, require


def page(session: Session) -> None:
    require(session.actor, Action.MANAGE_SITE)
    found = list_calibrations(session.phonics, session.actor)
    wanted = st.query_params.get("calibration")
    entry = next((entry for entry in found.entries if entry.facts.id == wanted), None)
    _ = session.translate
    if entry is None:
        header(_("Calibration"), _("How difficult the items are by the answers of your pupils"))
        show_left_message()
        offer_making(session, found)
        calibration_list(session, found)
        return
    header(_("One calibration"))
    show_left_message()
    link_row(link(_("Back to the calibrations"), "/calibrations", "quiet"))
    _one(session, found, entry)


def _one(session: Session, found: CalibrationList, entry: CalibrationEntry) -> None:
    comparison = compared(session, entry)
    beside = _beside(session, found, comparison.other)
    show_comparison(session, entry, comparison, beside)
    decide(session, entry, comparison, beside)
    show_decisions(session, entry)


def _beside(session: Session, found: CalibrationList, other: str | None) -> str:
    """What new tests use without this calibration."""
    _ = session.translate
    facts = next((entry.facts for entry in found.entries if entry.facts.id == other), None)
    if facts is None:
        return _("the difficulties that the items were written with")
    return _("the calibration of {day}").format(day=made_at(facts, session.language))


page(current())
