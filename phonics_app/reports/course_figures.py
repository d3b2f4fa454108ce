"""Figures over time: the course over test rounds, and O-NET over years."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from phonics_app.domain.calendar import Round
from phonics_app.domain.onet import FIRST_VOLUNTARY_YEAR
from phonics_app.locales import Translate
from phonics_app.progress.onet import OnetPage, target_points
from phonics_app.reports import figure_style as style
from phonics_app.reports.figures import TICKS, Look
from phonics_app.reports.labels import n_label, number, percent

HEIGHT = 480
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
MARKERS = ("circle", "square", "diamond", "triangle-up", "x", "star")


def history_figure(history: pd.DataFrame, look: Look, measure: str = "share") -> go.Figure:
    """Lines over all rounds, one a school: `measure` is "share" (at or above expected) or "mean_level"."""
    _ = look.translate
    is_share = measure == "share"
    title = _("At or above the expected level, over all rounds") if is_share else _("Mean level, over all rounds")
    if history.empty:
        return style.empty_figure(title, look.language, look.simulated)
    rounds = _rounds(history)
    figure = go.Figure()
    schools = list(dict.fromkeys(history["school_id"]))
    for index, school_id in enumerate(schools):
        rows = history[history["school_id"] == school_id]
        values = {Round(int(r["year"]), int(r["term"])): r for r in rows.to_dict("records")}
        figure.add_trace(_course(look, school_id, rounds, values, measure, index, alone=len(schools) == 1))
        counts = [values.get(r, {}).get("placed") for r in rounds]
        _add_counts(figure, [r.label for r in rounds], counts, index, len(schools))
    figure.update_xaxes(type="category", range=[-0.5, len(rounds) - 0.5], tickangle=0)
    top = 1.12 if is_share else 1.15 * float(history["mean_level"].max())
    ticks = TICKS if is_share else list(range(int(top) + 1))
    figure.update_yaxes(tickformat=".0%" if is_share else ".0f", tickvals=ticks)
    figure.update_layout(yaxis={"range": [-0.07 * top * len(schools), top]})
    subtitle = _("term and academic year; figures at the foot: pupils placed in each round")
    return style.styled(figure, title, subtitle, height=HEIGHT, simulated=look.simulated, language=look.language)


def _rounds(history: pd.DataFrame) -> list[Round]:
    """Every round from the first to the last, those without data too: a gap is to be seen."""
    found = sorted({Round(int(y), int(t)) for y, t in zip(history["year"], history["term"], strict=True)})
    course = [found[-1]]
    while course[0] > found[0]:
        course.insert(0, course[0].previous)
    return course


def _course(
    look: Look,
    school_id: str,
    rounds: list[Round],
    values: dict[Round, dict[Hashable, Any]],
    measure: str,
    index: int,
    alone: bool,
) -> go.Scatter:
    shown = [_value(values.get(r, {}), measure) for r in rounds]
    counts = [values.get(r, {}).get("placed") for r in rounds]
    write = percent if measure == "share" else (lambda v: number(v, 1))
    texts = [
        f"{write(v)}<br>{n_label(look.translate, n or 0)}" if v is not None else ""
        for v, n in zip(shown, counts, strict=True)
    ]
    return go.Scatter(
        x=[r.label for r in rounds],
        y=shown,
        name=look.group("school_id", school_id),
        mode="lines+markers+text" if alone else "lines+markers",
        text=["" if v is None else write(v) for v in shown],
        customdata=texts,
        textposition=_beside_the_line(shown),
        line={"color": style.SERIES[index % len(style.SERIES)], "dash": DASHES[index % len(DASHES)], "width": 2.5},
        marker={"symbol": MARKERS[index % len(MARKERS)], "size": 9},
        connectgaps=False,
        cliponaxis=False,
        hovertemplate="%{fullData.name}<br>%{x}<br>%{customdata}<extra></extra>",
    )


def _beside_the_line(values: Sequence[float | None]) -> list[str]:
    """Where each value is written: under a point that the line comes down to, above all others."""
    places = []
    for left, value, right in zip([None, *values[:-1]], values, [*values[1:], None], strict=True):
        known = [n for n in (left, right) if n is not None]
        low = value is not None and known and min(known) > value
        places.append("bottom center" if low else "top center")
    return places


def _add_counts(figure: go.Figure, x: Sequence[object], counts: Sequence[int | None], index: int, of: int) -> None:
    """A row of n at the foot of the figure, in the colour of the school's line; on an axis of its own, from 0 to 1.

    Bare figures, told by the subtitle what they are: with a word beside each, those of many years touch on a tablet.
    """
    figure.add_trace(
        go.Scatter(
            x=x,
            y=[0.03 + 0.055 * (of - 1 - index)] * len(x),
            yaxis="y2",
            mode="text",
            text=["" if n is None else f"{int(n):,}" for n in counts],
            textfont={"size": 12, "color": style.SERIES[index % len(style.SERIES)]},
            showlegend=False,
            hoverinfo="skip",
        )
    )
    figure.update_layout(yaxis2={"overlaying": "y", "range": [0, 1], "visible": False})


def _value(row: dict[Hashable, Any], measure: str) -> float | None:
    value = row.get(measure)
    return None if value is None or pd.isna(value) else float(value)


def onet_figure(page: OnetPage, look: Look) -> go.Figure:
    """Means over the years: nation and schools, gaps as gaps; baseline, target and voluntary years marked."""
    _ = look.translate
    grade = page.grade.label(look.language)
    title = _("O-NET English, {grade}: mean score").format(grade=grade)
    years = _years(page)
    figure = go.Figure()
    _shade_voluntary(figure, years, _)
    _add_nation(figure, page, years, _)
    for index, school_id in enumerate(dict.fromkeys(page.table["school_id"])):
        _add_school(figure, page, look, str(school_id), years, index)
    _add_baseline(figure, page, years, _)
    figure.update_xaxes(tickvals=years, ticktext=[str(y) for y in years], title=_("academic year (B.E.)"))
    figure.update_xaxes(range=[years[0] - 0.5, years[-1] + 0.5], tickangle=0 if len(years) <= 12 else -45)
    scores = _score_range(page)
    figure.update_layout(
        yaxis={"title": _("mean score (full marks 100)"), "range": scores, "tickvals": _ticks(*scores)}
    )
    gaps = _("years without a known mean stay empty")
    subtitle = gaps if page.table.empty else _("{gaps}; figures at the foot: examinees").format(gaps=gaps)
    return style.styled(figure, title, subtitle, height=560, simulated=look.simulated, language=look.language)


def _years(page: OnetPage) -> list[int]:
    """From the first year known to the last, and one more where a target is set."""
    own = [int(y) for y in page.table["year"]]
    known = [page.baseline_year, *(m.year for m in page.national), *own]
    ahead = [max(own) + 1] if own and page.targets else []
    return list(range(min(known), max([*known, *ahead]) + 1))


def _score_range(page: OnetPage) -> list[float]:
    """All means, and room below them for one row of n a school."""
    own = [float(v) for v in [*page.table["mean"], *page.table["target"].dropna()]]
    values = [page.baseline, *(m.mean for m in page.national), *own]
    low, high = min(values), max(values)
    rows = max(page.table["school_id"].nunique(), 1)
    return [max(0.0, low - (high - low) * (0.12 + 0.09 * rows)), min(100.0, high + (high - low) * 0.25)]


def _ticks(low: float, high: float) -> list[int]:
    """Every fifth point, every tenth where there are many."""
    step = 5 if high - low <= 50 else 10
    return [score for score in range(0, 101, step) if low <= score <= high]


def _shade_voluntary(figure: go.Figure, years: list[int], _: Translate) -> None:
    if years[-1] >= FIRST_VOLUNTARY_YEAR:
        figure.add_vrect(
            x0=FIRST_VOLUNTARY_YEAR - 0.5,
            x1=years[-1] + 0.5,
            fillcolor="#f0e442",
            opacity=0.16,
            line_width=0,
            layer="below",
        )
        figure.add_annotation(
            x=years[-1] + 0.45,
            y=1,
            yref="paper",
            xanchor="right",
            yanchor="top",
            text=_("voluntary since {year}").format(year=FIRST_VOLUNTARY_YEAR),
            showarrow=False,
            font={"size": 13, "color": style.SOFT},
        )


def _add_nation(figure: go.Figure, page: OnetPage, years: list[int], _: Translate) -> None:
    means = {m.year: m for m in page.national}
    texts = [_count_text(means[y].n, _) if y in means else "" for y in years]
    figure.add_trace(
        go.Scatter(
            x=years,
            y=[means[y].mean if y in means else None for y in years],
            name=_("Nation"),
            mode="lines+markers",
            customdata=texts,
            line={"color": "#4d4d4d", "dash": "dot", "width": 2.5},
            marker={"symbol": "diamond-open", "size": 10},
            connectgaps=False,
            hovertemplate="%{fullData.name} %{x}: %{y:.2f}<br>%{customdata}<extra></extra>",
        )
    )


def _count_text(n: int | None, _: Translate) -> str:
    return _("n unknown") if n is None else n_label(_, n)


def _add_school(figure: go.Figure, page: OnetPage, look: Look, school_id: str, years: list[int], index: int) -> None:
    own = page.table[page.table["school_id"] == school_id]
    rows = {int(r["year"]): r for r in own.to_dict("records")}
    colour = style.SERIES[index % len(style.SERIES)]
    of = page.table["school_id"].nunique()
    name = look.group("school_id", school_id)
    means = [float(rows[y]["mean"]) if y in rows else None for y in years]
    figure.add_trace(
        go.Scatter(
            x=years,
            y=means,
            name=name,
            mode="lines+markers+text" if of == 1 else "lines+markers",
            text=[f"{rows[y]['mean']:.1f}" if y in rows else "" for y in years],
            customdata=[n_label(look.translate, rows[y]["n"]) if y in rows else "" for y in years],
            textposition=_beside_the_line(means),
            line={"color": colour, "width": 3, "dash": DASHES[index % len(DASHES)]},
            marker={"symbol": MARKERS[index % len(MARKERS)], "size": 9},
            connectgaps=False,
            hovertemplate="%{fullData.name} %{x}: %{y:.2f}<br>%{customdata}<extra></extra>",
        )
    )
    _add_counts(figure, years, [rows[y]["n"] if y in rows else None for y in years], index, of)
    _add_target(figure, page, look, school_id, name, {y: float(r["mean"]) for y, r in rows.items()}, colour)


def _add_target(
    figure: go.Figure, page: OnetPage, look: Look, school_id: str, name: str, means: dict[int, float], colour: str
) -> None:
    """The target of every year with a result and of the next; a relative one needs the year before."""
    target = next((t for t in page.targets if t.school_id == school_id), None)
    if target is None or not means:
        return
    years = [*sorted(means), max(means) + 1]
    points = {y: target_points(target, means.get(y - 1)) for y in years}
    figure.add_trace(
        go.Scatter(
            x=years,
            y=[points[y] for y in years],
            name=f"{name}: {target_label(look.translate, target.value, target.relative)}",
            mode="markers",
            marker={"symbol": "line-ew-open", "size": 26, "line": {"width": 3, "color": colour}, "color": colour},
            hovertemplate="%{fullData.name} %{x}: %{y:.2f}<extra></extra>",
        )
    )


def target_label(_: Translate, value: float, relative: bool) -> str:
    """Says whether a target is points or a relative gain."""
    if relative:
        return _("target: {percent}% above the year before (relative)").format(percent=f"{value * 100:g}")
    return _("target: {points} points (absolute)").format(points=f"{value:g}")


def _add_baseline(figure: go.Figure, page: OnetPage, years: list[int], _: Translate) -> None:
    """A line of its own, never a point of a school: grade and weighting of the quoted mean are not stated."""
    figure.add_trace(
        go.Scatter(
            x=[years[0] - 0.5, years[-1] + 0.5],
            y=[page.baseline, page.baseline],
            name=_("Baseline {mean} ({year}, grade not stated)").format(
                mean=f"{page.baseline:.2f}", year=page.baseline_year
            ),
            mode="lines",
            line={"color": "#a6761d", "width": 1.5, "dash": "longdashdot"},
            hovertemplate="%{fullData.name}<extra></extra>",
        )
    )


def baseline_label(_: Translate, page: OnetPage) -> str:
    """All that is known of the quoted mean, for documents; too long for a legend."""
    return _("{mean} quoted for {year}: four schools before the programme, grade and weighting unstated").format(
        mean=f"{page.baseline:.2f}", year=page.baseline_year
    )
