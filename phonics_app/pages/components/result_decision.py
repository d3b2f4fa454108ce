"""The teacher's decision on a result: accept, place differently with a reason, discard — and the way back."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.result import Placement, Result
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.html import note, section
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.session import Session
from phonics_app.workflows import assess
from phonics_app.workflows.assess import Sitting


def decide(session: Session, sitting: Sitting, result: Result, decisions: tuple[Placement, ...]) -> None:
    _ = session.translate
    section(_("Decision"))
    mine = next((d for d in decisions if d.attempt_id == sitting.attempt.id), None)
    if sitting.attempt.status is AttemptStatus.DISCARDED:
        note(_("This test was discarded: it counts in no figure."), "warn")
    elif mine is None:
        note(_("Not decided yet. The pupil's level changes only when you decide."), "warn")
    else:
        show_decision(session, mine)
    if sitting.attempt.status is not AttemptStatus.DISCARDED:
        _accept(session, result, mine)
        _place_differently(session, sitting, result)


def show_decision(session: Session, placement: Placement) -> None:
    _ = session.translate
    when = day(placement.decided_at, session.language)
    if placement.overridden:
        message = _("Placed at level {level} on {day}, test proposed {proposed}. Reason: {reason}")
    else:
        message = _("Placed at level {level} on {day}, as the test proposed.")
    note(
        message.format(level=placement.level, day=when, proposed=placement.proposed_level, reason=placement.reason),
        "good",
    )


def _save(session: Session, attempt_id: str, level: int, reason: str) -> None:
    act(
        session.language,
        lambda: assess.decide_placement(session.phonics, session.actor, attempt_id, level, reason),
        session.translate("Saved: the pupil is placed at level {n}.").format(n=level),
    )


def _accept(session: Session, result: Result, mine: Placement | None) -> None:
    _ = session.translate
    if mine is not None and mine.level == result.proposed_level:
        return
    label = _("Accept level {n}").format(n=result.proposed_level)
    if st.button(label, type="primary", icon=":material/check:"):
        _save(session, result.attempt_id, result.proposed_level, "")


def _place_differently(session: Session, sitting: Sitting, result: Result) -> None:
    _ = session.translate
    with st.expander(_("Place at another level")), st.form(f"place_{result.attempt_id}", enter_to_submit=False):
        names = {level.number: level.name.in_language(session.language) for level in sitting.plan.levels}
        level = pick(_("Level"), list(names), result.proposed_level, lambda n: f"{n} · {names[n]}", "place_level")
        reason = st.text_area(_("Reason (kept with the decision)"), key="place_reason", height=90)
        if st.form_submit_button(_("Save this level")):
            _save(session, result.attempt_id, level, reason.strip())


def discard(session: Session, sitting: Sitting) -> None:
    _ = session.translate
    discarded = sitting.attempt.status is AttemptStatus.DISCARDED
    label = _("Take this test back in") if discarded else _("Discard this test")
    if st.button(label, icon=":material/undo:" if discarded else ":material/delete:"):
        act(
            session.language,
            lambda: assess.discard_attempt(session.phonics, session.actor, sitting.attempt.id, not discarded),
            _("The test counts again.") if discarded else _("The test was discarded. You can take it back in."),
        )
