"""The dashboard's plots: which grouping fits the filters, and how a plot is shown."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from phonics_app.domain.calendar import Round
from phonics_app.pages.components.session import Session
from phonics_app.reports import course_figures, figures
from phonics_app.reports.figures import Look
from phonics_app.reports.labels import school_names
from phonics_app.reports.network_figure import network_figure
from phonics_app.workflows.dashboards import Dashboard, NetworkPage
from phonics_app.workflows.onet import OnetPage
from phonics_app.workflows.schools import list_schools

# Only the button that saves the picture, without the maker's logo: the others have English names.
CONFIG = {"displaylogo": False, "displayModeBar": False, "responsive": True}


def show_plot(figure: go.Figure, key: str) -> None:
    """In full width, with its own looks (not those of Streamlit's theme)."""
    st.plotly_chart(figure, width="stretch", theme=None, config=CONFIG, key=key)


def look_of(session: Session) -> Look:
    names = school_names(list_schools(session.phonics, session.actor), session.language)
    return Look(session.language, names, session.simulated, browser=True)


def onet_plot(session: Session, page: OnetPage) -> go.Figure:
    return course_figures.onet_figure(page, look_of(session))


def _round(shown: Dashboard) -> Round:
    assert shown.round is not None
    return shown.round


def levels_plot(session: Session, shown: Dashboard, by: str) -> go.Figure:
    return figures.levels_figure(shown.levels, look_of(session), _round(shown), by)


def change_plot(session: Session, shown: Dashboard, by: str) -> go.Figure:
    return figures.change_figure(shown.change, look_of(session), _round(shown), shown.previous, _no_room(by))


def expected_plot(session: Session, shown: Dashboard, by: str) -> go.Figure:
    return figures.expected_figure(shown.expected, look_of(session), _round(shown), _no_room(by))


def _no_room(by: str) -> str:
    """Change and expectation are counted by grade: pupils change rooms every year."""
    return "grade" if by == "room" else by


def coverage_plot(session: Session, shown: Dashboard, by: str) -> go.Figure:
    return figures.coverage_figure(shown.coverage, look_of(session), _round(shown), by)


def history_plot(session: Session, shown: Dashboard, by: str) -> go.Figure:
    """Of whole schools, whatever the grouping `by`."""
    return course_figures.history_figure(shown.history, look_of(session))


def network_plot(session: Session, shown: NetworkPage) -> go.Figure:
    return network_figure(shown, look_of(session))
