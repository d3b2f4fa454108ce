"""Answers and parameters from CSV files: all faults at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from phonics_app.calibration.responses import Responses, responses_from
from phonics_app.domain.errors import Place, Problem, ProblemsFound

REFUSED = "calibration.refused"
_SCORES = {"0": 0.0, "1": 1.0, "0.0": 0.0, "1.0": 1.0}
_FIRST_LINE = 2
"""Of the rows: the header is line 1."""

Mask = npt.NDArray[np.bool_]


def read_responses(path: Path, group: str = "") -> Responses:
    """Long form: columns `person`, `item`, `score` (0 or 1) and, where `group` names one, the person's group.

    `ProblemsFound` with every faulty line. Other columns are left alone.
    """
    columns = ["person", "item", "score", *([group] if group else [])]
    table = _read(path, columns)
    problems = list(_response_problems(path.name, table, columns, group))
    if problems:
        raise ProblemsFound(_in_order(problems), REFUSED)
    groups = table[group].to_numpy() if group else None
    return responses_from(table["person"].to_numpy(), table["item"].to_numpy(), table["score"].map(_SCORES), groups)


def read_parameters(path: Path) -> dict[str, tuple[float, float]]:
    """Item → (slope, difficulty), from columns `item`, `a`, `b`. `ProblemsFound` with every faulty line."""
    table = _read(path, ["item", "a", "b"])
    problems = list(_empty(path.name, table, ["item"]))
    problems += _repeated(path.name, table, ["item"])
    values = {column: pd.to_numeric(table[column], errors="coerce").to_numpy() for column in ("a", "b")}
    for column, expected, wrong in (
        ("a", "> 0", ~(np.isfinite(values["a"]) & (values["a"] > 0))),
        ("b", "-20 … 20", ~(np.abs(values["b"]) <= 20)),
    ):
        problems += _at(path.name, table, column, wrong, "calibration.number", expected)
    if problems:
        raise ProblemsFound(_in_order(problems), REFUSED)
    return dict(zip(table["item"], zip(values["a"].tolist(), values["b"].tolist(), strict=True), strict=True))


def _read(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """The columns as text; nothing is taken for a missing value, whatever it is called."""
    try:
        table = pd.read_csv(path, dtype=str, na_filter=False, encoding="utf-8-sig", skip_blank_lines=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        place = Place(file=path.name)
        raise ProblemsFound([Problem("calibration.not_csv", place, value=str(error))], REFUSED) from error
    table.columns = table.columns.str.strip()
    missing = [column for column in columns if column not in table.columns]
    if missing or not len(table):
        faults = [Problem("calibration.column_missing", Place(path.name, row=1, column=c), value=c) for c in missing]
        raise ProblemsFound(faults or [Problem("calibration.no_rows", Place(path.name))], REFUSED)
    return pd.DataFrame({column: table[column].fillna("").str.strip() for column in columns})


def _response_problems(name: str, table: pd.DataFrame, columns: Sequence[str], group: str) -> Iterator[Problem]:
    yield from _empty(name, table, [column for column in columns if column != "score"])
    wrong = ~table["score"].isin(list(_SCORES))
    yield from _at(name, table, "score", wrong.to_numpy(), "calibration.score", "0, 1")
    yield from _repeated(name, table, ["person", "item"])
    if group:
        first = table.groupby("person")[group].transform("first")
        yield from _at(name, table, group, (table[group] != first).to_numpy(), "calibration.two_groups", "")


def _empty(name: str, table: pd.DataFrame, columns: Sequence[str]) -> Iterator[Problem]:
    for column in columns:
        yield from _at(name, table, column, (table[column] == "").to_numpy(), "calibration.empty", "")


def _repeated(name: str, table: pd.DataFrame, columns: list[str]) -> list[Problem]:
    again = table.duplicated(columns).to_numpy() & (table[columns] != "").all(axis=1).to_numpy()
    if not again.any():
        return []
    first = table.assign(line=np.arange(len(table)) + _FIRST_LINE).groupby(columns)["line"].transform("first")
    return [
        Problem(
            "calibration.repeated",
            Place(name, row=int(row) + _FIRST_LINE, column=columns[-1]),
            " · ".join(str(table[column].iat[int(row)]) for column in columns),
            str(first[row]),
        )
        for row in np.flatnonzero(again)
    ]


def _at(name: str, table: pd.DataFrame, column: str, wrong: Mask, code: str, expected: str) -> list[Problem]:
    cells = table[column].to_numpy()
    return [
        Problem(code, Place(name, row=int(row) + _FIRST_LINE, column=column), str(cells[row]), expected)
        for row in np.flatnonzero(wrong)
    ]


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.place.row or 0, problem.place.column))
