"""What may be done with one pupil: correct, move, archive — each with its undo."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from phonics_app.domain.school import Pupil, PupilDraft, School
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.html import note, section
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.pupil_form import EMPTY, draft_of, pupil_form
from phonics_app.pages.components.session import Session
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.roster import add_pupil, correct_pupil, get_pupil, move_pupil, set_archived
from phonics_app.workflows.schools import list_schools

_UNDO = "pupil_undo"


@dataclass(frozen=True, slots=True)
class Undo:
    """How a pupil was before the last change by hand."""

    pupil_id: str
    school_id: str
    name: str
    draft: PupilDraft
    archived: bool


def remember(before: Pupil, now: Pupil) -> Pupil:
    """Keeps how the pupil was before the change that has just worked; returns how he is now."""
    st.session_state[_UNDO] = Undo(before.id, before.school_id, before.name, draft_of(before), before.archived)
    return now


def undo_button(session: Session) -> None:
    """Takes the last change back; shown until it is used or something else is changed."""
    _ = session.translate
    undo = st.session_state.get(_UNDO)
    if isinstance(undo, Undo) and st.button(
        _("Undo the last change ({name})").format(name=undo.name), icon=":material/undo:"
    ):
        act(session.language, lambda: take_back(session, undo), _("The last change was undone."))


def take_back(session: Session, undo: Undo) -> None:
    """Back to what was before; the school first, because pupil numbers are unique within one."""
    now = get_pupil(session.phonics, session.actor, undo.pupil_id)
    if now.school_id != undo.school_id:
        move_pupil(session.phonics, session.actor, undo.pupil_id, undo.school_id)
    if draft_of(now) != undo.draft:
        correct_pupil(session.phonics, session.actor, undo.pupil_id, undo.draft)
    if now.archived != undo.archived:
        set_archived(session.phonics, session.actor, undo.pupil_id, undo.archived)
    st.session_state.pop(_UNDO)


def new_pupil(session: Session, school: School) -> None:
    _ = session.translate
    section(_("Add a pupil"))
    draft = pupil_form(session, school, EMPTY, "new")
    if draft is not None:
        added = _("Added: {name}")
        act(session.language, lambda: _add(session, school, draft), lambda pupil: added.format(name=pupil.name))


def _add(session: Session, school: School, draft: PupilDraft) -> Pupil:
    pupil = add_pupil(session.phonics, session.actor, school.id, session.round.year, draft)
    st.query_params["pupil"] = pupil.id
    return pupil


def edit_pupil(session: Session, school: School, pupil: Pupil) -> None:
    _ = session.translate
    section(pupil.name)
    if pupil.archived:
        note(_("This pupil is archived: not in class lists, the history is kept."), "warn")
    # The key changes with the pupil, so that the fields follow a correction that was undone.
    draft = pupil_form(session, school, draft_of(pupil), f"{pupil.id}_{hash(draft_of(pupil))}")
    if draft is not None:
        act(
            session.language,
            lambda: remember(pupil, correct_pupil(session.phonics, session.actor, pupil.id, draft)),
            lambda now: _("Saved: {name}").format(name=now.name),
        )
    _archive_button(session, pupil)
    _move(session, pupil)


def _archive_button(session: Session, pupil: Pupil) -> None:
    _ = session.translate
    label = _("Put back into the class list") if pupil.archived else _("Archive this pupil")
    if st.button(label, key=f"archive_{pupil.id}"):
        done = _("{name} is in the class list again.") if pupil.archived else _("{name} was archived.")
        act(
            session.language,
            lambda: remember(pupil, set_archived(session.phonics, session.actor, pupil.id, not pupil.archived)),
            done.format(name=pupil.name),
        )


def _move(session: Session, pupil: Pupil) -> None:
    _ = session.translate
    schools = list_schools(session.phonics, session.actor)
    others = [s for s in schools if s.id != pupil.school_id and session.may(Action.EDIT_ROSTER, s.id)]
    if not others:
        return
    with st.expander(_("Move to another school")):
        target = pick(_("School"), others, others[0], lambda s: s.name.in_language(session.language), f"to_{pupil.id}")
        if st.button(_("Move"), key=f"move_{pupil.id}"):
            act(
                session.language,
                lambda: remember(pupil, move_pupil(session.phonics, session.actor, pupil.id, target.id)),
                _("{name} was moved; the history went along.").format(name=pupil.name),
            )
