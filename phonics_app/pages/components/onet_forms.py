"""A school's own O-NET results: one by hand, many from a spreadsheet, the target, and taking one away."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult, OnetTarget
from phonics_app.locales import N_
from phonics_app.pages.components.choose import pick
from phonics_app.pages.components.html import Column, table
from phonics_app.pages.components.messages import act, show_problems
from phonics_app.pages.components.session import Session
from phonics_app.workflows import onet
from phonics_app.workflows.onet import OnetPage, OnetPreview

_OPTIONAL = (("sd", N_("S.D.")), ("maximum", N_("Highest score")), ("minimum", N_("Lowest score")))


def edit(session: Session, school_id: str, grade: Grade, page: OnetPage) -> None:
    """The forms, each under its own heading."""
    _ = session.translate
    with st.expander(_("Enter a result")):
        enter(session, school_id, grade)
    with st.expander(_("Import results from a spreadsheet")):
        import_results(session, school_id)
    with st.expander(_("Set the target")):
        target(session, school_id, grade)
    years = [int(year) for year in page.table["year"]]
    if years:
        with st.expander(_("Delete a result")):
            delete(session, school_id, grade, years)


def enter(session: Session, school_id: str, grade: Grade) -> None:
    _ = session.translate
    with st.form("onet_result", enter_to_submit=False):
        columns = st.columns(3)
        year = columns[0].number_input(_("Academic year (B.E.)"), 2540, 2700, session.round.year - 1, 1)
        n = columns[1].number_input(_("Number of examinees"), 0, 100_000, 0, 1)
        mean = columns[2].number_input(_("Mean score"), 0.0, 100.0, None, 0.01, "%.2f")
        last = st.columns(4)
        others = {
            name: last[i].number_input(_(heading), 0.0, 100.0, None, 0.01, "%.2f", key=f"onet_{name}")
            for i, (name, heading) in enumerate(_OPTIONAL)
        }
        half = last[3].number_input(_("% with 50 or more"), 0.0, 100.0, None, 0.01, "%.2f", key="onet_half")
        sent = st.form_submit_button(_("Save"), type="primary")
    if sent and mean is not None:
        share = None if half is None else half / 100
        result = OnetResult(school_id, int(year), grade, int(n), mean, **others, share_50=share)
        act(
            session.language,
            lambda: onet.save_onet_result(session.phonics, session.actor, result),
            _("Saved: academic year {year}").format(year=year),
        )


def import_results(session: Session, school_id: str) -> None:
    _ = session.translate
    st.caption(
        _("Columns: year, grade, number of examinees, mean; and if known S.D., highest, lowest, % with 50 or more.")
    )
    number = st.session_state.setdefault("onet_upload_number", 0)
    upload = st.file_uploader(_("Spreadsheet (.xlsx or .csv)"), type=["xlsx", "csv"], key=f"onet_file_{number}")
    if upload is None:
        return
    preview = onet.preview_onet_import(session.phonics, session.actor, school_id, upload.name, upload.getvalue())
    if preview.problems:
        show_problems(preview.problems, session.language)
    _preview_table(session, preview)
    if st.button(_("Save these results"), type="primary", disabled=not preview.ready):
        st.session_state["onet_upload_number"] = number + 1
        act(
            session.language,
            lambda: onet.commit_onet_import(session.phonics, session.actor, preview),
            lambda count: _("Saved. Results: {n}").format(n=count),
        )


def _preview_table(session: Session, preview: OnetPreview) -> None:
    _ = session.translate
    columns = [Column(_("Year"), "number"), Column(_("Grade")), Column(_("Examinees"), "number")]
    rows = [[str(r.year), r.grade.label(session.language), f"{r.n:,}", f"{r.mean:.2f}"] for r in preview.rows]
    if rows:
        table([*columns, Column(_("Mean"), "number")], rows, height=320)


def target(session: Session, school_id: str, grade: Grade) -> None:
    _ = session.translate
    kinds = {False: _("a mean score (points)"), True: _("a gain on the year before (%)")}
    with st.form("onet_target", enter_to_submit=False):
        relative = pick(_("The target is"), list(kinds), False, kinds.__getitem__, "onet_target_kind")
        value = st.number_input(_("Points or %"), -100.0, 100.0, None, 0.01, "%.2f", key="onet_target_value")
        sent = st.form_submit_button(_("Save"))
    if sent and value is not None:
        chosen = OnetTarget(school_id, grade, value / 100 if relative else value, relative)
        act(
            session.language,
            lambda: onet.set_target(session.phonics, session.actor, chosen),
            _("The target was saved."),
        )
    if st.button(_("Remove the target")):
        act(
            session.language,
            lambda: onet.clear_target(session.phonics, session.actor, school_id, grade),
            _("The target was removed."),
        )


def delete(session: Session, school_id: str, grade: Grade, years: list[int]) -> None:
    _ = session.translate
    with st.form("onet_delete"):
        year = pick(_("Academic year (B.E.)"), years[::-1], years[-1], str, "onet_delete_year")
        if st.form_submit_button(_("Delete this result")):
            act(
                session.language,
                lambda: onet.delete_onet_result(session.phonics, session.actor, school_id, year, grade),
                _("Deleted: academic year {year}").format(year=year),
            )
