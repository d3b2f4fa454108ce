"""The figures of the screen on paper, drawn by Typst (`plots.typ`) from their own traces: nothing is counted anew.

Known are the two kinds that this package makes: horizontal bars, and lines over rounds or years.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go

from phonics_app.reports.figure_style import INK
from phonics_app.reports.figures import LINE_BREAK
from phonics_app.reports.typesetting import (
    Markup,
    array,
    bold,
    call,
    content,
    escape,
    muted,
    paragraph,
    stacked,
    together,
)

_DASHES = {
    "solid": "solid",
    "dash": "dashed",
    "dot": "dotted",
    "dashdot": "dash-dotted",
    "longdash": "loosely-dashed",
    "longdashdot": "loosely-dash-dotted",
}
_RISES = {"top": "7pt", "middle": "0pt", "bottom": "-7pt"}
"""From a point up to the middle of the figure beside it."""
NONE = "none"
MOST_ON_A_PAGE = 20
"""Bars that are kept together; more of them may go on overleaf."""

Point = tuple[float, float]


def drawing(figure: go.Figure, heading: str = "") -> Markup:
    """Title (unless it is the `heading` above already), subtitle and plot, on one page if it holds them."""
    title = figure.layout.title.text.removeprefix("<b>").removesuffix("</b>")
    above = [] if title == heading else [bold(title)]
    head = paragraph(stacked([*above, muted(figure.layout.title.subtitle.text)]))
    if not isinstance(figure.data[0], go.Bar):
        return together([head, _lines(figure)])
    bars = [head, _bars(figure)]
    return together(bars) if len(figure.data[0].y) <= MOST_ON_A_PAGE else Markup("\n".join(bars))


# ---- bars -----------------------------------------------------------------------------------------------------------


def _bars(figure: go.Figure) -> Markup:
    """Traces are stacked; each names the same groups in the same order."""
    axis, groups = figure.layout.xaxis, range(len(figure.data[0].y))
    whole = axis.range[1] if axis.range else max(sum(trace.x[i] or 0 for trace in figure.data) for i in groups)
    rows = [_bar(figure, i, whole) for i in groups]
    ticks = [_tick(at / whole, at, axis.tickformat) for at in axis.tickvals or _steps(whole)]
    keys = [array((_paint(trace.marker.color), content(trace.name))) for trace in figure.data if trace.name]
    return call("bar-plot", array(rows), array(ticks), array(keys))


def _bar(figure: go.Figure, index: int, whole: float) -> str:
    segments, end, behind = [], 0.0, ""
    for trace in figure.data:
        share, text = (trace.x[index] or 0) / whole, trace.text[index] or ""
        if trace.textposition == "outside":
            behind, text = text, ""
        paints = _paint(trace.marker.color), _paint(trace.textfont.color or INK)
        if share:
            segments.append(array((_number(end), _number(share), paints[0], escape(text), paints[1])))
        end += share
    return array(
        (content(figure.data[0].y[index].replace(LINE_BREAK, " ")), array(segments), _number(end), escape(behind))
    )


def _steps(whole: float) -> Iterator[int]:
    """Round numbers from 0 to `whole`, at most six."""
    step = next(n * 10**power for power in range(12) for n in (1, 2, 5) if n * 10**power * 6 > whole)
    return iter(range(0, int(whole) + 1, step))


# ---- lines ----------------------------------------------------------------------------------------------------------


def _lines(figure: go.Figure) -> Markup:
    plot = _Scale(figure)
    layout = figure.layout
    years = zip(layout.xaxis.tickvals, layout.xaxis.ticktext, strict=True) if layout.xaxis.tickvals else ()
    across = [array((_number(plot.x(at)), content(text))) for at, text in years or ((c, c) for c in plot.categories)]
    up = [_tick(plot.y(at), at, layout.yaxis.tickformat) for at in layout.yaxis.tickvals]
    shown = [trace for trace in figure.data if trace.name]
    return call(
        "line-plot",
        array(across),
        array(up),
        content(layout.xaxis.title.text or ""),
        content(layout.yaxis.title.text or ""),
        _band(figure, plot),
        array(_series(trace, plot) for trace in figure.data),
        array(array((*_look(trace), content(trace.name))) for trace in shown),
    )


class _Scale:
    """From the values of a figure to places between 0 and 1."""

    def __init__(self, figure: go.Figure) -> None:
        layout = figure.layout
        named = layout.xaxis.type == "category"
        self.categories: list[str] = list(figure.data[0].x) if named else []
        self._across: Point = tuple(layout.xaxis.range)
        self._up: Point = tuple(layout.yaxis.range)

    def x(self, value: Any) -> float:
        low, high = self._across
        return float(((self.categories.index(value) if self.categories else value) - low) / (high - low))

    def y(self, value: float, axis: str | None = None) -> float:
        low, high = (0.0, 1.0) if axis == "y2" else self._up
        return (value - low) / (high - low)


def _series(trace: Any, plot: _Scale) -> str:
    places = [None if y is None else (plot.x(x), plot.y(y, trace.yaxis)) for x, y in zip(trace.x, trace.y, strict=True)]
    known = [place for place in places if place is not None]
    runs = [run for run in _runs(places) if len(run) > 1 and "lines" in trace.mode]
    return array(
        (
            *_look(trace),
            array(array(map(_place, run)) for run in runs),
            array(_place(place) for place in known if "markers" in trace.mode),
            array(_texts(trace, places)),
        )
    )


def _texts(trace: Any, places: Sequence[Point | None]) -> Iterator[str]:
    if "text" not in trace.mode:
        return
    rises = [_RISES[position.split()[0]] for position in trace.textposition or ["middle"] * len(places)]
    for place, rise, text in zip(places, rises, trace.text, strict=True):
        if place is not None and text:
            yield array((_place(place), rise, escape(text)))


def _runs(places: Sequence[Point | None]) -> list[list[Point]]:
    """What stands between the gaps."""
    runs: list[list[Point]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return runs


def _look(trace: Any) -> tuple[str, str, str]:
    """Colour, dash and marker; none of what the trace does not have."""
    colour = trace.line.color or trace.marker.color or trace.textfont.color
    dash = escape(_DASHES[trace.line.dash or "solid"]) if "lines" in trace.mode else NONE
    return _paint(colour), dash, escape(trace.marker.symbol) if "markers" in trace.mode else NONE


def _band(figure: go.Figure, plot: _Scale) -> str:
    """The years that are shaded, with the words that say why."""
    if not figure.layout.shapes:
        return NONE
    shape = figure.layout.shapes[0]
    why = next(a.text for a in figure.layout.annotations if a.name != "simulated")
    paint = f"{_paint(shape.fillcolor)}.transparentize({(1 - shape.opacity) * 100:.0f}%)"
    return array((_number(plot.x(shape.x0)), _number(plot.x(shape.x1)), paint, content(why)))


# ---- Typst values ---------------------------------------------------------------------------------------------------


def _place(point: Point) -> str:
    return array(map(_number, point))


def _number(value: float) -> str:
    return f"{value:.5f}"


def _tick(place: float, value: float, pattern: str | None) -> str:
    return array((_number(place), content(format(value, pattern or ",.0f"))))


def _paint(colour: str) -> str:
    """ "#rrggbb" or "rgb(r, g, b)" as Typst has it."""
    return f"rgb({escape(colour)})" if colour.startswith("#") else colour
