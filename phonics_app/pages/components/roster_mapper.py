"""Which column of the file holds what: one choice for each field, with an example from the file."""

from __future__ import annotations

import streamlit as st

from phonics_app.domain.errors import Place, Problem
from phonics_app.locales import N_
from phonics_app.pages.components.roster_work import RosterWork
from phonics_app.pages.components.session import Session
from phonics_app.workflows.roster import RosterField, RosterSheet

FIELD_NAMES = {
    RosterField.NUMBER: N_("Pupil number"),
    RosterField.PREFIX: N_("Name prefix"),
    RosterField.FIRST_NAME: N_("First name"),
    RosterField.LAST_NAME: N_("Last name"),
    RosterField.FULL_NAME: N_("Full name"),
    RosterField.SEX: N_("Sex"),
    RosterField.GRADE: N_("Grade"),
    RosterField.ROOM: N_("Room"),
    RosterField.CLASS: N_("Class (grade/room)"),
    RosterField.CLASS_NUMBER: N_("Class number"),
}
_EXAMPLES = 2


def map_columns(session: Session, work: RosterWork) -> tuple[dict[str, RosterField], list[Problem]]:
    """The mapping as chosen, and a problem for each column that was chosen twice."""
    _ = session.translate
    mapping: dict[str, RosterField] = {}
    problems = []
    with st.expander(_title(session, work.sheet), expanded=not work.sheet.recognised):
        columns = st.columns(2)
        for index, field in enumerate(RosterField):
            with columns[index % 2]:
                header = _choose_column(session, work, field)
            if header in mapping:
                place = Place(file=work.sheet.file, sheet=work.sheet.sheet, column=header)
                problems.append(Problem("page.column_twice", place, _(FIELD_NAMES[field])))
            elif header:
                mapping[header] = field
    return mapping, problems


def _title(session: Session, sheet: RosterSheet) -> str:
    _ = session.translate
    if not sheet.recognised:
        return _("Columns: choose what was not recognised")
    return _("Columns: as you chose last time") if sheet.remembered else _("Columns: check what was recognised")


def _choose_column(session: Session, work: RosterWork, field: RosterField) -> str:
    _ = session.translate
    sheet = work.sheet
    guessed = next((header for header, known in sheet.mapping.items() if known is field), "")
    options = ["", *sheet.headers]
    return st.selectbox(
        _(FIELD_NAMES[field]),
        options,
        index=options.index(guessed) if guessed in options else 0,
        key=f"map_{work.upload_id}_{field.value}",
        format_func=lambda header: _with_example(sheet, header) if header else _("(not in the file)"),
        filter_mode=None,
    )


def _with_example(sheet: RosterSheet, header: str) -> str:
    index = sheet.headers.index(header)
    values = [row[index] for row in sheet.rows if row[index]][:_EXAMPLES]
    return f"{header} — {', '.join(values)}" if values else header
