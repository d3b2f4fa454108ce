"""The backup copies in the data folder, newest first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from phonics_app.pages.components.html import link, note, show
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import moment_label

SHOWN = 10
OLD = timedelta(days=7)


def copies(session: Session) -> list[Path]:
    folder = session.phonics.settings.data_dir / "backups"
    return sorted(folder.glob("*.db"), key=made_at, reverse=True)


def made_at(copy: Path) -> datetime:
    return datetime.fromtimestamp(copy.stat().st_mtime, UTC)


def show_copies(session: Session) -> None:
    """Each of the newest copies, to be downloaded."""
    _ = session.translate
    found = copies(session)
    if not found:
        note(_("There is no backup yet. Make the first one now."), "warn")
    for copy in found[:SHOWN]:
        label = _("Download the copy of {moment} ({size} MB)").format(
            moment=moment_label(made_at(copy), session.language), size=f"{copy.stat().st_size / 1_000_000:.1f}"
        )
        st.download_button(
            label,
            copy.read_bytes,
            file_name=copy.name,
            mime="application/octet-stream",
            key=f"copy_{copy.name}",
            icon=":material/download:",
            on_click="ignore",
        )


def remind(session: Session) -> None:
    """On the first screen: when the last backup was made, with a way to make one if that is long ago."""
    _ = session.translate
    newest = next(iter(copies(session)), None)
    if newest is not None and session.phonics.now() - made_at(newest) < OLD:
        note(_("Last backup: {moment}").format(moment=moment_label(made_at(newest), session.language)), "good")
        return
    if newest is None:
        note(_("There is no backup yet. Make the first one now."), "warn")
    else:
        text = _("The last backup is more than a week old: {moment}")
        note(text.format(moment=moment_label(made_at(newest), session.language)), "warn")
    show(Markup("{}").format(link(_("Make a backup"), "/maintenance", "secondary")))
