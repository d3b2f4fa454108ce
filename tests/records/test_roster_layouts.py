"""Class lists as offices build them: two header rows, a sheet for each room, totals and notes below."""

from __future__ import annotations

from datetime import date

from phonics_app.domain.grade import Grade
from phonics_app.domain.roster import RosterField
from phonics_app.records.roster_reading import read_roster_sheet
from phonics_app.records.roster_rows import read_rows
from tests import rosters


def read(content):
    sheet = read_roster_sheet("a", content)
    drafts, problems = read_rows(sheet, sheet.mapping, Grade.P6)
    return sheet, drafts, problems


def test_a_group_header_above_the_real_one():
    rows = [
        ["บัญชีรายชื่อนักเรียน"],
        ["ที่", "เลขประจำตัว", "ข้อมูลนักเรียน", None, None, "เพศ", "ชั้นเรียน", None],
        [None, None, "คำนำหน้า", "ชื่อ", "นามสกุล", None, "ชั้น", "ห้อง"],
        [1, "5401", "ด.ช.", "ภูผา", "ใจงาม", "ช", "ป.3", "1"],
        [2, "5402", "ด.ญ.", "มะลิ", "ดอยคำ", "ญ", "ป.3", "2"],
    ]
    sheet, drafts, problems = read(rosters.xlsx(rows))
    assert set(sheet.mapping.values()) >= {
        RosterField.NUMBER,
        RosterField.FIRST_NAME,
        RosterField.SEX,
        RosterField.ROOM,
    }
    assert [(row, d.number, d.prefix, d.last_name, d.room) for row, d in drafts] == [
        (4, "5401", "เด็กชาย", "ใจงาม", "1"),
        (5, "5402", "เด็กหญิง", "ดอยคำ", "2"),
    ]
    assert problems == []


HEAD = ["เลขประจำตัว", "ชื่อ-สกุล", "ชั้น", "ห้อง"]


def test_totals_and_notes_below_the_table_are_no_pupils():
    rows = [
        HEAD,
        ["5401", "ด.ช.ภูผา ใจงาม", "ป.3", "1"],
        [],
        ["รวม", 1, None, None],
        ["จำนวนทั้งหมด 1 คน"],
        ["หมายเหตุ: ย้ายเข้าระหว่างปี"],
        [None, "ลงชื่อ ผู้อำนวยการ"],
    ]
    _, drafts, problems = read(rosters.xlsx(rows))
    assert [d.number for _, d in drafts] == ["5401"]
    assert {p.code for p in problems} == {"roster.row_skipped"}
    assert [p.place.row for p in problems] == [4, 5, 6, 7]


def test_a_total_that_is_named_in_a_column_of_no_field_is_no_pupil():
    head = ["รหัสโรงเรียน", *HEAD, "เพศ"]
    rows = [head, ["1051000001", "5401", "ด.ช.ภูผา ใจงาม", "ป.3", "1", "ช"], ["รวมทั้งสิ้น", 36, None, None, None, "คน"]]
    _, drafts, problems = read(rosters.xlsx(rows))
    assert [d.number for _, d in drafts] == ["5401"]
    assert [(p.code, p.place.row, p.warning) for p in problems] == [("roster.row_skipped", 3, True)]


def test_a_number_without_a_name_is_still_a_mistake():
    _, drafts, problems = read(rosters.xlsx([HEAD, ["5401", "ด.ช.ภูผา ใจงาม", "ป.3", "1"], ["5402", None, None, None]]))
    assert len(drafts) == 1
    assert "pupil.first_name_empty" in {p.code for p in problems if not p.warning}


def test_a_sheet_for_each_room_is_one_list_and_every_place_names_its_sheet():
    sheets = {
        "ป.3-1": [HEAD, ["5401", "ด.ช.ภูผา ใจงาม", "ป.3", "1"]],
        "ป.3-2": [[], HEAD, ["5402", "ด.ญ.มะลิ ดอยคำ", "ป.3", "2"], ["5403", "ด.ญ.นลินี ปันแก้ว", "ป.33", "2"]],
        "สรุป": [["ห้อง", "คน"], ["1", "20"]],
    }
    sheet, drafts, problems = read(rosters.xls(sheets))
    assert [d.number for _, d in drafts] == ["5401", "5402"]
    assert sheet.other_sheets == ("สรุป",)
    (problem,) = problems
    assert (problem.code, problem.place.sheet, problem.place.row) == ("roster.grade_unknown", "ป.3-2", 4)


def test_a_class_does_not_run_on_into_the_next_sheet():
    sheets = {"1": [HEAD, ["5401", "ด.ช.ภูผา ใจงาม", "ป.3", "1"]], "2": [HEAD, ["5402", "ด.ญ.มะลิ ดอยคำ", None, None]]}
    _, drafts, problems = read(rosters.xls(sheets))
    assert [d.number for _, d in drafts] == ["5401"]
    assert problems[0].place.sheet == "2"


def test_rooms_of_an_old_excel_file_that_became_dates():
    rows = [
        ["เลขประจำตัว", "ชื่อ-สกุล", "ชั้น/ห้อง"],
        ["5401", "ด.ช.ภูผา ใจงาม", date(2026, 2, 3)],
        ["5402", "ด.ญ.มะลิ ดอยคำ", "2-Mar"],
    ]
    _, drafts, problems = read(rosters.xls({"Sheet1": rows}))
    assert [(d.grade, d.room) for _, d in drafts] == [(Grade.P3, "2"), (Grade.P2, "3")]
    assert {p.code for p in problems} == {"roster.class_from_date"}
