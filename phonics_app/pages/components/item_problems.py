"""What is wrong with the item that is being written, each fault with a button that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from phonics_app.domain.bank import Item
from phonics_app.domain.errors import Place, Problem
from phonics_app.locales.item_labels import COLUMNS
from phonics_app.locales.messages import render
from phonics_app.pages.components import item_draft as draft
from phonics_app.pages.components.html import link, link_row, note
from phonics_app.pages.components.session import Session
from phonics_app.workflows.item_help import Mend, MendKind, mends_of


def problems(session: Session, item: Item | None, found: Sequence[Problem]) -> None:
    """All faults at once; a good item is called so."""
    _ = session.translate
    if not found:
        note(_("This item keeps all rules of the bank."), "good")
    for number, problem in enumerate(found):
        _problem(session, item, problem, number)


def _problem(session: Session, item: Item | None, problem: Problem, number: int) -> None:
    _ = session.translate
    column = problem.place.column
    what = render(replace(problem, place=Place()), session.language)
    note(f"{_(COLUMNS[column])}: {what}" if column in COLUMNS else what, "wait" if problem.warning else "warn")
    if problem.code == "content.item_repeated":
        link_row(
            link(_("Open item {id}").format(id=problem.expected), f"/item-bank?item={problem.expected}", "secondary")
        )
    mends = mends_of(session.phonics, session.actor, item, problem)
    if mends:
        with st.container(horizontal=True):
            for mend in mends:
                change = partial(_mend, session, mend)
                st.button(_label(session, mend), key=f"mend_{number}_{mend.kind.value}_{mend.value}", on_click=change)


def _label(session: Session, mend: Mend) -> str:
    _ = session.translate
    if mend.kind is MendKind.LEVEL:
        return _("Move to level {n}").format(n=mend.value)
    if mend.kind is MendKind.WORD:
        return _("Take “{word}”").format(word=mend.value)
    return _("Fill in again from the word")


def _mend(session: Session, mend: Mend) -> None:
    if mend.kind is MendKind.LEVEL:
        draft.put("level", mend.value)
        draft.follow_level(session)
        return
    if mend.kind is MendKind.WORD:
        draft.put("word", mend.value)
    draft.follow_word(session)
