"""The backup copies in the data folder, newest first."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st
from markupsafe import Markup

from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.html import Cell, Column, badge, link, note, show, table
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import moment_label
from phonics_app.workflows.maintenance import Backup, last_good_backup, list_backups, read_backup

OLD = timedelta(days=7)


def show_copies(session: Session) -> None:
    """The last good one, the newest ones with their state, and one of them to be downloaded."""
    _ = session.translate
    _last_good(session)
    found = list_backups(session.phonics, session.actor)
    if not found:
        return
    columns = [Column(_("Made on"), "nowrap"), Column(_("Size"), "number"), Column(_("State"))]
    table([*columns, Column(_("File name"), "nowrap")], [_cells(session, backup) for backup in found])
    moment = {b.path.name: moment_label(b.made_at, session.language) for b in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = choose("copy", _("Backup copy"), found, lambda b: b.path.name, lambda b: moment[b.path.name])
        st.download_button(
            _("Download this copy"),
            lambda: read_backup(session.phonics, session.actor, chosen),
            file_name=chosen.path.name,
            mime="application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
        )


def _cells(session: Session, backup: Backup) -> list[Cell]:
    _ = session.translate
    state = badge(_("Verified"), "good") if backup.verified else badge(_("Damaged or incomplete"), "warn")
    if backup.simulated:
        state = Markup("{} {}").format(state, badge(_("Simulated data"), "wait"))
    size = _("{n} MB").format(n=f"{backup.size / 1_000_000:.1f}")
    return [moment_label(backup.made_at, session.language), size, state, backup.path.name]


def _last_good(session: Session) -> bool:
    """When the last usable copy was made; whether that is recent."""
    _ = session.translate
    newest = last_good_backup(session.phonics, session.actor)
    if newest is None:
        note(_("There is no usable backup yet. Make one now."), "warn")
        return False
    recent = session.phonics.now() - newest.made_at < OLD
    text = _("Last good backup: {moment}") if recent else _("The last good backup is more than a week old: {moment}")
    note(text.format(moment=moment_label(newest.made_at, session.language)), "good" if recent else "warn")
    return recent


def remind(session: Session) -> None:
    """On the first screen: when the last backup was made, with a way to make one if that is long ago."""
    if not _last_good(session):
        show(link(session.translate("Make a backup"), "/maintenance", "secondary"))
