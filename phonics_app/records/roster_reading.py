"""A class list from a file: finds the table in it and drops what must not be kept, before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise, zip_longest

from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.roster import RosterField, RosterSheet
from phonics_app.records.citizen_number import is_one, looks_like_one
from phonics_app.records.roster_cells import parse_class, parse_sex
from phonics_app.records.roster_dates import date_year
from phonics_app.records.roster_headers import is_known, is_sensitive
from phonics_app.records.roster_mapping import guess_mapping
from phonics_app.records.roster_names import split_prefix
from phonics_app.records.spreadsheet import Cell, Grid, Progress, read_grids
from phonics_app.records.writing import plain_digits, squeezed

_HEADER_WITHIN = 20
_CITIZEN_SHARE = 0.3
_DATE_SHARE = 0.5
HIDDEN = "•" * 13
"""Stands for a citizen number found among other values: that there was one is told, which one is not."""
TITLE_COLUMN = "ชั้น (จากหัวตาราง)"
"""Header of the column made from a class that stands in the title above the table or in the sheet's name."""


@dataclass(frozen=True, slots=True)
class _Table:
    grid: Grid
    header: Sequence[Cell]
    first_row: int
    """Index of the first row of data."""


def read_roster_sheet(filename: str, content: bytes, progress: Progress = lambda share: None) -> RosterSheet:
    """The sheet that looks most like a class list, and all that are built alike (one for each room); mapping guessed.

    `ProblemsFound` for an unreadable file (see `spreadsheet.read_grids`), or "roster.no_table".
    """
    grids = read_grids(filename, content, progress)
    tables = [table for grid in grids if (table := _find_table(grid))]
    if not tables:
        raise ProblemsFound([Problem("roster.no_table", Place(file=filename, sheet=grids[0].sheet))])
    best = max(tables, key=lambda table: _known_headers(table.header))
    sheet = _sheet(filename, best)
    alike = [sheet if table is best else _sheet(filename, table) for table in tables]
    joined = [other for other in alike if set(sheet.mapping.items()) <= set(other.mapping.items())]
    unread = tuple(grid.sheet for grid in grids if grid.sheet not in {other.sheet for other in joined})
    return replace(sheet if len(joined) == 1 else _joined(sheet, joined), other_sheets=unread)


def _joined(first: RosterSheet, sheets: Sequence[RosterSheet]) -> RosterSheet:
    """One sheet of several: their columns together, each row with the sheet in which it stands."""
    headers = tuple(dict.fromkeys((*first.headers, *(h for sheet in sheets for h in sheet.headers))))
    rows: list[tuple[str, ...]] = []
    for sheet in sheets:
        place = {header: index for index, header in enumerate(sheet.headers)}
        rows += [tuple(row[place[h]] if h in place else "" for h in headers) for row in sheet.rows]
    return replace(
        first,
        headers=headers,
        rows=tuple(rows),
        row_numbers=tuple(number for sheet in sheets for number in sheet.row_numbers),
        row_sheets=tuple(sheet.sheet for sheet in sheets for _ in sheet.rows),
        dropped=tuple(dict.fromkeys(header for sheet in sheets for header in sheet.dropped)),
    )


def _known_headers(row: Sequence[Cell]) -> int:
    return sum(is_known(text) for cell in row if (text := cell_text(cell)))


def _find_table(grid: Grid) -> _Table | None:
    top = grid.rows[:_HEADER_WITHIN]
    scores = [_known_headers(row) for row in top]
    pair = _header_of_two_rows(top)
    if pair is not None and _known_headers(pair[0]) > max(scores):
        return _table(grid, *pair)
    if max(scores) >= 2:
        number = scores.index(max(scores))
        return _table(grid, grid.rows[number], number + 1)
    for number, row in enumerate(top):
        filled = [text for cell in row if (text := cell_text(cell))]
        if len(filled) >= 2:
            # Without a header row the columns go by their letters.
            is_data = any(_looks_like_data(text) for text in filled)
            return _table(grid, (), number) if is_data else _table(grid, row, number + 1)
    return None


def _header_of_two_rows(top: Sequence[Sequence[Cell]]) -> tuple[list[Cell], int] | None:
    """The best header made of two rows, and the index of the row after it: group headers stand above those of their
    columns, and a header that is merged over both rows stands in the upper one alone."""
    pairs = []
    for number, (upper, lower) in enumerate(pairwise(top)):
        if _known_headers(lower) and not any(_looks_like_data(text) for cell in lower if (text := cell_text(cell))):
            both = zip_longest(upper, lower)
            pairs.append(([above if not cell_text(below) else below for above, below in both], number + 2))
    return max(pairs, key=lambda pair: _known_headers(pair[0]), default=None)


def _table(grid: Grid, header: Sequence[Cell], first_row: int) -> _Table | None:
    return _Table(grid, header, first_row) if len(grid.rows) > first_row else None


def _looks_like_data(text: str) -> bool:
    digits = plain_digits(text)
    return digits.isdecimal() or bool(parse_class(text) or parse_sex(text)) or bool(split_prefix(text)[0])


def cell_text(cell: Cell) -> str:
    """A cell as text: whole numbers without a decimal point, dates ISO, spaces tidied."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return squeezed(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell)


def _sheet(filename: str, table: _Table) -> RosterSheet:
    rows = table.grid.rows[table.first_row :]
    width = max(len(row) for row in (table.header, *rows))
    headers = _unique([_header(table.header, index) for index in range(width)])
    kept: dict[str, list[str]] = {}
    dropped: list[str] = []
    for index, header in enumerate(headers):
        column = _column(header, [row[index] if index < len(row) else None for row in rows])
        if column is None:
            dropped.append(header)
        elif any(column) or not _is_blank(table.header, index):
            kept[header] = column
    return _assembled(filename, table, kept, tuple(dropped))


def _is_blank(header: Sequence[Cell], index: int) -> bool:
    return index >= len(header) or not cell_text(header[index])


def _header(header: Sequence[Cell], index: int) -> str:
    return _letter(index) if _is_blank(header, index) else cell_text(header[index])


def _letter(index: int) -> str:
    """0 → A, 26 → AA, as spreadsheets name columns."""
    first, last = divmod(index, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)


def _unique(headers: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    unique = []
    for header in headers:
        seen[header] = seen.get(header, 0) + 1
        unique.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return unique


def _column(header: str, cells: Sequence[Cell]) -> list[str] | None:
    """The cells as text; None for a column that must not be kept."""
    if is_sensitive(header):
        return None
    texts = [cell_text(cell) for cell in cells]
    filled = [text for text in texts if text]
    citizens = sum(looks_like_one(text) for text in filled)
    if citizens and citizens >= _CITIZEN_SHARE * len(filled):
        return None
    years = [year for text in filled if (year := date_year(text)) is not None]
    # Dates of many years are birth dates; those of one year are classes that were taken for dates.
    if len(years) >= _DATE_SHARE * len(filled) and len(set(years)) > 2:
        return None
    return [HIDDEN if text and is_one(text) else text for text in texts] if citizens else texts


def _assembled(filename: str, table: _Table, columns: dict[str, list[str]], dropped: tuple[str, ...]) -> RosterSheet:
    mapping = guess_mapping(columns)
    title = _class_in_title(table)
    if title and not {RosterField.CLASS, RosterField.GRADE} & set(mapping.values()):
        columns = columns | {TITLE_COLUMN: [title] * (len(table.grid.rows) - table.first_row)}
        mapping[TITLE_COLUMN] = RosterField.CLASS
    numbered = enumerate(zip(*columns.values(), strict=True), start=table.first_row + 1)
    content = [header != TITLE_COLUMN for header in columns]
    rows = [(n, row) for n, row in numbered if any(t and c for t, c in zip(row, content, strict=True))]
    return RosterSheet(
        file=filename,
        sheet=table.grid.sheet,
        headers=tuple(columns),
        rows=tuple(row for _, row in rows),
        row_numbers=tuple(number for number, _ in rows),
        dropped=dropped,
        mapping=mapping,
        remembered=False,
    )


def _class_in_title(table: _Table) -> str:
    """Class lists of one class often say it once, above the table: "รายชื่อนักเรียนชั้นประถมศึกษาปีที่ 3/2"."""
    above = [cell_text(cell) for row in table.grid.rows[: table.first_row] for cell in row]
    for text in (*filter(None, above), table.grid.sheet):
        for start in range(len(text)):
            if text.startswith(_TITLE_STARTS, start) and (found := _longest_class(text[start:])):
                return found
    return ""


_TITLE_STARTS = ("ชั้น", "อนุบาล", "ประถม", "มัธยม", "ป.", "ม.", "อ.")
_TITLE_WORDS = 5


def _longest_class(text: str) -> str:
    words = text.split(" ")[:_TITLE_WORDS]
    candidates = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((candidate for candidate in candidates if parse_class(candidate)), "")
