"""How alike the forms of a set are, as a figure: the score to be expected of pupils of each level."""

from __future__ import annotations

import plotly.graph_objects as go

from phonics_app.locales import translator
from phonics_app.reports import figure_style as style
from phonics_app.reports.form_paper import FormPaper
from phonics_app.reports.labels import level_label

_DASHES = ("solid", "dash", "dot", "dashdot")
_WIDTHS = (7, 4, 2)
"""Lines that lie on each other stay to be seen: the first is the widest."""


def form_figure(paper: FormPaper, language: str) -> go.Figure:
    """A line for each form of the set; the axis names the levels at the abilities at which they are mastered."""
    _ = translator(language)
    made, facts = paper.made, paper.facts
    figure = go.Figure()
    for number, (form, scores) in enumerate(zip(made.forms, facts.scores, strict=True)):
        name = _("Form {letter}").format(letter=form.letter)
        line = {
            "color": style.SERIES[number % len(style.SERIES)],
            "dash": _DASHES[number % len(_DASHES)],
            "width": _WIDTHS[min(number, len(_WIDTHS) - 1)],
        }
        hover = "%{fullData.name}: %{y:.1f}<extra></extra>"
        figure.add_trace(go.Scatter(x=facts.thetas, y=scores, name=name, mode="lines", line=line, hovertemplate=hover))
    low, high = facts.thetas[0], facts.thetas[-1]
    cuts = [(level, cut) for level, cut in facts.cuts if low <= cut <= high]
    names = [level_label(_, level) for level, _cut in cuts]
    figure.update_xaxes(range=[low, high], tickvals=[cut for _level, cut in cuts], ticktext=names)
    figure.update_xaxes(title=_("ability of the pupil; at each mark a pupil just masters that level"))
    figure.update_yaxes(range=[0, made.maximum * 1.03], title=_("score to be expected"))
    title = _("The score to be expected in each form")
    every_item = _("of pupils who reach every item; lines on each other: forms alike")
    subtitle = every_item if paper.timed else _("where the lines lie on each other, the forms are alike")
    return style.styled(figure, title, subtitle, height=430, simulated=False, language=language)
