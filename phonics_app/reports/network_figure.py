"""Network schools by level: a grid of counts in which hidden ones say so."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from phonics_app.progress.dashboard import NetworkPage
from phonics_app.reports import figure_style as style
from phonics_app.reports.figures import BAR, FRAME, Look
from phonics_app.reports.labels import level_label, round_label


def network_figure(shown: NetworkPage, look: Look) -> go.Figure:
    """Darker cells hold more of a school's pupils; hidden cells are white and hold the word."""
    _ = look.translate
    title = _("Network schools: pupils at each level")
    counts = shown.counts
    if counts.empty or shown.round is None:
        return style.empty_figure(title, look.language, shown.simulated)
    schools = list(dict.fromkeys(counts["school_id"]))
    levels = [None if pd.isna(n) else int(n) for n in dict.fromkeys(counts["level"])]
    rows = [counts[counts["school_id"] == school]["pupils"].tolist() for school in schools]
    hidden = _("hidden")
    figure = go.Figure(
        go.Heatmap(
            x=[level_label(_, level) for level in levels],
            y=[look.group("school_id", school) for school in schools],
            z=[[None if pd.isna(n) else int(n) for n in row] for row in rows],
            text=[[hidden if pd.isna(n) else f"{n}" for n in row] for row in rows],
            texttemplate="%{text}",
            colorscale=[[0, "#ffffff"], [1, style.SERIES[5]]],
            zmin=0,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverongaps=True,
            hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
        )
    )
    if counts["pupils"].isna().all():
        _add_hidden(figure, hidden)
    # Said outright, because a heat map without any value has no axes.
    figure.update_xaxes(type="category", range=[-0.5, len(levels) - 0.5], showgrid=False)
    figure.update_yaxes(type="category", range=[len(schools) - 0.5, -0.5], showgrid=False)
    subtitle = _("{round}; counts from 1 to 4 are hidden").format(round=round_label(_, shown.round))
    height = FRAME + BAR * len(schools)
    return style.styled(figure, title, subtitle, height=height, simulated=shown.simulated, language=look.language)


def _add_hidden(figure: go.Figure, word: str) -> None:
    """The word in every cell: a heat map without any value draws nothing, its texts neither."""
    cells = [(level, school) for school in figure.data[0].y for level in figure.data[0].x]
    figure.add_trace(
        go.Scatter(
            x=[level for level, _school in cells],
            y=[school for _level, school in cells],
            text=[word] * len(cells),
            mode="text",
            hoverinfo="skip",
            showlegend=False,
        )
    )
