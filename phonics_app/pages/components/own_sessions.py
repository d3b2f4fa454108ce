"""Where one is signed in: the list, and the buttons that end it."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.html import Cell, Column, badge, section, table
from phonics_app.pages.components.labels import moment
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.session import Session, session_token
from phonics_app.workflows.own_sessions import StoredSession, end_own_session, own_sessions


def show_sessions(session: Session) -> None:
    _ = session.translate
    section(_("Where I am signed in"))
    found = own_sessions(session.phonics, session_token())
    columns = [Column(_("Device")), Column(_("Network")), Column(_("Last used"), "nowrap"), Column("")]
    table(columns, [_cells(session, one) for one in found])
    others = [one for one in found if not one.this]
    if not others:
        return
    chosen = pick(_("Session"), others, others[0], lambda one: _name(session, one), "session_to_end")
    left, right = st.columns(2)
    if left.button(_("Sign out there"), key="end_session"):
        _end(session, chosen.id)
    if right.button(_("Sign out everywhere else"), key="end_sessions", type="primary"):
        _end(session, None)


def _cells(session: Session, one: StoredSession) -> list[Cell]:
    here = badge(session.translate("This device"), "good") if one.this else ""
    return [_device(session, one), one.address, moment(one.last_used, session.language), here]


def _device(session: Session, one: StoredSession) -> str:
    return one.device or session.translate("Unknown device")


def _name(session: Session, one: StoredSession) -> str:
    return f"{_device(session, one)} · {moment(one.last_used, session.language)}"


def _end(session: Session, session_id: str | None) -> None:
    _ = session.translate
    ended = _("Sessions ended: {n}")
    act(
        session.language,
        lambda: end_own_session(session.phonics, session_token(), session_id),
        lambda n: ended.format(n=n),
    )
