"""The rows of a class list as pupils, with everything that is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from phonics_app.domain.errors import Place, Problem
from phonics_app.domain.grade import Grade
from phonics_app.domain.roster import NEEDED_FIELDS, RosterField, RosterSheet
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records.pupil_rules import CLASS_NUMBERS, draft_problems
from phonics_app.records.roster_cells import (
    parse_bare_class,
    parse_class,
    parse_room,
    parse_sex,
    text_or_empty,
)
from phonics_app.records.roster_dates import class_of_date, is_american
from phonics_app.records.roster_headers import plain_header
from phonics_app.records.roster_names import Name, sex_of_prefix, split_full_name, split_prefix, standard_prefix
from phonics_app.records.roster_reading import HIDDEN
from phonics_app.records.writing import plain_digits

GRADES_EXPECTED = "อ.1–อ.3, ป.1–ป.6, ม.1–ม.6 (K1–K3, P1–P6, M1–M6)"
SEXES_EXPECTED = "ช, ญ (M, F)"
_TOTAL = re.compile(r"(รวม|ทั้งหมด|ยอดรวม|จำนวน|total|sum)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_TELL_EVERY = 500
_FIELD_OF_PLACE = {
    "first_name": (RosterField.FIRST_NAME, RosterField.FULL_NAME),
    "last_name": (RosterField.LAST_NAME, RosterField.FULL_NAME),
    "number": (RosterField.NUMBER,),
    "prefix": (RosterField.PREFIX, RosterField.FULL_NAME),
    "grade": (RosterField.GRADE, RosterField.CLASS),
    "room": (RosterField.ROOM, RosterField.CLASS),
    "class_number": (RosterField.CLASS_NUMBER,),
}

NumberedDraft = tuple[int, PupilDraft]
"""Row in the file and the pupil in it."""


def mapping_problems(sheet: RosterSheet, mapping: Mapping[str, RosterField]) -> list[Problem]:
    """A mapping needs number, name and class, each field once, headers that exist."""
    place = Place(file=sheet.file, sheet=sheet.sheet)
    problems = [
        Problem("roster.header_unknown", place, header, ", ".join(sheet.headers))
        for header in mapping
        if header not in sheet.headers
    ]
    fields = list(mapping.values())
    twice = [f for f in RosterField if fields.count(f) > 1]
    problems += [Problem("roster.field_twice", place, expected=f.value) for f in twice]
    for either in NEEDED_FIELDS:
        if not set(either) & set(fields):
            problems.append(Problem("roster.field_missing", place, expected=either[0].value))
    return problems


def read_rows(
    sheet: RosterSheet,
    mapping: Mapping[str, RosterField],
    highest_grade: Grade,
    progress: Callable[[float], object] = lambda share: None,
) -> tuple[list[NumberedDraft], list[Problem]]:
    """Every pupil of the sheet, and all problems at once. Rows with an error are left out of the pupils."""
    reader = _Reader(sheet, mapping, highest_grade)
    total = max(len(sheet.rows), 1)
    for index, (number, row) in enumerate(zip(sheet.row_numbers, sheet.rows, strict=True)):
        if index % _TELL_EVERY == 0:
            progress(index / total)
        reader.enter(sheet.sheet_of(index))
        reader.read(number, row)
    return reader.without_repeats(), reader.problems


def numbers_in(sheet: RosterSheet, mapping: Mapping[str, RosterField]) -> set[str]:
    """Every pupil number of the sheet, also of rows with errors."""
    header = next(h for h, f in mapping.items() if f is RosterField.NUMBER)
    index = sheet.headers.index(header)
    return {plain_digits(text_or_empty(row[index])) for row in sheet.rows}


@dataclass
class _Reader:
    """Goes down the rows; remembers the class of the row before and what it has warned of."""

    sheet: RosterSheet
    mapping: Mapping[str, RosterField]
    highest_grade: Grade
    problems: list[Problem] = field(default_factory=list)
    found: list[NumberedDraft] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._headers = {f: h for h, f in self.mapping.items()}
        self._index = {f: self.sheet.headers.index(h) for f, h in self._headers.items()}
        self._warned: set[tuple[str, str]] = set()
        self._before: tuple[Grade, str] | None = None
        self._sheet = self.sheet.sheet
        self._american = {f: is_american(self._cells(f)) for f in (RosterField.CLASS, RosterField.ROOM)}

    def _cells(self, which: RosterField) -> Iterable[str]:
        index = self._index.get(which)
        return () if index is None else (row[index] for row in self.sheet.rows)

    def enter(self, sheet: str) -> None:
        """The next row stands in that sheet: a class goes on below itself, not in another sheet."""
        if sheet != self._sheet:
            self._sheet, self._before = sheet, None

    def read(self, number: int, row: tuple[str, ...]) -> None:
        cells = {f: text_or_empty(row[index]) for f, index in self._index.items()}
        # A sheet may be numbered further down than there are pupils.
        if not any(text for f, text in cells.items() if f is not RosterField.CLASS_NUMBER):
            return
        if self._is_no_pupil(cells, row):
            text = " ".join(filter(None, cells.values()))
            self.problems.append(Problem("roster.row_skipped", self._place(number), text[:60], warning=True))
            return
        before = len(self.problems)
        draft = self._draft(number, cells)
        if draft is not None and not any(not p.warning for p in self.problems[before:]):
            self.found.append((number, draft))

    def _is_no_pupil(self, cells: Mapping[RosterField, str], row: tuple[str, ...]) -> bool:
        """Totals, signatures and headers that are repeated further down."""
        get = cells.get
        number = get(RosterField.NUMBER) or ""
        names = get(RosterField.FULL_NAME) or get(RosterField.FIRST_NAME) or ""
        classes = get(RosterField.CLASS) or get(RosterField.GRADE)
        if number:
            header = plain_header(number) == plain_header(self._headers[RosterField.NUMBER])
            # A total, a note or a signature may stand in the first column, be it that of the numbers or not.
            total = _TOTAL.match(number) or (not names and any(_TOTAL.match(text_or_empty(cell)) for cell in row))
            return header or bool(total) or not (names or classes or _DIGIT.search(number))
        return not names or not classes or any(_TOTAL.match(text) for text in cells.values())

    def _place(self, number: int, *fields: RosterField) -> Place:
        header = next((self._headers[f] for f in fields if f in self._headers), "")
        return Place(self.sheet.file, self._sheet, number, header)

    def _report(self, code: str, number: int, fields: tuple[RosterField, ...], value: str, expected: str = "") -> None:
        self.problems.append(Problem(code, self._place(number, *fields), value, expected))

    def _warn_once(
        self, code: str, number: int, fields: tuple[RosterField, ...], value: str, expected: str = ""
    ) -> None:
        """One warning for each value: what is said of one row holds for all that have it."""
        if (code, value) not in self._warned:
            self._warned.add((code, value))
            self.problems.append(Problem(code, self._place(number, *fields), value, expected, warning=True))

    def _draft(self, number: int, cells: Mapping[RosterField, str]) -> PupilDraft | None:
        hidden = [f for f, text in cells.items() if HIDDEN in text]
        for f in hidden:
            self._report("pupil.citizen_number", number, (f,), "")
        name = _name(cells)
        sex = self._sex(number, cells, name.prefix)
        placed = self._class(number, cells)
        if placed is None or hidden:
            return None
        pupil_number = plain_digits(cells[RosterField.NUMBER])
        in_class = self._class_number(number, cells)
        draft = PupilDraft(pupil_number, name.prefix, name.first, name.last, sex, *placed, in_class)
        for problem in draft_problems(draft, self.highest_grade, self._place(number)):
            self._add(problem)
        return draft

    def _add(self, problem: Problem) -> None:
        fields = _FIELD_OF_PLACE[problem.place.column]
        header = next((self._headers[f] for f in fields if f in self._headers), problem.place.column)
        problem = replace(problem, place=replace(problem.place, column=header))
        if problem.code == "pupil.grade_too_high":
            self._warn_once(problem.code, problem.place.row or 0, fields, problem.value, problem.expected)
        else:
            self.problems.append(problem)

    def _sex(self, number: int, cells: Mapping[RosterField, str], prefix: str) -> Sex:
        told = sex_of_prefix(prefix)
        text = cells.get(RosterField.SEX, "")
        sex = parse_sex(text)
        if sex is None:
            self._warn_once("roster.sex_unknown", number, (RosterField.SEX,), text, SEXES_EXPECTED)
            return told
        if sex is Sex.UNKNOWN:
            return told
        if told not in (sex, Sex.UNKNOWN):
            place = self._place(number, RosterField.SEX)
            self.problems.append(Problem("roster.sex_and_prefix_differ", place, text, prefix, warning=True))
        return sex

    def _class_number(self, number: int, cells: Mapping[RosterField, str]) -> int | None:
        """What can't be a number in class is told and left out: the rest of the row counts."""
        text = plain_digits(cells.get(RosterField.CLASS_NUMBER, "")).removesuffix(".0").removesuffix(".")
        if not text:
            return None
        # Python reads no number of thousands of digits.
        if text.isdecimal() and len(text) < 5 and int(text) in CLASS_NUMBERS:
            return int(text)
        expected = f"{CLASS_NUMBERS.start}–{CLASS_NUMBERS.stop - 1}"
        self._warn_once("pupil.class_number_bad", number, (RosterField.CLASS_NUMBER,), text[:20], expected)
        return None

    def _class(self, number: int, cells: Mapping[RosterField, str]) -> tuple[Grade, str] | None:
        which = RosterField.CLASS if RosterField.CLASS in cells else RosterField.GRADE
        written = cells[which]
        if not written:
            return self._class_above(number, which)
        placed = self._parsed_class(number, which, written)
        if placed is None:
            self._report("roster.grade_unknown", number, (which,), written, GRADES_EXPECTED)
            return None
        grade, room = placed
        if not room and cells.get(RosterField.ROOM):
            room = self._room(number, cells[RosterField.ROOM], grade)
        self._before = grade, room
        return grade, room

    def _class_above(self, number: int, which: RosterField) -> tuple[Grade, str] | None:
        """Merged cells hold their value in the first row only."""
        if self._before is None:
            self._report("roster.grade_empty", number, (which,), "", GRADES_EXPECTED)
            return None
        grade, room = self._before
        text = f"{grade.label('th')}/{room}" if room else grade.label("th")
        self.problems.append(Problem("roster.grade_from_above", self._place(number, which), text, warning=True))
        return self._before

    def _parsed_class(self, number: int, which: RosterField, written: str) -> tuple[Grade, str] | None:
        placed = parse_class(written)
        if placed is not None:
            return placed
        text = class_of_date(written, self._american.get(which, False)) or written
        placed = parse_bare_class(text)
        if placed is None:
            return None
        shown = f"{placed[0].label('th')}/{placed[1]}" if placed[1] else placed[0].label("th")
        code = "roster.grade_assumed" if text == written else "roster.class_from_date"
        self._warn_once(code, number, (which,), written, shown)
        return placed

    def _room(self, number: int, written: str, grade: Grade) -> str:
        text = class_of_date(written, self._american[RosterField.ROOM])
        if text is None:
            return parse_room(written, grade)
        room = parse_room(text, grade)
        self._warn_once("roster.class_from_date", number, (RosterField.ROOM,), written, f"{grade.label('th')}/{room}")
        return room

    def without_repeats(self) -> list[NumberedDraft]:
        """Each pupil number once; a row that says the same again is a warning, one that differs an error."""
        first: dict[str, NumberedDraft] = {}
        for number, draft in self.found:
            row, same = first.setdefault(draft.number, (number, draft))
            if row == number:
                continue
            code = "roster.row_repeated" if same == draft else "roster.number_repeated"
            place = self._place(number, RosterField.NUMBER)
            self.problems.append(Problem(code, place, draft.number, str(row), warning=same == draft))
        return list(first.values())


def _name(cells: Mapping[RosterField, str]) -> Name:
    if RosterField.FIRST_NAME not in cells:
        name = split_full_name(cells[RosterField.FULL_NAME])
    elif RosterField.LAST_NAME not in cells:
        name = split_full_name(cells[RosterField.FIRST_NAME])
    else:
        prefix, first = split_prefix(cells[RosterField.FIRST_NAME])
        name = Name(prefix, first, cells[RosterField.LAST_NAME])
    own = cells.get(RosterField.PREFIX)
    return replace(name, prefix=standard_prefix(own)) if own else name
