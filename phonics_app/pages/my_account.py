"""One's own account: who I am here, and a new password."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.account_actions import save_own_password, two_passwords
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.grants import grant_name, school_names
from phonics_app.pages.components.html import Column, section, table
from phonics_app.pages.components.messages import show_left_message
from phonics_app.pages.components.own_sessions import show_sessions
from phonics_app.pages.components.session import Session, current


def page(session: Session) -> None:
    _ = session.translate
    header(_("My account"), session.actor.display_name)
    show_left_message()
    schools = school_names(session)
    table([Column(_("Roles"))], [[grant_name(session, grant, schools)] for grant in session.actor.grants])
    section(_("Change my password"))
    with st.form("my_password", clear_on_submit=True, enter_to_submit=False):
        present = st.text_input(_("Present password"), type="password", key="present_password")
        passwords = two_passwords(session, "mine")
        if st.form_submit_button(_("Set new password"), type="primary"):
            save_own_password(session, present, passwords)
    show_sessions(session)


page(current())
