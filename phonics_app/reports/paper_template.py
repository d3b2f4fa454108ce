"""The spreadsheet into which marking sheets are typed: numbers and names filled in, what may be typed held by lists."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from phonics_app.domain.paper import keys_of
from phonics_app.domain.paper_sheet import (
    DAY_ROW,
    FIRST_ITEM,
    FIRST_ROW,
    FORMAT,
    HEAD_ROW,
    KEYS_ROW,
    MARKER,
    MARKER_ROW,
    NAME,
    NUMBER,
    SHOWN_ROW,
    TITLE_ROW,
    Extra,
    Layout,
)
from phonics_app.domain.plan import Plan, PlannedItem
from phonics_app.domain.school import Pupil
from phonics_app.locales import N_, Translate, translator
from phonics_app.reports.excel_file import new_workbook
from phonics_app.reports.workbook import FONT, GREEN

EXTRAS = {
    Extra.LAST: N_("Last item"),
    Extra.SECONDS: N_("Seconds left"),
    Extra.TOTAL: N_("Right, as counted on the sheet"),
}
WRONG_TOTAL = N_("Wrong, as counted on the sheet")
_MARKS = N_(
    "Nothing: right · x wrong · s self-corrected · d decoding error · t Thai accent · a unclear which · n no answer"
)
_CHOICES = N_("Number of the option that was chosen, 0 for none · x wrong, unreadable · / right")
_ROWS = N_("Of each pupil tested type the total; rows with nothing in them are left out. Last item: only if not all.")
_TIMED_ROWS = N_("Of each pupil tested type last item, seconds left and total; rows with nothing in them are left out.")
_UNSAFE = re.compile(r"[\[\]:*?/\\']")
"""What Excel takes in no name of a sheet."""


def paper_template(plan: Plan, pupils: Sequence[Pupil], class_name: str, given_on: date, language: str) -> bytes:
    """The sheet of one form and one class as .xlsx."""
    file = io.BytesIO()
    with new_workbook(file) as book:
        form = plan.form
        name = f"{form.code if form else ''} {_UNSAFE.sub('-', class_name)}"[:31].strip("' ")
        sheet = book.add_worksheet(name)
        _Template(book, sheet, plan, translator(language), language).fill(pupils, class_name, given_on)
    return file.getvalue()


class _Template:
    def __init__(
        self, book: xlsxwriter.Workbook, sheet: Worksheet, plan: Plan, translate: Translate, language: str
    ) -> None:
        self._book, self._sheet, self._plan, self._ = book, sheet, plan, translate
        self._language = language
        self._layout = Layout(plan)
        self._items = {item.id: item for item in plan.items}

    def fill(self, pupils: Sequence[Pupil], class_name: str, given_on: date) -> None:
        school = pupils[0].school_id if pupils else ""
        of_class = f"{pupils[0].grade.value}-{pupils[0].room}" if pupils else ""
        form = self._plan.form
        told = (MARKER, FORMAT, form.code if form else "", form.id if form else "", str(self._plan.blueprint_version))
        for column, text in enumerate((*told, school, of_class)):
            self._sheet.write_string(MARKER_ROW - 1, column, text)
        self._sheet.set_row(MARKER_ROW - 1, None, None, {"hidden": True})
        self._title(class_name, given_on)
        self._head()
        for row, pupil in enumerate(pupils, start=FIRST_ROW - 1):
            self._row(row, pupil)
        if pupils:
            self._validate(FIRST_ROW - 1, FIRST_ROW + len(pupils) - 2)
        self._sheet.freeze_panes(FIRST_ROW - 1, FIRST_ITEM)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)

    def _look(self, **settings: object) -> Format:
        return self._book.add_format({"font_name": FONT, "font_size": 14, **settings})

    def _title(self, class_name: str, given_on: date) -> None:
        form, _ = self._plan.form, self._
        if form is not None:
            told = _("{name} · form {letter} · code {code} · version {version}").format(
                name=form.name.in_language(self._language),
                letter=form.letter,
                code=form.code,
                version=self._plan.blueprint_version,
            )
            title = self._look(bold=True, font_size=16, font_color=GREEN)
            self._sheet.write_string(TITLE_ROW - 1, 0, f"{told} · {class_name}", title)
        self._sheet.write_string(DAY_ROW - 1, 0, _("Day of the test"), self._look(bold=True))
        self._sheet.write_string(
            DAY_ROW - 1, 1, given_on.isoformat(), self._look(num_format="@", border=1, locked=False)
        )
        choice, open_ = (any(bool(i.options) is chosen for i in self._plan.items) for chosen in (True, False))
        keys = [_(_MARKS)] * open_ + [_(_CHOICES)] * choice + [_(_TIMED_ROWS if self._layout.timed else _ROWS)]
        self._sheet.write_string(KEYS_ROW - 1, 0, " — ".join(keys), self._look(font_size=12, italic=True))

    def _head(self) -> None:
        head = self._look(bold=True, bg_color=GREEN, font_color="#ffffff", text_wrap=True, border=1, align="center")
        small = self._look(font_size=11, font_color="#55635e", align="center", border=1, text_wrap=True)
        for column, text in enumerate(headers(self._layout, self._)):
            self._sheet.write_string(HEAD_ROW - 1, column, text, head)
            self._sheet.write_string(SHOWN_ROW - 1, column, "", small)
        for block, first in self._layout.blocks():
            for number, one in enumerate(block.items):
                self._sheet.write_string(SHOWN_ROW - 1, first + number, _shown(self._items[one]), small)
        self._sheet.set_column(NUMBER, NUMBER, 14)
        self._sheet.set_column(NAME, NAME, 30)
        self._sheet.set_column(FIRST_ITEM, FIRST_ITEM + self._layout.items - 1, 6.5)
        self._sheet.set_column(FIRST_ITEM + self._layout.items, self._layout.width - 1, 13)

    def _row(self, row: int, pupil: Pupil) -> None:
        text, cell = self._look(num_format="@", border=1), self._look(num_format="@", border=1, align="center")
        self._sheet.write_string(row, NUMBER, pupil.number, text)
        self._sheet.write_string(row, NAME, pupil.name, text)
        number = self._look(border=1, align="center")
        for column in range(FIRST_ITEM, self._layout.width):
            self._sheet.write_blank(row, column, None, cell if column < FIRST_ITEM + self._layout.items else number)

    def _validate(self, first: int, last: int) -> None:
        for block, begin in self._layout.blocks():
            for number, one in enumerate(block.items):
                rule = {"validate": "list", "source": list(keys_of(self._items[one])), "error_type": "warning"}
                self._sheet.data_validation(first, begin + number, last, begin + number, rule)
        seconds = max((block.seconds for block in self._layout.timed), default=1)
        most = {Extra.LAST: self._layout.items, Extra.SECONDS: seconds - 1, Extra.TOTAL: self._layout.items}
        for extra in self._layout.extras():
            column = self._layout.column(extra)
            whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": most[extra]}
            self._sheet.data_validation(first, column, last, column, {**whole, "error_type": "warning"})


def headers(layout: Layout, _: Translate) -> list[str]:
    """What stands above each column."""
    total = WRONG_TOTAL if layout.timed else EXTRAS[Extra.TOTAL]
    extras = [_(total if extra is Extra.TOTAL else EXTRAS[extra]) for extra in layout.extras()]
    return [_("No."), _("Name"), *(str(number) for number in range(1, layout.items + 1)), *extras]


def _shown(item: PlannedItem) -> str:
    """The item itself; of a choice the right answer with its place."""
    if item.options:
        place = next(n for n, option in enumerate(item.options, start=1) if option.value == item.key)
        return f"{place} {item.options[place - 1].name or item.key}"
    return item.stimulus or item.key
