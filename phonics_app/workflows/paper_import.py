"""Marking sheets by spreadsheet: the template of a form and class, what a filled-in one would do, and doing it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from phonics_app.domain import codec
from phonics_app.domain.account import Actor
from phonics_app.domain.attempt import Source
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.paper import KeyedBlock, KeyedSheet
from phonics_app.domain.paper_sheet import DAY_ROW, FIRST_ITEM, HEAD_ROW, NAME, NUMBER, TITLE_ROW, Extra, Layout
from phonics_app.domain.plan import Plan
from phonics_app.domain.roster import Change
from phonics_app.domain.school import Classroom, Pupil
from phonics_app.engine.paper_events import most_asked, sheet_problems
from phonics_app.engine.paper_totals import total_of
from phonics_app.records import audit
from phonics_app.records.paper_file import PaperFileRow, PaperFileSheet, day_of, mark_of, read_paper_file
from phonics_app.records.pupils import list_pupils
from phonics_app.reports.paper_template import paper_template
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.form_plans import form_of_code
from phonics_app.workflows.paper_entry import date_problems, is_entered, paper_class, store_sheet
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import current_round


@dataclass(frozen=True, slots=True)
class PaperImportRow:
    """A row of the file: whose sheet, and whether it would be new."""

    sheet: str
    row: int
    pupil: Pupil
    change: Change
    code: str
    keyed: KeyedSheet


@dataclass(frozen=True, slots=True)
class PaperImport:
    """What an import would do; nothing is stored yet."""

    file: str
    rows: tuple[PaperImportRow, ...]
    problems: tuple[Problem, ...]

    @property
    def new(self) -> int:
        return sum(row.change is Change.NEW for row in self.rows)

    @property
    def ready(self) -> bool:
        """Something to store, and no fault anywhere."""
        return not self.problems and self.new > 0

    @property
    def digest(self) -> str:
        """Of everything that was shown: what is stored is that, or nothing."""
        told = codec.encode([[row.code, row.keyed, row.change] for row in self.rows])
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def export_paper_template(
    phonics: Phonics,
    actor: Actor,
    school_id: str,
    year: int,
    grade: Grade,
    room: str,
    code: str,
    given_on: date,
    language: str,
) -> bytes:
    """The spreadsheet for the sheets of one form and class, as .xlsx. GIVE_TESTS.

    `NotFound` "paper.code_unknown" or "paper.no_form".
    """
    found = paper_class(phonics, actor, school_id, year, grade, room, code, given_on)
    label = f"{grade.label(language)}/{room}" if room else grade.label(language)
    document = paper_template(found.plan, [row.pupil for row in found.rows], label, given_on, language)
    told = {"code": code, "school": school_id, "grade": grade.value, "room": room}
    with phonics.store.write() as connection:
        audit.record(connection, phonics.now(), actor.account_id, "export.paper_template", code, **told)
    return document


def preview_paper(phonics: Phonics, actor: Actor, filename: str, content: bytes) -> PaperImport:
    """Every row and every fault of the file, each with sheet, row, column, value and what was expected. GIVE_TESTS.

    `ProblemsFound` "spreadsheet.…" for what is no spreadsheet.
    """
    with phonics.store.read() as connection:
        return _preview(phonics, connection, actor, filename, content)


def commit_paper(phonics: Phonics, actor: Actor, filename: str, content: bytes, digest: str) -> PaperImport:
    """Stores what the preview with that digest has shown, all or nothing; the same file again changes nothing.

    GIVE_TESTS. `ProblemsFound` with its faults; `Conflict` "paper.other_preview" if something has changed since.
    """
    with phonics.store.write() as connection:
        found = _preview(phonics, connection, actor, filename, content)
        if found.problems:
            raise ProblemsFound(found.problems)
        if found.digest != digest:
            raise Conflict("paper.other_preview")
        for row in found.rows:
            if row.change is Change.NEW:
                plan = form_of_code(connection, row.code)
                store_sheet(phonics, connection, actor.account_id, row.pupil, plan, row.keyed, Source.SPREADSHEET)
    return found


def _preview(phonics: Phonics, connection: Connection, actor: Actor, filename: str, content: bytes) -> PaperImport:
    sheets = read_paper_file(filename, content)
    if not sheets:
        raise ProblemsFound([Problem("paper.no_template", Place(file=filename))])
    rows: list[PaperImportRow] = []
    problems: list[Problem] = []
    for sheet in sheets:
        require(actor, Action.GIVE_TESTS, sheet.school_id, classroom=_classroom(phonics, sheet))
        try:
            reader = _Reader(phonics, connection, sheet)
        except ProblemsFound as found:
            problems += found.problems
            continue
        rows += reader.rows()
        problems += reader.problems
    return PaperImport(filename, tuple(rows), tuple(problems))


def _classroom(phonics: Phonics, sheet: PaperFileSheet) -> Classroom | None:
    grade, _, room = sheet.of_class.partition("-")
    try:
        return Classroom(current_round(phonics).year, Grade(grade), room)
    except ValueError:
        return None


class _Reader:
    """One sheet of the file. Raises `ProblemsFound` where it can't be told what its columns mean."""

    def __init__(self, phonics: Phonics, connection: Connection, sheet: PaperFileSheet) -> None:
        self._connection, self._sheet = connection, sheet
        self.problems: list[Problem] = []
        self._plan = self._form()
        self._layout = Layout(self._plan)
        self._day = self._given_on(phonics)
        self._pupils = self._class(phonics)
        if len(sheet.headers) != self._layout.width:
            self._tell("paper.columns", HEAD_ROW, None, str(len(sheet.headers)), str(self._layout.width))
        if self.problems:
            raise ProblemsFound(self.problems)

    def _tell(self, code: str, row: int, column: int | None, value: object = "", expected: object = "") -> None:
        headers = self._sheet.headers
        named = headers[column] if column is not None and column < len(headers) else ""
        self.problems.append(Problem(code, Place("", self._sheet.name, row, named), str(value), str(expected)))

    def _form(self) -> Plan:
        try:
            return form_of_code(self._connection, self._sheet.code)
        except NotFound as error:
            place = Place("", self._sheet.name, TITLE_ROW)
            expected = str(error.data.get("expected", ""))
            problem = Problem("paper.sheet_code", place, f"{self._sheet.code} ({self._sheet.form_id})", expected)
            raise ProblemsFound([problem]) from error

    def _given_on(self, phonics: Phonics) -> date:
        day = day_of(self._sheet.day)
        if day is None:
            place = Place("", self._sheet.name, DAY_ROW)
            raise ProblemsFound([Problem("paper.no_date", place, self._sheet.day, "2026-06-15, 15/6/2569")])
        for problem in date_problems(phonics, day):
            self._tell(problem.code, DAY_ROW, None, problem.value, problem.expected)
        return day

    def _class(self, phonics: Phonics) -> Mapping[str, Pupil]:
        of = _classroom(phonics, self._sheet)
        if of is None:
            self._tell("paper.class", TITLE_ROW, None, self._sheet.of_class)
            return {}
        found = list_pupils(self._connection, self._sheet.school_id, of.year, of.grade, of.room)
        return {pupil.number: pupil for pupil in found}

    # ---- rows ------------------------------------------------------------------------------------------------------

    def rows(self) -> list[PaperImportRow]:
        seen: set[str] = set()
        found: list[PaperImportRow] = []
        for row in self._sheet.rows:
            if not any(row.cells[FIRST_ITEM:]):
                continue
            told = len(self.problems)
            pupil = self._pupil(row, seen)
            keyed = self._keyed(row, pupil)
            if pupil is not None and keyed is not None and len(self.problems) == told:
                found += self._row(row, pupil, keyed)
        return found

    def _pupil(self, row: PaperFileRow, seen: set[str]) -> Pupil | None:
        number, name = row.cells[NUMBER], row.cells[NAME]
        pupil = self._pupils.get(number)
        if pupil is None:
            self._tell("paper.pupil_unknown", row.number, NUMBER, number, self._nearest(name))
        elif name.split() != pupil.name.split():
            self._tell("paper.pupil_other", row.number, NAME, name, pupil.name)
        elif number in seen:
            self._tell("paper.pupil_twice", row.number, NUMBER, number)
        seen.add(number)
        return pupil

    def _nearest(self, name: str) -> str:
        """The number of the pupil of that name, else the first and last numbers of the class."""
        same = [pupil.number for pupil in self._pupils.values() if pupil.name.split() == name.split()]
        numbers = [*self._pupils]
        return ", ".join(same) or " … ".join(dict.fromkeys([*numbers[:1], *numbers[-1:]]))

    def _keyed(self, row: PaperFileRow, pupil: Pupil | None) -> KeyedSheet | None:
        """The row as a sheet, with all that is wrong in it told; None where its numbers say nothing."""
        told = len(self.problems)
        last = self._number(row, Extra.LAST, self._layout.items)
        if self._layout.timed and last is None and len(self.problems) == told:
            self._tell("paper.last_missing", row.number, self._layout.column(Extra.LAST), "", f"0–{self._layout.items}")
        seconds = self._number(row, Extra.SECONDS, None) if self._layout.timed else None
        readable = len(self.problems) == told
        blocks: list[KeyedBlock] = []
        for block, first in self._layout.blocks():
            keys = tuple(mark_of(cell) for cell in row.cells[first : first + len(block.items)])
            tried = min(self._layout.last_in(block, last), most_asked(self._plan, block, {b.block: b for b in blocks}))
            blocks.append(KeyedBlock(block.id, keys, tried, seconds if block.seconds else None))
        keyed = KeyedSheet(pupil.id if pupil else "", self._day, tuple(blocks))
        faults = [*self._faults(row, keyed)]
        self.problems += faults if readable else [fault for fault in faults if fault.code == "paper.key"]
        if readable and not faults:
            self.problems += self._total_faults(row, keyed)
        return keyed if readable else None

    def _number(self, row: PaperFileRow, extra: Extra, most: int | None) -> int | None:
        """A whole number, or None for an empty cell; everything else is told."""
        column = self._layout.column(extra)
        text = row.cells[column]
        if not text:
            return None
        number = int(text) if text.isdecimal() and len(text) < 5 else None
        if number is None or (most is not None and number > most):
            self._tell("paper.number", row.number, column, text, f"0–{most}" if most is not None else "0, 1, 2, …")
            return None
        return number

    def _row(self, row: PaperFileRow, pupil: Pupil, keyed: KeyedSheet) -> Iterator[PaperImportRow]:
        entered = is_entered(self._connection, pupil, self._plan, keyed)
        if entered is None:
            self._tell("paper.other_marks", row.number, NAME, pupil.name)
            return
        change = Change.UNCHANGED if entered else Change.NEW
        yield PaperImportRow(self._sheet.name, row.number, pupil, change, self._sheet.code, keyed)

    def _faults(self, row: PaperFileRow, keyed: KeyedSheet) -> Iterator[Problem]:
        """The faults of the sheet, at the cells in which they stand."""
        first = {block.id: column for block, column in self._layout.blocks()}
        for problem in sheet_problems(self._plan, keyed):
            block, _, part = problem.place.column.partition(" ")
            column = first[block] + int(part) - 1 if part.isdecimal() else self._layout.column(_EXTRA[part])
            place = Place("", self._sheet.name, row.number, self._sheet.headers[column])
            written = row.cells[column] if part.isdecimal() else problem.value
            yield Problem(problem.code, place, written, problem.expected)

    def _total_faults(self, row: PaperFileRow, keyed: KeyedSheet) -> Iterator[Problem]:
        column, counted = self._layout.column(Extra.TOTAL), total_of(self._plan, keyed)
        place = Place("", self._sheet.name, row.number, self._sheet.headers[column])
        text = row.cells[column]
        if not text:
            yield Problem("paper.total_missing", place, "", str(counted))
        elif text != str(counted):
            yield Problem("paper.total_differs", place, text, str(counted))


_EXTRA = {"last": Extra.LAST, "seconds": Extra.SECONDS}
