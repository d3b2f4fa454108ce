"""Reading .xlsx, .xls and .csv files as grids of cells, within limits that protect the server."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NoReturn
from xml.etree import ElementTree

from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.records.csv_text import csv_grid
from phonics_app.records.long_cells import long_cell
from phonics_app.records.xls_file import XlsRefused, is_xls, xls_sheets

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
"""Of all parts of an .xlsx file together: it is a zip, and a small one may unpack to fill any memory."""
MOST_STRING_BYTES = 80 * 1024 * 1024
"""Of the table of strings, which is held in memory as a whole."""
MOST_OTHER_BYTES = 10 * 1024 * 1024
"""Of what is neither a sheet nor that table, such as styles, and of one cell: held as a tree, many times as large."""
USUAL_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of a part packed otherwise the unpacker writes all into memory, whatever size it says to have."""
_CONTENTS = "[Content_Types].xml"
_NAMESPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET, _STRINGS = f"{_SPREADSHEET}.worksheet+xml", f"{_SPREADSHEET}.sharedStrings+xml"
_NO_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"II*\0", b"MM\0*")
"""How PDF files, pictures and Rich Text begin: their bytes may pass for text in some encoding."""
MOST_ROWS = 60_000
MOST_COLUMNS = 256
MOST_CHARACTERS = 32_767
"""In a cell, as in Excel."""
_ROWS_OF_EXCEL = 1_048_576
"""A row that says to be further down would be waited for, one empty row after another."""

Progress = Callable[[float], object]
Cell = object
"""What a cell holds: text, a number, a truth value, a date or nothing (None)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `rows[0]` is row 1 of the file; rows may differ in length."""

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def empty(self) -> bool:
        return not any(cell not in (None, "") for row in self.rows for cell in row)


def read_grids(filename: str, content: bytes, progress: Progress = lambda share: None) -> tuple[Grid, ...]:
    """All sheets that hold something (a .csv has one, without a name). The content tells the format, not the name.

    `progress` hears the share read (0–1) of an .xlsx file; the others take a tenth of its time.

    Raises `ProblemsFound` with one problem: "spreadsheet.too_large", ".too_many_rows", ".empty", ".old_format",
    ".password", ".web_page", ".cell_too_long", ".unreadable" or ".unknown_encoding".
    """
    place = Place(file=filename)
    if len(content) > MOST_BYTES:
        _refuse("spreadsheet.too_large", place, _megabytes(len(content)), _megabytes(MOST_BYTES))
    if is_xls(content):
        grids = _old_workbook(place, content)
    elif content.startswith(b"PK\x03\x04"):
        grids = _workbook(place, content, progress)
    else:
        grids = (_csv(place, content),)
    found = tuple(grid for grid in grids if not grid.empty)
    if not found:
        _refuse("spreadsheet.empty", place)
    return found


def _refuse(code: str, place: Place, value: str = "", expected: str = "") -> NoReturn:
    raise ProblemsFound([Problem(code, place, value, expected)])


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"


def _old_workbook(place: Place, content: bytes) -> tuple[Grid, ...]:
    try:
        sheets = xls_sheets(content, MOST_COLUMNS)
        return tuple(Grid(name, tuple(_limited(Place(file=place.file, sheet=name), rows))) for name, rows in sheets)
    except XlsRefused as refused:
        raise ProblemsFound([Problem(refused.code, place)]) from refused


class _Watched(io.BytesIO):
    """Tells how much of it has been read, at most a hundred times."""

    def __init__(self, content: bytes, progress: Progress) -> None:
        super().__init__(content)
        self._whole, self._read, self._told, self._progress = max(1, len(content)), 0, 0.0, progress

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self._read += len(piece)
        share = min(1.0, self._read / self._whole)
        if share >= self._told + 0.01:
            self._told = share
            self._progress(share)
        return piece


def _workbook(place: Place, content: bytes, progress: Progress) -> tuple[Grid, ...]:
    from openpyxl import load_workbook

    try:
        _check_unpacked_size(place, content)
        with warnings.catch_warnings():
            # Styles and extensions that openpyxl does not know are of no interest here.
            warnings.simplefilter("ignore")
            book = load_workbook(_Watched(content, progress), read_only=True, data_only=True, keep_links=False)
            grids = tuple(_grid(place, sheet.title, sheet) for sheet in book.worksheets)
        book.close()
    except ProblemsFound:
        raise
    except Exception as error:  # a broken file can raise anything inside the reader
        raise ProblemsFound([Problem("spreadsheet.unreadable", place)]) from error
    return grids


def _check_unpacked_size(place: Place, content: bytes) -> None:
    """Sheets are read row by row, the rest as a whole. What a part is says the list of contents, not its name."""
    # The sizes are what the file says of itself; the unpacker stops with an error where a part is larger.
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not all(part.compress_type in USUAL_PACKING for part in archive.infolist()):
            _refuse("spreadsheet.unreadable", place)
        sizes = {part.filename: part.file_size for part in archive.infolist()}
        kinds = _kinds(archive.read(_CONTENTS)) if 0 < sizes.get(_CONTENTS, 0) <= MOST_OTHER_BYTES else {}
    # Pictures and the like are never opened.
    read = {name: size for name, size in sizes.items() if name.lower().endswith((".xml", ".rels")) or name in kinds}
    sheets = sum(size for name, size in read.items() if kinds.get(name) == {_SHEET})
    strings = sum(size for name, size in read.items() if kinds.get(name) == {_STRINGS})
    others = sum(read.values()) - sheets - strings
    for size, limit in ((sum(sizes.values()), MOST_UNPACKED_BYTES), (strings, MOST_STRING_BYTES)):
        if size > limit:
            _refuse("spreadsheet.too_large", place, _megabytes(size), _megabytes(limit))
    if others > MOST_OTHER_BYTES:
        _refuse("spreadsheet.too_large", place, _megabytes(others), _megabytes(MOST_OTHER_BYTES))
    large = [name for name, size in read.items() if size > MOST_OTHER_BYTES and kinds.get(name) == {_SHEET}]
    _check_long_cells(place, content, large)


def _check_long_cells(place: Place, content: bytes, sheets: list[str]) -> None:
    """Before the workbook is opened: already to find out how large a sheet is, the reader may read it to its end."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in sheets:
            with archive.open(name) as sheet:
                found = long_cell(sheet, MOST_OTHER_BYTES)
            if found is not None:
                row, column = found
                _refuse("spreadsheet.cell_too_long", replace(place, row=row, column=column), "", str(MOST_CHARACTERS))


def _kinds(contents: bytes) -> dict[str, set[str]]:
    """Name of a part → what it is said to be, all of it where it is said twice."""
    found: dict[str, set[str]] = {}
    for tag in ElementTree.fromstring(contents).iter(f"{_NAMESPACE}Override"):
        found.setdefault(tag.get("PartName", "")[1:], set()).add(tag.get("ContentType", ""))
    return found


def _grid(place: Place, title: str, sheet: object) -> Grid:
    # Sheets that were emptied often claim a million rows and 16,384 columns: what they claim is not asked.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    return Grid(title, tuple(_limited(Place(file=place.file, sheet=title), rows)))


def _limited(place: Place, rows: Iterator[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    """Rows without trailing empty ones; refuses more filled rows than the limit."""
    waiting = 0
    for number, row in enumerate(rows, start=1):
        if _is_blank(row) and number <= _ROWS_OF_EXCEL:
            waiting += 1
            continue
        if number > MOST_ROWS:
            _refuse("spreadsheet.too_many_rows", place, str(number), str(MOST_ROWS))
        if any(isinstance(cell, str) and len(cell) > MOST_CHARACTERS for cell in row):
            _refuse_cell(place, number, row)
        yield from [()] * waiting
        waiting = 0
        yield row


def _refuse_cell(place: Place, number: int, row: tuple[Cell, ...]) -> NoReturn:
    from openpyxl.utils import get_column_letter

    lengths = [len(cell) if isinstance(cell, str) else 0 for cell in row]
    place = replace(place, row=number, column=get_column_letter(lengths.index(max(lengths)) + 1))
    _refuse("spreadsheet.cell_too_long", place, str(max(lengths)), str(MOST_CHARACTERS))


def _is_blank(row: tuple[Cell, ...]) -> bool:
    # Counted first, which is quick: a sheet may have a million rows with nothing in them.
    return row.count(None) == len(row) or all(cell is None or cell == "" for cell in row)


def _csv(place: Place, content: bytes) -> Grid:
    if content.startswith(_NO_TABLES):
        _refuse("spreadsheet.unreadable", place)
    head = content[:1000].lstrip().lower()
    if head.startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        _refuse("spreadsheet.web_page", place)
    try:
        rows = csv_grid(content, MOST_COLUMNS, _ROWS_OF_EXCEL + 1)
    except csv.Error:  # a cell of more than 131,072 characters: most often a quotation mark that is never closed
        _refuse("spreadsheet.unreadable", place)
    if rows is None:
        _refuse("spreadsheet.unknown_encoding", place)
    if len(rows) > _ROWS_OF_EXCEL:
        _refuse("spreadsheet.too_many_rows", place, str(len(rows)), str(MOST_ROWS))
    return Grid("", tuple(_limited(place, iter(rows))))
