"""How sure the test says it is, and how often it is right: the one plot of a simulation."""

from __future__ import annotations

import plotly.graph_objects as go

from phonics_app.domain.simulation import PlacementFigures
from phonics_app.reports import figure_style as style
from phonics_app.reports.figures import Look
from phonics_app.reports.labels import n_label, percent

_HEIGHT = 520
_LEAST = 10
"""Pupils below which a point would tell of chance alone."""


def honesty_figure(figures: PlacementFigures, look: Look) -> go.Figure:
    """Stated against observed, a point for each band; on the line the test is right as often as it says."""
    _ = look.translate
    bands = [band for band in figures.reliability if band.pupils >= _LEAST]
    if not bands:
        return style.empty_figure(_title(look), look.language, simulated=True)
    low = min(0.5, *(min(b.stated, b.right) for b in bands)) - 0.05
    figure = go.Figure()
    line = {"color": style.INK, "width": 1, "dash": "dot"}
    figure.add_trace(
        go.Scatter(x=[low, 1], y=[low, 1], mode="lines", line=line, name=_("right as often as said"), hoverinfo="skip")
    )
    bars = {"type": "data", "array": [b.doubt for b in bands], "thickness": 1.5, "width": 5, "color": style.SERIES[0]}
    figure.add_trace(
        go.Scatter(
            x=[b.stated for b in bands],
            y=[b.right for b in bands],
            error_y=bars,
            mode="markers+text",
            marker={"color": style.SERIES[0], "size": 13},
            text=[percent(b.right) for b in bands],
            textposition="middle right",
            name=_("this simulation"),
            customdata=[[n_label(_, b.pupils), percent(b.stated), percent(b.right)] for b in bands],
            hovertemplate="%{customdata[1]} → %{customdata[2]}<br>%{customdata[0]}<extra></extra>",
        )
    )
    figure.update_xaxes(range=[low, 1.06], tickformat=".0%", title=_("how sure the test said it was"))
    figure.update_yaxes(range=[low, 1.06], tickformat=".0%", title=_("how often the level was right"))
    subtitle = _("below the dotted line it says too much; lines: what chance may do")
    return style.styled(figure, _title(look), subtitle, height=_HEIGHT, simulated=True, language=look.language)


def _title(look: Look) -> str:
    return look.translate("What the test said, and what came true")
