"""Words and texts: which letters make which sounds, at which level they can be read, and why not yet."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.analysis import TextAnalysis
from phonics_app.domain.bank import Level
from phonics_app.pages.components.choose import choose, pick
from phonics_app.pages.components.decodability_parts import (
    coloured_text,
    figures,
    legend,
    letter_by_letter,
    not_yet,
    share_bars,
)
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import note, section
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.analysis import LONGEST_TEXT, analyse_text, export_analysis
from phonics_app.workflows.exports import ExportFormat

_TEXT = "text_to_analyse"


def page(session: Session) -> None:
    _ = session.translate
    header(_("Words and texts"), _("Which letters make which sounds, and from which level pupils can read them"))
    level, text = ask(session)
    if not text.strip():
        title = _("No text yet")
        advice = _(
            "Type English words or paste a text above: every word is coloured by the level at which it can be read."
        )
        empty_state(title, advice)
        return
    show_analysis(session, analyse_text(session.phonics.settings.content_dir, session.actor, text), level, text)


def ask(session: Session) -> tuple[Level, str]:
    """The level to look from and the text, which stays while one goes to other pages and back."""
    _ = session.translate
    levels = session.phonics.content.bank.levels
    name = _("Level {n}: {name}")
    level = choose(
        "level",
        _("The pupils' level"),
        levels,
        lambda one: str(one.number),
        lambda one: name.format(n=one.number, name=one.name.in_language(session.language)),
        len(levels) // 2,
    )
    with st.form("text"):
        most = _("Words or a text (up to {n} characters)").format(n=f"{LONGEST_TEXT:,}")
        text = st.text_area(most, value=st.session_state.get(_TEXT, ""), height=180)
        if st.form_submit_button(_("Analyse"), type="primary"):
            st.session_state[_TEXT] = text
    return level, str(st.session_state.get(_TEXT, ""))


def show_analysis(session: Session, found: TextAnalysis, level: Level, text: str) -> None:
    _ = session.translate
    number = level.number
    figures(session, found, number)
    coloured_text(session, found, number)
    legend(session, found)
    downloads(
        session,
        "phonics-words",
        lambda kind: export_analysis(
            session.phonics.settings.content_dir,
            session.actor,
            text,
            number,
            session.today,
            format=kind,
            language=session.language,
        ),
        (ExportFormat.PDF, ExportFormat.CSV),
    )
    share_bars(session, found, number)
    explain(session, found)
    section(_("Not yet at level {n}").format(n=number))
    beyond = found.beyond(number)
    if beyond:
        not_yet(session, beyond, number)
    else:
        note(_("Every word can be read at this level."), "good")


def explain(session: Session, found: TextAnalysis) -> None:
    _ = session.translate
    section(_("A word letter by letter"))
    words = [word.analysis for word in found.words]
    chosen = pick(_("English word"), words, words[0], lambda word: word.word, "word_explained")
    letter_by_letter(session, chosen)


page(current())
