"""Item analysis: what pupils' answers say of each item, what to look at first, and whether items are fair."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row, note, section
from phonics_app.pages.components.item_analysis_groups import show_certainty, show_differences
from phonics_app.pages.components.item_analysis_list import address, analysed, item_list, summary
from phonics_app.pages.components.item_analysis_view import show_analysed
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.item_analysis_export import FORMATS, export_item_analysis
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.site_item_analysis import LEAST_SITTINGS, SiteAnalysis, count_tests


def page(session: Session) -> None:
    require(session.actor, Action.PROPOSE_ITEMS)
    _, wanted = session.translate, st.query_params.get("item")
    tests = count_tests(session.phonics, session.actor)
    subtitle = _("What pupils' answers say of each item")
    if tests < LEAST_SITTINGS:
        header(_("Item analysis"), subtitle)
        advice = _("At least {least} finished tests are needed; so far there are {n}.")
        empty_state(_("Too few tests to analyse items"), advice.format(least=LEAST_SITTINGS, n=tests))
        return
    if wanted:
        header(_("Answers to item {id}").format(id=wanted))
        link_row(link(_("Back to the item analysis"), address(item=""), "quiet"))
        show_analysed(session, analysed(session, tests), wanted)
    else:
        header(_("Item analysis"), subtitle)
        everything(session, analysed(session, tests), tests)


def everything(session: Session, found: SiteAnalysis, tests: int) -> None:
    _ = session.translate
    if found.simulated:
        note(_("These are answers of simulated pupils: they tell nothing about real ones."), "warn")
    if not found.converged:
        note(_("The calculation did not settle: take what follows with care."), "bad")
    summary(session, found, tests)
    item_list(session, found)
    section(_("Are the items fair to all?"))
    show_differences(session, found)
    section(_("How sure are the levels?"))
    show_certainty(session, found)
    section(_("Take these figures along"))
    downloads(
        session,
        "phonics-item-analysis",
        lambda kind: export_item_analysis(
            session.phonics, session.actor, found, format=kind, language=session.language
        ),
        FORMATS,
    )


page(current())
