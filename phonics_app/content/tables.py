"""CSV and TOML files as teachers edit them: every cell is text, every fault has its place."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from phonics_app.domain.errors import Place, Problem

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: `number` as the spreadsheet shows it (the header is 1), cells stripped of spaces."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def problem(self, code: str, column: str, expected: str = "", value: str | None = None) -> Problem:
        """A fault in the cell of `column`; its value is the cell's unless another is given."""
        shown = self.cells.get(column, "") if value is None else value
        return Problem(code, Place(file=self.file, row=self.number, column=column), shown, expected)


def read_text(path: Path, name: str, problems: list[Problem]) -> str | None:
    """The file's text (UTF-8, with or without a byte order mark), or None with a problem."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(Problem("content.file_missing", Place(file=name)))
    except (UnicodeDecodeError, OSError):
        problems.append(Problem("content.file_unreadable", Place(file=name), expected="UTF-8"))
    return None


def read_table(path: Path, name: str, columns: Sequence[str], problems: list[Problem]) -> list[Row]:
    """Rows of a CSV file whose header must hold exactly `columns`, in any order; empty rows are skipped."""
    text = read_text(path, name, problems)
    if text is None:
        return []
    try:
        records = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        problems.append(Problem("content.csv", Place(file=name), str(error)))
        return []
    header = [cell.strip() for cell in records[0]] if records else []
    faults = _header_faults(name, header, columns)
    problems.extend(faults)
    return [] if faults else _rows(name, header, records[1:], problems)


def _header_faults(name: str, header: Sequence[str], columns: Sequence[str]) -> list[Problem]:
    missing = [c for c in columns if c not in header]
    unknown = [c for c in header if c not in columns]
    repeated = sorted({c for c in header if c in columns and header.count(c) > 1})
    expected = ", ".join(columns)
    return [
        *(Problem("content.column_missing", Place(file=name, row=1, column=c), c, expected) for c in missing),
        *(Problem("content.column_unknown", Place(file=name, row=1, column=c), c, expected) for c in unknown),
        *(Problem("content.column_repeated", Place(file=name, row=1, column=c), c, expected) for c in repeated),
    ]


def _rows(name: str, header: list[str], records: list[list[str]], problems: list[Problem]) -> list[Row]:
    rows = []
    for number, record in enumerate(records, start=2):
        cells = [cell.strip() for cell in record]
        if not any(cells):
            continue
        if len(cells) != len(header):
            place = Place(file=name, row=number)
            problems.append(Problem("content.cells", place, str(len(cells)), str(len(header))))
            continue
        rows.append(Row(name, number, dict(zip(header, cells, strict=True))))
    return rows


def read_toml(path: Path, name: str, problems: list[Problem]) -> dict[str, object]:
    """The file's tables; empty, with a problem, where it is not valid TOML."""
    text = read_text(path, name, problems)
    if text is None:
        return {}
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(Problem("content.toml", Place(file=name), str(error)))
        return {}


def required(row: Row, column: str, problems: list[Problem]) -> str:
    """The cell's text; an empty cell is a problem."""
    if not row[column]:
        problems.append(row.problem("content.empty", column))
    return row[column]


_DIGITS = 9
"""Of a number in a table; Python reads none of thousands."""


def whole_number(row: Row, column: str, problems: list[Problem]) -> int:
    """The cell as an integer of at least 1; 0 with a problem."""
    value = row[column]
    if value.isascii() and value.isdigit() and len(value) <= _DIGITS and int(value) > 0:
        return int(value)
    problems.append(row.problem("content.number", column, "1, 2, 3 …"))
    return 0


def decimal(row: Row, column: str, low: float, high: float, problems: list[Problem]) -> float:
    """The cell as a number from `low` to `high`; `low` with a problem."""
    try:
        value = float(row[column])
    except ValueError:
        value = float("nan")
    if low <= value <= high:
        return value
    problems.append(row.problem("content.number", column, f"{low:g} … {high:g}"))
    return low


def member(row: Row, column: str, kind: type[E], problems: list[Problem]) -> E | None:
    """The cell as a member of an enum, by its value; None with a problem."""
    try:
        return kind(row[column])
    except ValueError:
        problems.append(row.problem("content.choice", column, ", ".join(str(m.value) for m in kind)))
        return None


def words(row: Row, column: str) -> tuple[str, ...]:
    """The cell's parts, separated by spaces."""
    return tuple(row[column].split())


def alternatives(row: Row, column: str) -> tuple[str, ...]:
    """The cell's parts, separated by `|`."""
    return tuple(part.strip() for part in row[column].split("|") if part.strip())
