"""Class list files: formats, encodings, the DMC layout, and what is dropped before it is kept."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import datetime

import pytest

from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.roster import RosterField
from phonics_app.records import spreadsheet
from phonics_app.records.citizen_number import is_one, looks_like_one
from phonics_app.records.roster_reading import HIDDEN, TITLE_COLUMN, read_roster_sheet
from tests import rosters

PUPILS = rosters.fictitious_pupils()
DMC_MAPPING = {
    "เลขประจำตัวนักเรียน (2)": RosterField.NUMBER,
    "ชั้น": RosterField.GRADE,
    "ห้อง": RosterField.ROOM,
    "เพศ": RosterField.SEX,
    "คำนำหน้าชื่อ": RosterField.PREFIX,
    "ชื่อ": RosterField.FIRST_NAME,
    "นามสกุล": RosterField.LAST_NAME,
}
DMC_FILES = {
    "xlsx": rosters.dmc_xlsx(),
    "xls": rosters.dmc_xls(),
    "csv with a mark": rosters.dmc_csv(),
    "csv without": rosters.dmc_csv(encoding="utf-8"),
    "csv cp874": rosters.dmc_csv(encoding="cp874"),
    "csv TIS-620": rosters.dmc_csv(encoding="tis_620"),
    "csv semicolon": rosters.dmc_csv(delimiter=";"),
    "csv tab": rosters.dmc_csv(delimiter="\t"),
    "csv UTF-16": rosters.dmc_csv(encoding="utf-16", delimiter="\t"),
}


@pytest.mark.parametrize("name", DMC_FILES)
def test_the_dmc_layout_in_every_format(name):
    sheet = read_roster_sheet("นักเรียน.xlsx", DMC_FILES[name])
    assert sheet.mapping == DMC_MAPPING
    assert len(sheet.rows) == 40
    assert sheet.row_numbers == tuple(range(3, 43))
    number = sheet.headers.index("เลขประจำตัวนักเรียน (2)")
    assert [row[number] for row in sheet.rows] == [p.number for p in PUPILS]


@pytest.mark.parametrize("name", DMC_FILES)
def test_nothing_sensitive_is_kept(name):
    sheet = read_roster_sheet("นักเรียน.xlsx", DMC_FILES[name])
    assert sheet.dropped == (
        "เลขประจำตัวนักเรียน",
        *("วันเกิด", "อายุ(ปี)", "น้ำหนัก", "ส่วนสูง", "กลุ่มเลือด", "ศาสนา", "เชื้อชาติ", "สัญชาติ", "บ้านเลขที่", "หมู่"),
        *("ถนน/ซอย", "ตำบล", "อำเภอ", "จังหวัด", "ชื่อผู้ปกครอง", "นามสกุลผู้ปกครอง", "อาชีพของผู้ปกครอง"),
        "ความด้อยโอกาส",
    )
    kept = repr(sheet)
    assert not any(p.citizen_number in kept for p in PUPILS)
    assert "พุทธ" not in kept
    assert "/256" not in kept


def table(*rows, **options):
    return read_roster_sheet("ห้อง.xlsx", rosters.xlsx(rows, **options))


@pytest.mark.parametrize("header", ["รหัส", "เลขประจำตัวนักเรียน", "Student ID", "อะไรก็ได้"])
@pytest.mark.parametrize(
    "written", ["{}", "{0[0]}-{0[1]}{0[2]}{0[3]}{0[4]}-{0[5]}{0[6]}{0[7]}{0[8]}{0[9]}-{0[10]}{0[11]}-{0[12]}", " {} "]
)
def test_a_column_of_citizen_numbers_is_dropped_whatever_its_header(header, written):
    numbers = [written.format(p.citizen_number) for p in PUPILS]
    sheet = table((header, "ชื่อ-สกุล", "ชั้น"), *((n, "ก ข", "ป.1/1") for n in numbers))
    assert sheet.dropped == (header,)
    assert all(p.citizen_number[:6] not in repr(sheet) for p in PUPILS)


def test_numbers_that_excel_made_scientific_or_numeric_are_dropped_too():
    rows = [(1.10370123456e12, "1.10370E+12", "ก ข") for _ in range(3)]
    assert table(("ก", "ข", "ชื่อ-สกุล"), *rows).dropped == ("ก", "ข")


def test_children_without_status_have_other_forms():
    assert is_one("G123456789012")
    sheet = table(("รหัส", "ชื่อ-สกุล", "ชั้น"), ("G123456789012", "ก ข", "ป.1"))
    assert sheet.dropped == ("รหัส",)


def test_a_single_citizen_number_among_pupil_numbers_is_hidden():
    rows = [("5001", "ก ข", "ป.1"), ("5002", "ค ง", "ป.1"), ("5003", "จ ฉ", "ป.1")]
    sheet = table(("เลขประจำตัว", "ชื่อ-สกุล", "ชั้น"), *rows, (PUPILS[0].citizen_number, "ช ซ", "ป.1"))
    assert sheet.dropped == ()
    assert sheet.rows[3][0] == HIDDEN
    assert PUPILS[0].citizen_number not in repr(sheet)


def test_birth_dates_under_an_unknown_header_are_dropped():
    rows = [(str(n), "ก ข", "ป.1", datetime(2016 + n, 5, 4)) for n in range(4)]
    assert table(("เลขประจำตัว", "ชื่อ-สกุล", "ชั้น", "ว/ด/ป"), *rows).dropped == ("ว/ด/ป",)


def test_check_digit():
    assert is_one("1101700207030")
    assert not is_one("1101700207031")
    assert looks_like_one("1101700207031")
    assert looks_like_one("๑-๑๐๑๗-๐๐๒๐๗-๐๓-๐")
    assert not looks_like_one("110170020703")
    assert not looks_like_one("สมชาย")


LAYOUTS = {
    "english": (
        ("Student ID", "First name", "Surname", "Gender", "Class"),
        ("5001", "Ann", "Lee", "F", "P3/2"),
        ("number", "first_name", "last_name", "sex", "class"),
    ),
    "full name": (
        ("ที่", "เลขประจำตัว", "ชื่อ - สกุล", "ชั้น"),
        ("1", "5001", "เด็กชายภูผา ใจงาม", "ป.3/2"),
        ("-", "number", "full_name", "class"),
    ),
    "name is full": (
        ("รหัสนักเรียน", "ชื่อ", "ระดับชั้น", "ห้อง"),
        ("5001", "ภูผา ใจงาม", "ป.3", "2"),
        ("number", "full_name", "grade", "room"),
    ),
    "grade and room apart": (
        ("รหัสนักเรียน", "ชื่อ", "สกุล", "ชั้นปี", "ห้องที่"),
        ("5001", "ภูผา", "ใจงาม", "3", "2"),
        ("number", "first_name", "last_name", "grade", "room"),
    ),
    "no helpful headers": (
        ("ก", "ข", "ค", "ง"),
        ("5001", "เด็กชาย", "ช", "ป.3/2"),
        ("number", "prefix", "sex", "class"),
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_mapping_is_guessed(name):
    header, row, expected = LAYOUTS[name]
    rows = [[cell.replace("5001", str(5001 + n)) for cell in row] for n in range(5)]
    sheet = table(header, *rows)
    fields = tuple(sheet.mapping[h].value if h in sheet.mapping else "-" for h in sheet.headers)
    assert fields == expected


def test_a_merged_name_header_over_three_columns():
    sheet = table(
        ("เลขประจำตัว", "ชื่อ - นามสกุล", None, None, "ชั้น"),
        ("5001", "ด.ช.", "ภูผา", "ใจงาม", "ป.3/2"),
        ("5002", "ด.ญ.", "มะลิ", "ดอยคำ", "ป.3/2"),
    )
    assert [sheet.mapping[h].value for h in sheet.headers] == ["number", "prefix", "first_name", "last_name", "class"]
    assert sheet.headers == ("เลขประจำตัว", "ชื่อ - นามสกุล", "C", "D", "ชั้น")


def test_a_table_without_headers():
    sheet = table(("5001", "เด็กชายภูผา ใจงาม", "ป.3/2"), ("5002", "เด็กหญิงมะลิ ดอยคำ", "ป.3/2"))
    assert sheet.headers == ("A", "B", "C")
    assert len(sheet.rows) == 2
    assert [f.value for f in sheet.mapping.values()] == ["class", "full_name", "number"]


@pytest.mark.parametrize(
    "title", ["รายชื่อนักเรียนชั้นประถมศึกษาปีที่ ๓/๒", "บัญชีรายชื่อ ชั้น ป.3/2 ปีการศึกษา 2569", "โรงเรียนสมมติ ชั้นประถมศึกษาปีที่ 3 ห้อง 2"]
)
def test_the_class_stands_in_the_title(title):
    sheet = table((title,), ("เลขที่", "เลขประจำตัว", "ชื่อ-สกุล"), ("1", "5001", "เด็กชายภูผา ใจงาม"), (None, None, None))
    assert sheet.mapping[TITLE_COLUMN] is RosterField.CLASS
    assert len(sheet.rows) == 1
    assert sheet.rows[0][-1]


def test_the_class_stands_in_the_name_of_the_sheet():
    sheet = table(("เลขประจำตัว", "ชื่อ-สกุล"), ("5001", "เด็กชายภูผา ใจงาม"), sheet="ป.3-2")
    assert sheet.rows[0] == ("5001", "เด็กชายภูผา ใจงาม", "ป.3-2")


def test_the_sheet_that_is_a_class_list_is_chosen():
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(rosters.dmc_xlsx()))
    notes = book.create_sheet("หมายเหตุ", 0)
    notes.append(["ส่งภายใน", "วันศุกร์"])
    book.create_sheet("ว่าง")
    content = io.BytesIO()
    book.save(content)
    sheet = read_roster_sheet("a.xlsx", content.getvalue())
    assert (sheet.sheet, sheet.other_sheets) == ("Sheet1", ("หมายเหตุ",))


def test_the_delimiter_that_excel_names():
    content = "sep=;\r\nเลขประจำตัว;ชื่อ-สกุล;ชั้น\r\n5001;ภูผา, ใจงาม;ป.1\r\n".encode()
    sheet = read_roster_sheet("a.csv", content)
    assert sheet.rows == (("5001", "ภูผา, ใจงาม", "ป.1"),)
    assert sheet.row_numbers == (3,)


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(5):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", b"0" * (90 * 1024 * 1024))
    return content.getvalue()


def liar() -> bytes:
    """A zip that says its parts are small; the unpacker must not be fooled into more."""
    data = bytearray(rosters.dmc_xlsx())
    place = data.find(b"PK\x01\x02")
    while place != -1:
        data[place + 24 : place + 28] = struct.pack("<I", 5)
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


REFUSED = {
    "spreadsheet.old_format": lambda: b"\x09\x00\x04\x00" + b"\0" * 600,
    "spreadsheet.web_page": lambda: b"  <html><table><tr><td>1</td></tr></table></html>",
    "spreadsheet.unknown_encoding": lambda: b"\x00\x01\x02\xff\xfe\xfc" * 50,
    "spreadsheet.empty": lambda: rosters.xlsx([]),
    "spreadsheet.unreadable": lambda: b"PK\x03\x04" + b"\0" * 500,
    "roster.no_table": lambda: "เพียงบรรทัดเดียว\n".encode(),
}


@pytest.mark.parametrize("code", REFUSED)
def test_refused_files(code):
    with pytest.raises(ProblemsFound) as caught:
        read_roster_sheet("a.xlsx", REFUSED[code]())
    assert [p.code for p in caught.value.problems] == [code]
    assert caught.value.problems[0].place.file == "a.xlsx"


def refusal(content: bytes) -> str:
    with pytest.raises(ProblemsFound) as caught:
        read_roster_sheet("a.xlsx", content)
    return caught.value.problems[0].code


def test_an_empty_csv():
    assert refusal(b"") == refusal(b"\xef\xbb\xbf\r\n,,\r\n") == "spreadsheet.empty"


def test_a_quotation_mark_that_is_never_closed():
    assert refusal(b'a,b\n1,"' + b"x" * 200_000) == "spreadsheet.unreadable"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    content = bomb()
    assert len(content) < 1_000_000
    assert refusal(content) == "spreadsheet.too_large"


def test_a_zip_that_lies_about_its_sizes():
    assert refusal(liar()) == "spreadsheet.unreadable"


def test_limits_of_size_and_rows(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 20)
    assert refusal(rosters.dmc_xlsx()) == refusal(rosters.dmc_csv()) == "spreadsheet.too_many_rows"
    monkeypatch.setattr(spreadsheet, "MOST_BYTES", 1000)
    assert refusal(rosters.dmc_xlsx()) == "spreadsheet.too_large"


def test_a_workbook_without_its_parts():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal(content.getvalue()) == "spreadsheet.unreadable"
