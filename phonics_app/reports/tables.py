"""Labelled tables and the facts that go with them, as CSV and as Excel.

Every file says what it holds: its filters, round, n, date, versions, and whether the data are simulated.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

import pandas as pd
import plotly.graph_objects as go

from phonics_app.domain.sheet_cells import write_csv
from phonics_app.locales import Translate, translator
from phonics_app.reports import labels
from phonics_app.reports.typesetting import long_date

BOM = "\ufeff"
"""Without it Excel takes a CSV file's Thai for another encoding."""

Cell = str | int | float | None


class Kind(Enum):
    """How the cells of a column are written."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    """0–1 in files, per cent on paper."""
    SCORE = "score"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT
    width: str = ""
    """On paper: "2cm", or "1fr" for a share of the room that is left; empty for what its texts need."""


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    drawn: Callable[[], go.Figure] | None = None
    """The same as a figure, for the print; made there only. Its subtitle says what `note` says."""


@dataclass(frozen=True, slots=True)
class Report:
    """A document made of tables. `facts`: label and value of all that a reader must know of the figures."""

    title: str
    language: str
    made_on: date
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    simulated: bool = False
    notes: tuple[str, ...] = ()

    @property
    def translate(self) -> Translate:
        return translator(self.language)

    @property
    def all_facts(self) -> tuple[tuple[str, str], ...]:
        """Facts, the date, and the mark of simulated data."""
        _ = self.translate
        made = (_("Made on"), long_date(self.made_on, self.language))
        mark = ((_("Data"), _("Simulated data")),) if self.simulated else ()
        return (*self.facts, made, *mark)


def cells(data: pd.DataFrame, columns: Iterable[str]) -> Iterable[tuple[Cell, ...]]:
    """The rows of a frame, missing values as None."""
    for row in data[list(columns)].astype(object).itertuples(index=False, name=None):
        yield tuple(None if pd.isna(value) else value for value in row)


def written(cell: Cell, kind: Kind) -> str:
    """A cell as it stands on paper."""
    if cell is None:
        return labels.NONE
    if isinstance(cell, str) or kind is Kind.TEXT:
        return str(cell)
    if kind is Kind.COUNT:
        return f"{cell:,.0f}"
    if kind is Kind.SHARE:
        return labels.percent(cell)
    return labels.signed(cell) if kind is Kind.SIGNED else labels.number(cell)


def to_csv(report: Report) -> bytes:
    """All tables as one: a column for each column title and each fact, the first column naming the table.

    UTF-8 with a mark. Text that a spreadsheet program would run as a formula gets an apostrophe in front.
    """
    _ = report.translate
    titles = list(dict.fromkeys(column.title for table in report.tables for column in table.columns))
    several = len(report.tables) > 1
    # "School" of a row and "School" chosen for the whole file are two columns.
    whole = _("{label} (whole file)")
    facts = [(whole.format(label=k) if k in titles else k, value) for k, value in _file_facts(report)]
    text = io.StringIO()
    lines: list[list[str]] = [[*([_("Table")] if several else []), *titles, *(label for label, _value in facts)]]
    for table in report.tables:
        place = {column.title: index for index, column in enumerate(table.columns)}
        for row in table.rows:
            values = [_in_file(row[place[t]] if t in place else None) for t in titles]
            name = [table.title] if several else []
            lines.append([*name, *values, *(_in_file(value) for _label, value in facts)])
    write_csv(text, lines)
    return (BOM + text.getvalue()).encode("utf-8")


def _file_facts(report: Report) -> tuple[tuple[str, str], ...]:
    """As `all_facts`, with the date as files have it."""
    _ = report.translate
    dated = [
        (label, report.made_on.isoformat() if label == _("Made on") else value) for label, value in report.all_facts
    ]
    return tuple(dated)


def _in_file(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return str(cell)
