"""Keeping the site safe: a backup copy now, the copies there are, and the rules of the item bank checked."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.backup_schedule import check as check_the_site
from phonics_app.pages.components.backup_schedule import found_wrong, schedule_form
from phonics_app.pages.components.backups import make_one, show_copies
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import note, section
from phonics_app.pages.components.messages import show_left_message, show_problems
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.maintenance import check_bank
from phonics_app.workflows.permissions import Action, require


def page(session: Session) -> None:
    _ = session.translate
    require(session.actor, Action.MANAGE_SITE)
    header(_("Backup and checks"), _("Make a copy often, and keep one on another machine"))
    show_left_message()
    found_wrong(session)
    section(_("Backup"))
    make_one(session)
    show_copies(session)
    section(_("Backups by themselves"))
    schedule_form(session)
    section(_("Check of the site"))
    check_the_site(session)
    section(_("Item bank and rubrics"))
    check(session)


def check(session: Session) -> None:
    _ = session.translate
    if not st.button(_("Check the item bank and the rubrics")):
        return
    problems = check_bank(session.phonics.settings.content_dir)
    if problems:
        show_problems(problems, session.language)
    else:
        note(_("All rules hold: no problem was found."), "good")


page(current())
