"""When backups are made by themselves and how many are kept, and what the check of the site finds."""

from __future__ import annotations

import streamlit as st

from phonics_app.locales import N_
from phonics_app.locales.messages import render
from phonics_app.pages.components.html import Column, badge, note, table
from phonics_app.pages.components.messages import act, error_boundary
from phonics_app.pages.components.session import Session
from phonics_app.workflows.backup_key import backups_encrypted
from phonics_app.workflows.backup_schedule import LIMITS, Every, Schedule, get_schedule, save_schedule
from phonics_app.workflows.site_check import Part, check_site, last_check

EVERY = {Every.DAILY: N_("Once a day"), Every.HOURS: N_("Every few hours"), Every.OFF: N_("Not by itself")}
NUMBERS = {
    "hours": N_("Hours between two backups"),
    "days": N_("Days of which one is kept"),
    "weeks": N_("Weeks of which one is kept"),
    "months": N_("Months of which one is kept"),
    "warn_after_days": N_("Warn when the last good one is older than so many days"),
}
PARTS = {
    Part.INTEGRITY: N_("The database is whole"),
    Part.MIGRATIONS: N_("The database is of this version"),
    Part.WRITING: N_("Data can be written"),
    Part.ROOM: N_("There is room on the disk"),
    Part.CLOCK: N_("The clock is right"),
    Part.BACKUP: N_("There is a recent good backup"),
}


def schedule_form(session: Session) -> None:
    """How often, how many are kept, when a person is warned."""
    _ = session.translate
    tell_encryption(session)
    now = get_schedule(session.phonics, session.actor)
    with st.form("schedule", border=False):
        every = st.radio(
            _("Make backups"), list(EVERY), list(EVERY).index(now.every), lambda e: _(EVERY[e]), horizontal=True
        )
        numbers = {name: _number(session, name, getattr(now, name)) for name in NUMBERS}
        if st.form_submit_button(_("Save")):
            act(
                session.language,
                lambda: save_schedule(session.phonics, session.actor, Schedule(every, **numbers)),
                _("Saved."),
            )


def tell_encryption(session: Session) -> None:
    """Whether they are encrypted: the key is where whoever runs the server has put it, not in this database."""
    _ = session.translate
    with error_boundary(session.language):
        if backups_encrypted(session.phonics, session.actor):
            note(_("Backups made by themselves are encrypted with the key that is set up on this computer."), "good")
        else:
            note(_("Backups made by themselves are not encrypted: whoever takes the file can read it."))


def _number(session: Session, name: str, value: int) -> int:
    least, most = LIMITS[name]
    return int(st.number_input(session.translate(NUMBERS[name]), least, most, value, key=f"schedule_{name}"))


def found_wrong(session: Session) -> None:
    """What the check of the site found wrong at the start or since: on the administrator's first page as well."""
    last = last_check(session.phonics, session.actor)
    for found in last.findings if last is not None else ():
        if found.problem is not None:
            note(render(found.problem, session.language), "bad")


def check(session: Session) -> None:
    """Buttons that look at the site, and what they find."""
    _ = session.translate
    with st.container(horizontal=True):
        quick = st.button(_("Check the site"))
        full = st.button(_("Check every page of the database"))
    if not quick and not full:
        return
    rows = []
    for found in check_site(session.phonics, session.actor, full):
        well = found.problem is None
        state = badge(_("In order"), "good") if well else badge(_("Look at this"), "warn")
        wrong = "" if found.problem is None else render(found.problem, session.language)
        rows.append([_(PARTS[found.part]), state, wrong])
    table([Column(_("Checked")), Column(_("State")), Column(_("What is wrong"), "wide")], rows)
