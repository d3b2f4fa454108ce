"""The calibrations that there are, and the button that makes one."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from phonics_app.domain.calendar import THAI_TIME
from phonics_app.domain.calibration import CalibrationFacts, CalibrationStatus
from phonics_app.locales import Translate
from phonics_app.locales.calibration_labels import IN_FORCE, SIMULATED, STANDING
from phonics_app.pages.components.html import Cell, Column, badge, lines, link, section, stacked, table, text
from phonics_app.pages.components.messages import act, empty_state
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import short_date
from phonics_app.workflows.calibrations import (
    LEAST_ANSWERS,
    LEAST_ITEMS,
    LEAST_SITTINGS,
    CalibrationEntry,
    CalibrationList,
    make_calibration,
)


def badges(_: Translate, entry: CalibrationEntry) -> Markup:
    """How it stands; and where its answers are of simulated pupils, that."""
    waits = entry.status is CalibrationStatus.PROPOSED
    own = badge(_(STANDING[entry.status]), "wait" if waits else "neutral")
    state = badge(_(IN_FORCE), "good") if entry.in_force else own
    return state + " " + badge(_(SIMULATED), "warn") if entry.facts.simulated else state


def offer_making(session: Session, found: CalibrationList) -> None:
    _ = session.translate
    text(
        _(
            "At first experts judged how difficult each item is. A calibration reckons it from the answers of your"
            " pupils. Nothing changes until you have looked at it and approved it; earlier results stay as they are."
        )
    )
    st.caption(_("Answers under a clock are left out: they also tell how fast a pupil is."))
    if found.sittings < LEAST_SITTINGS:
        advice = _(
            "At least {least} finished tests are needed, so far there are {n}; and {items} items that {answers} pupils"
            " or more have answered. Until then tests go on with the experts' difficulties: there is nothing to do."
        )
        wanted = {"least": LEAST_SITTINGS, "n": found.sittings, "items": LEAST_ITEMS, "answers": LEAST_ANSWERS}
        empty_state(_("Too few tests to calibrate"), advice.format(**wanted))
        return
    st.caption(_("Finished tests so far: {n}").format(n=f"{found.sittings:,}"))
    if st.button(_("Make a new calibration"), type="primary", icon=":material/balance:"):
        act(session.language, lambda: _make(session), _("The calibration is made. Look at it, then decide."))


def _make(session: Session) -> CalibrationFacts:
    bar, words = st.progress(0.0), session.translate("Reckoning; with many tests this takes some minutes")

    def show(share: float) -> None:
        bar.progress(share, words)

    return make_calibration(session.phonics, session.actor, show)


def calibration_list(session: Session, found: CalibrationList) -> None:
    if not found.entries:
        return
    _ = session.translate
    section(_("Calibrations made"))
    columns = [Column(_("Made on"), "nowrap"), Column(_("From"), "nowrap"), Column(_("State"))]
    table(columns, [_cells(session, entry) for entry in found.entries])


def _cells(session: Session, entry: CalibrationEntry) -> list[Cell]:
    _, facts = session.translate, entry.facts
    answers = [
        _("{n} tests").format(n=f"{facts.sittings:,}"),
        _("{n} pupils").format(n=f"{facts.pupils:,}"),
        _("{n} answers").format(n=f"{facts.answers:,}"),
    ]
    look = link(_("Look and decide"), f"/calibrations?calibration={facts.id}", "secondary")
    return [
        stacked(made_at(facts, session.language), entry.made_by),
        lines(answers),
        Markup('{}<div class="pn-row">{}</div>').format(badges(_, entry), look),
    ]


def made_at(facts: CalibrationFacts, language: str) -> str:
    """With the time, since another one may have been made on the same day."""
    return f"{short_date(facts.made_at, language)} {facts.made_at.astimezone(THAI_TIME):%H:%M}"


def source(_: Translate, facts: CalibrationFacts) -> str:
    words = _("{sittings} tests of {pupils} pupils, {answers} answers")
    return words.format(sittings=f"{facts.sittings:,}", pupils=f"{facts.pupils:,}", answers=f"{facts.answers:,}")
