"""The item bank: search, look at an item, review what is proposed."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row
from phonics_app.pages.components.item_actions import retirement, review, ways
from phonics_app.pages.components.item_list import address, choose_search, item_list
from phonics_app.pages.components.item_view import history, show_item
from phonics_app.pages.components.messages import show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.item_bank import view_item
from phonics_app.workflows.permissions import Action


def page(session: Session) -> None:
    item_id = st.query_params.get("item")
    if item_id:
        one_item(session, item_id)
    else:
        browse(session)


def browse(session: Session) -> None:
    _ = session.translate
    header(_("Item bank"), _("Every question of the tests: search, look, propose, review"))
    show_left_message()
    links = [link(_("Waiting for review"), "/item-bank?state=awaiting", "secondary")]
    if session.may(Action.PROPOSE_ITEMS):
        links.insert(0, link(_("Propose an item"), "/item-editor", "primary"))
    link_row(*links)
    item_list(session, choose_search(session))


def one_item(session: Session, item_id: str) -> None:
    _ = session.translate
    header(_("Item {id}").format(id=item_id))
    show_left_message()
    link_row(link(_("Back to the items"), address(item=""), "quiet"))
    view = view_item(session.phonics, session.actor, item_id)
    show_item(session, view)
    review(session, view)
    ways(session, view)
    retirement(session, view)
    history(session, view)


page(current())
