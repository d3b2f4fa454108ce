"""Headers of class lists, Thai and English: which name a field, and which a thing that must not be kept."""

from __future__ import annotations

import re

from phonics_app.domain.roster import RosterField
from phonics_app.records.writing import plain_digits, squeezed

_NAMES: dict[RosterField, str] = {
    RosterField.NUMBER: "เลขประจำตัวนักเรียน เลขประจำตัว รหัสนักเรียน รหัสประจำตัวนักเรียน รหัสประจำตัว เลขนักเรียน เลขประจำตัวน.ร. "
    "student_id student_no student_number student_code pupil_id pupil_no pupil_number number id",
    RosterField.PREFIX: "คำนำหน้าชื่อ คำนำหน้า คำนำหน้านาม คำนำหน้าชื่อนักเรียน prefix title",
    RosterField.FIRST_NAME: "ชื่อ ชื่อตัว ชื่อจริง ชื่อไทย ชื่อภาษาไทย first_name given_name forename firstname_th",
    RosterField.LAST_NAME: "นามสกุล สกุล นามสกุลไทย last_name surname family_name",
    RosterField.FULL_NAME: "ชื่อ-สกุล ชื่อ-นามสกุล ชื่อและนามสกุล ชื่อตัว-ชื่อสกุล ชื่อเต็ม ชื่อนักเรียน ชื่อ-สกุลนักเรียน ชื่อ-นามสกุลนักเรียน "
    "คำนำหน้า-ชื่อ-สกุล คำนำหน้าชื่อ-สกุล name full_name student_name pupil_name pupil student",
    RosterField.SEX: "เพศ sex gender",
    RosterField.GRADE: "ชั้น ระดับชั้น ชั้นปี ชั้นปีที่ ระดับชั้นปี grade grade_level year_level",
    RosterField.ROOM: "ห้อง ห้องเรียน ห้องที่ room section classroom",
    RosterField.CLASS: "ชั้น/ห้อง ชั้น-ห้อง ชั้นเรียน ชั้นและห้อง ชั้นเรียน/ห้อง ระดับชั้น/ห้อง class class_room homeroom",
    RosterField.CLASS_NUMBER: "เลขที่ เลขที่ในห้อง เลขที่ในชั้น เลขที่ในชั้นเรียน class_number class_no roll_number roll_no",
}
_SENSITIVE_PARTS = """
ประชาชน ปชช วันเกิด ปีเกิด เดือนเกิด ที่เกิด น้ำหนัก ส่วนสูง กลุ่มเลือด กรุ๊ปเลือด หมู่เลือด หมู่โลหิต กลุ่มโลหิต ศาสนา เชื้อชาติ สัญชาติ
ชาติพันธุ์ บ้านเลขที่ ที่อยู่ หมู่ที่ หมู่บ้าน ถนน ซอย ตำบล อำเภอ จังหวัด ไปรษณีย์ โทรศัพท์ เบอร์โทร มือถือ อีเมล บิดา มารดา ผู้ปกครอง พ่อ แม่
รายได้ อาชีพ ด้อยโอกาส ยากจน พิการ บกพร่อง โรคประจำตัว สุขภาพ แพ้ยา ดัชนีมวลกาย บัญชี
citizen national identification passport birth weight height blood religio ethnic nationality address
phone mobile email father mother parent guardian income occupation disab disease health bmi
"""
"""Anywhere in a header."""
_SENSITIVE_WORDS = """
อายุ หมู่ เกิด โทร age dob race tel cid pid bday faith
"""
"""As a whole word only: "age" stands in "language" as well."""
_PARTS = tuple(plain_digits(squeezed(_SENSITIVE_PARTS)).split())
_WORDS = frozenset(_SENSITIVE_WORDS.split())
_AGE = re.compile(r"อายุ(ปี|เดือน)*")
_LINKS = re.compile(r"[\s_\-–—/.,:()\[\]*'\"]+")


def plain_header(header: str) -> str:
    """A header without case, spaces and punctuation, digits Arabic: what headers are compared by."""
    return _LINKS.sub("", plain_digits(squeezed(header)).casefold())


_FIELDS = {
    plain_header(name): field for field, names in _NAMES.items() for name in names.split()
}  # a space parts names; "_" stands for one inside


def field_of(header: str) -> RosterField | None:
    """The field that the header names, None for an unknown one."""
    return _FIELDS.get(plain_header(header))


def is_sensitive(header: str) -> bool:
    """Whether the header names something that must not be kept (birth, body, belief, home, family, citizen number)."""
    plain = plain_header(header)
    words = {plain, *filter(None, _LINKS.split(squeezed(header).casefold()))}
    return bool(words & _WORDS) or bool(_AGE.fullmatch(plain)) or any(part in plain for part in _PARTS)


def is_known(header: str) -> bool:
    return field_of(header) is not None or is_sensitive(header)
