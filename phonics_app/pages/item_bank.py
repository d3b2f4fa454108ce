"""The item bank: search, look at an item, review what is proposed."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from phonics_app.pages.components.bank_coverage import coverage
from phonics_app.pages.components.bank_import import import_page
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row, section
from phonics_app.pages.components.item_actions import retirement, review, ways
from phonics_app.pages.components.item_list import address, choose_search, item_list
from phonics_app.pages.components.item_view import history, show_item
from phonics_app.pages.components.messages import show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.bank_sheets import FORMATS, export_items
from phonics_app.workflows.item_bank import ItemSearch, ItemState, search_items, view_item
from phonics_app.workflows.permissions import Action


def page(session: Session) -> None:
    item_id, view = st.query_params.get("item"), st.query_params.get("view")
    if item_id:
        one_item(session, item_id)
    elif view == "coverage":
        beside(session, session.translate("What the item bank covers"))
        coverage(session)
    elif view == "import" and session.may(Action.PROPOSE_ITEMS):
        beside(session, session.translate("Items from a spreadsheet"))
        import_page(session)
    else:
        browse(session)


def beside(session: Session, title: str) -> None:
    """The head of a page beside the list."""
    header(title)
    show_left_message()
    link_row(link(session.translate("Back to the items"), "/item-bank", "quiet"))


def browse(session: Session) -> None:
    _ = session.translate
    header(_("Item bank"), _("Every question of the tests: search, look, propose, review"))
    show_left_message()
    waiting = _proposals(session, _("Waiting for review"), ItemState.AWAITING)
    covered = link(_("What it covers"), "/item-bank?view=coverage", "secondary")
    passages = link(_("Reading passages"), "/passages", "secondary")
    if session.may(Action.PROPOSE_ITEMS):
        propose = link(_("Propose an item"), "/item-editor", "primary")
        sheet = link(_("From a spreadsheet"), "/item-bank?view=import", "secondary")
        back = _proposals(session, _("Sent back"), ItemState.SENT_BACK)
        link_row(propose, waiting, back, covered, sheet, passages)
    else:
        link_row(waiting, covered, passages)
    wanted = choose_search(session)
    item_list(session, wanted)
    section(_("Take these items along"))
    downloads(
        session,
        "phonics-items",
        lambda kind: export_items(session.phonics, session.actor, wanted, format=kind),
        FORMATS,
    )


def _proposals(session: Session, title: str, state: ItemState) -> Markup:
    """The way to the proposals that stand so, with their number."""
    count = len(search_items(session.phonics, session.actor, ItemSearch(state=state)))
    return link(f"{title} ({count})" if count else title, f"/item-bank?state={state.value}", "secondary")


def one_item(session: Session, item_id: str) -> None:
    _ = session.translate
    header(_("Item {id}").format(id=item_id))
    show_left_message()
    back = link(_("Back to the items"), address(item=""), "quiet")
    if session.may(Action.PROPOSE_ITEMS):
        link_row(back, link(_("What the answers say"), f"/item-analysis?item={item_id}", "quiet"))
    else:
        link_row(back)
    view = view_item(session.phonics, session.actor, item_id)
    show_item(session, view)
    review(session, view)
    ways(session, view)
    retirement(session, view)
    history(session, view)


page(current())
