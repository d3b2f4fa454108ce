"""The school network: totals of network schools, small cells hidden so that no pupil can be recognised."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.dashboard_plots import network_plot, show_plot
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import note
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.network_table import network_table
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.dashboards import network_page
from phonics_app.workflows.exports import export_network


def page(session: Session) -> None:
    _ = session.translate
    header(_("School network"), _("Pupils by level, school by school"))
    shown = network_page(session.phonics, session.actor)
    if shown.round is None:
        advice = _("Totals appear here when network schools have results.")
        empty_state(_("No results of network schools yet"), advice)
        return
    newest_first = shown.rounds[::-1]
    round_ = choose("round", _("Term"), newest_first, lambda r: r.label, lambda r: r.label)
    if round_ != shown.round:
        shown = network_page(session.phonics, session.actor, round_)
    show_plot(network_plot(session, shown), "plot_network")
    note(_("Counts from 1 to 4 are hidden (•), and others where a total would give them away."))
    with st.expander(_("Table"), expanded=True):
        network_table(session, shown.counts)
    downloads(
        session,
        f"network-{round_.year}-{round_.term}",
        lambda kind: export_network(session.phonics, session.actor, round_, format=kind, language=session.language),
    )


page(current())
