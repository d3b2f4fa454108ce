"""A OneRoster 1.2 package as files of records: the parts that are needed, complete, and agreeing with each other."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn

from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.records.csv_text import csv_grid
from phonics_app.records.spreadsheet import MOST_BYTES, USUAL_PACKING
from phonics_app.records.writing import squeezed

MOST_UNPACKED = 60 * 1024 * 1024
MOST_RECORDS = 200_000
_COLUMNS = 60
NEEDED = {
    "academicSessions": ("sourcedId", "type", "startDate", "schoolYear"),
    "orgs": ("sourcedId", "name", "type"),
    "classes": ("sourcedId", "title", "classType", "schoolSourcedId", "termSourcedIds"),
    "users": ("sourcedId", "givenName", "familyName"),
    "roles": ("sourcedId", "userSourcedId", "role", "orgSourcedId"),
    "enrollments": ("sourcedId", "classSourcedId", "schoolSourcedId", "userSourcedId", "role"),
}
_OPTIONAL = ("demographics",)
_REFERENCES = (
    ("classes", "schoolSourcedId", "orgs"),
    ("classes", "termSourcedIds", "academicSessions"),
    ("roles", "userSourcedId", "users"),
    ("roles", "orgSourcedId", "orgs"),
    ("enrollments", "classSourcedId", "classes"),
    ("enrollments", "schoolSourcedId", "orgs"),
    ("enrollments", "userSourcedId", "users"),
    ("demographics", "sourcedId", "users"),
)
"""File, column, and the file in which what it names must stand."""
# A demographics file holds birth and race: of it nothing else is ever taken in.
_KEPT = {"demographics": ("sourcedId", "sex")}


@dataclass(frozen=True, slots=True)
class Record:
    """`row`: as a person sees it in the file."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Package:
    file: str
    files: dict[str, list[Record]] = field(default_factory=dict)

    def by_id(self, name: str) -> dict[str, Record]:
        return {record["sourcedId"]: record for record in self.files.get(name, [])}

    def place(self, name: str, row: int | None = None, column: str = "") -> Place:
        return Place(self.file, f"{name}.csv", row, column)


def read_package(filename: str, content: bytes) -> tuple[Package, list[Problem]]:
    """The package and all that is wrong in and between its files. `ProblemsFound` where there is none to read."""
    texts = _unpacked(filename, content)
    package, problems = Package(filename), _manifest_problems(filename, texts)
    for name in (*NEEDED, *_OPTIONAL):
        if name in texts:
            package.files[name], found = _records(package, name, texts[name])
            problems += found
        elif name in NEEDED:
            problems.append(Problem("oneroster.file_missing", package.place(name), f"{name}.csv"))
    return package, problems + _reference_problems(package)


def _unpacked(filename: str, content: bytes) -> dict[str, bytes]:
    """The .csv files in the first folder of the zip, by their names without ending."""

    def refuse(code: str) -> NoReturn:
        raise ProblemsFound([Problem(code, Place(file=filename), expected=f"{MOST_BYTES // 1024 // 1024} MB")])

    if len(content) > MOST_BYTES:
        refuse("oneroster.too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = {f"{name}.csv": name for name in ("manifest", *NEEDED, *_OPTIONAL)}
            parts = [part for part in archive.infolist() if part.filename in wanted]
            if not all(part.compress_type in USUAL_PACKING for part in parts):
                refuse("oneroster.unreadable")
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                refuse("oneroster.too_large")
            texts = {wanted[part.filename]: archive.read(part) for part in parts}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError):
        refuse("oneroster.unreadable")
    if "manifest" not in texts:
        refuse("oneroster.no_manifest")
    return texts


def _manifest_problems(filename: str, texts: Mapping[str, bytes]) -> list[Problem]:
    place = Place(filename, "manifest.csv")
    rows = _grid(texts["manifest"])
    if rows is None:
        return [Problem("oneroster.file_unreadable", place, "manifest.csv")]
    told = {str(row[0]).strip(): (number, str(row[1]).strip()) for number, row in enumerate(rows, 1) if len(row) > 1}
    _, version = told.get("oneroster.version", (0, ""))
    problems = [] if version == "1.2" else [Problem("oneroster.version", place, version, "1.2")]
    for name in NEEDED:
        row, how = told.get(f"file.{name}", (0, "absent"))
        if how == "delta":
            problems.append(Problem("oneroster.delta", Place(filename, "manifest.csv", row), name))
    return problems


def _grid(text: bytes) -> list[tuple[object, ...]] | None:
    try:
        return csv_grid(text, _COLUMNS, MOST_RECORDS + 1)
    except csv.Error:
        return None


def _records(package: Package, name: str, text: bytes) -> tuple[list[Record], list[Problem]]:
    rows = _grid(text)
    if rows is None or len(rows) > MOST_RECORDS:
        return [], [Problem("oneroster.file_unreadable", package.place(name), f"{name}.csv")]
    header = [squeezed(str(cell)) for cell in rows[0]] if rows else []
    missing = [column for column in NEEDED.get(name, ("sourcedId",)) if column not in header]
    problems = [Problem("oneroster.column_missing", package.place(name, 1), column) for column in missing]
    kept = _KEPT.get(name, header)
    records, seen = [], set[str]()
    for number, row in enumerate(rows[1:], start=2):
        cells = {h: squeezed(str(c)) for h, c in zip(header, row, strict=False) if h in kept}
        if not any(cells.values()):
            continue
        id = cells.get("sourcedId", "")
        if not missing and (not id or id in seen):
            code = "oneroster.id_repeated" if id else "oneroster.id_missing"
            problems.append(Problem(code, package.place(name, number, "sourcedId"), id))
        seen.add(id)
        records.append(Record(number, cells))
    return ([] if missing else records), problems


def _reference_problems(package: Package) -> list[Problem]:
    ids = {name: set(package.by_id(name)) for name in package.files}
    problems = []
    for name, column, other in _REFERENCES:
        for record in package.files.get(name, []):
            for named in filter(None, map(str.strip, record[column].split(","))):
                if other in ids and named not in ids[other]:
                    place = package.place(name, record.row, column)
                    problems.append(Problem("oneroster.unknown_id", place, named, f"{other}.csv"))
    return problems


def day_of(text: str) -> date | None:
    """A date as the specification writes it (2026-05-16)."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
