"""Import of a class list: choose the file, check the columns, see what would change, confirm."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.school import School
from phonics_app.pages.components.choose import choose_school, remembered
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row, note
from phonics_app.pages.components.messages import act, show_left_message, show_problems
from phonics_app.pages.components.roster_mapper import map_columns
from phonics_app.pages.components.roster_preview import choose_leavers, show_preview
from phonics_app.pages.components.roster_work import bar_of, put_away, uploaded_roster
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.roster import RosterPreview, commit_roster, preview_roster
from phonics_app.workflows.schools import list_schools

_SHOWN = "roster_shown"
MANY_ROWS = 2000
"""From so many rows on a person waits long enough to be told how far it is."""


def page(session: Session) -> None:
    _ = session.translate
    header(_("Import class list"), _("Academic year {year}").format(year=session.round.year))
    if show_left_message():
        # The address names the school: another page begins a session of its own.
        link_row(link(_("Open class"), f"/class?school={remembered('school')}", "primary"))
    schools = [s for s in list_schools(session.phonics, session.actor) if _may_import(session, s)]
    school = choose_school(session, schools)
    if school is None:
        return
    note(_("Nothing is stored before you confirm. Importing the same file again changes nothing."))
    work = uploaded_roster(session, school.id)
    if work is None:
        return
    mapping, twice = map_columns(session, work)
    if twice:
        show_problems(twice, session.language)
        return
    with bar_of(session, len(work.sheet.rows) > MANY_ROWS) as tell:
        there = (school.id, session.round.year)
        preview = preview_roster(session.phonics, session.actor, *there, work.sheet, mapping, tell)
    show_preview(session, preview)
    confirm(session, preview, choose_leavers(session, preview))
    # What is saved is what was shown: with the next tap the store may hold something else.
    st.session_state[_SHOWN] = preview.digest


def confirm(session: Session, preview: RosterPreview, left: list[str]) -> None:
    _ = session.translate
    with st.container(horizontal=True):
        if st.button(_("Save the class list"), type="primary", disabled=not preview.ready):
            done = _("Saved. Pupils added or changed: {n}")
            act(session.language, lambda: save(session, preview, left), lambda count: done.format(n=count))
        if st.button(_("Do not import")):
            put_away()
            st.rerun()


def save(session: Session, preview: RosterPreview, left: list[str]) -> int:
    count = commit_roster(session.phonics, session.actor, preview, left, st.session_state.get(_SHOWN))
    put_away()
    return count


def _may_import(session: Session, school: School) -> bool:
    return session.may(Action.EDIT_ROSTER, school.id, whole_school=True)


page(current())
