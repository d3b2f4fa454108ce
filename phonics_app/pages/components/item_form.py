"""The fields of an item. What follows from the word is filled in while it is typed, and can be changed."""

from __future__ import annotations

from functools import partial

import streamlit as st

from phonics_app.domain.bank import Confusion
from phonics_app.domain.strand import CHOICE_TASKS, READING_TASKS, Task
from phonics_app.locales import N_
from phonics_app.locales.item_labels import COLUMNS, CONFUSIONS
from phonics_app.pages.components import item_draft as draft
from phonics_app.pages.components.html import note, text
from phonics_app.pages.components.item_labels import task_label
from phonics_app.pages.components.session import Session
from phonics_app.workflows.item_help import GRAPHEME_TASKS, example_prompts, transfer_names

PICTURE = N_("Picture of the word (emoji)")
_MANY_ANSWERS = READING_TASKS | {Task.WORD_MEANING}


def question(session: Session) -> None:
    """What is asked: task, word, level."""
    _ = session.translate
    st.selectbox(
        _("Task"),
        [task.value for task in Task],
        key=draft.field("task"),
        format_func=lambda code: task_label(_, Task(code)),
        on_change=partial(draft.follow_task, session),
        filter_mode=None,
    )
    left, right = st.columns([2, 1])
    title = _("Letters (one grapheme)") if draft.task() in GRAPHEME_TASKS else _("Word")
    left.text_input(title, key=draft.field("word"), on_change=partial(draft.follow_word, session), live=True)
    right.selectbox(
        _("Level"),
        [str(level.number) for level in session.phonics.content.bank.levels],
        key=draft.field("level"),
        format_func=lambda n: _("Level {n}").format(n=n),
        on_change=partial(draft.follow_level, session),
        filter_mode=None,
    )


def wording(session: Session) -> None:
    """What the teacher says, and the answers."""
    _ = session.translate
    task = draft.task()
    examples = example_prompts(session.phonics, session.actor, task, int(draft.value("level")))
    for name in ("prompt_th", "prompt_en"):
        example = _("Such as: {prompt}").format(prompt=examples[name]) if examples else None
        st.text_area(_(COLUMNS[name]), key=draft.field(name), height=80, placeholder=example)
    left, right = st.columns(2)
    if task not in draft.KEY_IS_WORD and task is not Task.CHOOSE_PICTURE:
        left.text_input(_("Right answer"), key=draft.field("key"), live=True)
    if task in _MANY_ANSWERS:
        right.text_input(_("Further right answers, separated by |"), key=draft.field("accepted"), live=True)
    if task in CHOICE_TASKS:
        _options(session, pictures=task is Task.CHOOSE_PICTURE)


def _options(session: Session, *, pictures: bool) -> None:
    _ = session.translate
    changed = partial(draft.follow_options, session)
    if pictures:
        st.text_input(_(PICTURE), key=draft.field("value_0"), on_change=changed, live=True)
    text(_("Wrong options: each one says which error it catches"))
    names = transfer_names(session.phonics)
    errors = ["", *(confusion.value for confusion in Confusion), *names]
    labels = {"": "–", **{confusion.value: _(name) for confusion, name in CONFUSIONS.items()}}
    labels |= {code: name.in_language(session.language) for code, name in names.items()}
    for number in draft.wrong_rows():
        columns = st.columns([1, 1, 2] if pictures else [1, 2], vertical_alignment="bottom")
        title = _("Wrong option {n}").format(n=number)
        columns[0].text_input(title, key=draft.field(f"value_{number}"), on_change=changed, live=True)
        if pictures:
            named = partial(draft.follow_name, session, number)
            columns[1].text_input(_("Its English name"), key=draft.field(f"name_{number}"), on_change=named, live=True)
        columns[-1].selectbox(
            _("Error that it catches"),
            errors,
            key=draft.field(f"error_{number}"),
            format_func=labels.__getitem__,
            on_change=changed,
            filter_mode=None,
        )


def filled_in(session: Session) -> None:
    """What the program has filled in; open to whoever knows better."""
    _ = session.translate
    with st.expander(_("Sounds, skills and difficulty (filled in)")):
        note(_("These follow from the word. Change them only where you know better."))
        for names in (("graphemes", "phonemes"), ("skills", "transfer"), ("difficulty", "standard_error", "guessing")):
            for column, name in zip(st.columns(len(names), vertical_alignment="bottom"), names, strict=True):
                column.text_input(_(COLUMNS[name]), key=draft.field(name), live=True)
