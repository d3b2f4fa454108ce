"""Items from a spreadsheet: choose the file, see what is new, changed or wrong, then propose."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from phonics_app.locales.item_labels import COLUMNS
from phonics_app.pages.components.html import Cell, Column, badge, note, section, stats, table
from phonics_app.pages.components.item_labels import task_label, word_markup
from phonics_app.pages.components.messages import act, show_problems
from phonics_app.pages.components.roster_preview import CHANGES
from phonics_app.pages.components.session import Session
from phonics_app.workflows.bank_sheets import Change, ItemsPreview, ItemsRow, commit_items, preview_items

_UPLOAD = "items_upload_number"


def import_page(session: Session) -> None:
    _ = session.translate
    note(_("Export the items, change them in Excel, choose the file here. Leave the id empty for a new item."))
    note(_("Nothing is in a test before another person has reviewed it. The same file again changes nothing."))
    number = st.session_state.setdefault(_UPLOAD, 0)
    upload = st.file_uploader(_("Items (.xlsx or .csv)"), key=f"items_file_{number}")
    if upload is None:
        return
    with st.spinner(_("Reading the file…")):
        preview = preview_items(session.phonics, session.actor, upload.name, upload.getvalue())
    _show(session, preview)
    if st.button(_("Propose these items"), type="primary", disabled=not preview.ready):
        done = _("Proposed: {n} items. Another person can review them now.")
        act(session.language, lambda: _commit(session, preview), lambda count: done.format(n=count))


def _commit(session: Session, preview: ItemsPreview) -> int:
    count = commit_items(session.phonics, session.actor, preview)
    st.session_state[_UPLOAD] += 1
    return count


def _show(session: Session, preview: ItemsPreview) -> None:
    _ = session.translate
    counts = Counter(row.change for row in preview.rows)
    shown = (Change.NEW, Change.CHANGED, Change.UNCHANGED)
    stats([(_(CHANGES[change][0]), str(counts[change])) for change in shown])
    if preview.problems:
        errors = any(not problem.warning for problem in preview.problems)
        section(_("Please mend these in the file, then choose it again") if errors else _("Please check these"))
        show_problems(preview.problems, session.language)
    rows = [row for row in preview.rows if row.change is not Change.UNCHANGED]
    if rows:
        section(_("What would be proposed"))
        columns = [Column(_("Row"), "number"), Column(_("Item")), Column(_("Level"), "number"), Column(_("Task"))]
        columns += [Column(_("Change")), Column(_("Fields"), "wide")]
        table(columns, [_cells(session, row) for row in rows], height=420)


def _cells(session: Session, row: ItemsRow) -> list[Cell]:
    _ = session.translate
    text, tone = CHANGES[row.change]
    fields = ", ".join(_(COLUMNS[column]) for column in row.differences)
    item = row.item
    where = [str(row.row), word_markup(item), str(item.level), task_label(_, item.task)]
    return [*where, badge(_(text), tone), fields or "–"]
