"""The proposal of level classes: how large, who teaches them, where — and confirming it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from phonics_app.domain.school import School
from phonics_app.pages.components.html import Column, note, table
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import class_label
from phonics_app.workflows.level_classes import (
    LARGEST,
    USUAL_SIZE,
    DraftClass,
    Proposal,
    confirm_level_classes,
    propose_level_classes,
)


def form_classes(session: Session, school: School) -> None:
    _ = session.translate
    most = st.number_input(_("At most so many pupils in a class"), 1, LARGEST, USUAL_SIZE, key="level_class_size")
    proposal = propose_level_classes(session.phonics, session.actor, school.id, int(most))
    if not proposal.classes:
        note(_("No level has been decided for any pupil of this school yet."))
        return
    if proposal.unplaced:
        note(_("Without a level, hence in no class: {n} pupils").format(n=len(proposal.unplaced)), "warn")
    drafts = [_line(session, school, draft, proposal) for draft in proposal.classes]
    note(_("The level classes so far end today; who was in them is kept."))
    if st.button(_("Confirm these level classes"), type="primary", key="confirm_level_classes"):
        made = _("Level classes formed: {n}")
        act(
            session.language,
            lambda: confirm_level_classes(session.phonics, session.actor, school.id, drafts),
            lambda classes: made.format(n=len(classes)),
        )


def _line(session: Session, school: School, draft: DraftClass, proposal: Proposal) -> DraftClass:
    _ = session.translate
    key = f"{school.id}_{draft.name}"
    label = _("Level {level}: {n} pupils").format(level=draft.level, n=len(draft.pupil_ids))
    columns = st.columns(3)
    name = columns[0].text_input(label, draft.name, key=f"name_{key}")
    teacher = columns[1].text_input(_("Teacher of the class"), key=f"teacher_{key}")
    room = columns[2].text_input(_("Room"), key=f"room_{key}")
    with st.expander(_("Pupils of {name}").format(name=draft.name)):
        pupils = [proposal.pupils[pupil] for pupil in draft.pupil_ids]
        rows = [[pupil.name, class_label(pupil.grade, pupil.room, session.language)] for pupil in pupils]
        table([Column(_("Name")), Column(_("Class"))], rows)
    return replace(draft, name=name, teacher=teacher, room=room)
