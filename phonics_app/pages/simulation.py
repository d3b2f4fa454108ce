"""How good the placement test is: simulated pupils sit it, and the page tells what became of them."""

from __future__ import annotations

import streamlit as st

from phonics_app.locales.simulation_labels import WORLDS
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import note
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.session import Session, current
from phonics_app.pages.components.simulation_parts import show_simulation
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.simulation import Simulation, simulate

_NUMBERS = (300, 1000, 3000)
_SEED = 1
_MADE = "simulation_made"


def page(session: Session) -> None:
    require(session.actor, Action.PROPOSE_ITEMS)
    _ = session.translate
    header(_("How good the placement test is"), _("Simulated pupils whose level is known sit the test of this site"))
    note(
        _(
            "All pupils on this page are simulated. It shows how the test does if pupils answer as described;"
            " real pupils will answer less regularly."
        ),
        "warn",
    )
    pupils, world = _ask(session)
    if st.button(_("Let simulated pupils sit the test"), type="primary", icon=":material/play_arrow:"):
        st.session_state[_MADE] = _simulate(session, pupils, world)
    made: Simulation | None = st.session_state.get(_MADE)
    if made is None:
        advice = _("Choose how many, and how they answer; with 3,000 pupils it takes some seconds.")
        empty_state(_("Nobody has sat the test yet"), advice)
        return
    show_simulation(session, made)


def _ask(session: Session) -> tuple[int, str]:
    _ = session.translate
    left, right = st.columns([1, 2])
    with left:
        pupils = choose("pupils", _("Simulated pupils"), _NUMBERS, str, lambda n: f"{n:,}", 1)
    with right:
        world = choose("world", _("How they answer"), list(WORLDS), str, lambda name: _(WORLDS[name]))
    return pupils, world


def _simulate(session: Session, pupils: int, world: str) -> Simulation:
    words = session.translate("They are sitting the test …")
    bar = st.progress(0.0, words)

    def tell(share: float) -> None:
        bar.progress(min(share, 1.0), words)

    made = simulate(session.phonics, session.actor, pupils, _SEED, world=world, progress=tell)
    bar.empty()
    return made


page(current())
