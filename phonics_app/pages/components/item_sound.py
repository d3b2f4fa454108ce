"""Hearing an item: the recording or synthetic speech that there is for it, else what the teacher says."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.bank import Item
from phonics_app.domain.errors import NotFound
from phonics_app.domain.sound import Audio
from phonics_app.locales.messages import render
from phonics_app.pages.components.html import link, link_row, note, text
from phonics_app.pages.components.session import Session
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.speech import find_item_audio


def hear_item(session: Session, item: Item) -> None:
    """A button; nothing is made or fetched before it is tapped."""
    _ = session.translate
    if not st.button(_("Listen"), icon=":material/volume_up:", key="hear_item"):
        return
    try:
        audio = find_item_audio(session.phonics, session.actor, item)
    except NotFound as error:
        _say_instead(session, item, render(error, session.language))
        return
    if audio is None:
        note(_("The teacher says this item: there is no audio for tasks of several sounds or words."))
        return
    _play(session, audio)


def _play(session: Session, audio: Audio) -> None:
    _ = session.translate
    st.audio(audio.content, format="audio/mpeg", autoplay=True)
    text(_("Synthetic speech") if audio.source.synthetic else _("A person's voice"))


def _say_instead(session: Session, item: Item, what: str) -> None:
    _ = session.translate
    note(what)
    if session.may(Action.RECORD_AUDIO):
        link_row(link(_("Record it"), f"/studio?set={item.level}", "secondary"))
