"""The dashboard: pupils by level, change, share at the expected level, coverage — each plot with its table."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from phonics_app.locales import N_
from phonics_app.pages.components import dashboard_tables as tables
from phonics_app.pages.components.dashboard_filters import filtered_dashboard
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import section
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.session import Session, current
from phonics_app.pages.components.trace import trace_view
from phonics_app.workflows.dashboards import Dashboard
from phonics_app.workflows.exports import export_dashboard

Part = tuple[str, Callable[[Session, Dashboard], None]]
PARTS: tuple[Part, ...] = (
    (N_("Pupils by level"), tables.levels_table),
    (N_("Change since the term before"), tables.change_table),
    (N_("At or above the level expected of the grade"), tables.expected_table),
    (N_("How many were tested"), tables.coverage_table),
    (N_("Over the terms"), tables.history_table),
)


def page(session: Session) -> None:
    _ = session.translate
    header(_("Dashboard"), _("Levels in force are those that teachers have decided"))
    shown = filtered_dashboard(session)
    if shown.round is None:
        empty_state(_("No results yet"), _("Figures appear here when teachers have tested pupils and decided levels."))
        return
    tables.figures(session, shown)
    for title, table in PARTS:
        section(_(title))
        with st.expander(_("Table")):
            table(session, shown)
    trace_view(session, shown)
    downloads(
        session,
        f"dashboard-{shown.round.year}-{shown.round.term}",
        lambda kind: export_dashboard(
            session.phonics, session.actor, shown.filters, format=kind, language=session.language
        ),
    )


page(current())
