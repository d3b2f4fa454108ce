"""A report as PDF: what it is first, then its tables, the figure above each, shares with a bar beside them."""

from __future__ import annotations

from phonics_app.reports import typesetting as ts
from phonics_app.reports.drawing import drawing
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table, written

MOST_COLUMNS_UPRIGHT = 8
"""A wider table turns the page."""


def to_pdf(report: Report) -> bytes:
    """A4, upright or (for wide tables) lying."""
    blocks = [ts.heading(report.title)]
    blocks += [_facts(report)]
    for table in report.tables:
        blocks += _table(table, report)
    blocks += [ts.note(note) for note in report.notes]
    wide = any(len(table.columns) > MOST_COLUMNS_UPRIGHT for table in report.tables)
    page = ts.Page(report.title, report.language, report.made_on, report.facts[0][1], report.simulated, wide)
    return ts.pdf(blocks, page)


def _facts(report: Report) -> ts.Markup:
    _ = report.translate
    lines = [ts.joined((ts.bold(f"{label}:"), value)) for label, value in report.facts]
    if report.simulated:
        lines.append(ts.bold(_("Simulated data: no real pupil is shown.")))
    return ts.Markup("\n".join(ts.paragraph(line) for line in lines))


def _table(table: Table, report: Report) -> list[ts.Markup]:
    blocks = [ts.heading(table.title, 2)]
    figure = table.drawn() if table.drawn else None
    if figure is not None and figure.data:
        blocks.append(drawing(figure, table.title))
    elif table.note:
        blocks.append(ts.paragraph(ts.muted(table.note)))
    if not table.rows:
        return [*blocks, ts.paragraph(report.translate("No data yet"))]
    rows = [[_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    return [*blocks, ts.table([_column(column) for column in table.columns], rows)]


def _column(column: Column) -> ts.Column:
    return ts.Column(
        column.title, column.width or "auto", "left" if column.kind in (Kind.TEXT, Kind.SHARE) else "right"
    )


def _cell(cell: Cell, column: Column) -> str:
    text = written(cell, column.kind)
    if column.kind is Kind.SHARE and isinstance(cell, int | float):
        return ts.joined((ts.bar(float(cell), "2.2cm"), text))
    return text
