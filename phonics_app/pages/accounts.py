"""Accounts: who may sign in, and as what."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.account import Account, Role
from phonics_app.locales.labels import label
from phonics_app.pages.components.account_actions import change, create
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.grants import grant_name, school_names
from phonics_app.pages.components.html import Cell, Column, badge, lines, section, stacked, table
from phonics_app.pages.components.invitations import invitations
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import show_left_message
from phonics_app.pages.components.pager import pager, wanted_page
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.lists import AccountFilter, page_of_accounts
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
    schools = school_names(session)
    chosen = _chosen(session, schools)
    wanted = wanted_page("accounts", chosen)
    found = page_of_accounts(session.phonics, session.actor, chosen, wanted)
    columns = [Column(_("Name")), Column(_("Roles"), "wide"), Column(_("Last sign-in"), "nowrap"), Column(_("State"))]
    caption = _("{n} accounts").format(n=f"{found.total:,}")
    table(columns, [_cells(session, account, schools) for account in found.rows], caption, height=460)
    pager(session, "accounts", chosen, found)
    invitations(session)
    with st.expander(_("Create an account")):
        create(session)
    if found.rows:
        section(_("Change an account"))
        name = _("Account (of those in the list)") if found.pages > 1 else _("Account")
        account = choose("account", name, found.rows, lambda a: a.id, lambda a: f"{a.display_name} ({a.username})")
        change(session, account)


def _chosen(session: Session, schools: dict[str, str]) -> AccountFilter:
    _ = session.translate
    typed = st.text_input(_("Search by name or username"), key="account_search", live=True) or ""
    roles: dict[str, str] = {"": _("Every role"), **{role.value: label(_, role) for role in Role}}
    states = {"": _("Active and disabled"), "active": _("Active"), "disabled": _("Disabled")}
    first, second, third = st.columns(3)
    with first:
        role = choose("role", _("Role"), list(roles), str, roles.__getitem__)
    with second:
        names = {"": _("All schools"), **schools}
        school = choose("at", _("School"), list(names), str, names.__getitem__)
    with third:
        state = choose("state", _("State"), list(states), str, states.__getitem__)
    disabled = state == "disabled" if state else None
    return AccountFilter(typed.strip(), Role(role) if role else None, school or None, disabled)


def _cells(session: Session, account: Account, schools: dict[str, str]) -> list[Cell]:
    _ = session.translate
    roles = lines(grant_name(session, grant, schools) for grant in account.grants)
    state = badge(_("Disabled"), "warn") if account.disabled else badge(_("Active"), "good")
    name = stacked(account.display_name, account.username)
    return [name, roles, day(account.last_sign_in, session.language), state]


page(current())
