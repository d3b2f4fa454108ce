"""Which school a class list is of, by its own columns: to point out a list that goes into the wrong one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.roster import RosterSheet
from phonics_app.domain.school import School
from phonics_app.records.roster_cells import text_or_empty
from phonics_app.records.roster_headers import plain_header
from phonics_app.records.schools import CODE_LENGTH
from phonics_app.records.writing import plain_digits

_NAMES = ("ชื่อโรงเรียน", "โรงเรียน", "ชื่อสถานศึกษา", "สถานศึกษา", "school", "school name")
_CODES = ("รหัสโรงเรียน", "รหัสสถานศึกษา", "school code", "school id")
_SCHOOL = re.compile("^(โรงเรียน|รร|school)|school$")
"""What names are written with or without: "ร.ร. เทศบาลจามเทวี"."""


def school_warnings(sheet: RosterSheet, chosen: School, schools: Collection[School]) -> list[Problem]:
    """One warning for each other school that the sheet names, at the first row that does.

    `schools`: those of the site, by which a name that is part of another's is told apart.
    """
    header, named = next(_columns(sheet, _NAMES), ("", []))
    code_header, codes = next(_columns(sheet, _CODES), ("", []))
    rows = zip(sheet.row_numbers, named or [""] * len(sheet.rows), codes or [""] * len(sheet.rows), strict=True)
    others: dict[str, int] = {}
    for row, name, code in rows:
        if _is_another(name, code, chosen, schools):
            others.setdefault(name or code, row)
    where = header or code_header
    return [
        Problem("roster.other_school", Place(sheet.file, sheet.sheet, row, where), value, chosen.name.th, warning=True)
        for value, row in others.items()
    ]


def _columns(sheet: RosterSheet, headers: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    wanted = {plain_header(header) for header in headers}
    for index, header in enumerate(sheet.headers):
        if plain_header(header) in wanted:
            yield header, [text_or_empty(row[index]) for row in sheet.rows]


def _is_another(name: str, code: str, chosen: School, schools: Collection[School]) -> bool:
    """Either one that agrees is enough: names are written in many ways, and codes differ between systems."""
    code = plain_digits(code)
    comparable = bool(chosen.code) and len(code) == CODE_LENGTH
    if comparable and code == chosen.code:
        return False
    return not _is_name_of(name, chosen, schools) if _plain(name) else comparable


def _is_name_of(name: str, chosen: School, schools: Collection[School]) -> bool:
    plain = _plain(name)
    if plain in _plain_names(chosen):
        return True
    if any(plain in _plain_names(school) for school in schools):
        return False
    return any(plain in known or known in plain for known in _plain_names(chosen))


def _plain_names(school: School) -> set[str]:
    return {_plain(school.name.th), _plain(school.name.en)} - {""}


def _plain(name: str) -> str:
    return _SCHOOL.sub("", plain_header(name))
