"""Rows of the rubric files, read so that every fault is noted with its place instead of stopping the reading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from phonics_app.content.tables import read_table
from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.text import Text

T = TypeVar("T")
LEAST_THAI = 0.4
"""Least share of Thai among the letters of a Thai text: graphemes and example words make up the rest."""

_THAI = re.compile("[\u0e00-\u0e7f]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row (of a CSV file) or one table (of a TOML file); its faults are added to `problems`."""

    file: str
    number: int | None
    """None in a TOML file, where `path` tells the place."""
    cells: Mapping[str, str]
    problems: list[Problem]
    path: str = ""

    def fault(self, code: str, column: str, expected: str = "") -> None:
        place = Place(file=self.file, row=self.number, column=self.path + column)
        self.problems.append(Problem(code, place, self.cells.get(column, "")[:80], expected))

    def text(self, column: str) -> str:
        value = self.cells.get(column, "").strip()
        if not value:
            self.fault("content.empty", column)
        return value

    def both(self, prefix: str = "") -> Text:
        """The Thai and the English of a text, each checked to be in its language."""
        thai, english = f"{prefix}th", f"{prefix}en"
        found = Text(self.text(thai), self.text(english))
        if found.th and not _mostly_thai(found.th):
            self.fault("rubrics.not_thai", thai)
        if _THAI.search(found.en):
            self.fault("rubrics.thai_in_english", english)
        return found

    def number_in(self, column: str, low: float, high: float) -> float | None:
        value = self.text(column)
        try:
            number = float(value) if value else None
        except ValueError:
            number = None
        if number is not None and low <= number <= high:
            return number
        if value:
            self.fault("content.number", column, f"{low:g}–{high:g}")
        return None

    def whole(self, column: str, low: int = 1, high: int = 99) -> int:
        """A whole number; 0 (which no rubric uses) where it is faulty."""
        value = self.number_in(column, low, high)
        if value is not None and value != int(value):
            self.fault("content.number", column, f"{low}, {low + 1}, {low + 2} …")
        return int(value or 0)

    def one_of(self, column: str, known: Mapping[str, T]) -> T | None:
        value = self.text(column)
        if value and value not in known:
            self.fault("content.choice", column, ", ".join(known))
        return known.get(value)


def _mostly_thai(text: str) -> bool:
    thai, latin = len(_THAI.findall(text)), len(_LATIN.findall(text))
    return thai > 0 and thai >= LEAST_THAI * (thai + latin)


def read_rows(path: Path, columns: Sequence[str], problems: list[Problem]) -> list[Row]:
    """All rows of a CSV file, empty ones passed over."""
    return [Row(r.file, r.number, r.cells, problems) for r in read_table(path, path.name, columns, problems)]


def unique(rows: Sequence[Row], *columns: str) -> None:
    """Notes each row whose `columns` say the same as those of an earlier row."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = tuple(row.cells.get(column, "").strip() for column in columns)
        if key in seen:
            row.fault("rubrics.repeated", columns[-1])
        seen.add(key)
