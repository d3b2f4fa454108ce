"""The backups that there are, newest first, and what can be done with one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from phonics_app.domain.errors import PhonicsError
from phonics_app.locales import N_
from phonics_app.locales.labels import size_label
from phonics_app.locales.messages import render
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.html import Cell, Column, badge, link, link_row, note, show, stacked, stats, table
from phonics_app.pages.components.messages import act, error_boundary
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import moment_label
from phonics_app.workflows import backups
from phonics_app.workflows.backup_schedule import backup_state
from phonics_app.workflows.backups import Backup, BackupKind, Trial

KINDS = {
    BackupKind.ASKED: N_("Made by hand"),
    BackupKind.SCHEDULED: N_("By the schedule"),
    BackupKind.BEFORE_RESTORE: N_("Before another was put back"),
    BackupKind.UPLOADED: N_("Brought in"),
    BackupKind.OTHER: N_("Other"),
}


def make_one(session: Session) -> None:
    """A backup now, encrypted where a passphrase is given."""
    _ = session.translate
    # A form takes along what was typed last: else the copy might be made before the passphrase has arrived.
    with st.form("back_up", border=False, enter_to_submit=False):
        with st.expander(_("Encrypt with a passphrase")):
            passphrase = st.text_input(_("Passphrase"), type="password", key="passphrase_made", autocomplete="off")
            note(_("Whoever loses the passphrase can't open the backup any more: nobody can, not even we."), "warn")
        sent = st.form_submit_button(_("Back up now"), type="primary")
    if sent:
        act(
            session.language,
            lambda: backups.back_up(session.phonics, session.actor, passphrase=passphrase),
            lambda made: _("Backup made: {name}").format(name=made.name),
        )


def show_copies(session: Session) -> None:
    """The last good one, the newest ones with their state, and what can be done with one of them."""
    _ = session.translate
    last_good(session)
    found = backups.list_backups(session.phonics, session.actor, 20)
    if found:
        columns = [Column(_("Made on"), "wraps"), Column(_("State")), Column(_("Size"), "number")]
        table(columns, [_cells(session, backup) for backup in found])
        # Two may have been made in one minute.
        told = {b.path.name: f"{moment_label(b.made_at, session.language)} · {b.path.name}" for b in found}
        chosen = choose("backup", _("Backup copy"), found, lambda b: b.path.name, lambda b: told[b.path.name])
        _actions(session, chosen)
    link_row(link(_("Bring a backup in"), "/files/backups", "secondary"))


def _cells(session: Session, backup: Backup) -> list[Cell]:
    _ = session.translate
    state = badge(_("Verified"), "good") if backup.verified else badge(_("Damaged or incomplete"), "warn")
    if backup.encrypted:
        state = Markup("{} {}").format(state, badge(_("Encrypted")))
    if backup.simulated:
        state = Markup("{} {}").format(state, badge(_("Simulated data"), "wait"))
    made = stacked(moment_label(backup.made_at, session.language), backup.path.name)
    return [made, stacked(state, _(KINDS[backup.kind])), size_label(_, backup.size)]


def _actions(session: Session, chosen: Backup) -> None:
    """In a form, as in `make_one`: what was typed last goes along with the button."""
    _ = session.translate
    name = chosen.path.name
    link_row(link(_("Download this copy"), f"/files/backups/{quote(name)}", "secondary"))
    passphrase = ""
    with st.form(f"copy_{name}", border=False, enter_to_submit=False):
        if chosen.encrypted:
            passphrase = st.text_input(_("Passphrase"), type="password", key=f"passphrase_{name}", autocomplete="off")
        tried = st.form_submit_button(_("Test whether it can be put back"))
        with st.expander(_("Put this backup back")):
            note(_("Everything stored since it was made is replaced; the present state is kept as a backup."), "warn")
            sure = st.checkbox(_("Yes, put it in the place of the present state"), key=f"sure_{name}")
            put = st.form_submit_button(_("Put back"))
    if tried:
        with error_boundary(session.language):
            _show_trial(session, backups.try_backup(session.phonics, session.actor, chosen.path, passphrase))
    elif put and not sure:
        note(_("Nothing was put back: tick the box above the button first."), "warn")
    elif put:
        act(
            session.language,
            lambda: backups.put_back(session.phonics, session.actor, name, passphrase),
            lambda kept: _told_put_back(session, chosen, kept),
        )


def _told_put_back(session: Session, chosen: Backup, kept: Path | None) -> str:
    """To be read by somebody who is signed out by it."""
    _ = session.translate
    moment = moment_label(chosen.made_at, session.language)
    text = _("The data of {moment} ({name}) were put back. What was done since then is not in them.")
    told = [text.format(moment=moment, name=chosen.path.name)]
    if kept is not None:
        told.append(_("The state of before is kept as {name}.").format(name=kept.name))
    return " ".join([*told, _("Everybody has to sign in anew.")])


def _show_trial(session: Session, trial: Trial) -> None:
    _ = session.translate
    newest = moment_label(trial.newest_event, session.language) if trial.newest_event else "–"
    note(_("It can be put back. All checks passed in {n} seconds.").format(n=f"{trial.seconds:.1f}"), "good")
    counts = [
        (_("Schools"), trial.schools),
        (_("Pupils"), trial.pupils),
        (_("Tests"), trial.attempts),
        (_("Answers and other events"), trial.events),
        (_("Accounts"), trial.accounts),
    ]
    stats([*((label, f"{count:,}") for label, count in counts), (_("Newest event"), newest)])


def last_good(session: Session) -> bool:
    """When the last usable one was made, its age and size, and whether a scheduled one failed; whether all is well."""
    _, language = session.translate, session.language
    state = backup_state(session.phonics, session.actor)
    if state.failed is not None:
        reason = render(PhonicsError(state.failed.error, state.failed.data), language)
        moment = moment_label(state.failed.started, language)
        note(_("The scheduled backup of {moment} failed: {reason}").format(moment=moment, reason=reason), "bad")
    newest = state.last_good
    if newest is None:
        note(_("There is no usable backup yet. Make one now."), "warn")
        return False
    days = (session.phonics.now() - newest.made_at).days
    told = {"moment": moment_label(newest.made_at, language), "size": size_label(_, newest.size), "n": days}
    if state.overdue:
        note(_("The last good backup is too old: {moment}, {n} days ago ({size})").format(**told), "warn")
    else:
        note(_("Last good backup: {moment} ({size})").format(**told), "good")
    return not state.overdue and state.failed is None


def remind(session: Session) -> None:
    """On the first screen: when the last backup was made, with a way to make one if that is long ago."""
    if not last_good(session):
        show(link(session.translate("Make a backup"), "/maintenance", "secondary"))
