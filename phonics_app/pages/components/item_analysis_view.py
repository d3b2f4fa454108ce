"""One item by its answers: what was found, its figures in words, and who gets it right."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from phonics_app.domain.errors import NotFound
from phonics_app.locales.labels import label
from phonics_app.pages.components.dashboard_plots import show_plot
from phonics_app.pages.components.html import link, link_row, note, show, stats
from phonics_app.pages.components.item_analysis_list import finding_badges
from phonics_app.pages.components.item_face import item_face
from phonics_app.pages.components.item_labels import task_label
from phonics_app.pages.components.session import Session
from phonics_app.reports.figures import Look
from phonics_app.reports.item_analysis_wording import finding_text
from phonics_app.reports.item_curve_figure import PupilGroup, item_curve_figure
from phonics_app.reports.labels import level_label, percent
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.site_item_analysis import AnalysedItem, Flag, SiteAnalysis


def show_analysed(session: Session, found: SiteAnalysis, item_id: str) -> None:
    one = next((one for one in found.items if one.item.id == item_id), None)
    if one is None:
        raise NotFound("item_analysis.no_answers", {"id": item_id})
    _ = session.translate
    if found.simulated:
        note(_("These are answers of simulated pupils: they tell nothing about real ones."), "warn")
    show(finding_badges(session, one))
    for finding in one.findings:
        words = finding_text(_, finding.flag.value, finding.value, finding.option, found.least_answers)
        note(words, "warn" if one.enough else "info")
    item_face(session, one.item)
    _figures(session, found, one)
    if one.told.curve:
        show_plot(_curve(session, found, one), "item_curve")
        st.caption(
            _(
                "On the left are pupils who read little by their other answers, on the right those who read much. The"
                " points of a good item rise from left to right, near the line."
            )
        )
    ways = [link(_("Open in the item bank"), f"/item-bank?item={one.item.id}", "primary")]
    if session.may(Action.PROPOSE_ITEMS):
        ways.append(link(_("Propose a change"), f"/item-editor?item={one.item.id}", "secondary"))
    link_row(*ways)


def _figures(session: Session, found: SiteAnalysis, one: AnalysedItem) -> None:
    _, told, item = session.translate, one.told, one.item
    shown = _("in {share} of {n} tests").format(share=f"{one.share_of_tests:.1%}", n=f"{found.tests:,}")
    figures = [
        (_("Answered rightly"), percent(told.share_right), _("{n} answers").format(n=f"{told.n:,}")),
        (_("Asked"), f"{told.n:,}", shown),
        (_("Level"), str(item.level), f"{task_label(_, item.task)} · {label(_, item.strand)}"),
    ]
    if one.enough and Flag.CHECK_KEY not in [finding.flag for finding in one.findings]:
        figures.append((_("How hard"), *_how_hard(session, found, one)))
    if told.median_seconds is not None:
        seconds = _("{n:.0f} seconds").format(n=told.median_seconds)
        figures.append((_("Typical time"), seconds, _("time of its block, shared out among the items")))
    stats(figures)


def _how_hard(session: Session, found: SiteAnalysis, one: AnalysedItem) -> tuple[str, str]:
    """The level in whose range half the pupils get it right, and how that is known."""
    _, cuts = session.translate, found.cuts
    level = next((level for level, cut in cuts[:-1] if one.told.difficulty < cut), cuts[-1][0])
    words = _("half of the pupils of this level get it right")
    return level_label(_, level), words


def _curve(session: Session, found: SiteAnalysis, one: AnalysedItem) -> go.Figure:
    groups = [PupilGroup(p.ability, p.share_right, p.low, p.high, p.expected, p.n) for p in one.told.curve]
    return item_curve_figure(groups, found.cuts, one.item.level, Look(session.language, simulated=session.simulated))
