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


def scopes(session: Session) -> dict[str, str]:
    """What may be looked at: code → name; `ALL` first, for those who may see all schools."""
    names = {s.id: s.name.in_language(session.language) for s in schools_to_choose(session)}
    if session.may(Action.SEE_ALL_SCHOOLS):
        return {ALL: session.translate("All municipal schools"), **names}
    return names


def choose_scope(session: Session) -> str | None:
    """The id of one school, or None for all municipal schools together; no widget where there is no choice."""
    names = scopes(session)
    chosen = next(iter(names))
    if len(names) > 1:
        chosen = choose("school", session.translate("School"), list(names), str, names.__getitem__)
    return None if chosen == ALL else chosen


def filtered_dashboard(session: Session) -> Dashboard:
    """The dashboard of the filters chosen; the widgets stand where this is called."""
    if len(scopes(session)) > 1:
        scope_place, round_place = st.columns([2, 1])
        stage_place, grade_place, room_place = st.columns(3)
    else:
        scope_place = st.container()
        round_place, stage_place, grade_place, room_place = st.columns(4)
    with scope_place:
        school_id = choose_scope(session)
    with stage_place:
        stage = _choose_stage(session)
    with grade_place:
        grade = _choose_grade(session, stage)
    whole = dashboard(session.phonics, session.actor, Filters(school_id, None, stage, grade))
    with round_place:
        filters = replace(whole.filters, round=_choose_round(session, whole))
    shown = whole if filters.round == whole.round else dashboard(session.phonics, session.actor, filters)
    with room_place:
        room = _choose_room(session, shown) if grade and school_id else None
    return dashboard(session.phonics, session.actor, replace(filters, room=room)) if room is not None else shown


def choose_grouping(session: Session, filters: Filters) -> str:
    """What the bars of the plots stand for: "school_id", "stage", "grade" or "room"."""
    _ = session.translate
    names = {"school_id": _("School"), "grade": _("Grade"), "room": _("Class"), "stage": _("Stage")}
    if filters.school_id is None:
        options = ["school_id", "stage", "grade"]  # rooms of several schools have nothing in common
    else:
        options = ["grade", "room", "stage"] if filters.grade is None else ["room", "grade"]
    return choose("by", _("Group by"), options, str, names.__getitem__)


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
