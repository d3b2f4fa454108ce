"""Errors, problems and empty states, in the session's language."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import compress
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from phonics_app.domain.errors import PhonicsError, Problem, ProblemsFound
from phonics_app.domain.school import School
from phonics_app.locales import N_, translator
from phonics_app.locales.messages import expected_text, render
from phonics_app.pages.components.html import Cell, Column, badge, link, note, show, table
from phonics_app.pages.components.session import Session
from phonics_app.workflows.classes import list_classes
from phonics_app.workflows.permissions import Action

FAILED = N_("This page could not be shown. What happened stands in the server's log; nothing that was saved is lost.")
T = TypeVar("T")
_log = logging.getLogger(__name__)


@contextmanager
def error_boundary(language: str) -> Iterator[None]:
    """Turns an error that a user may meet into its message; a defect goes into the log, with a word to the user."""
    try:
        yield
    except ProblemsFound as error:
        show_problems(error.problems, language)
    except PhonicsError as error:
        note(render(error, language), "bad")
    except Exception:
        _log.exception("a page failed")
        note(translator(language)(FAILED), "bad")


def show_problems(problems: Sequence[Problem], language: str) -> None:
    """All problems in one table: place, value, what was expected, what is wrong."""
    _ = translator(language)
    if not any(p.place.sheet or p.place.row or p.place.column for p in problems):
        for problem in problems:
            note(render(problem, language), "warn" if problem.warning else "bad")
        return
    sheets = {place.sheet or place.file: None for place in (p.place for p in problems)}
    several = len(sheets) > 1
    # A form has neither rows nor sheets, and an empty field no value: no empty columns then.
    kept = [several, any(p.place.row for p in problems), True, any(p.value for p in problems), True]
    where = _("Column") if any(sheets) or kept[1] else _("Field")
    columns = [Column(_("Sheet")), Column(_("Row"), "number"), Column(where), Column(_("Value"))]
    columns.append(Column(_("What is wrong, and what was expected"), "wide"))
    caption = "" if several else next(iter(sheets))
    order = list(sheets)
    in_file = sorted(problems, key=lambda p: (order.index(p.place.sheet or p.place.file), p.place.row or 0))
    rows = [list(compress(_cells(p, language), kept)) for p in in_file]
    table(list(compress(columns, kept)), rows, caption, height=520)


def _cells(problem: Problem, language: str) -> list[Cell]:
    _ = translator(language)
    place = problem.place
    row = "" if place.row is None else str(place.row)
    column = _(place.column) if place.column else ""
    what = render(Problem(problem.code, value=problem.value, expected=problem.expected), language)
    expected = expected_text(problem, language)
    if expected not in what:
        what = f"{what} ({expected})"
    tone = badge(_("Warning"), "wait") if problem.warning else badge(_("Error"), "warn")
    return [place.sheet or place.file, row, column, problem.value, Markup("{} {}").format(tone, what)]


def empty_state(title: str, advice: str, action: Markup | None = None) -> None:
    """Nothing here yet: what this page will show, and what to do first."""
    button = action if action is not None else Markup("")
    show(
        Markup('<div class="pn-empty"><div class="pn-empty-title">{}</div><p>{}</p>{}</div>').format(
            title, advice, button
        )
    )


def no_pupils(session: Session, school: School | None) -> None:
    """The first thing to do at a school without pupils, or whom to ask for it."""
    _ = session.translate
    if school is not None and list_classes(session.phonics, session.actor, school.id, session.round.year - 1):
        _not_turned(session, school)
        return
    title, school_id = _("No pupils in this academic year yet"), school.id if school else None
    if session.may(Action.EDIT_ROSTER, school_id, whole_school=True):
        advice = _("Import the class list first: an Excel or CSV file from DMC, or any table with names and classes.")
        empty_state(title, advice, link(_("Import class list"), f"/roster?school={school_id or ''}", "primary"))
        return
    advice = _("A teacher of the whole school or the administrator imports the class list. Ask one of them to do so.")
    invites = session.may(Action.INVITE_TEACHERS, school_id)
    empty_state(title, advice, link(_("Invite teachers"), "/accounts", "primary") if invites else None)


def _not_turned(session: Session, school: School) -> None:
    """A new year has begun: last year's classes are taken along, not entered once more."""
    _ = session.translate
    title = _("The classes of the school are not in the academic year {year} yet").format(year=session.round.year)
    if not session.may(Action.EDIT_ROSTER, school.id, whole_school=True):
        empty_state(title, _("A teacher of the whole school or the administrator takes them along by the year turn."))
        return
    advice = _("Take last year's classes along by the year turn; newcomers come with the class list after that.")
    empty_state(title, advice, link(_("Year turn"), f"/year-turn?school={school.id}", "primary"))


def leave_message(text: str) -> None:
    """A message to be shown once, after the rerun that follows an action."""
    st.session_state["message_once"] = text


def act(language: str, action: Callable[[], T], done: Callable[[T], str] | str) -> None:
    """Runs an action of the user. If it works, says `done` on the page drawn anew; if not, says here what is wrong."""
    with error_boundary(language):
        result = action()
        leave_message(done if isinstance(done, str) else done(result))
        st.rerun()


def show_left_message() -> bool:
    """Shows the message left before the rerun, if any; says whether there was one."""
    text = st.session_state.pop("message_once", "")
    if text:
        note(text, "good")
    return bool(text)
