"""Items as people keep them in spreadsheets: every cell as the text that it was meant to be, or a problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.records.spreadsheet import Cell, Grid, read_grids

_HEADER_ROWS = 10
"""The header is looked for in so many rows: somebody may have written a title above it."""
_TELLING = ("id", "task", "key")
_DATES = ("since",)


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """A table of items. `rows`: number as the person sees it, and the text of each known column."""

    file: str
    sheet: str
    rows: tuple[tuple[int, dict[str, str]], ...]
    problems: tuple[Problem, ...]
    complete: bool
    """Whether every column that is needed is there, once; without that, rows mean nothing."""


def read_item_sheet(filename: str, content: bytes, columns: Sequence[str], needed: Sequence[str]) -> ItemSheet:
    """Reads .xlsx or .csv with machine headers (`columns`; those `needed` must be there).

    `ProblemsFound` "spreadsheet.…", or "items.no_table" where no sheet has such a header.
    """
    for grid in read_grids(filename, content):
        for number, row in enumerate(grid.rows[:_HEADER_ROWS]):
            header = [_word(cell) for cell in row]
            if set(_TELLING) <= set(header):
                return _sheet(filename, grid, number, header, columns, needed)
    raise ProblemsFound([Problem("items.no_table", Place(file=filename), expected=", ".join(_TELLING))])


def _word(cell: Cell) -> str:
    return str(cell or "").strip().lower()


def _sheet(
    filename: str, grid: Grid, top: int, header: list[str], columns: Sequence[str], needed: Sequence[str]
) -> ItemSheet:
    place = Place(file=filename, sheet=grid.sheet, row=top + 1)
    problems = list(_header_problems(place, header, columns, needed))
    complete = all(problem.warning for problem in problems)
    rows = []
    for number, row in enumerate(grid.rows[top + 1 :], start=top + 2):
        cells = dict.fromkeys(columns, "")
        for column, cell in zip(header, row, strict=False):
            if column in cells:
                here = Place(file=filename, sheet=grid.sheet, row=number, column=column)
                cells[column] = _text(cell, here, problems)
        if any(cells.values()):
            rows.append((number, cells))
    return ItemSheet(filename, grid.sheet, tuple(rows), tuple(problems), complete)


def _header_problems(
    place: Place, header: Sequence[str], columns: Sequence[str], needed: Sequence[str]
) -> Iterator[Problem]:
    expected = ", ".join(columns)
    for column in needed:
        if column not in header:
            yield Problem("content.column_missing", _at(place, column), column, expected)
    for column in dict.fromkeys(header):
        if column and column not in columns:
            yield Problem("content.column_unknown", _at(place, column), column, expected, warning=True)
        if column in columns and header.count(column) > 1:
            yield Problem("content.column_repeated", _at(place, column), column, expected)


def _at(place: Place, column: str) -> Place:
    return Place(place.file, place.sheet, place.row, column)


def _text(cell: Cell, place: Place, problems: list[Problem]) -> str:
    """What was typed. Excel makes a truth value of `true` and a number of `5`; of `1/2` a date, and that is lost."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime | date | time):
        if place.column in _DATES and isinstance(cell, date):
            return cell.isoformat()[:10]
        problems.append(Problem("items.date_cell", place, str(cell)))
        return ""
    return str(cell).strip()
