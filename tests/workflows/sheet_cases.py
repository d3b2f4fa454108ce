"""The lines of `use_cases` that are about tables out of the product and into it."""

from __future__ import annotations

from phonics_app.workflows import table_exports
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.table_exports import TableKind
from tests import sites

_PUPILS = "all own own - - -"
_PUPILS_OR_FIGURES = "all own own - all -"

SHEET_CASES = {
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
