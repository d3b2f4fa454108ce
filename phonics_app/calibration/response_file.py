"""Answers and parameters from CSV or Parquet files: all faults at once, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from phonics_app.calibration.item_analysis import AnswerDetails
from phonics_app.calibration.responses import Responses, responses_from
from phonics_app.domain.errors import Place, Problem, ProblemsFound

REFUSED = "calibration.refused"
SCORES = {"0": 0.0, "1": 1.0, "0.0": 0.0, "1.0": 1.0}
_FIRST_LINE = 2
"""Of the rows: the header is line 1."""

Mask = npt.NDArray[np.bool_]


def read_responses(path: Path, group: str = "") -> Responses:
    """Long form: columns `person`, `item`, `score` (0 or 1) and, where `group` names one, the person's group.

    A file, or a folder of them, whose rows then count together. `ProblemsFound` with every faulty line. Other columns
    are left alone.
    """
    columns = ["person", "item", "score", *([group] if group else [])]
    table = _read(path, columns)
    problems = list(_response_problems(path.name, table, columns, group))
    if problems:
        raise ProblemsFound(_in_order(problems), REFUSED)
    groups = table[group].to_numpy() if group else None
    return responses_from(table["person"].to_numpy(), table["item"].to_numpy(), table["score"].map(SCORES), groups)


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


def read_labels(path: Path, column: str) -> dict[str, str]:
    """Item → what `column` says of it: its skill, say, or its block. `ProblemsFound` with every faulty line."""
    table = _read(path, ["item", column])
    problems = [*_empty(path.name, table, ["item", column]), *_repeated(path.name, table, ["item"])]
    if problems:
        raise ProblemsFound(_in_order(problems), REFUSED)
    return dict(zip(table["item"], table[column], strict=True))


def read_details(path: Path, responses: Responses) -> AnswerDetails:
    """Columns `option` and `seconds`, as far as the file of `responses` has them; cells may be empty.

    `ProblemsFound` with every faulty line.
    """
    table = _read(path, ["person", "item"], ["option", "seconds"])
    seconds = pd.to_numeric(table["seconds"].where(table["seconds"] != ""), errors="coerce").to_numpy()
    wrong = (table["seconds"] != "").to_numpy() & ~(np.isfinite(seconds) & (seconds >= 0))
    problems = list(_at(path.name, table, "seconds", wrong, "calibration.number", "≥ 0"))
    if problems:
        raise ProblemsFound(problems, REFUSED)
    codes = [
        pd.Index(labels).get_indexer(pd.Index(table[column]))
        for labels, column in ((responses.persons, "person"), (responses.items, "item"))
    ]
    kept = np.flatnonzero((codes[0] >= 0) & (codes[1] >= 0))
    order = kept[np.lexsort((codes[1][kept], codes[0][kept]))]
    return AnswerDetails(table["option"].to_numpy(dtype=str)[order], seconds[order])


def _read(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> pd.DataFrame:
    """The columns as text; nothing is taken for a missing value, whatever it is called. `optional` ones may be missing:
    then they are empty."""
    parts = [_part(file) for file in _files(path)]
    table = pd.concat(parts, ignore_index=True).fillna("") if parts else pd.DataFrame(columns=list(columns))
    table.columns = table.columns.str.strip()
    missing = [column for column in columns if column not in table.columns]
    if missing or not len(table):
        faults = [Problem("calibration.column_missing", Place(path.name, row=1, column=c), value=c) for c in missing]
        raise ProblemsFound(faults or [Problem("calibration.no_rows", Place(path.name))], REFUSED)
    found = {column: table[column].fillna("").str.strip() for column in (*columns, *optional) if column in table}
    return pd.DataFrame({**{column: np.full(len(table), "") for column in optional}, **found})


def is_parquet(path: Path) -> bool:
    """Whether a file, or a folder's files, are Parquet rather than CSV."""
    return path.suffix == ".parquet" or (path.is_dir() and next(path.rglob("*.parquet"), None) is not None)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(path.rglob("*.parquet" if is_parquet(path) else "*.csv"))


def _part(path: Path) -> pd.DataFrame:
    """One file as text."""
    try:
        if is_parquet(path):
            return pd.read_parquet(path).astype("string").fillna("").astype(str)
        return pd.read_csv(path, dtype=str, na_filter=False, encoding="utf-8-sig", skip_blank_lines=False)
    except ValueError as error:
        code = "calibration.not_read" if is_parquet(path) else "calibration.not_csv"
        raise ProblemsFound([Problem(code, Place(path.name), value=str(error))], REFUSED) from error


def _response_problems(name: str, table: pd.DataFrame, columns: Sequence[str], group: str) -> Iterator[Problem]:
    yield from _empty(name, table, [column for column in columns if column != "score"])
    wrong = ~table["score"].isin(list(SCORES))
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
