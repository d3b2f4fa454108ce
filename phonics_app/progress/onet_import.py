"""O-NET results from the rows of a spreadsheet: Thai or English headers, Thai digits, all problems at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult
from phonics_app.progress.onet import ONET_GRADES
from phonics_app.progress.onet_rules import FIRST_YEAR, grades_text, result_problems

HEADER_ROWS = 15
"""The header stands somewhere in the first rows: reports have titles above it."""
_HEADERS: dict[str, tuple[str, ...]] = {
    "year": ("ปี", "ปีการศึกษา", "พศ", "ปีพศ", "ปีการศึกษาพศ", "year", "yearbe", "academicyear"),
    "grade": ("ชั้น", "ระดับชั้น", "ระดับ", "grade", "level", "class"),
    "n": ("จำนวนผู้เข้าสอบ", "จำนวนผู้เข้าสอบคน", "ผู้เข้าสอบ", "จำนวนนักเรียน", "จำนวน", "n", "examinees", "pupilswhosatit"),
    "mean": ("ค่าเฉลี่ย", "คะแนนเฉลี่ย", "เฉลี่ย", "mean", "average", "x", "x̄", "x̅"),
    "sd": ("ส่วนเบี่ยงเบนมาตรฐาน", "sd", "standarddeviation"),
    "maximum": ("คะแนนสูงสุด", "สูงสุด", "max", "maximum", "highest"),
    "minimum": ("คะแนนต่ำสุด", "ต่ำสุด", "min", "minimum", "lowest"),
    "share_50": (
        "ร้อยละ50ขึ้นไป",
        "ร้อยละ50",
        "ร้อยละที่ได้50คะแนนขึ้นไป",
        "ร้อยละของผู้ได้50คะแนนขึ้นไป",
        "50",
        "percent50",
        "50ormore",
        "share50",
    ),
}
_FIELD_OF = {alias: field for field, aliases in _HEADERS.items() for alias in aliases}
REQUIRED = ("year", "grade", "n", "mean")
_NOTHING = {"", "-", "–", "—", "na", "n/a", "ไม่มี", "ไม่มีข้อมูล"}
_GRADE = re.compile(r"(ประถมศึกษาปีที่|มัธยมศึกษาปีที่|ประถม|มัธยม|ป|ม|p|m)\.?(ปีที่|ที่)?(\d)")
_PLAIN_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

Table = Sequence[tuple[int, Sequence[str]]]
"""Rows as read: number in the file (from 1) and cells as text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One sheet read, or the reasons why not."""

    rows: tuple[OnetResult, ...]
    problems: tuple[Problem, ...]


def read_results(
    table: Table, school_id: str, highest_grade: Grade, this_year: int, file: str = "", sheet: str = ""
) -> Reading:
    """Reads every row below the header; results hold only rows without a fault."""
    origin = Place(file=file, sheet=sheet)
    header = _find_header(table)
    if header is None:
        return Reading((), (Problem("onet.no_table", origin, "", "year, grade, n, mean"),))
    start, columns = header
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        row = replace(origin, row=table[start][0])
        return Reading((), tuple(Problem("onet.column_missing", row, "", field) for field in missing))
    sheet_rows = _Rows(school_id, highest_grade, this_year, columns, tuple(table[start][1]), origin)
    return sheet_rows.read([row for row in table[start + 1 :] if any(cell.strip() for cell in row[1])])


def _find_header(table: Table) -> tuple[int, dict[str, int]] | None:
    """Index of the header row and the column of each field; None where no row names a year and a mean or a number."""
    for index, (_, cells) in enumerate(table[:HEADER_ROWS]):
        columns: dict[str, int] = {}
        for position, cell in enumerate(cells):
            field = _FIELD_OF.get(_plain(cell))
            if field:
                columns.setdefault(field, position)
        if len(columns) >= 2 and columns.keys() & {"mean", "year"}:
            return index, columns
    return None


def _plain(cell: str) -> str:
    """A header reduced to its letters and digits: "ร้อยละ ≥ ๕๐" and "ร้อยละ 50" are one."""
    return re.sub(r"[\s().,:;_%≥>=/\-]+", "", cell.translate(_PLAIN_DIGITS).lower())


@dataclass(frozen=True, slots=True)
class _Rows:
    school_id: str
    highest_grade: Grade
    this_year: int
    columns: Mapping[str, int]
    headers: tuple[str, ...]
    origin: Place

    def read(self, rows: Table) -> Reading:
        results: dict[tuple[int, Grade], OnetResult] = {}
        problems: list[Problem] = []
        for number, cells in rows:
            result, faults = self._row(number, cells)
            problems += faults
            if result is not None and (result.year, result.grade) in results:
                value = f"{result.year} {result.grade.label('th')}"
                problems.append(Problem("onet.row_twice", self._place(number, "year"), value))
            elif result is not None:
                results[result.year, result.grade] = result
        if not results and not problems:
            problems.append(Problem("onet.no_rows", self.origin))
        return Reading(tuple(results.values()), tuple(problems))

    def _row(self, number: int, cells: Sequence[str]) -> tuple[OnetResult | None, list[Problem]]:
        texts = {f: cells[i].strip() if i < len(cells) else "" for f, i in self.columns.items()}
        problems: list[Problem] = []
        values = {field: self._value(field, text, number, problems) for field, text in texts.items()}
        share = values.get("share_50")
        if isinstance(share, float) and not self._holds_shares():
            values["share_50"] = share / 100
            if 0 < share < 1:
                place = self._place(number, "share_50")
                problems.append(Problem("onet.percent_small", place, texts["share_50"], warning=True))
        if any(not p.warning for p in problems):
            return None, problems
        result = OnetResult(self.school_id, **values)  # type: ignore[arg-type]
        places = {field: self._place(number, field) for field in self.columns}
        faults = result_problems(result, self.highest_grade, self.this_year, places)
        return (None if faults else result), [*problems, *faults]

    def _value(self, field: str, text: str, number: int, problems: list[Problem]) -> object:
        reader = {"year": _year, "grade": _grade, "n": _count}.get(field, _number)
        if text.lower() in _NOTHING:
            if field in REQUIRED:
                problems.append(Problem("onet.value_missing", self._place(number, field)))
            return None
        value = reader(text.translate(_PLAIN_DIGITS))
        if value is None:
            problems.append(Problem(*self._unreadable(field, text, number)))
        return value

    def _unreadable(self, field: str, text: str, number: int) -> tuple[str, Place, str, str]:
        place = self._place(number, field)
        if field == "year":
            return "onet.year_bad", place, text, f"{FIRST_YEAR}–{self.this_year}"
        if field == "grade":
            return "onet.grade_bad", place, text, grades_text()
        return "onet.number_bad", place, text, ""

    def _holds_shares(self) -> bool:
        """Our own files hold shares from 0 to 1 under this name; schools' files hold per cent."""
        return self.headers[self.columns["share_50"]].strip() == "share_50"

    def _place(self, number: int, field: str) -> Place:
        return replace(self.origin, row=number, column=self.headers[self.columns[field]].strip())


def _year(text: str) -> int | None:
    found = re.fullmatch(r"(?:ปีการศึกษา|พ\.?ศ\.?)?\s*(\d{4})(?:\.0)?", text)
    return int(found.group(1)) if found else None


def _grade(text: str) -> Grade | None:
    found = _GRADE.fullmatch(re.sub(r"\s+", "", text.lower()))
    if not found:
        return None
    code = ("P" if found.group(1)[0] in "ปp" else "M") + found.group(3)
    return next((grade for grade in ONET_GRADES if grade.value == code), None)


def _count(text: str) -> int | None:
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?", text)
    return int(found.group(1).replace(",", "")) if found else None


def _number(text: str) -> float | None:
    found = re.fullmatch(r"\s*([+-]?\d+(?:\.\d+)?)\s*%?\s*", text)
    return float(found.group(1)) if found else None


def problems_that_stop(problems: Sequence[Problem]) -> Iterator[Problem]:
    return (p for p in problems if not p.warning)
