"""Proposing an item: the form helps while one types, and says at once what is wrong."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.item_change import ItemChange
from phonics_app.pages.components import item_draft as draft
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row, note, section
from phonics_app.pages.components.item_face import item_face
from phonics_app.pages.components.item_form import filled_in, question, wording
from phonics_app.pages.components.item_problems import problems
from phonics_app.pages.components.messages import act, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.bank_editor import CheckedForm, check_form, propose_item
from phonics_app.workflows.item_bank import view_item

_PROPOSED = "proposed_item"


def page(session: Session) -> None:
    _ = session.translate
    item_id, copied = st.query_params.get("item", ""), st.query_params.get("copy", "")
    header(_("Edit item {id}").format(id=item_id) if item_id else _("Propose an item"))
    if show_left_message() and (proposed := st.session_state.get(_PROPOSED)):
        link_row(link(_("Open item {id}").format(id=proposed), f"/item-bank?item={proposed}", "secondary"))
    back = f"/item-bank?item={item_id}" if item_id else "/item-bank"
    link_row(link(_("Back to the items"), back, "quiet"))
    seen = _begin(session, item_id, copied)
    question(session)
    if not (draft.value("word") or draft.value("key")):
        note(_("Type the word first: its letters, sounds, level and difficulty are filled in."))
    checked = check_form(session.phonics, session.actor, draft.cells(), item_id)
    if draft.value("word") or draft.value("key"):
        problems(session, checked.item, checked.problems)
    wording(session)
    filled_in(session)
    if checked.item is not None:
        section(_("As the pupil sees it"))
        item_face(session, checked.item)
    _send(session, item_id, seen, checked)


def _begin(session: Session, item_id: str, copied: str) -> str:
    """Fills the form; returns the last change that this person has seen."""
    if not (item_id or copied):
        draft.begin(session, "new", None)
        return ""
    view = view_item(session.phonics, session.actor, item_id or copied)
    shown = view.entry.proposal.item if view.entry.proposal else view.entry.item
    draft.begin(session, f"{'edit' if item_id else 'copy'} {item_id or copied}", shown)
    if not draft.value("seen"):
        draft.put("seen", view.seen)
    return draft.value("seen") if item_id else ""


def _send(session: Session, item_id: str, seen: str, checked: CheckedForm) -> None:
    _ = session.translate
    bad = checked.item is None or any(not problem.warning for problem in checked.problems)
    note(_("Another person reviews it before it is in any test."))
    if st.button(_("Propose"), type="primary", icon=":material/send:", disabled=bad):
        done = _("Proposed: {id}. Another person can review it now.")
        act(session.language, lambda: _propose(session, item_id, seen), lambda change: done.format(id=change.item_id))


def _propose(session: Session, item_id: str, seen: str) -> ItemChange:
    change = propose_item(session.phonics, session.actor, draft.cells(), item_id, seen)
    draft.forget()
    st.session_state[_PROPOSED] = change.item_id
    return change


page(current())
