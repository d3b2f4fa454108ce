"""Parts of the page of lawful bases: who has which, and noting one for many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from phonics_app.domain.privacy import Basis, BasisSource, PupilBasis
from phonics_app.domain.school import School
from phonics_app.locales.privacy_labels import BASES, SOURCES
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.day_picker import pick_day
from phonics_app.pages.components.html import Cell, Column, badge, link, note, section, show, stacked, table
from phonics_app.pages.components.messages import act
from phonics_app.pages.components.session import Session
from phonics_app.reports.typesetting import long_date
from phonics_app.workflows.lawful_bases import count_without_basis, record_bases
from phonics_app.workflows.permissions import Action


def remind_of_bases(session: Session, school: School) -> None:
    """On the first screen: how many pupils have no lawful basis, with the way to note one."""
    _ = session.translate
    if not session.may(Action.EDIT_ROSTER, school.id):
        return
    count = count_without_basis(session.phonics, session.actor, school.id, session.round.year)
    if count:
        note(_("{n} pupils without a noted lawful basis").format(n=count), "warn")
        show(link(_("Note lawful bases"), f"/lawful-basis?school={school.id}", "secondary"))


def basis_table(session: Session, found: Sequence[PupilBasis]) -> None:
    _ = session.translate
    columns = [
        Column(_("Number"), "nowrap"),
        Column(_("Name")),
        Column(_("Lawful basis"), "wraps"),
        Column(_("Day")),
    ]
    table(columns, [_cells(session, one) for one in found], height=520)


def _cells(session: Session, one: PupilBasis) -> list[Cell]:
    _ = session.translate
    if one.latest is None:
        return [one.pupil.number, one.pupil.name, badge(_("None noted"), "warn"), "–"]
    latest = one.latest
    tone = "warn" if one.without else "good"
    told = stacked(badge(_(BASES[latest.basis]), tone), _(SOURCES[latest.source]))
    return [one.pupil.number, one.pupil.name, told, long_date(latest.given_on, session.language)]


def note_bases(session: Session, school: School, found: Sequence[PupilBasis]) -> None:
    """One form for all who have none, or for those who are chosen."""
    _ = session.translate
    section(_("Note a lawful basis"))
    names = {one.pupil.id: f"{one.pupil.number} {one.pupil.name}" for one in found}
    without = [one.pupil.id for one in found if one.without]
    with st.container(border=True):
        day = pick_day(session, _("Day"), session.today, "basis_day")
        _note_form(session, school, names, without, day)


def _note_form(
    session: Session, school: School, names: dict[str, str], without: Sequence[str], day: date | None
) -> None:
    _ = session.translate
    with st.form("note_basis", border=False, enter_to_submit=False):
        chosen = st.multiselect(
            _("Pupils"),
            list(names),
            default=list(without),
            format_func=names.__getitem__,
            key=f"basis_of_{school.id}",
            placeholder=_("Choose one or more"),
        )
        basis = pick(_("Lawful basis"), list(Basis), Basis.PUBLIC_TASK, lambda b: _(BASES[b]), "basis_kind")
        source = pick(
            _("Where it stands"), list(BasisSource), BasisSource.DECISION, lambda s: _(SOURCES[s]), "basis_source"
        )
        if st.form_submit_button(_("Note for all chosen"), type="primary"):
            given_on = day or session.today
            act(
                session.language,
                lambda: record_bases(
                    session.phonics, session.actor, school.id, session.round.year, chosen, basis, given_on, source
                ),
                lambda n: _("Noted for {n} pupils.").format(n=n),
            )
