"""A spreadsheet of marking sheets as its cells, each with its place; what they mean is for the workflow to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from phonics_app.domain.calendar import BUDDHIST_OFFSET
from phonics_app.domain.paper_sheet import DAY_COLUMN, DAY_ROW, FIRST_ROW, HEAD_ROW, MARKER, MARKER_ROW
from phonics_app.records.roster_dates import full_date
from phonics_app.records.spreadsheet import Cell, read_grids
from phonics_app.records.writing import plain_digits

_FIRST_BUDDHIST = 2400
_FORMS = {
    **dict.fromkeys("xX×✕✗✘ป", "x"),
    **dict.fromkeys("sSห", "s"),
    **dict.fromkeys("dDก", "d"),
    **dict.fromkeys("tTะ", "t"),
    **dict.fromkeys("aAฟ", "a"),
    **dict.fromkeys("nNื", "n"),
    **dict.fromkeys("/✓✔ฝ", "/"),
}
"""As marks are typed, also with the Thai layout left on."""


@dataclass(frozen=True, slots=True)
class PaperFileRow:
    """A pupil's row. `cells[i]` belongs to `headers[i]` of its sheet; "" where nothing stands."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperFileSheet:
    """`code`, `version`, `school_id` and `of_class` are what the template said of itself."""

    name: str
    code: str
    form_id: str
    version: str
    school_id: str
    of_class: str
    day: str
    """As it is written."""
    headers: tuple[str, ...]
    rows: tuple[PaperFileRow, ...]


def read_paper_file(filename: str, content: bytes) -> tuple[PaperFileSheet, ...]:
    """Sheets that were made from the template, in order; others are passed over. Raises as `read_grids` does."""
    return tuple(
        _sheet(grid.sheet, grid.rows)
        for grid in read_grids(filename, content)
        if grid.rows and _text(_at(grid.rows[MARKER_ROW - 1], 0)) == MARKER
    )


def _sheet(name: str, rows: Sequence[Sequence[Cell]]) -> PaperFileSheet:
    code, form_id, version, school_id, of_class = (_text(_at(rows[MARKER_ROW - 1], column)) for column in range(2, 7))
    lines = [*rows, *[()] * (FIRST_ROW - len(rows))]
    headers = _filled([_text(cell) for cell in lines[HEAD_ROW - 1]])
    return PaperFileSheet(
        name,
        code,
        form_id,
        version,
        school_id,
        of_class,
        _text(_at(lines[DAY_ROW - 1], DAY_COLUMN)),
        headers,
        tuple(
            PaperFileRow(number, tuple(_text(_at(row, column)) for column in range(len(headers))))
            for number, row in enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW)
            if any(_text(cell) for cell in row)
        ),
    )


def _filled(texts: Sequence[str]) -> tuple[str, ...]:
    """Without the empty ones at the end."""
    count = max((number for number, text in enumerate(texts, start=1) if text), default=0)
    return tuple(texts[:count])


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return plain_digits(str(cell)).strip()


def mark_of(text: str) -> str:
    """A mark as it is keyed; what is none stays as it is written."""
    return _FORMS.get(text, text)


def day_of(text: str) -> date | None:
    """A day as it is written: 2026-06-12, 12/6/2569; Buddhist years are known by their size."""
    parts = full_date(text)
    if parts is None:
        return None
    year, month, day = parts
    try:
        return date(year - BUDDHIST_OFFSET if year >= _FIRST_BUDDHIST else year, month, day)
    except ValueError:
        return None
