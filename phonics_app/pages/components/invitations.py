"""Inviting people, and the invitations that are open."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from phonics_app.domain.account import Grant
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.grants import choose_grants, grant_name, school_names
from phonics_app.pages.components.html import Cell, Column, lines, section, table
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.session import Session
from phonics_app.workflows.invitation_print import print_invitations
from phonics_app.workflows.invitations import (
    Invitation,
    Invitee,
    NewInvitation,
    invite,
    link_of,
    list_invitations,
    withdraw_invitation,
)
from phonics_app.workflows.permissions import Action, allows

_MADE = "invitations_made"


def invitations(session: Session) -> None:
    _ = session.translate
    with st.expander(_("Invite people, who make their accounts themselves")):
        _form(session)
    _just_made(session)
    found = _open(session)
    if not found:
        return
    section(_("Open invitations"))
    schools = school_names(session)
    columns = [Column(_("Name")), Column(_("Roles"), "wide"), Column(_("Good until"), "nowrap")]
    table(columns, [_cells(session, one, schools) for one in found])
    chosen = pick(_("Invitation"), found, found[0], lambda one: _named(session, one, schools), "invitation_chosen")
    if st.button(_("Withdraw this invitation"), key="withdraw_invitation"):
        act(
            session.language,
            lambda: withdraw_invitation(session.phonics, session.actor, chosen.id),
            _("The invitation was withdrawn."),
        )


def _named(session: Session, one: Invitation, schools: dict[str, str]) -> str:
    """Two people may have one name."""
    return " · ".join([one.display_name, *(grant_name(session, grant, schools) for grant in one.grants)])


def _open(session: Session) -> list[Invitation]:
    """All of them to an administrator, to a director those of the teachers of his school."""
    if allows(session.actor, Action.MANAGE_SITE):
        return list(list_invitations(session.phonics, session.actor))
    schools = [id for id in school_names(session) if allows(session.actor, Action.INVITE_TEACHERS, id)]
    return [one for id in schools for one in list_invitations(session.phonics, session.actor, id)]


def _cells(session: Session, one: Invitation, schools: dict[str, str]) -> list[Cell]:
    roles = lines(grant_name(session, grant, schools) for grant in one.grants)
    return [one.display_name, roles, day(one.expires_at, session.language)]


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
