"""Old Excel files (.xls of Excel 5 to 2003), as DMC hands them out: values only, no formula or macro is ever run."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet
from xlrd.xldate import XLDateError, xldate_as_datetime

OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Beginning of the containers that .xls files are; Word files and encrypted .xlsx files are such containers too."""
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BEFORE_EXCEL_5 = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")


class XlsRefused(Exception):
    """`code`: "spreadsheet.old_format" (before Excel 5), "spreadsheet.password" or "spreadsheet.unreadable"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_xls(content: bytes) -> bool:
    return content.startswith((OLE_MARK[:4], *_BEFORE_EXCEL_5))


def xls_sheets(content: bytes, most_columns: int) -> Iterator[tuple[str, Iterator[tuple[object, ...]]]]:
    """Name and rows of each sheet, one after another. Raises `XlsRefused`, whatever is wrong in the file."""
    if content.startswith(_BEFORE_EXCEL_5):
        raise XlsRefused("spreadsheet.old_format")
    if _ENCRYPTED_PACKAGE in content:
        raise XlsRefused("spreadsheet.password")
    book = _opened(content)
    try:
        for number in range(book.nsheets):
            sheet = _loaded(book, number)
            yield sheet.name, _rows(book, sheet, most_columns)
            book.unload_sheet(number)
    finally:
        book.release_resources()


def _opened(content: bytes) -> Book:
    try:
        return xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    except xlrd.XLRDError as error:
        raise XlsRefused(
            "spreadsheet.password" if "encrypted" in str(error).lower() else "spreadsheet.unreadable"
        ) from error
    except _BROKEN as error:
        raise XlsRefused("spreadsheet.unreadable") from error


def _loaded(book: Book, number: int) -> Sheet:
    try:
        return book.sheet_by_index(number)
    except _BROKEN as error:
        raise XlsRefused("spreadsheet.unreadable") from error


_BROKEN = (
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, ArithmeticError, AssertionError, AttributeError),
    *(LookupError, MemoryError, NotImplementedError, RecursionError, TypeError, ValueError),
)
"""What the reader raises inside where a file is broken."""


def _rows(book: Book, sheet: Sheet, most_columns: int) -> Iterator[tuple[object, ...]]:
    for number in range(sheet.nrows):
        cells = zip(sheet.row_types(number, 0, most_columns), sheet.row_values(number, 0, most_columns), strict=True)
        yield tuple(_value(book, kind, value) for kind, value in cells)


def _value(book: Book, kind: int, value: object) -> object:
    """Text, a number, a truth value or a date; None for an empty cell and for an error such as #N/A."""
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind != xlrd.XL_CELL_DATE or not isinstance(value, float):
        return value
    try:
        return xldate_as_datetime(value, book.datemode)
    except (XLDateError, OverflowError, ValueError):
        return value
