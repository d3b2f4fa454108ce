"""Everything in `item_bank/`, read with the place of each row, before the rules look at it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from phonics_app.content import bank_graphemes, bank_items
from phonics_app.content.bank_graphemes import TransferPattern
from phonics_app.content.tables import Row, read_table, read_toml
from phonics_app.domain.bank import Blueprint, Correspondence, Item, Level
from phonics_app.domain.codec import decode
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade

T = TypeVar("T")
Parsed = tuple[tuple[Row, T], ...]
"""Domain objects, each with the row that it comes from."""


@dataclass(frozen=True, slots=True)
class Minimum:
    """What every level must offer before a test may be made from the bank."""

    active_items: int
    strands: int


@dataclass(frozen=True, slots=True)
class BankSource:
    """The files of an item bank, parsed; `problems` holds what could not be."""

    levels: tuple[Level, ...]
    minimum: Minimum
    blueprints: tuple[Blueprint, ...]
    correspondences: Parsed[Correspondence]
    transfer: Parsed[TransferPattern]
    items: Parsed[Item]
    problems: tuple[Problem, ...]


def read_source(folder: Path) -> BankSource:
    """Reads all files of `folder`; never raises for their content."""
    problems: list[Problem] = []
    levels_file = read_toml(folder / "levels.toml", "levels.toml", problems)
    blueprints_file = read_toml(folder / "blueprints.toml", "blueprints.toml", problems)
    graphemes = read_table(folder / "graphemes.csv", "graphemes.csv", bank_graphemes.COLUMNS, problems)
    transfer = read_table(folder / "transfer.csv", "transfer.csv", bank_graphemes.TRANSFER_COLUMNS, problems)
    return BankSource(
        levels=_levels(levels_file, problems),
        minimum=_minimum(levels_file, problems),
        blueprints=_blueprints(blueprints_file, problems),
        correspondences=_parse(graphemes, bank_graphemes.read_correspondence, problems),
        transfer=_parse(transfer, bank_graphemes.read_transfer, problems),
        items=_parse(_item_rows(folder, problems), bank_items.read_item, problems),
        problems=tuple(problems),
    )


def read_levels(folder: Path, problems: list[Problem]) -> tuple[Level, ...]:
    """The ladder of `folder` alone."""
    return _levels(read_toml(folder / "levels.toml", "levels.toml", problems), problems)


def _parse(rows: Iterable[Row], read: Callable[[Row, list[Problem]], T | None], problems: list[Problem]) -> Parsed[T]:
    read_rows = ((row, read(row, problems)) for row in rows)
    return tuple((row, value) for row, value in read_rows if value is not None)


def _item_rows(folder: Path, problems: list[Problem]) -> list[Row]:
    paths = sorted((folder / "items").glob("*.csv"))
    if not paths:
        problems.append(Problem("content.file_missing", Place(file="items/*.csv")))
    return [row for path in paths for row in read_table(path, f"items/{path.name}", bank_items.COLUMNS, problems)]


def _tables(file: Mapping[str, object], key: str, name: str, problems: list[Problem]) -> Sequence[object]:
    value = file.get(key)
    if isinstance(value, list) and value:
        return value
    if file:
        problems.append(Problem("content.field", Place(file=name, column=key), expected=f"[[{key}]]"))
    return ()


def _decode(kind: type[T], data: object, name: str, path: str, problems: list[Problem]) -> T | None:
    try:
        return decode(kind, data, path)
    except ProblemsFound as found:
        problems.extend(
            Problem("content.field", Place(file=name, column=p.place.column), p.value, p.expected)
            for p in found.problems
        )
        return None


def _levels(file: Mapping[str, object], problems: list[Problem]) -> tuple[Level, ...]:
    tables = _tables(file, "levels", "levels.toml", problems)
    levels = [_decode(Level, t, "levels.toml", f"levels[{i}]", problems) for i, t in enumerate(tables)]
    return tuple(sorted((level for level in levels if level), key=lambda level: level.number))


def _minimum(file: Mapping[str, object], problems: list[Problem]) -> Minimum:
    minimum = _decode(Minimum, file.get("minimum"), "levels.toml", "minimum", problems) if file else None
    return minimum or Minimum(0, 0)


def _blueprints(file: Mapping[str, object], problems: list[Problem]) -> tuple[Blueprint, ...]:
    tables = _tables(file, "blueprints", "blueprints.toml", problems)
    blueprints = [_blueprint(t, f"blueprints[{i}]", problems) for i, t in enumerate(tables)]
    return tuple(blueprint for blueprint in blueprints if blueprint)


def _blueprint(table: object, path: str, problems: list[Problem]) -> Blueprint | None:
    """Grades are keys in the file, which the codec leaves as text: they are converted here."""
    fields = dict(table) if isinstance(table, dict) else {}
    expected = fields.pop("expected_level", {})
    blueprint = _decode(Blueprint, fields, "blueprints.toml", path, problems)
    levels = _expected_levels(expected, f"{path}.expected_level", problems)
    return dataclasses.replace(blueprint, expected_level=levels) if blueprint else None


def _expected_levels(table: object, path: str, problems: list[Problem]) -> dict[Grade, int]:
    levels = _decode(dict[str, int], table, "blueprints.toml", path, problems) or {}
    grades = {grade.value: grade for grade in Grade}
    for code in levels.keys() - grades.keys():
        place = Place(file="blueprints.toml", column=f"{path}.{code}")
        problems.append(Problem("content.choice", place, code, ", ".join(grades)))
    return {grades[code]: number for code, number in levels.items() if code in grades}
