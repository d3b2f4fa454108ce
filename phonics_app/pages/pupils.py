"""Pupils by hand: search, add, correct, move, archive — with undo."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.school import Pupil, School
from phonics_app.locales import N_
from phonics_app.pages.components.choose import choose_school, pick
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Cell, Column, badge, link, link_row, table
from phonics_app.pages.components.messages import no_pupils, show_left_message
from phonics_app.pages.components.pager import pager, wanted_page
from phonics_app.pages.components.pupil_actions import edit_pupil, new_pupil, undo_button
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.labels import class_label
from phonics_app.workflows.lists import PupilFilter, PupilOrder, page_of_pupils
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.roster import get_pupil
from phonics_app.workflows.schools import list_schools

ORDERS = {PupilOrder.CLASS: N_("By class and number"), PupilOrder.NAME: N_("By name")}


def page(session: Session) -> None:
    _ = session.translate
    header(_("Pupils"), _("Academic year {year}").format(year=session.round.year))
    show_left_message()
    undo_button(session)
    schools = [s for s in list_schools(session.phonics, session.actor) if session.may(Action.EDIT_ROSTER, s.id)]
    school = choose_school(session, schools)
    if school is None:
        return
    pupil_id = st.query_params.get("pupil")
    if pupil_id == "new":
        link_row(link(_("Back to the list"), f"/pupils?school={school.id}", "quiet"))
        new_pupil(session, school)
    elif pupil_id:
        link_row(link(_("Back to the list"), f"/pupils?school={school.id}", "quiet"))
        edit_pupil(session, school, get_pupil(session.phonics, session.actor, pupil_id))
    else:
        search(session, school)


def search(session: Session, school: School) -> None:
    _ = session.translate
    left, right = st.columns([2, 1])
    with left:
        typed = st.text_input(_("Search by name or pupil number"), key="pupil_search", live=True) or ""
    with right:
        order = pick(_("Order"), list(ORDERS), PupilOrder.CLASS, lambda o: _(ORDERS[o]), "pupil_order")
    archived = st.toggle(_("Show archived pupils too"), key="pupil_archived")
    link_row(link(_("Add a pupil"), f"/pupils?school={school.id}&pupil=new", "primary"))
    chosen = PupilFilter(search=typed.strip(), archived=archived, order=order)
    filters = (school.id, chosen)
    wanted = wanted_page("pupils", filters)
    found = page_of_pupils(session.phonics, session.actor, school.id, session.round.year, chosen, wanted)
    if not found.rows and not typed:
        no_pupils(session, school)
        return
    columns = [Column(_("Number"), "nowrap"), Column(_("Name")), Column(_("Class")), Column("", "actions")]
    caption = _("{n} pupils").format(n=found.total)
    table(columns, [_cells(session, pupil) for pupil in found.rows], caption)
    pager(session, "pupils", filters, found)


def _cells(session: Session, pupil: Pupil) -> list[Cell]:
    _ = session.translate
    where: Cell = class_label(pupil.grade, pupil.room, session.language)
    edit = link(_("Edit"), f"/pupils?school={pupil.school_id}&pupil={pupil.id}", "secondary")
    actions = link(_("History"), f"/history?pupil={pupil.id}", "quiet") + edit
    if session.may(Action.GIVE_OWN_DATA, pupil.school_id):
        actions = link(_("Data"), f"/pupil-data?pupil={pupil.id}", "quiet") + actions
    return [pupil.number, pupil.name, badge(_("Archived"), "wait") if pupil.archived else where, actions]


page(current())
