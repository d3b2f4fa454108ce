"""How difficult items were taken to be, and how difficult they are found: one point an item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

import plotly.graph_objects as go

from phonics_app.reports import figure_style as style
from phonics_app.reports.figures import Look
from phonics_app.reports.labels import level_label, signed

_HEIGHT = 620
_MARGIN = 0.6


@dataclass(frozen=True, slots=True)
class DriftPoint:
    """Difficulties in logits, the new one with its standard error; `levels`: new less old, in widths of a level."""

    item_id: str
    level: int
    old: float
    new: float
    new_error: float
    levels: float
    moved: bool


def drift_figure(points: Sequence[DriftPoint], near: float, look: Look) -> go.Figure:
    """Old against new difficulty; on the line nothing has changed, in the band less than `near` logits. Ticks stand
    where the items of each level were on average."""
    _ = look.translate
    title = _("Difficulty of items before and after")
    if not points:
        return style.empty_figure(title, look.language, look.simulated)
    ends = [p.old for p in points] + [p.new for p in points]
    low, high = min(ends) - _MARGIN, max(ends) + _MARGIN
    figure = go.Figure([_band(low, high, near, look), _line(low, high, look)])
    for moved, name, colour in ((False, _("hardly moved"), style.SERIES[0]), (True, _("moved"), style.SERIES[1])):
        if chosen := [p for p in points if p.moved is moved]:
            figure.add_trace(_points(chosen, name, colour, look))
    axis = {"range": [low, high], "zeroline": False, **_ticks(points)}
    figure.update_xaxes(title=_("level by the difficulty so far (right: harder)"), **axis)
    figure.update_yaxes(title=_("level by the answers (up: harder)"), **axis)
    subtitle = _("each point is an item; a line at it tells how sure the new value is")
    return style.styled(figure, title, subtitle, height=_HEIGHT, simulated=look.simulated, language=look.language)


def _ticks(points: Sequence[DriftPoint]) -> dict[str, object]:
    old = defaultdict(list)
    for point in points:
        old[point.level].append(point.old)
    levels = sorted(old)
    return {"tickvals": [mean(old[level]) for level in levels], "ticktext": [str(level) for level in levels]}


def _band(low: float, high: float, near: float, look: Look) -> go.Scatter:
    return go.Scatter(
        x=[low, high, high, low],
        y=[low - near, high - near, high + near, low + near],
        fill="toself",
        mode="none",
        fillcolor=style.GRID,
        name=look.translate("less than half a level apart"),
        hoverinfo="skip",
    )


def _line(low: float, high: float, look: Look) -> go.Scatter:
    line = {"color": style.INK, "width": 1, "dash": "dot"}
    return go.Scatter(
        x=[low, high], y=[low, high], mode="lines", line=line, name=look.translate("unchanged"), hoverinfo="skip"
    )


def _points(points: Sequence[DriftPoint], name: str, colour: str, look: Look) -> go.Scatter:
    """Of hundreds of points only those that moved have lines: else these would hide all."""
    bars = {"type": "data", "thickness": 1, "width": 0, "array": [p.new_error for p in points], "visible": True}
    moved = points[0].moved
    return go.Scatter(
        x=[p.old for p in points],
        y=[p.new for p in points],
        error_y=bars if moved else None,
        mode="markers",
        marker={"color": colour, "size": 9 if moved else 6, "opacity": 0.9 if moved else 0.5},
        name=name,
        customdata=[[p.item_id, level_label(look.translate, p.level), signed(p.levels, 1)] for p in points],
        hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
    )
