"""Grades, classes, rooms, sexes, names and dates in their many written forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Sex, natural_key
from phonics_app.records.roster_cells import parse_bare_class, parse_class, parse_grade, parse_room, parse_sex
from phonics_app.records.roster_dates import class_of_date, date_year, day_and_month, is_american
from phonics_app.records.roster_headers import field_of, is_sensitive
from phonics_app.records.roster_names import Name, is_prefix, split_full_name, split_prefix, standard_prefix
from phonics_app.records.writing import plain_digits, squeezed, thai_sort_key

WORDS = {
    "K": ("อ.", "อ", "อ. ", "อบ.", "อนุบาล", "อนุบาลปีที่ ", "ชั้นอนุบาลปีที่", "K", "k.", "KG", "Kindergarten "),
    "P": ("ป.", "ป", "ป. ", "ประถม", "ประถมศึกษาปีที่ ", "ชั้นประถมศึกษาปีที่", "ชั้น ป.", "P", "p.", "Prathom "),
    "M": ("ม.", "ม", "มัธยม", "มัธยมศึกษาปีที่ ", "ชั้นมัธยมศึกษาปีที่", "M", "Matthayom ", "มัธยมศึกษาตอนต้น ปีที่ "),
}
WRITTEN = [(word + grade.value[1], grade) for grade in Grade for word in WORDS[grade.value[0]]]
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize(("text", "grade"), WRITTEN)
def test_every_way_to_write_a_grade(text, grade):
    assert parse_grade(text) is parse_grade(text.translate(THAI)) is parse_grade(f" {text} ") is grade
    assert parse_class(text + "/2") == parse_class(text.translate(THAI) + "/๒") == (grade, "2")


@pytest.mark.parametrize(
    "text", ["", "ป", "ป.", "ป.7", "ป.0", "อ.4", "ม.7", "ป.33", "3", "สามปี", "ปกติ 3", "grade", "Grade 13"]
)
def test_what_is_no_grade(text):
    assert parse_grade(text) is None


def test_grade_counts_through_to_secondary():
    assert [parse_grade(f"Grade {n}") for n in (1, 6, 7, 12)] == [Grade.P1, Grade.P6, Grade.M1, Grade.M6]


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("ป.3/2", "2"),
        ("ป.3-2", "2"),
        ("ป.3 / 10", "10"),
        ("ป.3 ห้อง 2", "2"),
        ("ป.3 (2)", "2"),
        ("ป.3/EP 1", "EP 1"),
        ("ป.3ห้องที่2", "2"),
        ("P3, room 2", "2"),
        ("ป.3", ""),
    ],
)
def test_rooms_in_a_class(text, room):
    assert parse_class(text) == (Grade.P3, room)


def test_a_class_is_no_grade():
    assert parse_grade("ป.3/2") is None


def test_bare_classes_are_taken_as_primary():
    assert parse_bare_class("3/2") == (Grade.P3, "2")
    assert parse_bare_class("๓") == (Grade.P3, "")
    assert parse_bare_class("7") is parse_bare_class("ป.3") is parse_bare_class("33") is None


@pytest.mark.parametrize("text", ["2", "ห้อง 2", "ห้องที่ ๒", "3/2", "ป.3/2", "room 2"])
def test_a_room_in_its_own_column(text):
    assert parse_room(text, Grade.P3) == "2"


def test_a_room_of_another_grade_stays_as_it_is():
    assert parse_room("4/2", Grade.P3) == "4/2"
    assert parse_room("EP", Grade.P3) == "EP"
    assert parse_room("-", Grade.P3) == ""


@pytest.mark.parametrize(
    ("text", "sex"),
    [("ช", Sex.MALE), (" หญิง ", Sex.FEMALE), ("F", Sex.FEMALE), ("-", Sex.UNKNOWN), ("", Sex.UNKNOWN), ("?", None)],
)
def test_sex(text, sex):
    assert parse_sex(text) is sex


NAMES = {
    "เด็กชายภูผา ใจงาม": Name("เด็กชาย", "ภูผา", "ใจงาม"),
    "ด.ช.ภูผา  ใจงาม": Name("เด็กชาย", "ภูผา", "ใจงาม"),
    "ดญ มะลิ ดอยคำ": Name("เด็กหญิง", "มะลิ", "ดอยคำ"),
    "นางสาวดาริน ณ ริมกวง": Name("นางสาว", "ดาริน", "ณ ริมกวง"),
    "น.ส. ดาริน สุขดอย": Name("นางสาว", "ดาริน", "สุขดอย"),
    "นายคีตา -": Name("นาย", "คีตา", ""),
    "นายิกา ทองลำ": Name("", "นายิกา", "ทองลำ"),
    "มะลิ": Name("", "มะลิ", ""),
    "Miss Ann Lee": Name("Miss", "Ann", "Lee"),
    "Missouri Lee": Name("", "Missouri", "Lee"),
    "MR. TOM LEE": Name("Mr.", "TOM", "LEE"),
    "": Name("", "", ""),
}


@pytest.mark.parametrize("text", NAMES)
def test_full_names(text):
    assert split_full_name(text) == NAMES[text]


def test_prefixes_are_stored_in_one_form():
    assert {standard_prefix(text) for text in ("ด.ช.", "ดช", "เด็กชาย", " ด.ช ")} == {"เด็กชาย"}
    assert standard_prefix("ม.ล.") == "ม.ล."
    assert is_prefix("ด.ญ.")
    assert not is_prefix("มะลิ")


@given(
    st.sampled_from(["เด็กชาย", "เด็กหญิง", "นาย", "นางสาว"]),
    st.text("กขคงจฉชดตถทธนบปผพฟภมยรลวสหอ", min_size=1, max_size=12),
    st.text("กขคงจฉชดตถทธนบปผพฟภมยรลวสหอ", min_size=1, max_size=12),
)
def test_a_name_put_together_comes_apart_again(prefix, first, last):
    whole = f"{prefix}{first} {last}"
    found = split_full_name(whole)
    assert f"{found.prefix}{found.first} {found.last}" == whole
    # นาง may be a prefix in itself: then สาว… was the name.
    assert found == Name(prefix, first, last) or split_prefix(first)[0] or prefix == "นางสาว"


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers(text):
    parse_class(text), parse_grade(text), parse_bare_class(text), parse_sex(text), parse_room(text, Grade.P3)
    split_full_name(text), field_of(text), is_sensitive(text), day_and_month(text), date_year(text)
    assert squeezed(squeezed(text)) == squeezed(text)
    natural_key(text), thai_sort_key(text), plain_digits(text)


@given(st.sampled_from(list(Grade)), st.integers(1, 20), st.booleans())
def test_a_class_as_shown_is_read_back(grade, room, thai_digits):
    text = f"{grade.label('th')}/{room}"
    assert parse_class(text.translate(THAI) if thai_digits else text) == (grade, str(room))


@pytest.mark.parametrize(
    "text", ["2026-02-03", "3-Feb", "03-Feb", "3-ก.พ.", "3 กุมภาพันธ์", "3/2/2569", "Feb-3", "3-Feb-26"]
)
def test_a_class_that_became_a_date(text):
    assert class_of_date(text, american=False) == "3/2"


def test_american_dates_are_seen_in_the_whole_column():
    assert not is_american(["2026-02-03", "2026-10-03"])
    assert is_american(["2026-03-10", "2026-03-02"])
    assert class_of_date("2026-03-10", american=True) == "3/10"
    assert not is_american(["ป.3/2", "2026-09-20"])


@pytest.mark.parametrize("text", ["", "ป.3/2", "3/2", "45-Feb", "3-Foo", "2026-13-01"])
def test_what_was_no_date(text):
    assert class_of_date(text, american=False) is None


@pytest.mark.parametrize(
    "header",
    [
        "เลขประจำตัวประชาชน",
        "เลขบัตรประชาชน 13 หลัก",
        "วัน/เดือน/ปีเกิด",
        "อายุ(ปี)",
        "อายุ (เดือน)",
        "Date of Birth",
        "DOB",
        "Age",
        "Religion",
        "ชื่อ-สกุลบิดา",
        "โทรศัพท์ผู้ปกครอง",
        "ที่อยู่ปัจจุบัน",
        "ศาสนา",
        "e-mail",
        "National ID",
        "หมู่โลหิต",
        "น้ำหนัก (กก.)",
    ],
)
def test_sensitive_headers(header):
    assert is_sensitive(header)


@pytest.mark.parametrize("header", ["ชื่อ", "ชั้น", "หมายเหตุ", "ห้อง", "Language", "Stage", "เลขที่", "Trace", "หมู่เรียน"])
def test_harmless_headers(header):
    assert not is_sensitive(header)


def test_sorting_as_people_do():
    assert sorted(["10", "9", "2/10", "2/9"], key=natural_key) == ["2/9", "2/10", "9", "10"]
    assert sorted(["เอก", "อร", "กา", "แก้ว", "ขวัญ"], key=thai_sort_key) == ["กา", "แก้ว", "ขวัญ", "อร", "เอก"]


def test_two_keystrokes_that_look_like_one():
    assert squeezed("เเก้ว  น\u0e4dา\u200b") == "แก้ว นำ"
