"""Pupils who change schools: asked for by the new school, released or refused by the old one."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import School
from phonics_app.pages.components.choose import choose_school, pick
from phonics_app.pages.components.day_picker import pick_day
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Cell, Column, badge, note, section, table
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import act, empty_state, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.history_wording import day_label
from phonics_app.reports.labels import class_label
from phonics_app.reports.transfer_wording import state_label
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.schools import list_schools
from phonics_app.workflows.transfers import (
    Transfer,
    TransferDraft,
    TransferState,
    ask_for_pupil,
    decide_transfer,
    list_transfers,
    withdraw_transfer,
)

TONES = {
    TransferState.OPEN: "wait",
    TransferState.RELEASED: "good",
    TransferState.REFUSED: "warn",
    TransferState.WITHDRAWN: "neutral",
}


def page(session: Session) -> None:
    _ = session.translate
    header(_("Pupils who change schools"), _("The new school asks, the old one releases; the history goes along"))
    show_left_message()
    schools = list_schools(session.phonics, session.actor)
    school = choose_school(session, [s for s in schools if session.may(Action.TRANSFER_PUPILS, s.id)])
    if school is None:
        return
    found = list_transfers(session.phonics, session.actor, school.id)
    to_decide(session, school, [t for t in found if t.from_school_id == school.id and t.state is TransferState.OPEN])
    own = [t for t in found if t.to_school_id == school.id and t.state is TransferState.OPEN]
    asked(session, school, own)
    ask(session, school)
    over(session, school, [t for t in found if t.state is not TransferState.OPEN])


def to_decide(session: Session, school: School, found: list[Transfer]) -> None:
    """Pupils of this school whom another one asks for."""
    _ = session.translate
    section(_("Another school asks for these pupils"))
    if not found:
        empty_state(_("Nobody is asked for"), _("Requests of other schools for your pupils stand here."))
    for one in found:
        asking = _other(session, one)
        asker = _("Asked for by {school}").format(school=asking)
        note(f"{_told(session, one)} · {asker}", "warn")
        reason = st.text_input(_("Reason, if you refuse"), key=f"reason_{one.id}")
        # Wider than a column: name and school together are long.
        sure = st.checkbox(_("Yes, {name} goes to {school}").format(name=one.name, school=asking), key=f"sure_{one.id}")
        with st.container(horizontal=True):
            released = st.button(_("Release"), key=f"release_{one.id}", type="primary", disabled=not sure)
            refused = st.button(_("Refuse"), key=f"refuse_{one.id}")
        if released:
            _decide(session, school, one, True, "", _("{name} was released; the history went along."))
        if refused:
            _decide(session, school, one, False, reason, _("The request for {name} was refused."))


def _told(session: Session, one: Transfer) -> str:
    _ = session.translate
    told = _("{name}, number {number}: asked for on {day}; at the new school from {start} on")
    start = day_label(_, one.starts_on, "", session.language)
    return told.format(name=one.name, number=one.number, day=day(one.asked_at, session.language), start=start)


def _other(session: Session, one: Transfer) -> str:
    return one.other_school.in_language(session.language) if one.other_school else ""


def _decide(session: Session, school: School, one: Transfer, release: bool, reason: str, done: str) -> None:
    act(
        session.language,
        lambda: decide_transfer(session.phonics, session.actor, school.id, one.id, release, reason),
        done.format(name=one.name),
    )


def asked(session: Session, school: School, found: list[Transfer]) -> None:
    _ = session.translate
    section(_("Asked for by this school"))
    for one in found:
        note(_told(session, one))
        if st.button(_("Withdraw the request"), key=f"withdraw_{one.id}"):
            _withdraw(session, school, one)


def _withdraw(session: Session, school: School, one: Transfer) -> None:
    done = session.translate("The request for {name} was withdrawn.").format(name=one.name)
    act(session.language, lambda: withdraw_transfer(session.phonics, session.actor, school.id, one.id), done)


def ask(session: Session, school: School) -> None:
    _ = session.translate
    with st.expander(_("Ask for a pupil who has come from another school"), expanded=True):
        note(_("Number, first and last name have to be those that the old school has: nothing else is told of it."))
        starts = pick_day(session, _("At this school since"), session.today, "transfer_day") or session.today
        with st.form("ask_transfer", border=False, enter_to_submit=False):
            columns = st.columns([1, 2, 2])
            number = columns[0].text_input(_("Number there"))
            first = columns[1].text_input(_("First name"))
            last = columns[2].text_input(_("Last name"))
            columns = st.columns([1.3, 1, 1.6])
            with columns[0]:
                grade = _grade(session, school)
            room = columns[1].text_input(_("Room"))
            new = columns[2].text_input(_("Number here"))
            sent = st.form_submit_button(_("Ask for the pupil"), type="primary")
    if sent and grade is None:
        note(_("Choose the grade in which the pupil is here."), "warn")
    elif sent and grade is not None:
        draft = TransferDraft(number, first, last, grade, room, new, starts)
        done = _("The other school has been asked for {name}.")
        act(
            session.language,
            lambda: ask_for_pupil(session.phonics, session.actor, school.id, draft),
            lambda one: done.format(name=one.name),
        )


def _grade(session: Session, school: School) -> Grade | None:
    """None until it is chosen: nobody is put into the lowest grade because it stood there first."""
    grades = {
        grade.value: grade.label(session.language) for grade in Grade if grade.order <= school.highest_grade.order
    }
    label, key = session.translate("Grade"), "transfer_grade"
    chosen = pick(label, ["", *grades], "", lambda code: grades.get(code, "–"), key)
    return Grade(chosen) if chosen else None


def over(session: Session, school: School, found: list[Transfer]) -> None:
    _ = session.translate
    if not found:
        return
    section(_("Decided or withdrawn"))
    columns = [Column(_("Name")), Column(_("Class"), "nowrap"), Column(_("Direction")), Column(_("State"))]
    table([*columns, Column(_("Reason"), "wide")], [_cells(session, school, one) for one in found], height=460)


def _cells(session: Session, school: School, one: Transfer) -> list[Cell]:
    _ = session.translate
    comes = one.to_school_id == school.id
    return [
        f"{one.name} ({one.number})",
        class_label(one.grade, one.room, session.language),
        " ".join(filter(None, (_("comes") if comes else _("goes"), _other(session, one)))),
        badge(state_label(_, one.state), TONES[one.state]),
        one.reason or "–",
    ]


page(current())
