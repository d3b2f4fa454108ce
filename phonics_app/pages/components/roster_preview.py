"""What an import would do, before anything is stored: counts, problems, the rows that change."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from phonics_app.domain.errors import Place
from phonics_app.domain.school import PupilDraft
from phonics_app.locales import N_
from phonics_app.locales.messages import render
from phonics_app.pages.components.html import Cell, Column, badge, lines, note, section, stacked, stats, table
from phonics_app.pages.components.labels import SEXES, field_name
from phonics_app.pages.components.messages import show_problems
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import class_label
from phonics_app.workflows.roster import Change, RosterPreview, RosterRow

CHANGES = {
    Change.NEW: (N_("New"), "good"),
    Change.CHANGED: (N_("Changed"), "wait"),
    Change.UNCHANGED: (N_("Unchanged"), "neutral"),
    Change.MISSING: (N_("Not in the file (kept as they are)"), "warn"),
}

MOVED = (N_("Another class"), "wait")


def show_preview(session: Session, preview: RosterPreview) -> None:
    _ = session.translate
    counts = Counter(row.change for row in preview.rows)
    _point_out_school(session, preview)
    if preview.rows:
        figures = [(_(label), str(counts[change])) for change, (label, _tone) in CHANGES.items()]
        moved = sum(row.moved for row in preview.rows)
        stats([*figures, (_("Of the changed: to another class"), str(moved))] if moved else figures)
    if preview.dropped:
        names = ", ".join(preview.dropped)
        note(_("Sensitive columns were dropped at reading and are stored nowhere: {names}").format(names=names))
    if preview.problems:
        section(_advice(session, preview))
        show_problems(preview.problems, session.language)
    rows = [row for row in preview.rows if row.change is not Change.UNCHANGED]
    if rows:
        section(_("What will change"))
        table(_columns(session), [_cells(session, row) for row in rows], height=420)


def choose_leavers(session: Session, preview: RosterPreview) -> list[str]:
    """Ids of missing pupils who have left: a person says so, never the file."""
    _ = session.translate
    if not preview.missing:
        return []
    names = {row.pupil_id or "": f"{row.draft.number} {name_of(row)}" for row in preview.missing}
    return st.multiselect(
        _("Not in the file: who has left the school? Whoever is not chosen stays in the class list."),
        list(names),
        format_func=names.__getitem__,
        key=f"roster_left_{preview.content}",
        placeholder=_("Nobody chosen"),
    )


def name_of(row: RosterRow) -> str:
    return f"{row.draft.prefix}{row.draft.first_name} {row.draft.last_name}"


def _from_to(session: Session, row: RosterRow, field: str) -> str:
    """What a field is and what it will be: "Room: 1 → 2"."""
    _ = session.translate
    name = field_name(_, field)
    if row.before is None or not hasattr(row.before, field):
        return name
    return f"{name}: {_written(session, row.before, field)} → {_written(session, row.draft, field)}"


def _written(session: Session, draft: PupilDraft, field: str) -> str:
    if field == "grade":
        return draft.grade.label(session.language)
    if field == "sex":
        return session.translate(SEXES[draft.sex])
    return str(getattr(draft, field) or "–")


def _point_out_school(session: Session, preview: RosterPreview) -> None:
    """Before all else, and again among the problems: every pupil of the file would be at the wrong school."""
    for problem in preview.problems:
        if problem.code == "roster.other_school":
            note(render(replace(problem, place=Place()), session.language), "warn")
            return


def _advice(session: Session, preview: RosterPreview) -> str:
    _ = session.translate
    if preview.ready:
        return _("Please check these")
    if any(problem.code == "roster.field_missing" for problem in preview.problems):
        return _("Please choose the missing columns above")
    return _("Please mend these in the file, then choose it again")


def _columns(session: Session) -> list[Column]:
    _ = session.translate
    labels = [Column(_("Row"), "count"), Column(_("Name"), "wide"), Column(_("Class"), "nowrap")]
    return [*labels, Column(_("Change"), "wraps")]


def _cells(session: Session, row: RosterRow) -> list[Cell]:
    _ = session.translate
    label, tone = MOVED if row.moved else CHANGES[row.change]
    draft = row.draft
    fields = [_from_to(session, row, field) for field in row.differences]
    where = class_label(draft.grade, draft.room, session.language)
    what = lines([badge(_(label), tone), *fields])
    return ["" if row.row is None else str(row.row), stacked(name_of(row), draft.number), where, what]
