"""Codes of items as words and badges of the pages."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from phonics_app.domain.bank import DifficultySource, Item
from phonics_app.domain.strand import Strand, Task
from phonics_app.locales import N_, Translate
from phonics_app.locales.item_labels import SOURCES, TASKS
from phonics_app.locales.labels import label
from phonics_app.pages.components.html import badge
from phonics_app.pages.components.session import Session
from phonics_app.workflows.item_bank import ItemState, word_asked
from phonics_app.workflows.item_help import transfer_names

STATES = {
    ItemState.ACTIVE: (N_("In use"), "good"),
    ItemState.AWAITING: (N_("Waiting for review"), "wait"),
    ItemState.SENT_BACK: (N_("Sent back"), "warn"),
    ItemState.DRAFT: (N_("Draft"), "neutral"),
    ItemState.RETIRED: (N_("Retired"), "neutral"),
}


def task_label(_: Translate, task: Task) -> str:
    return _(TASKS[task])


def state_badges(_: Translate, states: Iterable[ItemState]) -> Markup:
    return Markup(" ").join(badge(_(STATES[state][0]), STATES[state][1]) for state in states)


def word_markup(item: Item) -> Markup:
    """The word, grapheme or key in the letters that pupils see."""
    return Markup('<span class="pn-word">{}</span>').format(word_asked(item))


def cell_text(session: Session, column: str, text: str) -> str:
    """A cell of an item in words: the codes of its kind, of its source and of what Thai learners may do."""
    _ = session.translate
    if not text:
        return ""
    if column == "task":
        return task_label(_, Task(text))
    if column == "strand":
        return label(_, Strand(text))
    if column == "difficulty_source":
        return _(SOURCES[DifficultySource(text)])
    if column == "transfer":
        names = transfer_names(session.phonics)
        return ", ".join(names[code].in_language(session.language) if code in names else code for code in text.split())
    return text
