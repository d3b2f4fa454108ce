"""The result of one test (`?attempt=ID`): proposal, decision, how sure it is and why, evidence, next steps, history."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.result import Placement
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.form_result import counted, which_form
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.history import history
from phonics_app.pages.components.html import link
from phonics_app.pages.components.messages import empty_state, show_left_message
from phonics_app.pages.components.result_decision import decide, discard, show_decision
from phonics_app.pages.components.result_parts import evidence, next_steps, proposal, title, wrong_words
from phonics_app.pages.components.result_why import how_sure, watch
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.self_run_wording import is_self_run
from phonics_app.reports.why_wording import Shown
from phonics_app.workflows import assess
from phonics_app.workflows.assess import Sitting
from phonics_app.workflows.exports import ExportFormat, export_result
from phonics_app.workflows.form_figures import tells_level
from phonics_app.workflows.levels import explain_result
from phonics_app.workflows.permissions import Action


def page(session: Session) -> None:
    _ = session.translate
    attempt_id = st.query_params.get("attempt", "")
    if not attempt_id:
        header(_("Test result"))
        empty_state(
            _("No test chosen"), _("Choose a pupil in the class list."), link(_("My class"), "/class", "primary")
        )
        return
    sitting = assess.view_sitting(session.phonics, session.actor, attempt_id)
    title(session, sitting)
    show_left_message()
    if sitting.attempt.status is AttemptStatus.OPEN:
        may_test = session.may(Action.GIVE_TESTS, sitting.pupil.school_id)
        resumed = may_test and not is_self_run(sitting.plan)
        action = link(_("Resume the test"), f"/play/{attempt_id}", "primary") if resumed else None
        empty_state(_("This test is not finished"), _("Every mark given so far is saved."), action)
        if may_test:
            discard(session, sitting)
        return
    body(session, sitting)


def body(session: Session, sitting: Sitting) -> None:
    attempt_id, pupil = sitting.attempt.id, sitting.pupil
    result = assess.compute_result(session.phonics, session.actor, attempt_id)
    decisions = assess.placements_of(session.phonics, session.actor, pupil.id)
    which_form(session, sitting)
    if not tells_level(sitting.plan):
        counted(session, sitting)
        wrong_words(session, result, sitting.plan)
        _ending(session, sitting, decisions)
        return
    mine = next((d for d in decisions if d.attempt_id == attempt_id), None)
    explanation = explain_result(session.phonics, session.actor, attempt_id)
    shown = Shown(result, sitting.plan, explanation, session.language)
    proposal(session, result, sitting.plan)
    watch(session, shown)
    if session.may(Action.DECIDE_PLACEMENT, pupil.school_id):
        decide(session, sitting, result, decisions)
    elif mine is not None:
        show_decision(session, mine)
    how_sure(session, shown)
    counted(session, sitting)
    evidence(session, result)
    wrong_words(session, result, sitting.plan)
    next_steps(session, mine.level if mine else result.proposed_level)
    _ending(session, sitting, decisions)


def _ending(session: Session, sitting: Sitting, decisions: tuple[Placement, ...]) -> None:
    """The pupil's other tests, the result as a document, and the way to take the test out."""
    attempt_id, pupil = sitting.attempt.id, sitting.pupil
    history(session, assess.attempts_of(session.phonics, session.actor, pupil.id), decisions, attempt_id)
    downloads(
        session,
        f"result-{pupil.number}",
        lambda _kind: export_result(session.phonics, session.actor, attempt_id, language=session.language),
        (ExportFormat.PDF,),
    )
    if session.may(Action.GIVE_TESTS, pupil.school_id):
        discard(session, sitting)


page(current())
