"""OneRoster packages: out for other systems, and in with a preview."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from phonics_app.domain.school import School
from phonics_app.pages.components.choose import choose, pick
from phonics_app.pages.components.frame import header
from phonics_app.pages.components.html import Cell, Column, note, section, stats, table
from phonics_app.pages.components.messages import act, show_left_message, show_problems
from phonics_app.pages.components.session import Session, current
from phonics_app.workflows.oneroster import OneRosterPreview, commit_oneroster, export_oneroster, preview_oneroster
from phonics_app.workflows.roster import Change
from phonics_app.workflows.schools import list_schools

YEARS_BACK = 6
_MADE, _SHOWN, _UPLOADS = "oneroster_made", "oneroster_shown", "oneroster_uploads"


def page(session: Session) -> None:
    _ = session.translate
    header(_("OneRoster"), _("Schools, classes and pupils as OneRoster 1.2 CSV, out and in"))
    show_left_message()
    schools = {school.id: school for school in list_schools(session.phonics, session.actor)}
    section(_("Out: a package for another system"))
    hand_out(session, schools)
    section(_("In: a package from another system"))
    note(_("Nothing is stored before you confirm. Teachers are counted, but no accounts are made of them."))
    number = st.session_state.setdefault(_UPLOADS, 0)
    upload = st.file_uploader(_("OneRoster package (.zip)"), key=f"oneroster_{number}")
    if upload is not None:
        preview = preview_oneroster(session.phonics, session.actor, upload.name, upload.getvalue())
        show_preview(session, preview, schools)
        confirm(session, preview)
        # What is saved is what was shown: with the next tap the store may hold something else.
        st.session_state[_SHOWN] = preview.digest


def hand_out(session: Session, schools: dict[str, School]) -> None:
    _ = session.translate
    names = {"": _("All schools"), **{id: s.name.in_language(session.language) for id, s in schools.items()}}
    left, right = st.columns(2)
    with left:
        school = choose("oneroster_school", _("School"), list(names), str, names.__getitem__)
    with right:
        years = list(range(session.round.year, session.round.year - YEARS_BACK, -1))
        year = pick(_("Academic year"), years, years[0], str, "oneroster_year")
    note(_("The package holds children's names. Each one that is made is written into the audit log."))
    if st.button(_("Make the package")):
        made = export_oneroster(session.phonics, session.actor, year, school or None)
        st.session_state[_MADE] = (school, year), made
    ready = st.session_state.get(_MADE)
    if ready is not None and ready[0] == (school, year):
        st.download_button(
            _("Download the package"),
            ready[1],
            file_name=f"oneroster_{year}.zip",
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
        )


def show_preview(session: Session, preview: OneRosterPreview, schools: dict[str, School]) -> None:
    _ = session.translate
    if preview.problems:
        section(_("Please check these") if preview.ready else _("Please mend these in the file, then choose it again"))
        show_problems(preview.problems, session.language)
    if not preview.rosters:
        return
    figures = [(_("Academic year"), str(preview.year)), (_("New schools"), str(len(preview.new_schools)))]
    stats([*figures, (_("Teachers (no accounts made)"), str(preview.teachers))])
    known = schools | {school.id: school for school in preview.new_schools}
    titles = [_("New"), _("Changed"), _("Unchanged"), _("Not in the file (kept as they are)")]
    columns = [Column(_("School"), "wide"), *(Column(title, "number") for title in titles)]
    rows: list[list[Cell]] = []
    for roster in preview.rosters:
        counts = Counter(row.change for row in roster.rows)
        name = known[roster.school_id].name.in_language(session.language) if roster.school_id in known else "–"
        rows.append([name, *(str(counts[change]) for change in Change)])
    table(columns, rows)


def confirm(session: Session, preview: OneRosterPreview) -> None:
    _ = session.translate
    if st.button(_("Save schools and pupils"), type="primary", disabled=not preview.ready):
        done = _("Saved. Pupils added or changed: {n}")
        act(session.language, lambda: save(session, preview), lambda count: done.format(n=count))


def save(session: Session, preview: OneRosterPreview) -> int:
    count = commit_oneroster(session.phonics, session.actor, preview, st.session_state.get(_SHOWN))
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    return count


page(current())
