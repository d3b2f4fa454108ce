"""Accounts: who may sign in, and as what."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.account import Account
from phonics_app.pages.components.account_actions import change, create
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.grants import grant_name, school_names
from phonics_app.pages.components.html import Cell, Column, badge, lines, section, stacked, table
from phonics_app.pages.components.invitations import invitations
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.accounts import list_accounts
from phonics_app.workflows.permissions import Action, allows


def page(session: Session) -> None:
    _ = session.translate
    if allows(session.actor, Action.MANAGE_SITE):
        _administration(session)
        return
    header(_("Accounts"), _("Invite teachers to your school"))
    show_left_message()
    invitations(session)


def _administration(session: Session) -> None:
    _ = session.translate
    header(_("Accounts"), _("Who may sign in, and as what"))
    show_left_message()
    found = list_accounts(session.phonics, session.actor)
    schools = school_names(session)
    columns = [Column(_("Name")), Column(_("Roles"), "wide"), Column(_("Last sign-in"), "nowrap"), Column(_("State"))]
    table(columns, [_cells(session, account, schools) for account in found], height=460)
    invitations(session)
    with st.expander(_("Create an account")):
        create(session)
    section(_("Change an account"))
    account = choose("account", _("Account"), found, lambda a: a.id, lambda a: f"{a.display_name} ({a.username})")
    change(session, account)


def _cells(session: Session, account: Account, schools: dict[str, str]) -> list[Cell]:
    _ = session.translate
    roles = lines(grant_name(session, grant, schools) for grant in account.grants)
    state = badge(_("Disabled"), "warn") if account.disabled else badge(_("Active"), "good")
    name = stacked(account.display_name, account.username)
    return [name, roles, day(account.last_sign_in, session.language), state]


page(current())
