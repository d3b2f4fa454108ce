"""The schools of the site: add one, or change one."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import School, SchoolKind
from phonics_app.domain.text import Text
from phonics_app.locales import N_
from phonics_app.pages.components.choose import choose, pick
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Cell, Column, section, stacked, table
from phonics_app.pages.components.messages import act, show_left_message
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.schools import list_schools, save_school
from phonics_app.workflows.setup import SchoolDraft

KINDS = {SchoolKind.MUNICIPAL: N_("Municipal"), SchoolKind.NETWORK: N_("Network")}


def page(session: Session) -> None:
    _ = session.translate
    header(_("Schools"), _("Municipal schools with their classes; network schools as totals"))
    show_left_message()
    schools = list_schools(session.phonics, session.actor)
    columns = [Column(_("School"), "wide"), Column(_("Kind"), "nowrap"), Column(_("School code"))]
    table([*columns, Column(_("Up to grade"), "number")], [_cells(session, school) for school in schools])
    section(_("Add or change a school"))
    names = {"": _("New school"), **{s.id: s.name.in_language(session.language) for s in schools}}
    chosen = choose("edit", _("School"), list(names), str, names.__getitem__)
    school = next((s for s in schools if s.id == chosen), None)
    form(session, school)


def form(session: Session, school: School | None) -> None:
    _ = session.translate
    key = school.id if school else "new"
    with st.form(f"school_{key}", enter_to_submit=False):
        left, right = st.columns(2)
        thai = left.text_input(_("Thai name"), school.name.th if school else "", key=f"th_{key}")
        english = right.text_input(_("English name"), school.name.en if school else "", key=f"en_{key}")
        left, middle, right = st.columns(3)
        with left:
            present = school.kind if school else SchoolKind.MUNICIPAL
            kind = pick(_("Kind"), list(SchoolKind), present, lambda k: _(KINDS[k]), f"kind_{key}")
        code = middle.text_input(_("School code (10 digits)"), school.code if school else "", key=f"code_{key}")
        with right:
            last = school.highest_grade if school else Grade.P6
            highest = pick(_("Highest grade"), list(Grade), last, lambda g: g.label(session.language), f"high_{key}")
        sent = st.form_submit_button(_("Save"), type="primary")
    if sent:
        draft = SchoolDraft(Text(thai.strip(), english.strip()), kind, code.strip(), highest)
        act(
            session.language,
            lambda: save_school(session.phonics, session.actor, draft, school.id if school else None),
            _("Saved: {name}").format(name=draft.name.in_language(session.language)),
        )


def _cells(session: Session, school: School) -> list[Cell]:
    _ = session.translate
    return [
        stacked(school.name.th, school.name.en),
        _(KINDS[school.kind]),
        school.code or "–",
        school.highest_grade.label(session.language),
    ]


page(current())
