"""Proposing an item: the form helps while one types, and says at once what is wrong."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.item_change import ItemChange
from phonics_app.pages.components import item_draft as draft
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row, note, section, text
from phonics_app.pages.components.item_face import item_face
from phonics_app.pages.components.item_form import filled_in, question, wording
from phonics_app.pages.components.item_problems import problems
from phonics_app.pages.components.item_sound import hear_item
from phonics_app.pages.components.item_view import difficulty_figure
from phonics_app.pages.components.messages import act, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.bank_editor import CheckedForm, check_form, propose_item
from phonics_app.workflows.item_bank import ItemView, view_item

_PROPOSED = "proposed_item"


def page(session: Session) -> None:
    _ = session.translate
    item_id, copied = st.query_params.get("item", ""), st.query_params.get("copy", "")
    header(_("Edit item {id}").format(id=item_id) if item_id else _("Propose an item"))
    if show_left_message() and (proposed := st.session_state.get(_PROPOSED)):
        link_row(link(_("Open item {id}").format(id=proposed), f"/item-bank?item={proposed}", "secondary"))
    back = f"/item-bank?item={item_id}" if item_id else "/item-bank"
    link_row(link(_("Back to the items"), back, "quiet"))
    view = view_item(session.phonics, session.actor, item_id or copied) if item_id or copied else None
    _begin(session, item_id, view)
    if item_id and view:
        _news(session, view)
    question(session)
    written = draft.value("word") or draft.value("key")
    if not written:
        note(_("Type the word first: its letters, sounds, level and difficulty are filled in."))
    checked = check_form(session.phonics, session.actor, draft.cells(), item_id)
    if written:
        problems(session, checked.item, checked.problems)
    wording(session)
    filled_in(session)
    if checked.item is not None:
        section(_("As the pupil sees it"))
        item_face(session, checked.item)
        hear_item(session, checked.item)
        hard, value, said = difficulty_figure(session, checked.item)
        text(f"{hard} {value} · {said}")
    _send(session, item_id, checked)
    draft.keep(session)


def _begin(session: Session, item_id: str, view: ItemView | None) -> None:
    """Fills the form."""
    if view is None:
        draft.begin(session, "new", None)
        return
    shown = view.entry.proposal.item if view.entry.proposal else view.entry.item
    draft.begin(session, f"{'edit' if item_id else 'copy'} {view.entry.item.id}", shown, view.seen)


def _news(session: Session, view: ItemView) -> None:
    """Why the proposal came back; and what another person has changed since this one began to write."""
    _ = session.translate
    proposal = view.entry.proposal
    if proposal and proposal.sent_back:
        note(_("Sent back: {reason}").format(reason=proposal.last.reason), "warn")
    if view.seen != draft.value("seen"):
        note(_("Somebody else has changed this item since you began to write."), "warn")
        link_row(link(_("Look at it"), f"/item-bank?item={view.entry.item.id}", "secondary"))
        with st.container(horizontal=True):
            st.button(_("Begin again from theirs"), on_click=lambda: draft.forget(session))
            st.button(_("Go on with mine"), on_click=lambda: draft.put("seen", view.seen))


def _send(session: Session, item_id: str, checked: CheckedForm) -> None:
    _ = session.translate
    bad = checked.item is None or any(not problem.warning for problem in checked.problems)
    nothing_new = bool(item_id) and not draft.changed()
    note(_("Another person reviews it before it is in any test."))
    with st.container(horizontal=True):
        pressed = st.button(_("Propose"), type="primary", icon=":material/send:", disabled=bad or nothing_new)
        if draft.changed():
            st.button(_("Begin again"), icon=":material/undo:", on_click=lambda: draft.forget(session))
    if pressed:
        done = _("Proposed: {id}. Another person can review it now.")
        act(session.language, lambda: _propose(session, item_id), lambda change: done.format(id=change.item_id))


def _propose(session: Session, item_id: str) -> ItemChange:
    seen = draft.value("seen") if item_id else None
    change = propose_item(session.phonics, session.actor, draft.cells(), item_id, seen)
    draft.forget(session)
    st.session_state[_PROPOSED] = change.item_id
    return change


page(current())
