"""Who looks at the page, in which language, at which moment: read anew from the cookies at every run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from phonics_app.domain.account import Actor
from phonics_app.domain.calendar import Round
from phonics_app.locales import DEFAULT_LANGUAGE, LANGUAGES, Translate, translator
from phonics_app.workflows import accounts, setup
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, allows
from phonics_app.workflows.rounds import current_round, today
from phonics_app.workflows.running import running_phonics
from phonics_app.workflows.setup import SiteState

_KEY = "session_of_this_run"


@dataclass(frozen=True, slots=True)
class Session:
    """What every page starts from."""

    phonics: Phonics
    actor: Actor
    language: str
    simulated: bool
    """A demonstration site: every page says so."""

    @property
    def translate(self) -> Translate:
        return translator(self.language)

    @property
    def today(self) -> date:
        return today(self.phonics)

    @property
    def round(self) -> Round:
        return current_round(self.phonics)

    def may(self, action: Action, school_id: str | None = None, *, whole_school: bool = False) -> bool:
        return allows(self.actor, action, school_id, whole_school=whole_school)


def language_of_browser() -> str:
    wanted = st.context.cookies.get("phonics_language", DEFAULT_LANGUAGE)
    return wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE


def session_token() -> str | None:
    return st.context.cookies.get("phonics_session")


def open_session() -> Session | None:
    """The session of the browser's cookie, kept for the page that follows; None where nobody is signed in."""
    st.session_state.pop(_KEY, None)
    phonics = running_phonics()
    actor = accounts.actor_of(phonics, session_token())
    if actor is None or actor.chooses_password:
        return None
    simulated = setup.site_state(phonics) is SiteState.DEMONSTRATION
    session = Session(phonics, actor, language_of_browser(), simulated)
    st.session_state[_KEY] = session
    return session


def current() -> Session:
    """The session that `main.py` opened for this run."""
    session = st.session_state[_KEY]
    assert isinstance(session, Session)
    return session
