"""The lines of `use_cases` that are about tables out of the product and into it."""

from __future__ import annotations

from phonics_app.workflows import oneroster, table_exports
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.oneroster import OneRosterPreview
from phonics_app.workflows.table_exports import TableKind
from tests import sites

_PUPILS = "all own own - - -"
_PUPILS_OR_FIGURES = "all own own - all -"

NO_PACKAGE = OneRosterPreview("", 0, (), (), (), 0, ())

SHEET_CASES = {
    oneroster.export_oneroster: (_PUPILS, lambda p, a, w: oneroster.export_oneroster(p, a, sites.YEAR, w.school)),
    oneroster.preview_oneroster: ("all - - - - -", lambda p, a, w: oneroster.preview_oneroster(p, a, "a.zip", b"")),
    oneroster.commit_oneroster: ("all - - - - -", lambda p, a, w: oneroster.commit_oneroster(p, a, NO_PACKAGE)),
    table_exports.tables_for: (
        _PUPILS_OR_FIGURES,
        lambda p, a, w: table_exports.tables_for(p, a, w.school, sites.YEAR),
    ),
    table_exports.export_table: (
        _PUPILS,
        lambda p, a, w: table_exports.export_table(
            p, a, TableKind.PUPILS, w.school, sites.YEAR, format=ExportFormat.CSV
        ),
    ),
}
