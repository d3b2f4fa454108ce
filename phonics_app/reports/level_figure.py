"""The levels as a figure: how much of each level's questions pupils get right, by how far they have come."""

from __future__ import annotations

import plotly.graph_objects as go

from phonics_app.domain.level_rule import LevelRules
from phonics_app.locales import translator
from phonics_app.reports import figure_style as style
from phonics_app.reports.labels import level_label


def level_figure(rules: LevelRules, language: str) -> go.Figure:
    """A line for each level; it crosses the line of the rule where the level counts as mastered."""
    _ = translator(language)
    colours = style.level_colours([rule.level for rule in rules.levels])
    figure = go.Figure()
    for rule, scores in zip(rules.levels, rules.curves, strict=True):
        name = level_label(_, rule.level)
        hover = f"{name}: %{{y:.0%}}<extra></extra>"
        line = {"color": colours[rule.level], "width": 2.5}
        figure.add_trace(
            go.Scatter(x=rules.abilities, y=scores, name=name, mode="lines", line=line, hovertemplate=hover)
        )
    _add_cuts(figure, rules, _("mastered from here on"))
    ends = [rules.abilities[0], rules.abilities[-1]]
    figure.add_hline(y=rules.mastery, line={"color": style.SOFT, "width": 1.5, "dash": "dash"})
    names = [f"{rule.level}" for rule in rules.levels]
    figure.update_xaxes(range=ends, tickvals=[rule.cut for rule in rules.levels], ticktext=names)
    figure.update_xaxes(title=_("how far the pupil has come: at each number that level is just mastered"))
    figure.update_yaxes(range=[0, 1.02], tickvals=[0, 0.2, 0.4, 0.6, 0.8, 1], tickformat=".0%")
    figure.update_yaxes(title=_("right answers to be expected"))
    subtitle = _("the dashed line is the rule: {share:.0%}").format(share=rules.mastery)
    title = _("What pupils get right of each level")
    return style.styled(figure, title, subtitle, height=470, simulated=False, language=language)


def _add_cuts(figure: go.Figure, rules: LevelRules, name: str) -> None:
    figure.add_trace(
        go.Scatter(
            x=[rule.cut for rule in rules.levels],
            y=[rule.at_cut for rule in rules.levels],
            name=name,
            mode="markers",
            marker={"color": style.INK, "size": 8},
            hoverinfo="skip",
        )
    )
