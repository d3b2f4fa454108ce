"""What is wrong with the item that is being written, each fault with a button that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from phonics_app.domain.bank import Item
from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.strand import Task
from phonics_app.locales import N_
from phonics_app.locales.item_labels import COLUMNS
from phonics_app.locales.messages import render
from phonics_app.pages.components import item_draft as draft
from phonics_app.pages.components.html import link, link_row, note
from phonics_app.pages.components.item_form import PICTURE
from phonics_app.pages.components.session import Session
from phonics_app.workflows.item_help import GRAPHEME_TASKS, Mend, MendKind, mends_of

_IMPLIED = {
    "content.nothing_new": "content.too_late",
    "content.pseudo_sounds_like": "content.pseudo_is_word",
}
"""What another fault says already, and that one is mended first."""
_PLAIN = {
    "content.nothing_new": N_("Nothing in this item is new at level {value}."),
    "content.word_unknown": N_("The dictionary does not have “{value}”. Is it spelled right?"),
    "content.correspondence_unknown": N_("No level teaches this sound for these letters: {value}"),
    "content.pseudo_sounds_like": N_("It sounds like a real word: {value}"),
    "content.blocked": N_("“{value}” is not fit for pupils, or sounds like a rude word."),
    "content.options_few": N_("At least {expected} options are needed, and no two alike."),
    "content.options_key": N_("“{expected}” must stand among the options once only."),
    "content.options_error": N_("Choose the error that each wrong option catches."),
    "content.options_picture": N_("“{value}” needs a picture (emoji) and its English name."),
    "content.empty": N_("Please fill this in."),
}
"""How a form says what files are told with the names of tables and columns."""
_FROM_WORD = ("graphemes", "phonemes")


def problems(session: Session, item: Item | None, found: Sequence[Problem]) -> None:
    """All faults at once, each way to mend them once; a good item is called so."""
    _ = session.translate
    if draft.value("word") and not (draft.value("phonemes") or draft.value("graphemes")):
        note(_no_word(session).format(word=draft.value("word")), "warn")
        found = [problem for problem in found if problem.place.column not in _FROM_WORD]
    elif not found:
        note(_("This item keeps all rules of the bank."), "good")
    codes = {problem.code for problem in found}
    offered: set[Mend] = set()
    told: set[str] = set()
    for problem in (problem for problem in found if _IMPLIED.get(problem.code) not in codes):
        _problem(session, item, problem, told, offered)


def _no_word(session: Session) -> str:
    _ = session.translate
    if draft.task() in GRAPHEME_TASKS:
        return _("No level teaches “{word}” as one sound. Write the letters of one sound, such as ay.")
    return _("“{word}” can't be cut into sounds. Write one English word, letters a to z, without spaces.")


def _problem(session: Session, item: Item | None, problem: Problem, told: set[str], offered: set[Mend]) -> None:
    _ = session.translate
    said = _said(session, problem)
    if said not in told:
        note(said, "wait" if problem.warning else "warn")
        told.add(said)
    if problem.code == "content.item_repeated":
        link_row(
            link(_("Open item {id}").format(id=problem.expected), f"/item-bank?item={problem.expected}", "secondary")
        )
    mends = [mend for mend in mends_of(session.phonics, session.actor, item, problem) if mend not in offered]
    offered.update(mends)
    if mends:
        with st.container(horizontal=True):
            for mend in mends:
                change = partial(_mend, session, mend)
                st.button(_label(session, mend), key=f"mend_{mend.kind.value}_{mend.value}", on_click=change)


def _said(session: Session, problem: Problem) -> str:
    """The fault, after the name of its field where that is not the word itself."""
    _ = session.translate
    plain = _PLAIN.get(problem.code)
    fills = {"value": problem.value, "expected": problem.expected}
    what = _(plain).format(**fills) if plain else render(replace(problem, place=Place()), session.language)
    column = problem.place.column
    if column == "key" and draft.task() is Task.CHOOSE_PICTURE:
        return f"{_(PICTURE)}: {what}"
    return f"{_(COLUMNS[column])}: {what}" if column in COLUMNS and column not in _THE_WORD else what


_THE_WORD = ("stimulus", "level", *_FROM_WORD)


def _label(session: Session, mend: Mend) -> str:
    _ = session.translate
    if mend.kind is MendKind.LEVEL:
        return _("Move to level {n}").format(n=mend.value)
    if mend.kind is MendKind.WORD:
        return _("Take “{word}”").format(word=mend.value)
    if mend.kind is MendKind.MADE_UP:
        return _("Ask it as a made-up word")
    return _("Fill in again from the word")


def _mend(session: Session, mend: Mend) -> None:
    if mend.kind is MendKind.LEVEL:
        draft.put("level", mend.value)
        draft.follow_level(session)
        return
    if mend.kind is MendKind.MADE_UP:
        draft.put("task", Task.READ_PSEUDO_WORD.value)
        draft.follow_task(session)
        return
    if mend.kind is MendKind.WORD:
        draft.put("word", mend.value)
    draft.follow_word(session)
