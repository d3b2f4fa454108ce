"""Tables of a school to take along: pupils, tests, decisions, results, answers, O-NET, as CSV or Excel."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from phonics_app.locales import N_
from phonics_app.pages.components.choose import choose_school, pick
from phonics_app.pages.components.downloads import MIME_TYPES
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import link, link_row, note, section
from phonics_app.pages.components.session import Session, current
from phonics_app.reports.export_columns import TITLES
from phonics_app.workflows.permissions import Action
from phonics_app.workflows.schools import list_schools
from phonics_app.workflows.table_exports import ExportFormat, HeaderStyle, TableKind, export_table, tables_for

FORMATS = {ExportFormat.EXCEL: N_("Excel file (.xlsx)"), ExportFormat.CSV: N_("CSV file (.csv)")}
STYLES = {
    HeaderStyle.WORDS: N_("Headers in words, for people"),
    HeaderStyle.CODES: N_("Headers as codes, for programs"),
}
YEARS_BACK = 6
_KEY = "export_made"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen; a file that was made belongs to one of these alone."""

    kind: TableKind
    school_id: str
    year: int
    format: ExportFormat
    style: HeaderStyle
    language: str


def page(session: Session) -> None:
    _ = session.translate
    header(_("Export tables"), _("Records of one school and academic year, as CSV or Excel"))
    schools = [s for s in list_schools(session.phonics, session.actor) if session.may(Action.SEE_PUPILS, s.id)]
    school = choose_school(session, schools)
    if school is None:
        return
    note(_("These tables hold children's names. Each file that is made is written into the audit log."))
    wanted = choose_table(session, school.id)
    hand_out(session, wanted)
    section(_("Figures and documents"))
    note(_("What the other pages show can be taken out there."))
    link_row(*links(session, school.id))


def choose_table(session: Session, school_id: str) -> Wanted:
    _ = session.translate
    this_year = session.round.year
    left, right = st.columns(2)
    with left:
        years = list(range(this_year, this_year - YEARS_BACK, -1))
        year = pick(_("Academic year"), years, this_year, str, "export_year")
    counts = tables_for(session.phonics, session.actor, school_id, year)
    kinds = list(counts)
    with right:
        shown = {kind: _("{table} — {n:,}").format(table=_(TITLES[kind]), n=counts[kind]) for kind in kinds}
        kind = pick(_("Table"), kinds, kinds[0], shown.__getitem__, "export_kind")
    left, right = st.columns(2)
    with left:
        format = pick(_("Kind of file"), list(FORMATS), ExportFormat.EXCEL, lambda f: _(FORMATS[f]), "export_format")
    with right:
        style = pick(_("Headers"), list(STYLES), HeaderStyle.WORDS, lambda s: _(STYLES[s]), "export_style")
    return Wanted(kind, school_id, year, format, style, session.language)


def hand_out(session: Session, wanted: Wanted) -> None:
    """A large file takes a while, so it is made first and then handed out."""
    _ = session.translate
    if st.button(_("Make the file"), type="primary"):
        st.session_state[_KEY] = wanted, make(session, wanted)
    made = st.session_state.get(_KEY)
    if made is None or made[0] != wanted:
        return
    ending = wanted.format.value
    st.download_button(
        _("Download the file"),
        made[1],
        file_name=f"{wanted.kind.value}_{wanted.year}.{ending}",
        mime=MIME_TYPES[ending],
        icon=":material/download:",
        on_click="ignore",
    )


def make(session: Session, wanted: Wanted) -> bytes:
    bar = st.progress(0.0, session.translate("Writing the table"))
    document = export_table(
        session.phonics,
        session.actor,
        wanted.kind,
        wanted.school_id,
        wanted.year,
        format=wanted.format,
        style=wanted.style,
        language=wanted.language,
        progress=bar.progress,
    )
    bar.empty()
    return document


def links(session: Session, school_id: str) -> list[Markup]:
    _ = session.translate
    places = [(_("My class"), "/class", Action.SEE_PUPILS)]
    places += [(_("Dashboard"), "/dashboard", Action.SEE_DASHBOARD), (_("O-NET"), "/onet", Action.SEE_DASHBOARD)]
    return [link(name, f"{path}?school={school_id}") for name, path, need in places if session.may(need, school_id)]


page(current())
