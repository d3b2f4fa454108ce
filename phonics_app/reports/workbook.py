"""A report as an Excel workbook: a sheet that says what it is, then one for each table."""

from __future__ import annotations

import io
import re
from datetime import datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from phonics_app.reports.excel_file import new_workbook
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table

FONT = "TH Sarabun New"
GREEN = "#0b6e4f"
_NUMBERS = {Kind.COUNT: "#,##0", Kind.SHARE: "0.0%", Kind.SCORE: "0.00", Kind.SIGNED: "+0.00;−0.00;0.00"}
_UNSAFE = re.compile(r"[\[\]:*?/\\']")


def to_excel(report: Report) -> bytes:
    """An .xlsx file. Numbers are numbers; text that looks like a formula stays text."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        created = datetime.combine(report.made_on, time())
        book.set_properties({"title": report.title, "author": "Phonics Nine", "created": created})
        _add_facts(book, report)
        for number, table in enumerate(report.tables, start=1):
            _add_table(book, report, table, number)
    return file.getvalue()


def _format(book: xlsxwriter.Workbook, **settings: object) -> Format:
    return book.add_format({"font_name": FONT, "font_size": 14, "valign": "top", **settings})


def _add_facts(book: xlsxwriter.Workbook, report: Report) -> None:
    sheet = book.add_worksheet(_sheet_name(report.translate("About this file"), 0))
    sheet.set_column(0, 0, 28, _format(book, bold=True))
    sheet.set_column(1, 1, 80, _format(book, text_wrap=True))
    sheet.write_string(0, 0, report.title, _format(book, bold=True, font_size=18, font_color=GREEN))
    for row, (label, value) in enumerate(report.all_facts, start=2):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value)
    for row, note in enumerate(report.notes, start=3 + len(report.all_facts)):
        sheet.write_string(row, 1, note)
    _fit_width(sheet)


def _add_table(book: xlsxwriter.Workbook, report: Report, table: Table, number: int) -> None:
    sheet = book.add_worksheet(_sheet_name(table.title, number))
    mark = f" · {report.translate('Simulated data')}" if report.simulated else ""
    sheet.write_string(0, 0, table.title + mark, _format(book, bold=True, font_size=16, font_color=GREEN))
    head = _format(book, bold=True, bg_color=GREEN, font_color="#ffffff", text_wrap=True, border=1)
    for index, column in enumerate(table.columns):
        sheet.write_string(2, index, column.title, head)
        sheet.set_column(index, index, _width(table, index))
    formats = {kind: _format(book, border=1, num_format=_NUMBERS.get(kind, "General")) for kind in Kind}
    for row, values in enumerate(table.rows, start=3):
        for index, (column, cell) in enumerate(zip(table.columns, values, strict=True)):
            _write(sheet, row, index, cell, column, formats[column.kind])
    _set_page(sheet, report)


def _set_page(sheet: Worksheet, report: Report) -> None:
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    _fit_width(sheet)
    sheet.set_footer(f"&L{report.title.replace('&', '&&')}&R&P/&N")


def _fit_width(sheet: Worksheet) -> None:
    """A4 lying, as wide as one page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write(sheet: Worksheet, row: int, index: int, cell: Cell, column: Column, look: Format) -> None:
    if cell is None:
        sheet.write_blank(row, index, None, look)
    elif isinstance(cell, str):
        sheet.write_string(row, index, cell, look)
    else:
        sheet.write_number(row, index, cell, look)


def _width(table: Table, index: int) -> float:
    """In characters, from the longest text of the column."""
    texts = [table.columns[index].title, *(str(row[index]) for row in table.rows if isinstance(row[index], str))]
    return min(max(8, *(len(text) for text in texts)) + 2, 60)


def _sheet_name(title: str, number: int) -> str:
    """Unique, at most 31 characters, without the signs that Excel refuses."""
    name = _UNSAFE.sub(" ", title)
    return (f"{number} {name}" if number else name)[:31].strip()
