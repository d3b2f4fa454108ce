"""From a figure down to the pupils and tests behind it, for those who may see pupils."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.grade import Grade
from phonics_app.pages.components.html import Cell, Column, link, table
from phonics_app.pages.components.labels import day, level_badge
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import class_label
from phonics_app.workflows.dashboards import Dashboard, trace
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.roster import list_pupils

MOST = 300
"""More rows than this are not drawn: filter by grade or room first."""


def trace_view(session: Session, shown: Dashboard) -> None:
    _ = session.translate
    school_id = shown.filters.school_id
    if school_id is None or shown.round is None or not session.may(Action.SEE_PUPILS, school_id):
        return
    with st.expander(_("The pupils and tests behind these figures")):
        if not st.toggle(_("Show them"), key="trace_shown", persist_state="session"):
            return
        rows = trace(session.phonics, session.actor, shown.filters)
        st.caption(
            _("{n} placements. At most {most} are listed: choose a grade or room.").format(n=len(rows), most=MOST)
        )
        pupils = list_pupils(session.phonics, session.actor, school_id, shown.round.year)
        names = {pupil.id: pupil.name for pupil in pupils}
        cells = [_cells(session, row, names) for row in rows.head(MOST).itertuples(index=False)]
        columns = [Column(_("Name")), Column(_("Class")), Column(_("Level")), Column(_("Decided on"), "nowrap")]
        table([*columns, Column("", "actions")], cells, height=460)


def _cells(session: Session, row: tuple[object, ...], names: dict[str, str]) -> list[Cell]:
    pupil_id, grade, room, level, attempt_id, decided_at = row
    action = link(session.translate("See result"), f"/result?attempt={attempt_id}", "secondary")
    return [
        names.get(str(pupil_id), "–"),
        class_label(Grade(str(grade)), str(room), session.language),
        level_badge(int(str(level))),
        day(decided_at, session.language),  # type: ignore[arg-type]
        action,
    ]
