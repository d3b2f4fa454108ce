"""One pupil over the years: the classes he was in, names he had, tests he took."""

from __future__ import annotations

import streamlit as st

from phonics_app.pages.components.frame import header
from phonics_app.pages.components.history import history
from phonics_app.pages.components.html import Cell, Column, link, note, section, table
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import empty_state
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.history_wording import day_label, ended_label
from phonics_app.reports.labels import class_label
from phonics_app.workflows.history import History, Stay, pupil_history


def page(session: Session) -> None:
    _ = session.translate
    pupil_id = st.query_params.get("pupil", "")
    if not pupil_id:
        header(_("A pupil over the years"))
        way = link(_("All tests given"), "/tests", "primary")
        empty_state(_("No pupil chosen"), _("Open a pupil's history from the list of tests or of pupils."), way)
        return
    shown = pupil_history(session.phonics, session.actor, pupil_id)
    header(shown.pupil.name, _("Pupil number {number}").format(number=shown.pupil.number))
    classes(session, shown)
    taught(session, shown)
    names(session, shown)
    merges(session, shown)
    history(session, shown.attempts, shown.placements, "")


def classes(session: Session, shown: History) -> None:
    _ = session.translate
    section(_("Schools and classes"))
    columns = [Column(_("Academic year"), "nowrap"), Column(_("School")), Column(_("Class"), "nowrap")]
    columns += [Column(_("Since"), "nowrap"), Column(_("To"), "nowrap")]
    table([*columns, Column(_("Why the stay ended"))], [_stay(session, shown, stay) for stay in shown.stays])


def _stay(session: Session, shown: History, stay: Stay) -> list[Cell]:
    _ = session.translate
    school = shown.schools.get(stay.school_id)
    return [
        str(stay.year),
        school.in_language(session.language) if school else "–",
        class_label(stay.grade, stay.room, session.language),
        day_label(_, stay.since, _("beginning of the year"), session.language),
        day_label(_, stay.until, _("end of the year"), session.language),
        # Of a year that is over nothing goes on, even if nothing ended before it did; nor for who is in no list.
        ended_label(_, stay.reason, stay.corrected) if stay.reason or _goes_on(shown, stay) else "–",
    ]


def _goes_on(shown: History, stay: Stay) -> bool:
    return stay is shown.stays[0] and not shown.pupil.archived


def taught(session: Session, shown: History) -> None:
    _ = session.translate
    if not shown.taught:
        return
    section(_("Level classes and teachers"))
    columns = [Column(_("Level class")), Column(_("Level"), "middle"), Column(_("Teacher of the class"), "wide")]
    rows = [
        [
            one.class_name,
            str(one.level),
            one.teacher or "–",
            day_label(_, one.since, "", session.language),
            day_label(_, one.until, _("goes on"), session.language),
        ]
        for one in shown.taught
    ]
    table([*columns, Column(_("Since"), "nowrap"), Column(_("To"), "nowrap")], rows)


def names(session: Session, shown: History) -> None:
    _ = session.translate
    if not shown.names:
        return
    section(_("Names and numbers before"))
    columns = [Column(_("Name")), Column(_("Number"), "nowrap"), Column(_("Until"), "nowrap")]
    rows = [[past.name, past.number, day(past.replaced_at, session.language)] for past in shown.names]
    table(columns, rows)


def merges(session: Session, shown: History) -> None:
    """Figures in which the pupil was counted twice before count him once since then: so it is said here."""
    _ = session.translate
    told = _("Put together on {day} with the record of {name}, number {number}.")
    for one in shown.merges:
        note(told.format(day=day(one.merged_at, session.language), name=one.name, number=one.number))


page(current())
