"""O-NET English: own results beside the nation's, with target, baseline and the voluntary years."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.onet import FIRST_VOLUNTARY_YEAR
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.dashboard_filters import choose_scope
from phonics_app.pages.components.dashboard_plots import onet_plot, show_plot
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import note
from phonics_app.pages.components.messages import empty_state, show_left_message
from phonics_app.pages.components.onet_forms import edit
from phonics_app.pages.components.onet_table import national_table, spread_table, standing_table
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.onet_report import bands_note
from phonics_app.workflows.exports import export_onet
from phonics_app.workflows.onet import ONET_GRADES, OnetPage, onet_page
from phonics_app.workflows.permissions import Action


def page(session: Session) -> None:
    _ = session.translate
    header(_("O-NET English"), _("Scores from 0 to 100; academic years are Buddhist"))
    show_left_message()
    with st.container(horizontal=True):
        school_id = choose_scope(session)
        grade = choose("exam", _("Grade"), ONET_GRADES, lambda g: g.value, lambda g: g.label(session.language))
    shown = onet_page(session.phonics, session.actor, grade, school_id)
    show_plot(onet_plot(session, shown), "plot_onet")
    if shown.table.empty:
        enter = _("Enter them below, or import a spreadsheet. The national means are shown.")
        choose_one = _("Choose one school to enter its results. The national means are shown.")
        empty_state(_("No own results yet"), choose_one if school_id is None else enter)
    else:
        with st.expander(_("Table"), expanded=True):
            standing_table(session, shown, several=school_id is None)
        with st.expander(_("How scores spread: 50 or more, S.D., lowest and highest")):
            spread_table(session, shown, several=school_id is None)
    footnotes(session, shown)
    with st.expander(_("National means and their sources")):
        national_table(session, shown)
    downloads(
        session,
        f"onet-{grade.value}",
        lambda kind: export_onet(
            session.phonics, session.actor, grade, school_id, format=kind, language=session.language
        ),
    )
    if school_id is not None and session.may(Action.EDIT_ONET, school_id):
        edit(session, school_id, grade, shown)


def footnotes(session: Session, shown: OnetPage) -> None:
    _ = session.translate
    voluntary = _("* From {year} sitting O-NET is voluntary: compare means only together with the number of examinees.")
    note(voluntary.format(year=FIRST_VOLUNTARY_YEAR))
    baseline = _("Baseline quoted by the programme: {mean} in {year}; four schools, grade and weighting not stated.")
    note(baseline.format(mean=shown.baseline, year=shown.baseline_year))
    note(bands_note(session.translate, session.language))


page(current())
