"""Figures of the dashboard: frames of codes in, plotly figures with labels, n and the mark of simulated data out."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade, Stage
from phonics_app.locales import N_, Translate, translator
from phonics_app.progress.dashboard import share, summed
from phonics_app.reports import figure_style as style
from phonics_app.reports.labels import class_label, level_label, n_label, percent, round_label, stage_label

BAR = 34
"""Height of one bar with its gap, in pixels."""
TALL_BAR = 46
"""The same beside a label of two lines."""
LONGEST_LABEL = 24
"""Characters beside a bar; more go on the next line, so that on a tablet there is room for the bars."""
LINE_BREAK = "<br>"
FRAME = 190
"""Height of title, axis and legend."""
TICKS = [0, 0.25, 0.5, 0.75, 1]
_BY = {
    "school_id": N_("by school"),
    "grade": N_("by grade"),
    "room": N_("by class"),
    "stage": N_("by stage"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How figures are labelled. `names`: school id → name."""

    language: str
    names: Mapping[str, str] = field(default_factory=dict)
    simulated: bool = False
    browser: bool = False
    """Drawn by plotly, which takes tags in a label for markup, links among them; on paper labels are text."""

    @property
    def translate(self) -> Translate:
        return translator(self.language)

    def group(self, by: str, code: str) -> str:
        """The label of a group of `progress.dashboard.summed`, as it is written whatever is in it."""
        label = self._label(by, code)
        return html.escape(label, quote=False) if self.browser else label

    def _label(self, by: str, code: str) -> str:
        if by == "school_id":
            return self.names.get(code, code)
        if by == "stage":
            return stage_label(self.translate, Stage(code))
        grade, _, room = code.partition("/")
        return class_label(Grade(grade), room, self.language)


def levels_figure(levels: pd.DataFrame, look: Look, round_: Round, by: str = "school_id") -> go.Figure:
    """Stacked bars: pupils at each level, not placed ones last. `levels` as in `Dashboard`."""
    _ = look.translate
    title = _("Pupils at each level, {by}").format(by=_(_BY[by]))
    if levels.empty:
        return style.empty_figure(title, look.language, look.simulated)
    sums = summed(levels, by, ["level"], ["pupils"])
    groups = list(dict.fromkeys(sums["group"]))
    enrolled = sums.groupby("group")["pupils"].sum()
    labels = {g: f"{look.group(by, g)} ({n_label(_, enrolled[g])})" for g in groups}
    figure = go.Figure()
    numbers = sorted(int(n) for n in sums["level"].dropna().unique())
    for level, colour in _colours(numbers, bool(sums["level"].isna().any())).items():
        part = sums[sums["level"].isna()] if level is None else sums[sums["level"] == level]
        counts = dict(zip(part["group"], part["pupils"], strict=True))
        figure.add_trace(_segment([labels[g] for g in groups], [counts.get(g) for g in groups], level, colour, _))
    figure.update_layout(barmode="stack", uniformtext={"minsize": 11, "mode": "hide"})
    figure.update_xaxes(rangemode="tozero")
    subtitle = _("{round}, number of pupils").format(round=round_label(_, round_))
    return _bars(figure, look, title, subtitle, len(groups))


def _colours(levels: list[int], unplaced: bool) -> dict[int | None, str]:
    colours: dict[int | None, str] = {}
    colours.update(style.level_colours(levels).items())
    if unplaced:
        colours[None] = style.NOT_PLACED
    return colours


def _segment(labels: list[str], counts: list[int | None], level: int | None, colour: str, _: Translate) -> go.Bar:
    name = level_label(_, level)
    return go.Bar(
        y=labels,
        x=counts,
        name=name,
        orientation="h",
        marker={"color": colour, "line": {"color": "#ffffff", "width": 1}},
        text=[None if n is None else f"{n}" for n in counts],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": style.text_on(colour)},
        hovertemplate=f"%{{y}}<br>{name}: %{{x}} " + _("pupils") + "<extra></extra>",
    )


def change_figure(
    change: pd.DataFrame, look: Look, round_: Round, previous: Round | None, by: str = "school_id"
) -> go.Figure:
    """Bars of 100 %: of those placed in both rounds, how many fell, stayed, rose by one level or by more."""
    _ = look.translate
    title = _("Change of level since the round before, {by}").format(by=_(_BY[by]))
    if change.empty or previous is None:
        return style.empty_figure(title, look.language, look.simulated)
    kinds = change["moved"].clip(-1, 2)
    sums = summed(change.assign(kind=kinds), by, ["kind"], ["pupils"])
    groups = list(dict.fromkeys(sums["group"]))
    total = {str(g): int(n) for g, n in sums.groupby("group")["pupils"].sum().items()}
    figure = go.Figure()
    for kind, (name, colour) in _kinds_of_change(_).items():
        part = sums[sums["kind"] == kind]
        counts = {g: int(n) for g, n in zip(part["group"], part["pupils"], strict=True)}
        _add_change(figure, look, by, groups, total, counts, name, colour)
    figure.update_layout(barmode="stack", uniformtext={"minsize": 11, "mode": "hide"})
    figure.update_xaxes(tickformat=".0%", range=[0, 1.03], tickvals=TICKS)
    subtitle = _("{before} → {after}, share of pupils placed in both rounds")
    rounds = {"before": round_label(_, previous), "after": round_label(_, round_)}
    return _bars(figure, look, title, subtitle.format(**rounds), len(groups))


def _kinds_of_change(_: Translate) -> dict[int, tuple[str, str]]:
    return {
        -1: (_("down"), style.LOW),
        0: (_("same level"), style.SAME),
        1: (_("up 1 level"), style.UP),
        2: (_("up 2 levels or more"), style.FAR_UP),
    }


def _add_change(
    figure: go.Figure,
    look: Look,
    by: str,
    groups: list[str],
    total: Mapping[str, int],
    counts: Mapping[str, int],
    name: str,
    colour: str,
) -> None:
    figure.add_trace(
        go.Bar(
            y=[f"{look.group(by, g)} ({n_label(look.translate, total[g])})" for g in groups],
            x=[share(counts.get(g, 0), total[g]) for g in groups],
            name=name,
            orientation="h",
            marker={"color": colour, "line": {"color": "#ffffff", "width": 1}},
            text=[f"{counts[g]}" if g in counts else None for g in groups],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": style.text_on(colour)},
            customdata=[[counts.get(g, 0), total[g]] for g in groups],
            hovertemplate=f"%{{y}}<br>{name}: %{{customdata[0]}}/%{{customdata[1]}} (%{{x:.0%}})<extra></extra>",
        )
    )


def expected_figure(expected: pd.DataFrame, look: Look, round_: Round, by: str = "school_id") -> go.Figure:
    """Bars: share at or above the level expected of the grade, of those placed; not by "room"."""
    _ = look.translate
    title = _("At or above the level expected of the grade, {by}").format(by=_(_BY[by]))
    judged = expected[expected["expected_level"].notna()]
    subtitle = _("{round}, of pupils placed in this round").format(round=round_label(_, round_))
    return _share_figure(judged, look, by, ("at_or_above", "placed"), title, subtitle)


def coverage_figure(coverage: pd.DataFrame, look: Look, round_: Round, by: str = "school_id") -> go.Figure:
    """Bars: share of the pupils enrolled who were tested in the round."""
    _ = look.translate
    title = _("Pupils tested, {by}").format(by=_(_BY[by]))
    subtitle = _("{round}, of pupils enrolled").format(round=round_label(_, round_))
    return _share_figure(coverage, look, by, ("tested", "enrolled"), title, subtitle)


def _share_figure(
    data: pd.DataFrame, look: Look, by: str, columns: tuple[str, str], title: str, subtitle: str
) -> go.Figure:
    """Bars of part ÷ whole, labelled with per cent and both counts; a group with whole 0 has no bar."""
    part, whole = columns
    if data.empty:
        return style.empty_figure(title, look.language, look.simulated)
    sums = summed(data, by, [], [part, whole])
    counts = [(int(a), int(n)) for a, n in zip(sums[part], sums[whole], strict=True)]
    shares = [share(a, n) for a, n in counts]
    figure = go.Figure(
        go.Bar(
            y=[look.group(by, g) for g in sums["group"]],
            x=shares,
            orientation="h",
            marker={"color": style.SERIES[0]},
            text=[
                f"{percent(s)} ({a}/{n})" if n else n_label(look.translate, 0)
                for s, (a, n) in zip(shares, counts, strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            customdata=counts,
            hovertemplate="%{y}<br>%{x:.1%} (%{customdata[0]}/%{customdata[1]})<extra></extra>",
        )
    )
    figure.update_xaxes(tickformat=".0%", range=[0, 1.25], tickvals=TICKS)
    return _bars(figure, look, title, subtitle, len(sums))


def _bars(figure: go.Figure, look: Look, title: str, subtitle: str, bars: int) -> go.Figure:
    """Horizontal bars, the first group on top, as high as it takes."""
    figure.update_yaxes(autorange="reversed", showgrid=False)
    for trace in figure.data:
        trace.y = [LINE_BREAK.join(textwrap.wrap(label, LONGEST_LABEL)) for label in trace.y]
    two_lines = any(LINE_BREAK in label for label in figure.data[0].y)
    height = FRAME + (TALL_BAR if two_lines else BAR) * bars
    return style.styled(figure, title, subtitle, height=height, simulated=look.simulated, language=look.language)
