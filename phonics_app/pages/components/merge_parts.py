"""Parts of the page of pupils who were registered twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from phonics_app.domain.grade import Grade
from phonics_app.domain.merge import MergePreview, MergeSide
from phonics_app.domain.school import Pupil, School
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.html import Cell, Column, lines, link, link_row, stacked, table
from phonics_app.pages.components.labels import SEXES
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import class_label
from phonics_app.reports.merge_wording import merge_sentences
from phonics_app.reports.pupil_data_wording import table_title
from phonics_app.workflows.roster import list_pupils

_COUNTED = ("attempt", "result", "placement", "level_member", "lawful_basis", "past_name")


def who(session: Session, schools: Mapping[str, School], pupil: Pupil) -> Cell:
    where = f"{class_label(pupil.grade, pupil.room, session.language)} · {pupil.year}"
    return stacked(f"{pupil.number} {pupil.name}", f"{where} · {_school(session, schools, pupil.school_id)}")


def _school(session: Session, schools: Mapping[str, School], school_id: str) -> str:
    return schools[school_id].name.in_language(session.language) if school_id in schools else "–"


def side_by_side(session: Session, schools: Mapping[str, School], shown: MergePreview) -> None:
    _ = session.translate
    sides = (shown.kept, shown.merged)
    people = [side.pupil for side in sides]
    rows: list[list[Cell]] = [
        [_("Name"), *(pupil.name for pupil in people)],
        [_("Pupil number"), *(pupil.number for pupil in people)],
        [_("Sex"), *(_(SEXES[pupil.sex]) for pupil in people)],
        [_("School"), *(_school(session, schools, pupil.school_id) for pupil in people)],
        [_("State"), *(_("Archived") if pupil.archived else _("In the class list") for pupil in people)],
        [_("Classes"), *(lines(_classes(session, schools, side)) for side in sides)],
        [_("Tested in term"), *(", ".join(f"{r.term}/{r.year}" for r in side.rounds) or "–" for side in sides)],
    ]
    for name in _COUNTED:
        counts = [side.counts.get(name, 0) for side in sides]
        if any(counts):
            rows.append([table_title(name, session.language), *map(str, counts)])
    table([Column("", "side"), Column(_("Is kept"), "top"), Column(_("Comes to it"), "top")], rows)


def _classes(session: Session, schools: Mapping[str, School], side: MergeSide) -> list[str]:
    return [
        f"{year} · {class_label(Grade(grade), room, session.language)} · {_school(session, schools, school)}"
        for year, school, grade, room in side.classes
    ]


def what_happens(session: Session, shown: MergePreview) -> None:
    st.markdown("\n".join(f"- {sentence}" for sentence in merge_sentences(session.translate, shown)))


def compare_others(session: Session, schools: Sequence[School], school_id: str | None) -> None:
    """Any two pupils of this year: a name that was misspelt once makes no likely pair."""
    _ = session.translate
    with st.expander(_("Compare two other pupils")):
        chosen = [_choose(session, schools, school_id, label, n) for n, label in enumerate((_("One"), _("Other")))]
        one, other = chosen
        if one is not None and other is not None and one.id != other.id:
            link_row(link(_("Compare"), f"/merge?kept={one.id}&merged={other.id}", "primary"))


def _choose(
    session: Session, schools: Sequence[School], school_id: str | None, label: str, number: int
) -> Pupil | None:
    by_id = {school.id: school for school in schools}
    chosen = school_id
    if len(schools) > 1:
        first = by_id[school_id] if school_id else schools[0]
        named = f"{label}: {session.translate('School')}"
        of = pick(named, list(schools), first, lambda s: s.name.in_language(session.language), f"merge_school_{number}")
        chosen = of.id
    pupils = {p.id: p for p in list_pupils(session.phonics, session.actor, chosen or "", session.round.year)}
    told = session.translate("Choose a pupil")
    pupil_id = st.selectbox(
        label,
        list(pupils),
        index=None,
        placeholder=told,
        format_func=lambda one: _line(session, pupils[one]),
        key=f"merge_pupil_{number}_{chosen}",
    )
    return pupils.get(pupil_id) if pupil_id else None


def _line(session: Session, pupil: Pupil) -> str:
    return f"{pupil.number} · {pupil.name} · {class_label(pupil.grade, pupil.room, session.language)}"
