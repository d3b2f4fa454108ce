"""All tests given at a school in an academic year, newest first, page by page."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.calendar import Round
from phonics_app.domain.school import School
from phonics_app.pages.components.choose import choose_school, pick
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.history import STATES
from phonics_app.pages.components.html import Cell, Column, badge, link, stacked, table
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.pager import pager, wanted_page
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.labels import class_label
from phonics_app.workflows.classes import list_classes
from phonics_app.workflows.lists import AttemptFilter, AttemptRow, page_of_attempts
from phonics_app.workflows.permissions import Action

YEARS_BACK = 5


def page(session: Session) -> None:
    _ = session.translate
    header(_("All tests given"), _("Every test of a school, with its pupil, newest first"))
    school = choose_school(session)
    if school is None:
        return
    years = [session.round.year - back for back in range(YEARS_BACK + 1)]
    year, chosen = filters(session, school, years)
    asked = (school.id, year, chosen)
    found = page_of_attempts(session.phonics, session.actor, school.id, year, chosen, wanted_page("tests", asked))
    if not found.rows:
        empty_state(_("No tests here"), _("No test of this academic year is as you chose above."))
        return
    columns = [Column(_("Day"), "nowrap"), Column(_("Name")), Column(_("Class")), Column(_("State"))]
    columns += [Column(_("Level proposed"), "middle"), Column("", "actions")]
    tests = session.may(Action.GIVE_TESTS, school.id)
    table(columns, [_cells(session, row, tests) for row in found.rows], _("{n} tests").format(n=found.total))
    pager(session, "tests", asked, found)


def filters(session: Session, school: School, years: list[int]) -> tuple[int, AttemptFilter]:
    _ = session.translate
    columns = st.columns(3)
    with columns[0]:
        year = pick(_("Academic year"), years, years[0], str, "tests_year")
    classes = [None, *list_classes(session.phonics, session.actor, school.id, year)]
    with columns[1]:
        where = pick(
            _("Class"),
            classes,
            None,
            lambda c: _("All classes") if c is None else class_label(*c, session.language),
            f"tests_class_{school.id}_{year}",
        )
    with columns[2]:
        states = [None, *AttemptStatus]
        status = pick(_("State"), states, None, lambda s: _("All") if s is None else _(STATES[s][0]), "tests_state")
    left, right = st.columns([2, 1])
    search = left.text_input(_("Search by name or pupil number"), key="tests_search", live=True) or ""
    with right:
        terms = [None, 1, 2]
        term = pick(_("Term"), terms, None, lambda t: _("All") if t is None else str(t), "tests_term")
    grade, room = where if where is not None else (None, None)
    return year, AttemptFilter(grade, room, search.strip(), status, *days_of(year, term))


def days_of(year: int, term: int | None) -> tuple[date | None, date | None]:
    """First and last day of a term; the filter has the year already."""
    second = Round(year, 2).starts
    if term is None:
        return None, None
    return (second, None) if term == 2 else (None, second - timedelta(days=1))


def _cells(session: Session, row: AttemptRow, tests: bool) -> list[Cell]:
    _ = session.translate
    label, tone = STATES[row.status]
    action: Cell = ""
    if row.status is not AttemptStatus.OPEN:
        action = link(_("See result"), f"/result?attempt={row.attempt_id}", "secondary")
    elif tests and not row.self_run:
        action = link(_("Resume"), f"/play/{row.attempt_id}", "secondary")
    return [
        day(row.created_at, session.language),
        stacked(link(row.pupil.name, f"/history?pupil={row.pupil.id}"), row.pupil.number),
        class_label(row.pupil.grade, row.pupil.room, session.language),
        badge(_(label), tone),
        "–" if row.proposed_level is None else str(row.proposed_level),
        action,
    ]


page(current())
