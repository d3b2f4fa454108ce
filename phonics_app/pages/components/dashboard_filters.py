"""Filters of the dashboard: school, round, stage, grade, room — in the address, so that a view can be shared."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from phonics_app.domain.calendar import Round
from phonics_app.domain.grade import Grade, Stage
from phonics_app.domain.school import School, SchoolKind
from phonics_app.pages.components.choose import choose
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import stage_label
from phonics_app.workflows.dashboards import Dashboard, Filters, dashboard
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.schools import list_schools

ALL = "all"


def schools_to_choose(session: Session) -> list[School]:
    """The schools whose own figures the actor may see."""
    schools = [s for s in list_schools(session.phonics, session.actor) if session.may(Action.SEE_DASHBOARD, s.id)]
    if session.may(Action.SEE_ALL_SCHOOLS):
        return [s for s in schools if s.kind is SchoolKind.MUNICIPAL]
    return schools


def choose_scope(session: Session) -> str | None:
    """The id of one school, or None for all municipal schools together."""
    _ = session.translate
    names = {s.id: s.name.in_language(session.language) for s in schools_to_choose(session)}
    options = [ALL, *names] if session.may(Action.SEE_ALL_SCHOOLS) else list(names)
    if len(options) == 1:
        return options[0]
    chosen = choose("school", _("School"), options, str, lambda code: names.get(code, _("All municipal schools")))
    return None if chosen == ALL else chosen


def filtered_dashboard(session: Session) -> Dashboard:
    """The dashboard of the filters chosen; the widgets stand where this is called."""
    row = st.columns(3)
    with row[0]:
        school_id = choose_scope(session)
    with row[1]:
        round_place = st.container()
    with row[2]:
        stage = _choose_stage(session)
    row = st.columns(3)
    with row[0]:
        grade = _choose_grade(session, stage)
    whole = dashboard(session.phonics, session.actor, Filters(school_id, None, stage, grade))
    with round_place:
        chosen = _choose_round(session, whole)
    filters = Filters(school_id, chosen, stage, grade)
    shown = whole if chosen == whole.round else dashboard(session.phonics, session.actor, filters)
    with row[1]:
        room = _choose_room(session, shown) if grade and school_id else None
    return dashboard(session.phonics, session.actor, replace(filters, room=room)) if room is not None else shown


def _choose_round(session: Session, whole: Dashboard) -> Round | None:
    _ = session.translate
    if not whole.rounds:
        return None
    newest_first = whole.rounds[::-1]
    return choose("round", _("Term"), newest_first, lambda r: r.label, lambda r: r.label)


def _choose_stage(session: Session) -> Stage | None:
    _ = session.translate
    options = [ALL, *(stage.value for stage in Stage)]
    shown = {stage.value: stage_label(_, stage) for stage in Stage}
    chosen = choose("stage", _("Stage"), options, str, lambda code: shown.get(code, _("All stages")))
    return None if chosen == ALL else Stage(chosen)


def _choose_grade(session: Session, stage: Stage | None) -> Grade | None:
    _ = session.translate
    options = [ALL, *(grade.value for grade in Grade if stage in (None, grade.stage))]
    chosen = choose(
        "grade",
        _("Grade"),
        options,
        str,
        lambda code: _("All grades") if code == ALL else Grade(code).label(session.language),
    )
    return None if chosen == ALL else Grade(chosen)


def _choose_room(session: Session, shown: Dashboard) -> str | None:
    _ = session.translate
    rooms = list(dict.fromkeys(str(room) for room in shown.coverage["room"]))
    if len(rooms) < 2:
        return None
    chosen = choose("room", _("Room"), [ALL, *rooms], str, lambda code: _("All rooms") if code == ALL else code)
    return None if chosen == ALL else chosen
