"""Rows of a class list: one broken file for each rule, all problems at once, each with its place."""

from __future__ import annotations

from datetime import datetime

import pytest

from phonics_app.domain.errors import Place
from phonics_app.domain.grade import Grade
from phonics_app.domain.roster import RosterField
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records.roster_reading import read_roster_sheet
from phonics_app.records.roster_rows import GRADES_EXPECTED, mapping_problems, read_rows
from tests import rosters

HEADER = ("เลขประจำตัว", "คำนำหน้า", "ชื่อ", "นามสกุล", "เพศ", "ชั้น")
GOOD = ("5001", "ด.ช.", "ภูผา", "ใจงาม", "ช", "ป.3/2")
ALSO = ("5002", "ด.ญ.", "มะลิ", "ดอยคำ", "ญ", "ป.3/2")


def read(*rows, header=HEADER, highest=Grade.P6, title=()):
    sheet = read_roster_sheet("a.xlsx", rosters.xlsx([*title, header, *rows]))
    found, problems = read_rows(sheet, sheet.mapping, highest)
    return [draft for _, draft in found], problems


def problem(*rows, **options):
    """The only problem of these rows: code, row, column, value, expected, warning."""
    _, (only,) = read(*rows, **options)
    return only.code, only.place.row, only.place.column, only.value, only.expected, only.warning


def changed(**cells):
    index = {"number": 0, "prefix": 1, "first": 2, "last": 3, "sex": 4, "grade": 5}
    row = list(GOOD)
    for name, value in cells.items():
        row[index[name]] = value
    return tuple(row)


def test_a_good_file():
    drafts, problems = read(GOOD, ALSO)
    assert problems == []
    assert drafts == [
        PupilDraft("5001", "เด็กชาย", "ภูผา", "ใจงาม", Sex.MALE, Grade.P3, "2"),
        PupilDraft("5002", "เด็กหญิง", "มะลิ", "ดอยคำ", Sex.FEMALE, Grade.P3, "2"),
    ]


CITIZEN = rosters.fictitious_pupils(1)[0].citizen_number
BROKEN = {
    "number missing": ([changed(number=None)], ("pupil.number_empty", 2, "เลขประจำตัว", "", "", False)),
    "first name missing": ([changed(first="-")], ("pupil.first_name_empty", 2, "ชื่อ", "", "", False)),
    "last name missing": ([changed(last=None)], ("pupil.last_name_empty", 2, "นามสกุล", "ภูผา", "", True)),
    "grade unknown": ([changed(grade="ป.9")], ("roster.grade_unknown", 2, "ชั้น", "ป.9", GRADES_EXPECTED, False)),
    "grade missing": ([changed(grade=None)], ("roster.grade_empty", 2, "ชั้น", "", GRADES_EXPECTED, False)),
    "grade above": ([GOOD, changed(number="1", grade=None)], ("roster.grade_from_above", 3, "ชั้น", "ป.3/2", "", True)),
    "grade too high": ([changed(grade="ม.1/1")], ("pupil.grade_too_high", 2, "ชั้น", "ม.1", "ป.6", True)),
    "letter left out": ([changed(grade="3/2")], ("roster.grade_assumed", 2, "ชั้น", "3/2", "ป.3/2", True)),
    "sex unknown": ([changed(sex="x")], ("roster.sex_unknown", 2, "เพศ", "x", "ช, ญ (M, F)", True)),
    "sex differs": ([changed(sex="ญ")], ("roster.sex_and_prefix_differ", 2, "เพศ", "ญ", "เด็กชาย", True)),
    "repeated": ([GOOD, GOOD], ("roster.row_repeated", 3, "เลขประจำตัว", "5001", "2", True)),
    "number twice": ([GOOD, changed(first="วายุ")], ("roster.number_repeated", 3, "เลขประจำตัว", "5001", "2", False)),
    "number too long": ([changed(number="5" * 51)], ("input.too_long", 2, "เลขประจำตัว", "5" * 50, "50", False)),
    "room too long": ([changed(grade="ป.3/" + "x" * 21)], ("input.too_long", 2, "ชั้น", "x" * 21, "20", False)),
}
BROKEN |= {"total": ([GOOD, (None, "รวม", None, "40 คน")], ("roster.row_skipped", 3, "", "รวม 40 คน", "", True))}


@pytest.mark.parametrize("name", BROKEN)
def test_one_broken_file_for_each_rule(name):
    rows, expected = BROKEN[name]
    if name == "number missing":
        rows = [*rows, ALSO]
    if name == "grade missing":
        rows = [*rows, ALSO]
    assert problem(*rows) == expected


def test_all_problems_at_once_with_their_places():
    rows = [changed(number=None), changed(grade="ปอ 3"), changed(number="5003", first=None, sex="?")]
    _, problems = read(*rows)
    assert [(p.code, p.place) for p in problems] == [
        ("pupil.number_empty", Place("a.xlsx", "Sheet1", 2, "เลขประจำตัว")),
        ("roster.grade_unknown", Place("a.xlsx", "Sheet1", 3, "ชั้น")),
        ("roster.sex_unknown", Place("a.xlsx", "Sheet1", 4, "เพศ")),
        ("pupil.first_name_empty", Place("a.xlsx", "Sheet1", 4, "ชื่อ")),
    ]


def test_a_citizen_number_among_pupil_numbers_is_refused_without_being_repeated():
    rows = [changed(number=str(5100 + n)) for n in range(9)]
    _, (only,) = read(*rows, changed(number=CITIZEN))
    assert (only.code, only.place.row, only.value, only.warning) == ("pupil.citizen_number", 11, "", False)


def test_rows_with_errors_are_left_out_of_the_pupils():
    drafts, _ = read(GOOD, changed(number="5002", grade="ป.9"))
    assert [draft.number for draft in drafts] == ["5001"]


def test_blank_rows_totals_signatures_and_repeated_headers():
    rows = [GOOD, (), HEADER, ALSO, (None,) * 6, (None, None, "รวม 2 คน"), (None, None, "ลงชื่อ ครูประจำชั้น")]
    drafts, problems = read(*rows)
    assert [draft.number for draft in drafts] == ["5001", "5002"]
    assert [(p.code, p.place.row, p.warning) for p in problems] == [
        ("roster.row_skipped", 4, True),
        ("roster.row_skipped", 7, True),
        ("roster.row_skipped", 8, True),
    ]


def test_dates_in_the_class_column_are_repaired_with_a_warning():
    rows = [changed(number=str(5000 + n), grade=datetime(2026, 2, 3)) for n in range(3)]
    drafts, problems = read(*rows, changed(number="5009", grade="ป.3/1"))
    assert [(d.grade, d.room) for d in drafts] == [(Grade.P3, "2")] * 3 + [(Grade.P3, "1")]
    assert [(p.code, p.place.row, p.value, p.expected) for p in problems] == [
        ("roster.class_from_date", 2, "2026-02-03", "ป.3/2")
    ]


def test_dates_in_the_room_column():
    header = ("เลขประจำตัว", "ชื่อ", "นามสกุล", "ชั้น", "ห้อง")
    rows = [(5001, "ภูผา", "ใจงาม", "ป.3", datetime(2026, 2, 3)), (5002, "มะลิ", "ดอยคำ", "ป.3", "3/1")]
    drafts, problems = read(*rows, header=header)
    assert [d.room for d in drafts] == ["2", "1"]
    assert [p.code for p in problems] == ["roster.class_from_date"]


def test_american_dates():
    rows = [changed(number="5001", grade=datetime(2026, 3, 2)), changed(number="5002", grade=datetime(2026, 3, 10))]
    drafts, _ = read(*rows)
    assert [d.room for d in drafts] == ["2", "10"]


def test_names_in_one_cell_and_sex_from_the_prefix():
    header = ("รหัส", "ชื่อ-สกุล", "ชั้น", "เลขประจำตัว")
    drafts, problems = read(("1", "ด.ญ.ดาริน ณ ริมกวง", "อนุบาล ๒/๑", "๕๐๐๑"), header=header)
    assert problems == []
    assert drafts == [PupilDraft("5001", "เด็กหญิง", "ดาริน", "ณ ริมกวง", Sex.FEMALE, Grade.K2, "1")]


def test_the_prefix_sticks_to_the_first_name():
    header = ("เลขประจำตัว", "ชื่อ", "นามสกุล", "ชั้น")
    drafts, _ = read((5001, "เด็กชายภูผา", "ใจงาม", "ป.1"), header=header)
    assert drafts == [PupilDraft("5001", "เด็กชาย", "ภูผา", "ใจงาม", Sex.MALE, Grade.P1, "")]


def test_highest_grade_of_the_school():
    _, problems = read(changed(grade="ม.1/1"), highest=Grade.M3)
    assert problems == []


def test_wrong_mappings():
    sheet = read_roster_sheet("a.xlsx", rosters.xlsx([HEADER, GOOD]))
    mapping = {"เลขประจำตัว": RosterField.NUMBER, "ชื่อ": RosterField.NUMBER, "ไม่มี": RosterField.SEX}
    assert [(p.code, p.value, p.expected) for p in mapping_problems(sheet, mapping)] == [
        ("roster.header_unknown", "ไม่มี", ", ".join(HEADER)),
        ("roster.field_twice", "", "number"),
        ("roster.field_missing", "", "full_name"),
        ("roster.field_missing", "", "class"),
    ]
    assert mapping_problems(sheet, sheet.mapping) == []
