"""Records for research: how coarse, who gets them and why; refused while anybody could be recognised."""

from __future__ import annotations

from functools import partial

import streamlit as st

from phonics_app.pages.components.downloads import while_signed_in
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Column, note, section, table
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.labels import school_names
from phonics_app.reports.research_wording import STEPS, coarseness_text, group_text
from phonics_app.workflows.research import Coarseness, ResearchCheck, check_research, export_research
from phonics_app.workflows.schools import list_schools


def page(session: Session) -> None:
    _ = session.translate
    header(_("Research export"), _("Records in which nobody can be recognised"))
    note(
        _("No names or numbers: pseudonyms whose key is thrown away. At least five pupils must look alike in each row.")
    )
    note(_("Pupils whose consent was taken back are left out."))
    section(_("How coarse"))
    coarse = Coarseness(**{step: st.checkbox(_(label), key=f"research_{step}") for step, label in STEPS.items()})
    found = check_research(session.phonics, session.actor, coarse)
    if not found.records:
        empty_state(_("No results yet"), _("Records can be given out when pupils have been tested."))
    elif found.small:
        refused(session, found)
    else:
        give_out(session, coarse, found)


def refused(session: Session, found: ResearchCheck) -> None:
    """Which groups are too small, and what would be coarse enough."""
    _ = session.translate
    note(_("Not like this: {n} groups have fewer than five pupils.").format(n=f"{len(found.small):,}"), "warn")
    for coarse in found.enough:
        st.markdown("- " + _("Coarse enough: {steps}").format(steps=coarseness_text(coarse, session.language)))
    if not found.enough:
        note(_("There are too few pupils for any research export."), "warn")
    names = school_names(list_schools(session.phonics, session.actor), session.language)
    rows = [[group_text(group, names, session.language), str(group.pupils)] for group in found.small]
    table([Column(_("What would be known")), Column(_("Pupils"), "number")], rows, height=420)


def give_out(session: Session, coarse: Coarseness, found: ResearchCheck) -> None:
    _ = session.translate
    note(_("{n} tests of {pupils} pupils").format(n=f"{found.records:,}", pupils=f"{found.pupils:,}"), "good")
    purpose = (st.text_input(_("What the records are for"), key="research_purpose", max_chars=500) or "").strip()
    receiver = (st.text_input(_("Who gets them"), key="research_receiver", max_chars=500) or "").strip()
    if len(purpose) < 3 or len(receiver) < 3:
        note(_("Purpose and receiver are written into the audit log: fill in both, then the file can be taken."))
        return
    st.download_button(
        _("Records for research (ZIP)"),
        while_signed_in(session, partial(export_research, session.phonics, session.actor, coarse, purpose, receiver)),
        file_name=f"research-{session.today.isoformat()}.zip",
        mime="application/zip",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )


page(current())
