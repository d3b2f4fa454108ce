"""A site with a class, and sheets of fixed forms filled in."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import Workbook, load_workbook

from phonics_app.domain.grade import Grade
from phonics_app.domain.paper import KeyedBlock, KeyedSheet
from phonics_app.domain.paper_sheet import FIRST_ITEM, FIRST_ROW, MARKER, Extra, Layout
from phonics_app.domain.plan import Plan
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.engine.paper_events import most_asked
from phonics_app.records.pupils import insert_pupils
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.form_plans import form_of_code
from phonics_app.workflows.forms import export_form
from phonics_app.workflows.paper_entry import known_forms
from phonics_app.workflows.paper_import import export_paper_template
from tests import sites

GRADE, ROOM, SCHOOL = Grade.P3, "2", sites.SCHOOLS[0].id
GIVEN_ON = date(2026, 6, 12)
NAMES = ("ภูผา", "มะลิ", "ธารา")


def add_class(phonics: Phonics, year: int = sites.YEAR, room: str = ROOM) -> list[str]:
    """Ids of three pupils, in list order."""
    rows = [
        (f"c{number:031x}", PupilDraft(str(number), "ด.ญ.", name, "สมมุติวงศ์", Sex.FEMALE, GRADE, room))
        for number, name in enumerate(NAMES, start=1 if room == ROOM else 51)
    ]
    with phonics.store.write() as connection:
        insert_pupils(connection, SCHOOL, year, rows)
    return [pupil_id for pupil_id, _ in rows]


def printed(phonics: Phonics, blueprint: str, level: int, letter: str = "A") -> str:
    """The code of the form, which is then known here."""
    teacher = sites.PEOPLE.teacher
    export_form(phonics, teacher, blueprint, level, letter, format=ExportFormat.CSV, language="en")
    forms = {form.form_id: form.code for form in known_forms(phonics, teacher)}
    return next(code for form_id, code in forms.items() if form_id.startswith(blueprint) and form_id.endswith(letter))


def plan_of_code(phonics: Phonics, code: str) -> Plan:
    with phonics.store.read() as connection:
        return form_of_code(connection, code)


def sheet(plan: Plan, pupil_id: str, keys: dict[int, str] | None = None, last: int = 0, left: int = 0) -> KeyedSheet:
    """`keys`: by the number of the item on the whole form. Items to choose in are right where nothing else is said."""
    told, items, number, blocks = keys or {}, {item.id: item for item in plan.items}, 0, []
    for block in plan.blocks:
        keyed = []
        for one in block.items:
            number += 1
            keyed.append(told.get(number, "/" if items[one].options else ""))
        asked = most_asked(plan, block, {one.block: one for one in blocks})
        tried = min(last or len(block.items), asked)
        blocks.append(KeyedBlock(block.id, tuple(keyed), tried, left if block.seconds else None))
    return KeyedSheet(pupil_id, GIVEN_ON, tuple(blocks))


class Filled:
    """The template of a form, with a class of three, as a teacher fills it in."""

    def __init__(self, phonics, code, language="en"):
        self.plan = plan_of_code(phonics, code)
        self.layout = Layout(self.plan)
        template = export_paper_template(
            phonics, sites.PEOPLE.teacher, SCHOOL, sites.YEAR, GRADE, ROOM, code, GIVEN_ON, language
        )
        self.book = load_workbook(io.BytesIO(template))
        self.sheet = self.book.active

    def put(self, row, column, value):
        self.sheet.cell(FIRST_ROW + row, column + 1).value = value
        return self

    def mark(self, row, number, value):
        return self.put(row, FIRST_ITEM + number - 1, value)

    def extra(self, row, **values):
        for name, value in values.items():
            self.put(row, self.layout.column(Extra(name)), value)
        return self

    @property
    def content(self):
        file = io.BytesIO()
        self.book.save(file)
        return file.getvalue()


def template_of_no_form(school_id: str, grade: Grade) -> bytes:
    """A spreadsheet of a form that is not known here."""
    book = Workbook()
    book.active.append([MARKER, "1", "ABCDEF", "level-check-4-A", "1", school_id, f"{grade.value}-1"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
