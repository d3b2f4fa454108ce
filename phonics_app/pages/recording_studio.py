"""Audio of the item bank: what there is, the way to the studio, voice packs, fetching."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.audio_sources import show_sources
from phonics_app.pages.components.downloads import while_signed_in
from phonics_app.pages.components.fetching import offer_fetching
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import section, text
from phonics_app.pages.components.messages import act, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.speech import SoundState, list_audio
from phonics_app.workflows.voice_packs import PackImport, export_voice_pack, import_voice_pack


def page(session: Session) -> None:
    _ = session.translate
    require(session.actor, Action.RECORD_AUDIO)
    subtitle = _("Record with your own voice; what nobody has recorded is synthetic or missing")
    header(_("Audio of sounds and words"), subtitle)
    show_left_message()
    states = list_audio(session.phonics, session.actor)
    show_sources(session, states)
    section(_("Voice pack"))
    offer_pack(session, states)
    if session.may(Action.IMPORT_VOICE_PACK):
        take_pack(session)
    if session.may(Action.MANAGE_SITE):
        section(_("Fetch spoken words"))
        offer_fetching(session, states)


def offer_pack(session: Session, states: tuple[SoundState, ...]) -> None:
    _ = session.translate
    text(_("All recordings whose speakers agreed, as one file: for other schools, or to keep."))
    shared = any(state.recording and state.recording.consent for state in states)
    st.download_button(
        _("Download the voice pack"),
        while_signed_in(session, lambda: export_voice_pack(session.phonics, session.actor)),
        file_name="voice-pack.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        disabled=not shared,
    )


def take_pack(session: Session) -> None:
    _ = session.translate
    file = st.file_uploader(_("Voice pack of another school (.zip)"))
    if st.button(_("Take over"), disabled=file is None) and file is not None:
        content = file.getvalue()
        act(
            session.language,
            lambda: import_voice_pack(session.phonics, session.actor, file.name, content),
            lambda done: told(session, done),
        )


def told(session: Session, done: PackImport) -> str:
    text = session.translate("Taken over: {added}; already here: {present}")
    return text.format(added=done.added, present=done.present)


page(current())
