"""Inviting people, and the invitations that are open."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from phonics_app.domain.account import Grant
from phonics_app.pages.components.choose import choose_school, pick
from phonics_app.pages.components.grants import choose_grants, grant_name, school_names
from phonics_app.pages.components.html import Cell, Column, badge, lines, section, stacked, table
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.pager import pager, wanted_page
from phonics_app.pages.components.session import Session
from phonics_app.workflows.invitation_print import print_invitations
from phonics_app.workflows.invitations import (
    Invitation,
    Invitee,
    NewInvitation,
    invite,
    link_of,
    page_of_invitations,
    withdraw_invitation,
)
from phonics_app.workflows.permissions import Action, allows
from phonics_app.workflows.schools import list_schools

_MADE = "invitations_made"


def invitations(session: Session) -> None:
    _ = session.translate
    with st.expander(_("Invite people, who make their accounts themselves")):
        _form(session)
    _just_made(session)
    _open(session)


def _open(session: Session) -> None:
    """All of them to an administrator, to a director those of the teachers of a school of his."""
    _ = session.translate
    school_id = None
    if not allows(session.actor, Action.MANAGE_SITE):
        own = [s for s in list_schools(session.phonics, session.actor) if session.may(Action.INVITE_TEACHERS, s.id)]
        school = choose_school(session, own)
        school_id = school.id if school else ""
    typed = (st.session_state.get("invitation_search") or "").strip()
    filters = (school_id, typed)
    wanted = wanted_page("invitations", filters)
    found = page_of_invitations(session.phonics, session.actor, school_id, typed, wanted)
    if not found.total and not typed:
        return
    section(_("Open invitations"))
    if typed or found.pages > 1:
        st.text_input(_("Search by name"), key="invitation_search", live=True)
    schools = school_names(session)
    columns = [Column(_("Name")), Column(_("Roles"), "wide"), Column(_("Good until"), "wraps")]
    table(columns, [_cells(session, one, schools) for one in found.rows])
    pager(session, "invitations", filters, found)
    if found.rows:
        _withdraw(session, found.rows)


def _withdraw(session: Session, found: Sequence[Invitation]) -> None:
    _ = session.translate
    schools = school_names(session)
    # Two people may have one name.
    chosen = pick(_("Invitation"), found, found[0], lambda one: _named(session, one, schools), "invitation_chosen")
    if st.button(_("Withdraw this invitation"), key="withdraw_invitation"):
        act(
            session.language,
            lambda: withdraw_invitation(session.phonics, session.actor, chosen.id),
            _("The invitation was withdrawn."),
        )


def _named(session: Session, one: Invitation, schools: dict[str, str]) -> str:
    return " · ".join([one.display_name, *(grant_name(session, grant, schools) for grant in one.grants)])


def _cells(session: Session, one: Invitation, schools: dict[str, str]) -> list[Cell]:
    roles = lines(grant_name(session, grant, schools) for grant in one.grants)
    return [one.display_name, roles, _good_until(session, one)]


def _good_until(session: Session, one: Invitation) -> Cell:
    _ = session.translate
    if not one.void_by:
        return day(one.expires_at, session.language)
    reason = _("{name}, who gave it, may not do so any more. Withdraw it and make another.").format(name=one.void_by)
    return stacked(badge(_("Void"), "warn"), reason)


def _form(session: Session) -> None:
    _ = session.translate
    with st.form("invite", enter_to_submit=False):
        names = st.text_area(_("Names, one a line; all get the same roles"), key="invited_names")
        grants = choose_grants(session, (), "grants_invited")
        sent = st.form_submit_button(_("Make invitations"), type="primary")
    if sent:
        made = _("Invitations made: {n}")
        act(session.language, lambda: _make(session, names, grants), lambda n: made.format(n=n))


def _make(session: Session, names: str, grants: tuple[Grant, ...]) -> int:
    people = [Invitee(name, "", grants) for name in names.splitlines() if name.strip()]
    made = invite(session.phonics, session.actor, people)
    st.session_state[_MADE] = made
    return len(made)


def _just_made(session: Session) -> None:
    """Codes are shown until the page is left: the site keeps none."""
    _ = session.translate
    made: tuple[NewInvitation, ...] = st.session_state.get(_MADE, ())
    if not made:
        return
    parts = urlsplit(st.context.url or "")
    address = f"{parts.scheme}://{parts.netloc}"
    section(_("Invitations just made"))
    st.caption(_("Codes and links are shown here only once. Print the cards, or send each person the link."))
    table(
        [Column(_("Name")), Column(_("Invitation code"), "nowrap"), Column(_("Link"), "address")],
        [[new.invitation.display_name, new.code, link_of(address, new.code)] for new in made],
    )
    st.download_button(
        _("Cards to print (PDF)"),
        data=print_invitations(session.phonics, session.actor, made, address, session.language),
        file_name="invitations.pdf",
        mime="application/pdf",
        key="invitation_cards",
        on_click="ignore",
    )
