"""One's own account: who I am here, and a new password."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.account_actions import same, two_passwords
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.grants import grant_name, school_names
from phonics_app.pages.components.html import Column, section, table
from phonics_app.pages.components.messages import leave_message, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.accounts import set_password


def page(session: Session) -> None:
    _ = session.translate
    header(_("My account"), session.actor.display_name)
    show_left_message()
    schools = school_names(session)
    table([Column(_("Roles"))], [[grant_name(session, grant, schools)] for grant in session.actor.grants])
    section(_("Change my password"))
    with st.form("my_password", clear_on_submit=True, enter_to_submit=False):
        passwords = two_passwords(session, "mine")
        if st.form_submit_button(_("Set new password"), type="primary"):
            set_password(session.phonics, session.actor, session.actor.account_id, same(passwords))
            leave_message(_("The password was changed; other sessions of this account have ended."))
            st.rerun()


page(current())
