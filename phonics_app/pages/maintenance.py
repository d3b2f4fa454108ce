"""Keeping the site safe: a backup copy now, the copies there are, and the rules of the item bank checked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import note, section
from phonics_app.pages.components.messages import act, show_left_message, show_problems
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.labels import moment_label
from phonics_app.workflows.maintenance import back_up, check_bank
from phonics_app.workflows.permissions import Action, require

SHOWN = 10


def page(session: Session) -> None:
    _ = session.translate
    require(session.actor, Action.MANAGE_SITE)
    header(_("Backup and checks"), _("Make a copy often, and keep one on another machine"))
    show_left_message()
    section(_("Backup"))
    if st.button(_("Back up now"), type="primary"):
        act(
            session.language,
            lambda: back_up(session.phonics, session.actor),
            lambda made: _("Backup made: {name}").format(name=made.name),
        )
    copies(session)
    section(_("Item bank and rubrics"))
    check(session)


def copies(session: Session) -> None:
    """The newest copies in the data folder, each to be downloaded."""
    _ = session.translate
    folder = session.phonics.settings.data_dir / "backups"
    found = sorted(folder.glob("*.db"), key=lambda p: p.stat().st_mtime, reverse=True)
    if not found:
        note(_("There is no backup yet. Make the first one now."), "warn")
    for copy in found[:SHOWN]:
        one_copy(session, copy)


def one_copy(session: Session, copy: Path) -> None:
    _ = session.translate
    made = moment_label(datetime.fromtimestamp(copy.stat().st_mtime, UTC), session.language)
    megabytes = copy.stat().st_size / 1_000_000
    st.download_button(
        _("Download the copy of {moment} ({size} MB)").format(moment=made, size=f"{megabytes:.1f}"),
        copy.read_bytes,
        file_name=copy.name,
        mime="application/octet-stream",
        key=f"copy_{copy.name}",
        icon=":material/download:",
        on_click="ignore",
    )


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
