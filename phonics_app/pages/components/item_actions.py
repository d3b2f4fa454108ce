"""What may be done with an item: edit, copy, review, withdraw, retire, restore."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.item_change import Proposal
from phonics_app.pages.components.html import link, link_row, note, section
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.session import Session
from phonics_app.workflows import bank_editor as editor
from phonics_app.workflows.item_bank import ItemView
from phonics_app.workflows.permissions import Action


def ways(session: Session, view: ItemView) -> None:
    """Edit and copy, on the page of the form."""
    _ = session.translate
    if session.may(Action.PROPOSE_ITEMS):
        item_id = view.entry.item.id
        edit = link(_("Edit"), f"/item-editor?item={item_id}", "secondary")
        link_row(edit, link(_("Copy"), f"/item-editor?copy={item_id}", "secondary"))


def review(session: Session, view: ItemView) -> None:
    """The proposal: activate or send back as the second person, withdraw as its author."""
    _ = session.translate
    proposal = view.entry.proposal
    if proposal is None:
        return
    section(_("What is proposed"))
    if proposal.sent_back:
        note(_("Sent back: {reason}").format(reason=proposal.last.reason), "warn")
    if session.actor.account_id in proposal.authors:
        _own(session, view, proposal)
    elif session.may(Action.REVIEW_ITEMS) and not proposal.sent_back:
        _decide(session, view)


def _own(session: Session, view: ItemView, proposal: Proposal) -> None:
    _ = session.translate
    item_id = view.entry.item.id
    if not proposal.sent_back:
        note(_("You have written this proposal; another person reviews it."))
    if st.button(_("Withdraw the proposal"), icon=":material/undo:"):
        act(
            session.language,
            lambda: editor.withdraw_item(session.phonics, session.actor, item_id),
            _("The proposal was withdrawn."),
        )


def _decide(session: Session, view: ItemView) -> None:
    _ = session.translate
    item_id = view.entry.item.id
    note(_("Try it as the pupil sees it, then decide. Once activated it is in new tests at once."))
    seen = _pressed(_("Activate"), view, type="primary", icon=":material/check:")
    if seen is not None:
        done = _("Activated: {id}. It is in new tests from now on.").format(id=item_id)
        act(session.language, partial(editor.activate_item, session.phonics, session.actor, item_id, seen), done)
    with st.expander(_("Send back")):
        reason = st.text_area(_("What should be mended?"), key="send_back_reason")
        seen = _pressed(_("Send back to the proposer"), view)
        if seen is not None:
            send = partial(editor.send_back_item, session.phonics, session.actor, item_id, reason, seen)
            act(session.language, send, _("Sent back."))


def _pressed(label: str, view: ItemView, **look: Any) -> str | None:
    """A button; once pressed, the last change that was on screen then: the page has been drawn anew since."""
    key = f"pressed_{label}"
    st.button(label, on_click=lambda: st.session_state.update({key: view.seen}), **look)
    seen = st.session_state.pop(key, None)
    return None if seen is None else str(seen)


def retirement(session: Session, view: ItemView) -> None:
    """Out of new tests, or back in."""
    _ = session.translate
    item = view.entry.in_force
    if item is None or not session.may(Action.RETIRE_ITEMS):
        return
    if item.status is ItemStatus.ACTIVE:
        with st.expander(_("Retire this item")):
            note(_("It is asked no more, but stays in the bank: earlier results speak of it."))
            reason = st.text_area(_("Reason"), key="retire_reason")
            if st.button(_("Retire")):
                act(
                    session.language,
                    lambda: editor.retire_item(session.phonics, session.actor, item.id, reason),
                    _("Retired: {id}").format(id=item.id),
                )
    elif item.status is ItemStatus.RETIRED and st.button(_("Restore this item"), icon=":material/undo:"):
        act(
            session.language,
            lambda: editor.restore_item(session.phonics, session.actor, item.id),
            _("Restored: {id}").format(id=item.id),
        )
