"""A rubric document as an Excel workbook: a sheet for each kind, languages in columns side by side, ready to print."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

import xlsxwriter

from phonics_app.locales import N_, translator
from phonics_app.reports.excel_file import new_workbook
from phonics_app.reports.rubric_document import GridColumn, Lines, RubricDocument
from phonics_app.reports.typesetting import clean, long_date

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FONT = "TH Sarabun New"
GREEN = "#0b6e4f"
_TEXT = {
    "font_name": FONT,
    "font_size": 14,
    "text_wrap": True,
    "valign": "top",
    "indent": 1,
    "border": 1,
    "border_color": "#c4d0ca",
}
_CHARACTERS = 13
"""Width in characters of a column of weight 1."""
_FILL = 0.87
"""Characters of the text that fit into one character of a column's width, ragged line ends allowed for."""
_LINE_HEIGHT = 24
"""Points."""
_HIGHEST_ROW = 409
"""Points: Excel's limit."""
_WIDEST_PAGE = 240
"""Characters: what still can be read when it is scaled to the width of one page."""
_SUBJECTS = {"performance": N_("Level"), "steps": N_("Level"), "frameworks": N_("Framework")}
_UNSAFE_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def rubric_excel(document: RubricDocument) -> bytes:
    """An .xlsx file. Text that looks like a formula stays text."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        book.set_properties(
            {
                "title": document.title[0],
                "author": "Phonics Nine",
                "comments": document.version,
                "created": datetime.combine(document.made_on, time()),
            }
        )
        for group, name in document.groups.items():
            _add_sheet(book, document, group, name)
    return file.getvalue()


@dataclass(frozen=True, slots=True)
class _SheetColumn:
    """One column of a sheet: the texts of one language of one grid column."""

    title: str
    width: float
    tint: str
    names_row: bool
    texts: tuple[str, ...]


def _add_sheet(book: xlsxwriter.Workbook, document: RubricDocument, group: str, name: Lines) -> None:
    sheet = book.add_worksheet(_UNSAFE_IN_SHEET_NAMES.sub(" ", name[0])[:31])
    header = book.add_format({**_TEXT, "bold": True, "font_color": "#ffffff", "bg_color": GREEN, "valign": "vcenter"})
    columns = list(_columns(document, group))
    for index, column in enumerate(columns):
        look = {**_TEXT, "bold": column.names_row, **({"bg_color": column.tint} if column.tint else {})}
        cells = book.add_format(look)
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, clean(column.title), header)
        for row, text in enumerate(column.texts, start=1):
            sheet.write_string(row, index, clean(text), cells)
    _set_heights(sheet, columns)
    _prepare_print(sheet, document, name[0], columns)


def _set_heights(sheet: Worksheet, columns: Sequence[_SheetColumn]) -> None:
    """Heights that hold the wrapped text: Excel finds them itself, other programs cut the text off."""
    for row, texts in enumerate(zip(*(column.texts for column in columns), strict=True), start=1):
        lines = max(_lines(text, column.width) for text, column in zip(texts, columns, strict=True))
        sheet.set_row(row, min(lines * _LINE_HEIGHT, _HIGHEST_ROW))
    sheet.set_row(0, max(_lines(column.title, column.width) for column in columns) * _LINE_HEIGHT)


def _lines(text: str, width: float) -> int:
    """Lines that `text` takes: vowels and tone marks above or below take no width; words leave the ends ragged."""
    length = sum(unicodedata.category(character) != "Mn" for character in text)
    return math.ceil(length / (width * _FILL))


def _columns(document: RubricDocument, group: str) -> Iterator[_SheetColumn]:
    """The columns of all sections of a group, one under the other, with a first one that names level or framework."""
    sections = [section for section in document.sections if section.group == group]
    if group in _SUBJECTS:
        title = tuple(translator(language)(_SUBJECTS[group]) for language in document.languages)
        subjects = [section.subject for section in sections for _row in section.grid.rows]
        yield from _in_languages(GridColumn(title, 1.6, names_row=True), subjects)
    for index, column in enumerate(sections[0].grid.columns):
        yield from _in_languages(column, [row[index] for section in sections for row in section.grid.rows])


def _in_languages(column: GridColumn, cells: Sequence[Lines]) -> Iterator[_SheetColumn]:
    """One column for each language; a single one where the cells say the same in all."""
    for index in range(max(map(len, cells))):
        texts = tuple(lines[index] if index < len(lines) else "" for lines in cells)
        title = column.title[index] if index < len(column.title) else ""
        yield _SheetColumn(title, column.weight * _CHARACTERS, column.tint, column.names_row, texts)


def _prepare_print(sheet: Worksheet, document: RubricDocument, title: str, columns: Sequence[_SheetColumn]) -> None:
    """A4 landscape, header row on each page; a wide sheet takes two pages, what names the rows on both."""
    language = document.languages[0]
    page = translator(language)(N_("Page {n} of {m}")).format(n="&P", m="&N")
    naming = sum(column.names_row for column in columns)
    sheet.freeze_panes(1, naming)
    sheet.repeat_rows(0)
    if naming:
        sheet.repeat_columns(0, naming - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(2 if sum(column.width for column in columns) > _WIDEST_PAGE else 1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&L{title.replace('&', '&&')}&R{long_date(document.made_on, language)}")
    sheet.set_footer(f"&LPhonics Nine&R{page}")
