"""Tables of any length as files: written row by row, so that memory does not grow with them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

from xlsxwriter.worksheet import Worksheet

from phonics_app.domain.export import ExportCell, ExportRow, TableKind
from phonics_app.domain.sheet_cells import write_csv
from phonics_app.locales import Translate, translator
from phonics_app.reports.excel_file import new_workbook
from phonics_app.reports.export_columns import COLUMNS, TITLES, worded
from phonics_app.reports.tables import BOM

MOST_ROWS_IN_SHEET = 1_000_000
"""Excel has 1,048,576 rows; what is more goes on in a further sheet."""
_SHEET_NAME = 25


class HeaderStyle(Enum):
    """Headers and codes for people (in a language), or for programs (in none)."""

    WORDS = "words"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class ExportLook:
    style: HeaderStyle
    language: str
    facts: tuple[tuple[str, str], ...] = ()
    """What the file is of: label and value. In Excel on a sheet of their own, in CSV left to the file's name."""


def headers(kind: TableKind, look: ExportLook) -> tuple[str, ...]:
    _ = translator(look.language)
    return tuple(c.name if look.style is HeaderStyle.CODES else _(c.title) for c in COLUMNS[kind])


def _dressed(kind: TableKind, rows: Iterable[ExportRow], look: ExportLook) -> Iterator[ExportRow]:
    if look.style is HeaderStyle.CODES:
        for row in rows:
            yield tuple(str(cell).lower() if isinstance(cell, bool) else cell for cell in row)
        return
    _, columns = translator(look.language), COLUMNS[kind]
    for row in rows:
        yield tuple(worded(_, column, cell, look.language) for column, cell in zip(columns, row, strict=True))


def write_export_csv(file: BinaryIO, kind: TableKind, rows: Iterable[ExportRow], look: ExportLook) -> None:
    """UTF-8; with a mark for Excel, as Thai would be taken for another encoding without it."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    text.write(BOM)
    write_csv(text, [headers(kind, look)])
    write_csv(text, (tuple(map(_number, row)) for row in _dressed(kind, rows, look)))
    text.detach()


def _number(cell: ExportCell) -> ExportCell:
    return f"{cell:.6g}" if isinstance(cell, float) else cell


def write_export_excel(file: BinaryIO, kind: TableKind, rows: Iterable[ExportRow], look: ExportLook) -> None:
    """A sheet that says what the file is, then the rows. Numbers are numbers, pupil numbers text."""
    _ = translator(look.language)
    with new_workbook(file, row_by_row=True) as book:
        about = book.add_worksheet(_("About this file"))
        about.set_column(0, 0, 28)
        about.set_column(1, 1, 60)
        for number, (name, value) in enumerate(look.facts):
            about.write_string(number, 0, name)
            about.write_string(number, 1, value)
        bold = book.add_format({"bold": True})
        sheet, line, part = None, 0, 0
        for row in _dressed(kind, rows, look):
            if sheet is None or line > MOST_ROWS_IN_SHEET:
                part, line = part + 1, 1
                sheet = book.add_worksheet(f"{_(TITLES[kind])[:_SHEET_NAME]} {part}" if part > 1 else _title(_, kind))
                _head(sheet, headers(kind, look), bold)
            _write(sheet, line, row)
            line += 1
        if sheet is None:
            _head(book.add_worksheet(_title(_, kind)), headers(kind, look), bold)


def _title(_: Translate, kind: TableKind) -> str:
    return str(_(TITLES[kind]))[:_SHEET_NAME]


def _head(sheet: Worksheet, names: tuple[str, ...], bold: object) -> None:
    sheet.freeze_panes(1, 0)
    for index, name in enumerate(names):
        sheet.set_column(index, index, max(10, len(name)))
        sheet.write_string(0, index, name, bold)


def _write(sheet: Worksheet, line: int, row: ExportRow) -> None:
    for index, cell in enumerate(row):
        if isinstance(cell, str) and cell:
            sheet.write_string(line, index, cell)
        elif isinstance(cell, int | float):
            sheet.write_number(line, index, cell)
