"""What all figures share: typeface, colours that all eyes can tell apart, size, the mark of simulated data."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.colors import sample_colorscale

from phonics_app.locales import translator

FONT = "Sarabun, 'Noto Sans Thai', sans-serif"
INK = "#1f2a26"
SOFT = "#5b6963"
GRID = "#dfe6e2"
NOT_PLACED = "#d3d6d4"
AMBER = "#7a5400"
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8f6d00", "#56b4e9", "#4d4d4d", "#a6761d")
"""Okabe and Ito's colours, the yellow darkened so that it can be read on white."""
TOP = 92
"""Height of title and subtitle, in pixels."""
MARK = 28
"""Height of the line for the mark of simulated data, under the subtitle: on a tablet there is no room beside it."""
LEGEND = {
    "orientation": "h",
    "xref": "container",
    "yref": "container",
    "yanchor": "bottom",
    "x": 0,
    "y": 0,
    "traceorder": "normal",
}
"""At the foot of the picture and as wide, however many rows it takes on a narrow screen: never over the axis."""
_AXIS = {"ticks": "", "title": {"standoff": 15}, "zerolinecolor": "#ebf0f8", "zerolinewidth": 2}
TEMPLATE = go.layout.Template(
    data={"bar": [{"marker": {"line": {"color": "#ffffff", "width": 0.5}}}]},
    layout={"autotypenumbers": "strict", "hoverlabel": {"align": "left"}, "xaxis": _AXIS, "yaxis": _AXIS},
)
"""Only what our figures need: each figure copies its template and sends it, and plotly's own are long."""
LOW, SAME, UP, FAR_UP = "#d55e00", "#c9cfcc", "#56b4e9", "#0072b2"


def level_colours(levels: Sequence[int]) -> dict[int, str]:
    """A colour for each level, however many: lightness rises with the level (Viridis), hues differ for all eyes."""
    last = max(len(levels) - 1, 1)
    shades = sample_colorscale("Viridis", [index / last * 0.95 for index in range(len(levels))])
    return dict(zip(levels, shades, strict=True))


def text_on(colour: str) -> str:
    """White or ink, whichever can be read on `colour` ("rgb(r, g, b)" or "#rrggbb")."""
    if colour.startswith("#"):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    else:
        red, green, blue = (int(float(part)) for part in colour[4:-1].split(","))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#ffffff"


def styled(figure: go.Figure, title: str, subtitle: str, *, height: int, simulated: bool, language: str) -> go.Figure:
    """Gives the figure its title, frame and, if the data are simulated, the mark that says so."""
    above = MARK if simulated else 0
    figure.update_layout(
        template=TEMPLATE,
        title={
            "text": f"<b>{title}</b>",
            "subtitle": {"text": subtitle, "font": {"size": 14, "color": SOFT}},
            "font": {"size": 18},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "pad": {"l": 8, "t": 14},
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "automargin": False,
        },
        font={"family": FONT, "size": 15, "color": INK},
        height=height + above,
        margin={"l": 8, "r": 20, "t": TOP + above, "b": 8},
        legend=LEGEND,
        hoverlabel={"font": {"family": FONT, "size": 15}},
        separators=".,",
    )
    figure.update_xaxes(automargin=True, gridcolor=GRID, fixedrange=True)
    figure.update_yaxes(automargin=True, gridcolor=GRID, fixedrange=True, ticklabelstandoff=6)
    if simulated:
        _mark_simulated(figure, language)
    return figure


def _mark_simulated(figure: go.Figure, language: str) -> None:
    _ = translator(language)
    figure.add_annotation(
        text=_("Simulated data"),
        xref="paper",
        yref="paper",
        x=1,
        y=1,
        xanchor="right",
        yanchor="bottom",
        yshift=5,
        showarrow=False,
        font={"size": 13, "color": AMBER},
        bgcolor="#fff4d6",
        bordercolor="#c98a00",
        borderpad=3,
        name="simulated",
    )


def empty_figure(title: str, language: str, simulated: bool = False) -> go.Figure:
    """A figure that says that there is nothing to show."""
    _ = translator(language)
    figure = go.Figure()
    figure.add_annotation(text=_("No data yet"), showarrow=False, font={"size": 18, "color": SOFT}, x=0.5, y=0.5)
    figure.update_xaxes(visible=False, range=[0, 1])
    figure.update_yaxes(visible=False, range=[0, 1])
    return styled(figure, title, "", height=240, simulated=simulated, language=language)
