"""The dashboard: pupils by level, change, share at the expected level, coverage — each plot with its table."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from phonics_app.pages.components import dashboard_plots as plots
from phonics_app.pages.components import dashboard_tables as tables
from phonics_app.pages.components.dashboard_filters import choose_grouping, filtered_dashboard
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import note
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.session import Session, current
from phonics_app.pages.components.trace import trace_view
from phonics_app.workflows.dashboards import Dashboard
from phonics_app.workflows.exports import export_dashboard

Part = tuple[str, Callable[[Session, Dashboard, str], go.Figure], Callable[[Session, Dashboard, str], None]]
PARTS: tuple[Part, ...] = (
    ("levels", plots.levels_plot, tables.levels_table),
    ("change", plots.change_plot, tables.change_table),
    ("expected", plots.expected_plot, tables.expected_table),
    ("coverage", plots.coverage_plot, tables.coverage_table),
    ("history", plots.history_plot, tables.history_table),
)


def page(session: Session) -> None:
    _ = session.translate
    header(_("Dashboard"), _("Levels in force are those that teachers have decided"))
    shown = filtered_dashboard(session)
    if shown.round is None:
        empty_state(_("No results yet"), _("Figures appear here when teachers have tested pupils and decided levels."))
        return
    tables.figures(session, shown)
    with st.columns([1, 2])[0]:
        by = choose_grouping(session, shown.filters)
    for key, plot, table in PARTS:
        plots.show_plot(plot(session, shown, by), f"plot_{key}")
        with st.expander(_("Table")):
            table(session, shown, by)
    # The last plot runs over rounds, and a share that falls with each new year must be explained to parents.
    note(_("A new grade expects a higher level: compare term 1 with term 1 of another year, term 2 with term 2."))
    if shown.erased:
        note(_("Erased since, and not counted here any more: {n} pupils.").format(n=shown.erased))
    trace_view(session, shown)
    downloads(
        session,
        f"dashboard-{shown.round.year}-{shown.round.term}",
        lambda kind: export_dashboard(
            session.phonics, session.actor, shown.filters, format=kind, language=session.language
        ),
    )


page(current())
