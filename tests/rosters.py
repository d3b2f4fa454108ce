"""Class lists as schools have them, made up: fictitious names, citizen numbers with right check digits of nobody.

`dmc_xlsx()` and `dmc_csv()` give the bytes of a DMC export with forty pupils of ป.3/1 and ป.3/2.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import xlwt
from openpyxl import Workbook

_NAMES = """
ภูผา ธารา ตะวัน ก้องภพ ปุณณ์ ชยพล ธนกร นภดล พีรพล วายุ ศุภกร อนาวิล กฤติน เมธา รวิชญ์ สิรวิชญ์ ต้นน้ำ ดินแดน คุณากร ณภัทร
มะลิ ข้าวหอม ปุณยนุช ชลธิชา ธัญชนก นลินี พิมพ์ชนก วรัญญา ศิรินภา อรนิภา กานต์ธีรา เมขลา รมิดา สิริมา ใบบัว ดาริน คีตา
ใจงาม ดอยคำ แสงเมือง ศรีลำไย คำมูล วงศ์ไม้ ปันแก้ว ไชยป่า ทองลำ เมืองหริภุญ ณ_ริมกวง บุญตาน จันทร์หอม เรือนแก้ว สุขดอย
"""
BOYS, GIRLS, SURNAMES = (line.split() for line in _NAMES.strip().splitlines())

DMC_HEADERS = (
    "รหัสโรงเรียน",
    "ชื่อโรงเรียน",
    "เลขประจำตัวนักเรียน",
    "ชั้น",
    "ห้อง",
    "เลขประจำตัวนักเรียน",
    "เพศ",
    "คำนำหน้าชื่อ",
    "ชื่อ",
    "นามสกุล",
    "วันเกิด",
    "อายุ(ปี)",
    "น้ำหนัก",
    "ส่วนสูง",
    "กลุ่มเลือด",
    "ศาสนา",
    "เชื้อชาติ",
    "สัญชาติ",
    "บ้านเลขที่",
    "หมู่",
    "ถนน/ซอย",
    "ตำบล",
    "อำเภอ",
    "จังหวัด",
    "ชื่อผู้ปกครอง",
    "นามสกุลผู้ปกครอง",
    "อาชีพของผู้ปกครอง",
    "ความด้อยโอกาส",
)
DMC_TIMESTAMP = "ข้อมูล ณ วันที่ 10 มิถุนายน 2569 เวลา 09:15:02"


@dataclass(frozen=True)
class FictitiousPupil:
    citizen_number: str
    number: str
    boy: bool
    first_name: str
    last_name: str
    grade: str
    room: str


def citizen_number(rng: random.Random) -> str:
    """Thirteen digits with a right check digit."""
    digits = [rng.randint(1, 8), *(rng.randint(0, 9) for _ in range(11))]
    total = sum((13 - i) * digit for i, digit in enumerate(digits))
    return "".join(map(str, digits)) + str((11 - total % 11) % 10)


def fictitious_pupils(
    count: int = 40, grade: str = "ป.3", rooms: Sequence[str] = ("1", "2"), seed: int = 9, first_number: int = 5401
) -> list[FictitiousPupil]:
    """Pupils of one grade, filling one room after another; the same ones for the same arguments."""
    rng = random.Random(seed)
    made = []
    for n in range(count):
        boy = rng.random() < 0.5
        first, last = rng.choice(BOYS if boy else GIRLS), rng.choice(SURNAMES).replace("_", " ")
        room = rooms[n * len(rooms) // count] if rooms else ""
        made.append(FictitiousPupil(citizen_number(rng), str(first_number + n), boy, first, last, grade, room))
    return made


SCHOOL = "โรงเรียนเทศบาลประตูลี้"
"""The school that the files name: the first of `tests.sites`."""


def dmc_rows(pupils: Sequence[FictitiousPupil] | None = None) -> list[list[object]]:
    """Timestamp, header and one row for each pupil, in the layout of a DMC export."""
    rng = random.Random(1)
    rows: list[list[object]] = [[DMC_TIMESTAMP], list(DMC_HEADERS)]
    for p in fictitious_pupils() if pupils is None else pupils:
        prefix, sex = ("เด็กชาย", "ช") if p.boy else ("เด็กหญิง", "ญ")
        birth = f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{rng.randint(2559, 2562)}"
        person = ("5100999", SCHOOL, p.citizen_number, p.grade, p.room, p.number, sex, prefix)
        body = (birth, 9, rng.randint(20, 40), rng.randint(110, 140), rng.choice("ABO"), "พุทธ", "ไทย", "ไทย")
        home = (f"{rng.randint(1, 99)}/1", rng.randint(1, 9), "-", "สมมติ", "สมมติ", "สมมติ", "สมมติ", p.last_name)
        rows.append([*person, p.first_name, p.last_name, *body, *home, "รับจ้าง", "-"])
    return rows


def xlsx(rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> bytes:
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_bytes(rows: Sequence[Sequence[object]], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xls(sheets: Mapping[str, Sequence[Sequence[object]]], encoding: str = "cp874") -> bytes:
    """An old Excel file (BIFF8), a sheet for each entry."""
    book = xlwt.Workbook(encoding=encoding)
    for name, rows in sheets.items():
        page = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                dated = xlwt.easyxf(num_format_str="D-MMM") if isinstance(value, date) else xlwt.Style.default_style
                page.write(number, column, value, dated)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def dmc_xls(pupils: Sequence[FictitiousPupil] | None = None) -> bytes:
    return xls({"Sheet1": dmc_rows(pupils)})


def dmc_xlsx(pupils: Sequence[FictitiousPupil] | None = None) -> bytes:
    return xlsx(dmc_rows(pupils))


def dmc_csv(
    pupils: Sequence[FictitiousPupil] | None = None, encoding: str = "utf-8-sig", delimiter: str = ","
) -> bytes:
    return csv_bytes(dmc_rows(pupils), encoding, delimiter)
