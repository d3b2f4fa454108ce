"""How difficult items were taken to be, and how difficult they are found: one point an item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from phonics_app.reports import figure_style as style
from phonics_app.reports.figures import Look
from phonics_app.reports.labels import level_label

_HEIGHT = 620
_MARGIN = 0.6


@dataclass(frozen=True, slots=True)
class DriftPoint:
    """Difficulties with their standard errors, logits."""

    item_id: str
    level: int
    old: float
    old_error: float
    new: float
    new_error: float
    moved: bool


def drift_figure(points: Sequence[DriftPoint], cuts: Sequence[tuple[int, float]], look: Look) -> go.Figure:
    """Old against new difficulty with error bars; on the line nothing has changed. `cuts`: level and its mark."""
    _ = look.translate
    title = _("Difficulty of items before and after")
    if not points:
        return style.empty_figure(title, look.language, look.simulated)
    figure = go.Figure()
    ends = [p.old for p in points] + [p.new for p in points]
    low, high = min(ends) - _MARGIN, max(ends) + _MARGIN
    unchanged = {"color": style.INK, "width": 1, "dash": "dot"}
    figure.add_trace(
        go.Scatter(x=[low, high], y=[low, high], mode="lines", line=unchanged, name=_("unchanged"), hoverinfo="skip")
    )
    for moved, name, colour in ((False, _("hardly moved"), style.SERIES[0]), (True, _("moved"), style.SERIES[1])):
        chosen = [p for p in points if p.moved is moved]
        if chosen:
            figure.add_trace(_points(chosen, name, colour, look))
    marks = {"tickvals": [cut for _level, cut in cuts], "ticktext": [level_label(_, level) for level, _cut in cuts]}
    figure.update_xaxes(range=[low, high], title=_("difficulty so far (right: harder)"), **marks)
    figure.update_yaxes(range=[low, high], title=_("difficulty from answers (up: harder)"), **marks)
    subtitle = _("each point is an item; the lines at it tell how sure the values are")
    return style.styled(figure, title, subtitle, height=_HEIGHT, simulated=look.simulated, language=look.language)


def _points(points: Sequence[DriftPoint], name: str, colour: str, look: Look) -> go.Scatter:
    bars = {"type": "data", "thickness": 0.8, "width": 0, "color": colour}
    return go.Scatter(
        x=[p.old for p in points],
        y=[p.new for p in points],
        error_x={**bars, "array": [p.old_error for p in points]},
        error_y={**bars, "array": [p.new_error for p in points]},
        mode="markers",
        marker={"color": colour, "size": 7},
        opacity=0.6,
        name=name,
        customdata=[[p.item_id, level_label(look.translate, p.level)] for p in points],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>%{x:.2f} → %{y:.2f}<extra></extra>",
    )
