"""Searching the item bank: filters that stand in the address, a page of items, the way to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st

from phonics_app.domain.strand import Strand, Task
from phonics_app.locales.labels import label
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.html import Cell, Column, link, link_row, stacked, table
from phonics_app.pages.components.item_labels import STATES, state_badges, task_label, word_markup
from phonics_app.pages.components.labels import level_badge
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.session import Session
from phonics_app.workflows.item_bank import ItemEntry, ItemSearch, ItemState, search_items

E = TypeVar("E", bound=Enum)
PER_PAGE = 25
_ALL = ""


def choose_search(session: Session) -> ItemSearch:
    """What is looked for, from the filters of the page."""
    _ = session.translate
    left, right = st.columns(2)
    with left:
        text = _typed("q", _("Search by word, answer or number"))
    with right:
        grapheme = _typed("grapheme", _("With the grapheme"))
    columns = st.columns(4)
    with columns[0]:
        numbers = [level.number for level in session.phonics.content.bank.levels]
        names = {_ALL: _("All levels"), **{str(n): _("Level {n}").format(n=n) for n in numbers}}
        level = choose("level", _("Level"), list(names), str, names.__getitem__)
    with columns[1]:
        strand = _one("strand", _("Strand"), list(Strand), lambda s: label(_, s), _("All strands"))
    with columns[2]:
        task = _one("task", _("Task"), list(Task), lambda t: task_label(_, t), _("All tasks"))
    with columns[3]:
        state = _one("state", _("State"), list(ItemState), lambda s: _(STATES[s][0]), _("All states"))
    return ItemSearch(text, grapheme, int(level) if level else None, strand, task, state)


def _typed(name: str, title: str) -> str:
    key = f"bank_{name}"
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(name, "")
    text = (st.text_input(title, key=key, live=True) or "").strip()
    if text != st.query_params.get(name, ""):
        st.query_params[name] = text
    return text


def _one(name: str, title: str, options: Sequence[E], show: Callable[[E], str], all_of_them: str) -> E | None:
    coded = {str(option.value): option for option in options}
    names = {_ALL: all_of_them, **{code: show(option) for code, option in coded.items()}}
    return coded.get(choose(name, title, list(names), str, names.__getitem__))


def item_list(session: Session, wanted: ItemSearch) -> None:
    """One page of what was found."""
    _ = session.translate
    found = search_items(session.phonics, session.actor, wanted)
    if not found:
        empty_state(_("No item fits this search"), _("Take one of the choices above back, or write less."))
        return
    pages = -(-len(found) // PER_PAGE)
    page = min(_page_wanted(), pages)
    columns = [Column(_("Item")), Column(_("Level")), Column(_("Task"), "wide"), Column(_("State"))]
    caption = _("{n} items, page {page} of {pages}").format(n=len(found), page=page, pages=pages)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    table([*columns, Column("", "actions")], [_cells(session, entry) for entry in shown], caption)
    _turn(session, page, pages)


def _page_wanted() -> int:
    text = st.query_params.get("page", "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def address(**changes: str) -> str:
    """This page with some of its parameters changed; "" takes one away."""
    query = {name: value for name, value in {**st.query_params.to_dict(), **changes}.items() if value}
    return f"/item-bank?{urlencode(query)}" if query else "/item-bank"


def _cells(session: Session, entry: ItemEntry) -> list[Cell]:
    _ = session.translate
    item = entry.item
    return [
        stacked(word_markup(item), item.id),
        level_badge(item.level),
        stacked(task_label(_, item.task), label(_, item.strand)),
        state_badges(_, entry.states),
        link(_("Open"), address(item=item.id), "secondary"),
    ]


def _turn(session: Session, page: int, pages: int) -> None:
    _ = session.translate
    links = []
    if page > 1:
        links.append(link(_("Previous page"), address(page=str(page - 1)), "secondary"))
    if page < pages:
        links.append(link(_("Next page"), address(page=str(page + 1)), "secondary"))
    if links:
        link_row(*links)
