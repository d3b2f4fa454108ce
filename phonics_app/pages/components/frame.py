"""What stands round every page: style, header, banner, sidebar."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from phonics_app.locales import N_, translator
from phonics_app.locales.labels import label
from phonics_app.pages.components.html import link, note, show
from phonics_app.pages.components.messages import show_left_message
from phonics_app.pages.components.session import Session
from phonics_app.workflows import setup
from phonics_app.workflows.running import running_phonics
from phonics_app.workflows.schools import list_schools
from phonics_app.workflows.setup import SiteState

CONTROLS = (
    N_("Skip to main content"),
    N_("Collapse sidebar"),
    N_("Expand sidebar"),
    N_("Sidebar"),
    N_("App pages"),
    N_("Open"),
    N_("Show password"),
    N_("Hide password"),
    N_("Increment"),
    N_("Decrement"),
    N_("Clear value"),
    N_("Clear all"),
    N_("file upload"),
    N_("Selected values"),
    N_("Close"),
    N_("Connection error"),
    N_("Page not found"),
    N_("Choose date"),
)


@cache
def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def style(language: str) -> None:
    """The style sheet, and our own words over the few texts that Streamlit has in English only."""
    _ = translator(language)
    words = {
        "drop": _("Drag a file here, or tap to choose one"),
        "browse": _("Choose a file"),
    }
    variables = "".join(f"--pn-word-{name}: {json.dumps(text, ensure_ascii=False)};" for name, text in words.items())
    st.html(f"<style>:root{{{variables}}}\n{_file('style.css')}</style>")


def rename_controls(language: str) -> None:
    """Thai names for the controls that Streamlit makes itself (heard by screen readers, seen on focus)."""
    if language == "en":
        return
    _ = translator(language)
    words = json.dumps({english: _(english) for english in CONTROLS}, ensure_ascii=False)
    script = _file("words.js").replace("LANGUAGE", json.dumps(language)).replace("WORDS", words, 1)
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def header(title: str, subtitle: str = "") -> None:
    below = Markup('<p class="pn-subtitle">{}</p>').format(subtitle) if subtitle else Markup("")
    show(Markup('<div class="pn-header"><h1>{}</h1>{}</div>').format(title, below))


def simulated_banner(session: Session) -> None:
    if session.simulated:
        _ = session.translate
        text = _("Simulated data: the pupils, tests and results of this site were made by computer.")
        show(Markup('<div class="pn-simulated" role="note">{}</div>').format(text))


def sidebar(session: Session, path: str) -> None:
    """Who is signed in, as what, where; the other language; the way out."""
    _ = session.translate
    with st.sidebar:
        lines = Markup("").join(Markup("<div>{}</div>").format(line) for line in _roles(session))
        show(
            Markup('<div class="pn-who"><div class="pn-name">{}</div>{}{}<div class="pn-row">{}</div></div>').format(
                session.actor.display_name,
                lines,
                _language_switch(session.language, path),
                link(_("Sign out"), "/auth/sign-out", "quiet"),
            )
        )


def _roles(session: Session) -> list[str]:
    _ = session.translate
    schools = {s.id: s.name.in_language(session.language) for s in list_schools(session.phonics, session.actor)}
    lines = []
    for grant in session.actor.grants:
        lines.append(label(_, grant.role))
        if grant.school_id in schools:
            lines.append(schools[grant.school_id])
    return lines


def _language_switch(language: str, path: str) -> Markup:
    query = st.query_params.to_dict()
    here = f"/{path}" + (f"?{urlencode(query)}" if query else "")
    options = (("th", "ไทย"), ("en", "English"))
    return Markup('<div class="pn-languages">{}</div>').format(
        Markup("").join(
            Markup('<span aria-current="true">{}</span>').format(name)
            if code == language
            else link(name, "/auth/language?" + urlencode({"to": code, "next": here}))
            for code, name in options
        )
    )


def sign_in_first(language: str) -> None:
    """Nobody is signed in (or the session has expired): say so, and show the way."""
    _ = translator(language)
    if setup.site_state(running_phonics()) is SiteState.EMPTY:
        header(_("Welcome to Phonics Nine"))
        note(_("This site has not been set up yet."))
        show(link(_("Set up the site"), "/auth/setup", "primary"))
        return
    header(_("Please sign in"))
    # What has signed the person out tells itself: a backup that was put back.
    if not show_left_message():
        note(_("You are not signed in, or your session has expired. Nothing that was saved is lost."))
    show(link(_("Sign in"), "/auth/sign-in", "primary"))
