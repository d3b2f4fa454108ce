"""The rows of an O-NET file, .xlsx or .csv, as text."""

from __future__ import annotations

import csv
import io
import zipfile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from phonics_app.domain.errors import Place, Problem, ProblemsFound

MOST_ROWS = 2_000
"""No O-NET table is longer; a longer file is the wrong file."""

Table = list[tuple[int, tuple[str, ...]]]
"""Row number in the file (from 1) and cells."""


def read_sheet(filename: str, content: bytes) -> tuple[str, Table]:
    """Name of the sheet ("" for .csv) and its rows; `ProblemsFound` where the file can't be read."""
    if not filename.lower().endswith(".xlsx"):
        return "", _csv_rows(filename, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError):
        raise ProblemsFound([Problem("onet.unreadable", Place(file=filename))]) from None
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(max_row=MOST_ROWS, values_only=True)
    return sheet.title, [(number, tuple(_text(cell) for cell in row)) for number, row in enumerate(rows, start=1)]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return repr(cell) if isinstance(cell, float) else str(cell)


def _csv_rows(filename: str, content: bytes) -> Table:
    text = _decoded(content)
    if text is None:
        raise ProblemsFound([Problem("onet.unreadable", Place(file=filename))])
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    return [(number, tuple(row)) for number, row in enumerate(rows, start=1) if number <= MOST_ROWS]


def _decoded(content: bytes) -> str | None:
    """Text of a CSV file: UTF-8, with or without a mark, else the Thai code page of older programs."""
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
