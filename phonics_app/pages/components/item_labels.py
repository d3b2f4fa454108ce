"""Codes of items as words and badges of the pages."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from phonics_app.domain.bank import Item
from phonics_app.domain.strand import Task
from phonics_app.locales import N_, Translate
from phonics_app.locales.item_labels import TASKS
from phonics_app.pages.components.html import badge
from phonics_app.workflows.item_bank import ItemState, word_asked

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
