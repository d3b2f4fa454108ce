"""What may be done with one pupil: correct, move, archive — each with its undo."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from phonics_app.domain.school import Pupil, PupilDraft, School
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.html import note, section
from phonics_app.pages.components.messages import leave_message
from phonics_app.pages.components.pupil_form import draft_of, pupil_form
from phonics_app.pages.components.session import Session
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.roster import correct_pupil, move_pupil, set_archived
from phonics_app.workflows.schools import list_schools

_UNDO = "pupil_undo"


@dataclass(frozen=True, slots=True)
class Undo:
    """How a pupil was before the last change by hand."""

    pupil_id: str
    school_id: str
    draft: PupilDraft
    archived: bool


def remember(pupil: Pupil) -> None:
    st.session_state[_UNDO] = Undo(pupil.id, pupil.school_id, draft_of(pupil), pupil.archived)


def undo_button(session: Session) -> None:
    """Takes the last change back; shown until it is used or something else is changed."""
    _ = session.translate
    undo = st.session_state.get(_UNDO)
    if isinstance(undo, Undo) and st.button(_("Undo the last change"), icon=":material/undo:"):
        st.session_state.pop(_UNDO)
        now = correct_pupil(session.phonics, session.actor, undo.pupil_id, undo.draft)
        if now.school_id != undo.school_id:
            move_pupil(session.phonics, session.actor, undo.pupil_id, undo.school_id)
        if now.archived != undo.archived:
            set_archived(session.phonics, session.actor, undo.pupil_id, undo.archived)
        leave_message(_("The last change was undone."))
        st.rerun()


def edit_pupil(session: Session, school: School, pupil: Pupil) -> None:
    _ = session.translate
    section(pupil.name)
    if pupil.archived:
        note(_("This pupil is archived: not in class lists, the history is kept."), "warn")
    draft = pupil_form(session, school, draft_of(pupil), pupil.id)
    if draft is not None:
        remember(pupil)
        correct_pupil(session.phonics, session.actor, pupil.id, draft)
        leave_message(_("Saved: {name}").format(name=f"{draft.prefix}{draft.first_name} {draft.last_name}"))
        st.rerun()
    _archive_button(session, pupil)
    _move(session, pupil)


def _archive_button(session: Session, pupil: Pupil) -> None:
    _ = session.translate
    label = _("Put back into the class list") if pupil.archived else _("Archive this pupil")
    if st.button(label, key=f"archive_{pupil.id}"):
        remember(pupil)
        set_archived(session.phonics, session.actor, pupil.id, not pupil.archived)
        done = _("{name} is in the class list again.") if pupil.archived else _("{name} was archived.")
        leave_message(done.format(name=pupil.name))
        st.rerun()


def _move(session: Session, pupil: Pupil) -> None:
    _ = session.translate
    schools = list_schools(session.phonics, session.actor)
    others = [s for s in schools if s.id != pupil.school_id and session.may(Action.EDIT_ROSTER, s.id)]
    if not others:
        return
    with st.expander(_("Move to another school")):
        target = pick(_("School"), others, others[0], lambda s: s.name.in_language(session.language), f"to_{pupil.id}")
        if st.button(_("Move"), key=f"move_{pupil.id}"):
            remember(pupil)
            move_pupil(session.phonics, session.actor, pupil.id, target.id)
            leave_message(_("{name} was moved; the history went along.").format(name=pupil.name))
            st.rerun()
