"""Making and changing accounts."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.account import Account
from phonics_app.domain.errors import Problem, ProblemsFound
from phonics_app.pages.components.grants import choose_grants
from phonics_app.pages.components.html import link, show
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.session import Session, session_token
from phonics_app.workflows import accounts
from phonics_app.workflows.own_sessions import end_sessions


def two_passwords(session: Session, key: str) -> tuple[str, str]:
    _ = session.translate
    first, second = st.columns(2)
    password = first.text_input(_("New password"), type="password", key=f"password_{key}")
    again = second.text_input(_("The same once more"), type="password", key=f"again_{key}")
    return password, again


def same(passwords: tuple[str, str]) -> str:
    """The password; `ProblemsFound` where the two differ."""
    if passwords[0] != passwords[1]:
        raise ProblemsFound([Problem("page.passwords_differ")])
    return passwords[0]


def save_own_password(session: Session, present: str, passwords: tuple[str, str]) -> None:
    """The session in which it is changed goes on."""
    me = session.actor.account_id
    act(
        session.language,
        lambda: accounts.set_password(
            session.phonics, session.actor, me, same(passwords), session_token(), present=present
        ),
        session.translate("The password was changed; other sessions of this account have ended."),
    )


def create(session: Session) -> None:
    _ = session.translate
    with st.form("create_account", enter_to_submit=False):
        first, second = st.columns(2)
        username = first.text_input(_("Username"), autocomplete="off")
        name = second.text_input(_("Name shown"))
        passwords = two_passwords(session, "new")
        grants = choose_grants(session, (), "grants_new")
        sent = st.form_submit_button(_("Create account"), type="primary")
    if sent:
        names = username.strip(), name.strip()
        act(
            session.language,
            lambda: accounts.create_account(session.phonics, session.actor, *names, same(passwords), grants),
            _("Account created: {name}").format(name=username),
        )


def change(session: Session, account: Account) -> None:
    _change_roles(session, account)
    _reset_password(session, account)
    _end_sessions(session, account)
    _disable(session, account)


def _change_roles(session: Session, account: Account) -> None:
    _ = session.translate
    with st.form(f"roles_{account.id}"):
        grants = choose_grants(session, account.grants, f"grants_{account.id}")
        if st.form_submit_button(_("Save roles")):
            act(
                session.language,
                lambda: accounts.change_grants(session.phonics, session.actor, account.id, grants),
                _("Roles saved: {name}").format(name=account.display_name),
            )


def _reset_password(session: Session, account: Account) -> None:
    _ = session.translate
    if account.id == session.actor.account_id:
        show(link(_("Change my password"), "/my-account", "secondary"))
        return
    with st.form(f"password_{account.id}", clear_on_submit=True, enter_to_submit=False):
        passwords = two_passwords(session, account.id)
        if st.form_submit_button(_("Set new password")):
            act(
                session.language,
                lambda: accounts.set_password(session.phonics, session.actor, account.id, same(passwords)),
                _("The password was changed; other sessions of this account have ended."),
            )


def _end_sessions(session: Session, account: Account) -> None:
    _ = session.translate
    if st.button(_("End all sessions of this account"), key=f"sessions_{account.id}"):
        ended = _("Sessions ended: {n}")
        act(
            session.language,
            lambda: end_sessions(session.phonics, session.actor, account.id),
            lambda n: ended.format(n=n),
        )


def _disable(session: Session, account: Account) -> None:
    _ = session.translate
    label = _("Enable this account again") if account.disabled else _("Disable this account")
    if st.button(label, key=f"disable_{account.id}"):
        done = _("{name} may sign in again.") if account.disabled else _("{name} may no longer sign in.")
        act(
            session.language,
            lambda: accounts.set_disabled(session.phonics, session.actor, account.id, not account.disabled),
            done.format(name=account.display_name),
        )
