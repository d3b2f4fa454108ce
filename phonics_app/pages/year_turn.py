"""The year turn of a school: which class becomes which, who repeats or leaves, look at it, store it, take it back."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from phonics_app.domain.school import School
from phonics_app.domain.year_turn import Class, TurnRow, usual_target
from phonics_app.pages.components.choose import choose_school, pick
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Cell, Column, badge, note, section, stats, table
from phonics_app.pages.components.labels import day
from phonics_app.pages.components.messages import act, empty_state, show_left_message, show_problems
from phonics_app.pages.components.session import Session, current
from phonics_app.pages.components.turn_classes import choose_targets
from phonics_app.reports.labels import class_label
from phonics_app.reports.turn_report import OUTCOMES, outcome_label
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.schools import list_schools
from phonics_app.workflows.year_turn import (
    Outcome,
    TurnChoice,
    TurnPreview,
    commit_year_turn,
    export_year_turn,
    last_year_turn,
    preview_year_turn,
    undo_year_turn,
)

TONES = {Outcome.PROMOTED: "good", Outcome.REPEATS: "wait", Outcome.LEAVES: "warn", Outcome.ENROLLED: "neutral"}


def page(session: Session) -> None:
    _ = session.translate
    header(_("Year turn"), _("Takes the classes of a school into the next academic year"))
    show_left_message()
    schools = [
        s
        for s in list_schools(session.phonics, session.actor)
        if session.may(Action.EDIT_ROSTER, s.id, whole_school=True)
    ]
    school = choose_school(session, schools)
    if school is None:
        return
    taken_back(session, school)
    years = [session.round.year, session.round.year + 1]
    year = pick(_("New academic year"), years, years[0], str, "turn_year")
    usual = preview_year_turn(session.phonics, session.actor, school.id, year)
    if not usual.rows:
        advice = _("No pupil was in a class of this school in the academic year {year}.").format(year=year - 1)
        empty_state(_("Nobody to take along"), advice)
        return
    shown = preview_year_turn(session.phonics, session.actor, school.id, year, choices(session, school, usual))
    preview(session, shown)


def taken_back(session: Session, school: School) -> None:
    """The turn that stands, and the way back from it."""
    _ = session.translate
    last = last_year_turn(session.phonics, session.actor, school.id)
    if last is None:
        return
    turn, free = last
    when = day(turn.turned_at, session.language)
    note(_("Turned into {year} on {day}: {n} pupils").format(year=turn.to_year, day=when, n=turn.pupils), "good")
    if not free:
        st.caption(_("It can't be taken back any more: tests or pupils were added to the new year since then."))
    elif st.button(_("Take the year turn back"), key=f"undo_{turn.id}"):
        done = _("Taken back: {n} pupils").format(n=turn.pupils)
        act(session.language, lambda: undo_year_turn(session.phonics, session.actor, school.id), done)


def choices(session: Session, school: School, usual: TurnPreview) -> TurnChoice:
    """What differs from the usual: classes, and single pupils."""
    _ = session.translate
    key = f"{school.id}_{usual.to_year}"
    with st.expander(_("Classes and single pupils that differ")):
        expected: Mapping[Class, Class | None] = {of: usual_target(of, school.highest_grade) for of in usual.targets}
        targets = choose_targets(session, school, expected, key)
        names = {row.pupil.id: row for row in usual.rows if row.outcome is not Outcome.ENROLLED}
        repeat = _pupils(session, _("Pupils who repeat the year"), names, f"repeat_{key}")
        leave = _pupils(session, _("Pupils who leave the school"), names, f"leave_{key}")
    return TurnChoice(targets, repeat, leave)


def _pupils(session: Session, label: str, rows: Mapping[str, TurnRow], key: str) -> frozenset[str]:
    told = session.translate("Choose pupils")
    chosen = st.multiselect(
        label, list(rows), format_func=lambda one: _who(session, rows[one]), key=key, placeholder=told
    )
    return frozenset(chosen)


def _who(session: Session, row: TurnRow) -> str:
    pupil = row.pupil
    return f"{class_label(pupil.grade, pupil.room, session.language)} · {pupil.number} {pupil.name}"


def preview(session: Session, shown: TurnPreview) -> None:
    _ = session.translate
    counts = shown.counts
    if counts[Outcome.ENROLLED] == len(shown.rows):
        section(_("Nobody is left to take along"))
        note(_("Every pupil of {year} is in a class of the new year, or has left.").format(year=shown.to_year - 1))
    else:
        section(_("What will happen"))
    stats([(_(text), f"{counts[outcome]:,}") for outcome, text in OUTCOMES.items()])
    if shown.problems:
        show_problems(shown.problems, session.language)
    columns = [Column(_("Class"), "nowrap"), Column(_("Number"), "nowrap"), Column(_("Name"), "wide")]
    columns += [Column(_("What happens")), Column(_("New class"), "nowrap")]
    table(columns, [_cells(session, row) for row in shown.rows], height=460)
    if st.button(_("Store the year turn"), type="primary", disabled=not shown.ready, key=f"store_{shown.to_year}"):
        stored = _("Stored: {n} pupils")
        with st.spinner(_("Storing…")):
            act(
                session.language,
                lambda: commit_year_turn(session.phonics, session.actor, shown),
                lambda turn: stored.format(n=turn.pupils),
            )
    note(_("Newcomers come with the class list of the new year, by the page “Import class list”."))
    downloads(
        session,
        f"year-turn-{shown.to_year}",
        lambda kind: export_year_turn(session.phonics, session.actor, shown, format=kind, language=session.language),
    )


def _cells(session: Session, row: TurnRow) -> list[Cell]:
    pupil = row.pupil
    return [
        class_label(pupil.grade, pupil.room, session.language),
        pupil.number,
        pupil.name,
        badge(outcome_label(session.translate, row.outcome), TONES[row.outcome]),
        class_label(*row.to, session.language) if row.to else "–",
    ]


page(current())
