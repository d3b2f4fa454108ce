"""The item that is being written: kept in the session, a text for each field of the form."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.bank import Item, Option
from phonics_app.domain.strand import CHOICE_TASKS, READING_TASKS, TASK_STRAND, Task
from phonics_app.pages.components import kept_drafts
from phonics_app.pages.components.session import Session
from phonics_app.workflows.item_bank import word_asked
from phonics_app.workflows.item_help import cells_of, find_picture, options_cell, suggest_item

TYPED = (
    "prompt_th",
    "prompt_en",
    "key",
    "accepted",
    "graphemes",
    "phonemes",
    "skills",
    "transfer",
    "difficulty",
    "standard_error",
    "difficulty_source",
    "guessing",
)
"""Columns that are texts of their own in the session."""
KEY_IS_WORD = frozenset({Task.READ_WORD, Task.SPELL_WORD, Task.CHOOSE_SPELLING, Task.CHOOSE_GRAPHEME})
_HAS_WORD = READING_TASKS | CHOICE_TASKS | {Task.SPELL_WORD, Task.BLENDING}
"""Of other tasks the word stands only in the prompt; typed again, it fills in the sounds."""
_FOLLOW_LEVEL = ("skills", "transfer", "difficulty", "standard_error", "difficulty_source")
_FOLLOW_OPTIONS = ("guessing", "transfer")
_FIRST_TASK = Task.READ_PSEUDO_WORD
_FEWEST_ROWS = 4


def field(name: str) -> str:
    """The session's key of a field."""
    return f"item_{name}"


def value(name: str) -> str:
    return str(st.session_state.get(field(name), "")).strip()


def put(name: str, text: object) -> None:
    st.session_state[field(name)] = text


def task() -> Task:
    return Task(value("task"))


def wrong_rows() -> range:
    """Numbers of the rows of wrong options; the right one is row 0."""
    return range(1, int(value("rows") or _FEWEST_ROWS))


def begin(session: Session, source: str, item: Item | None, seen: str = "") -> None:
    """Fills the form from what was being written, else from `item`: once for each `source`, so that it stays.

    `seen`: the last change of the item that the person sees now.
    """
    if value("source") == source:
        return
    _empty()
    if kept := kept_drafts.find(session, source):
        st.session_state.update(kept)
        return
    put("source", source)
    put("seen", seen)
    _fill(session, item)
    put("at_first", cells())


def changed() -> bool:
    """Whether anything has been written since the form was filled."""
    return cells() != st.session_state.get(field("at_first"))


def keep(session: Session) -> None:
    """Lets the draft outlive this page: a tablet that reloads it, or another language, loses nothing."""
    kept_drafts.keep(session, value("source"), _fields() if changed() else {})


def _fields() -> dict[str, object]:
    return {str(name): kept for name, kept in st.session_state.items() if str(name).startswith(field(""))}


def _fill(session: Session, item: Item | None) -> None:
    put("task", (item.task if item else _FIRST_TASK).value)
    put("level", str(item.level if item else session.phonics.content.bank.levels[0].number))
    put("word", word_asked(item) if item and item.task in _HAS_WORD else "")
    cells = cells_of(item) if item else {}
    for name in TYPED:
        put(name, cells.get(name, ""))
    _begin_options(item)


def forget(session: Session) -> None:
    """Puts the draft away; the form is filled anew."""
    kept_drafts.keep(session, value("source"), {})
    _empty()


def _empty() -> None:
    for name in _fields():
        del st.session_state[name]


def _begin_options(item: Item | None) -> None:
    options = item.options if item else ()
    right = [option for option in options if item and option.value == item.key]
    rows = [*(right or [Option("")]), *(option for option in options if option not in right)]
    put("place", options.index(right[0]) if right else "")
    put("rows", max(_FEWEST_ROWS, len(rows)))
    for number, option in enumerate(rows):
        put(f"value_{number}", option.value)
        put(f"name_{number}", option.name)
        put(f"error_{number}", option.error)


def cells() -> dict[str, str]:
    """All that the form says, by column."""
    chosen, word = task(), value("word")
    written = {name: value(name) for name in TYPED}
    if chosen in KEY_IS_WORD:
        written["key"] = word
    elif chosen is Task.CHOOSE_PICTURE:
        written["key"] = value("value_0")
    return written | {
        "task": chosen.value,
        "strand": TASK_STRAND[chosen].value,
        "level": value("level"),
        "stimulus": word if chosen in READING_TASKS else "",
        "options": _options(chosen, word),
    }


def _options(chosen: Task, word: str) -> str:
    if chosen not in CHOICE_TASKS:
        return ""
    pictures = chosen is Task.CHOOSE_PICTURE
    right = Option(value("value_0"), word) if pictures else Option(word)
    wrong = [
        Option(value(f"value_{n}"), value(f"name_{n}") if pictures else "", value(f"error_{n}")) for n in wrong_rows()
    ]
    place = value("place")
    return options_cell(right, wrong, int(place) if place else None)


def follow_word(session: Session) -> None:
    """Fills in all that follows from the word; prompts only where nobody has written any."""
    suggested = suggest_item(session.phonics, session.actor, task(), value("word"), None, cells()["options"])
    prompts = {name: suggested.pop(name, "") for name in ("prompt_th", "prompt_en")}
    if task() not in KEY_IS_WORD and "key" not in suggested:
        suggested["key"] = value("key")
    for name, text in suggested.items():
        if name in (*TYPED, "level"):
            put(name, text)
    for name, text in prompts.items():
        _follow_unless_typed(name, text)
    if task() is Task.CHOOSE_PICTURE:
        _follow_unless_typed("value_0", find_picture(session.phonics, session.actor, value("word")))


def follow_name(session: Session, number: int) -> None:
    """The picture of a wrong option, by its name."""
    _follow_unless_typed(f"value_{number}", find_picture(session.phonics, session.actor, value(f"name_{number}")))
    follow_options(session)


def _follow_unless_typed(name: str, text: str) -> None:
    if value(name) in ("", value(f"filled_{name}")):
        put(name, text)
        put(f"filled_{name}", text)


def follow_task(session: Session) -> None:
    """Another task asks otherwise: answers of the last one are put away."""
    put("key", "")
    put("accepted", "")
    follow_word(session)


def follow_level(session: Session) -> None:
    _follow(session, _FOLLOW_LEVEL)


def follow_options(session: Session) -> None:
    _follow(session, _FOLLOW_OPTIONS)


def _follow(session: Session, names: tuple[str, ...]) -> None:
    level = int(value("level"))
    suggested = suggest_item(session.phonics, session.actor, task(), value("word"), level, cells()["options"])
    for name in names:
        if name in suggested:
            put(name, suggested[name])
