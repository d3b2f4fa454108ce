"""How many pupils get an item right, by how able they are: groups of pupils beside what was to be expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from phonics_app.reports import figure_style as style
from phonics_app.reports.figures import TICKS, Look
from phonics_app.reports.labels import level_label, n_label

_HEIGHT = 460
_MARGIN = 0.4
_LABEL_LEVELS = 4
"""So many levels in sight have room for their whole names on a tablet; more are numbered."""


@dataclass(frozen=True, slots=True)
class PupilGroup:
    """Pupils of like ability (on the scale of `cuts`): shares right, 0–1, and the 95 % interval of the first."""

    ability: float
    right: float
    low: float
    high: float
    expected: float
    pupils: int


def item_curve_figure(
    groups: Sequence[PupilGroup], cuts: Sequence[tuple[int, float]], level: int, look: Look
) -> go.Figure:
    """`cuts`: every level, ascending, with the ability at which it is mastered; `level`: that of the item."""
    _ = look.translate
    title = _("How many get it right, by level of the pupils")
    if not groups:
        return style.empty_figure(title, look.language, look.simulated)
    figure = go.Figure()
    figure.add_trace(_expected(groups, _("to be expected")))
    figure.add_trace(_answered(groups, _("what pupils answered"), look))
    low, high = groups[0].ability - _MARGIN, groups[-1].ability + _MARGIN
    ticks = _levels(figure, cuts, (low, high), level, look)
    figure.update_xaxes(
        range=[low, high], title=_("level of the pupils by their other answers"), showgrid=False, **ticks
    )
    figure.update_yaxes(tickformat=".0%", range=[-0.03, 1.03], tickvals=TICKS, title=_("right"))
    subtitle = _("each point is a group of pupils; the line at it tells how sure it is")
    return style.styled(figure, title, subtitle, height=_HEIGHT, simulated=look.simulated, language=look.language)


def _expected(groups: Sequence[PupilGroup], name: str) -> go.Scatter:
    return go.Scatter(
        x=[group.ability for group in groups],
        y=[group.expected for group in groups],
        mode="lines",
        line={"color": style.SERIES[1], "width": 3, "shape": "spline", "smoothing": 0.6},
        name=name,
        hoverinfo="skip",
    )


def _answered(groups: Sequence[PupilGroup], name: str, look: Look) -> go.Scatter:
    colour = style.SERIES[0]
    return go.Scatter(
        x=[group.ability for group in groups],
        y=[group.right for group in groups],
        error_y={
            "type": "data",
            "array": [group.high - group.right for group in groups],
            "arrayminus": [group.right - group.low for group in groups],
            "color": colour,
            "thickness": 1.5,
            "width": 4,
        },
        mode="markers",
        marker={"color": colour, "size": 10},
        name=name,
        customdata=[[n_label(look.translate, group.pupils), group.expected] for group in groups],
        hovertemplate="%{y:.0%} (%{customdata[0]})<br>"
        + look.translate("to be expected")
        + ": %{customdata[1]:.0%}<extra></extra>",
    )


def _levels(
    figure: go.Figure, cuts: Sequence[tuple[int, float]], seen: tuple[float, float], own: int, look: Look
) -> dict[str, object]:
    """Draws where levels begin, shades the item's own one, and labels those in sight in their middle."""
    low, high = seen
    places: list[tuple[int, float]] = []
    for place, (level, cut) in enumerate(cuts):
        first = low if place == 0 else max(cuts[place - 1][1], low)
        last = high if place == len(cuts) - 1 else min(cut, high)
        if first >= last:
            continue
        places.append((level, (first + last) / 2))
        if level == own:
            figure.add_vrect(x0=first, x1=last, fillcolor=style.GRID, opacity=0.55, line_width=0, layer="below")
        if first > low:
            figure.add_vline(x=first, line={"color": style.SOFT, "width": 1, "dash": "dot"}, layer="below")
    few = len(places) <= _LABEL_LEVELS
    names = [level_label(look.translate, level) if few else str(level) for level, _middle in places]
    return {"tickvals": [middle for _level, middle in places], "ticktext": names}
