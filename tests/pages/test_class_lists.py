"""Class lists on screen: import, changes by hand with undo, the class page."""

from __future__ import annotations

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.workflows import roster
from tests import sites
from tests.pages import busy, reading
from tests.pages.driving import click, submit

SCHOOL = sites.SCHOOLS[0].id
NEW = "ลำดับ,เลขประจำตัวนักเรียน,คำนำหน้าชื่อ,ชื่อ,นามสกุล,เพศ,ชั้น,ห้อง,ศาสนา\n" + "".join(
    f"{n},{2000 + n},ด.ช.,ตัวอย่าง{n},ทดลอง,ช,ป.3,1,พุทธ\n" for n in range(1, 4)
)


def pupils(phonics, **choice):
    return roster.list_pupils(phonics, SYSTEM, SCHOOL, sites.YEAR, **choice)


def upload(app, content: str | bytes, name: str = "list.csv"):
    content = content.encode() if isinstance(content, str) else content
    app.file_uploader[0].upload(name, content, "application/octet-stream")
    return app.run()


def test_import_shows_first_stores_on_confirmation_and_is_repeatable(open_page, site):
    app = upload(open_page("roster_import.py", "teacher"), NEW)
    shown = reading.texts(app)
    assert shown[shown.index("เพิ่มใหม่") + 1] == "3"
    assert any("ศาสนา" in text and "ไม่มีการจัดเก็บ" in text for text in shown)
    assert pupils(site, grade=Grade.P3) == ()

    click(app, "บันทึกรายชื่อ")
    assert "บันทึกแล้ว เพิ่มหรือแก้ไขนักเรียน 3 คน" in reading.texts(app)
    assert [p.number for p in pupils(site, grade=Grade.P3)] == ["2001", "2002", "2003"]

    again = reading.texts(upload(open_page("roster_import.py", "teacher"), NEW))
    assert again[again.index("ไม่เปลี่ยนแปลง") + 1] == "3"
    assert "คอลัมน์: ตามที่เลือกไว้ครั้งก่อน" in again


WRONG_FILES = {
    "a.pdf": (b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj", "อ่านไฟล์นี้ไม่ได้"),
    "a.xls": (b"\xd0\xcf\x11\xe0" + bytes(600), "อ่านไฟล์นี้ไม่ได้"),
    "b.xls": (b"\x09\x00\x04\x00" + bytes(600), "เก่ากว่า Excel 95"),
    "a.jpg": (b"\xff\xd8\xff\xe0" + b"\x01JFIF" * 100, "อ่านไฟล์นี้ไม่ได้"),
    "a.docx": (b"PK\x03\x04" + bytes(400), "อ่านไฟล์นี้ไม่ได้"),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_file_that_is_no_class_list_is_refused_in_words(open_page, name):
    content, words = WRONG_FILES[name]
    app = open_page("roster_import.py", "teacher")
    assert not app.file_uploader[0].proto.type  # a file kept away by the browser is refused without a word in Thai
    shown = " ".join(reading.texts(upload(app, content, name)))
    assert words in shown
    assert not [b for b in app.button if b.label == "บันทึกรายชื่อ"]


def test_a_list_of_another_school_is_pointed_out(open_page, site):
    rows = ["ชื่อโรงเรียน," + line for line in NEW.splitlines()[:1]] + [
        "เทศบาลจามเทวี," + line for line in NEW.splitlines()[1:]
    ]
    app = upload(open_page("roster_import.py", "teacher"), "\n".join(rows))
    shown = " ".join(reading.texts(app))
    assert "ไฟล์นี้ระบุว่าเป็นของ เทศบาลจามเทวี" in shown.partition("เพิ่มใหม่")[0]
    assert "ระบุว่าเป็นของ เทศบาลจามเทวี แต่กำลังนำเข้าไปที่ โรงเรียนเทศบาลประตูลี้" in shown
    click(app, "บันทึกรายชื่อ")
    assert len(pupils(site, grade=Grade.P3)) == 3


def test_all_problems_at_once_and_nothing_to_confirm(open_page, site):
    app = upload(open_page("roster_import.py", "teacher"), NEW.replace("ป.3", "ป.33"))
    shown = reading.texts(app)
    assert shown.count("ป.33") == 3
    button = next(b for b in app.button if b.label == "บันทึกรายชื่อ")
    assert button.disabled
    assert pupils(site, grade=Grade.P3) == ()


def test_problems_stand_in_the_order_of_the_file(open_page):
    rows = NEW.splitlines(keepends=True)
    rows[1], rows[3] = rows[1].replace("2001", "2002"), rows[3].replace("ป.3", "ป.33")
    shown = reading.texts(upload(open_page("roster_import.py", "teacher"), "".join(rows)))
    wrong = shown[shown.index("ข้อผิดพลาดและค่าที่ถูกต้อง") :]
    assert wrong.index("2002") < wrong.index("ป.33")


def test_columns_that_nobody_recognised_are_asked_for(open_page):
    app = upload(open_page("roster_import.py", "teacher"), "ชื่อ,นามสกุล,หมายเหตุ\nภูผา,สมมุติ,มาสาย\nมะลิ,ทดลอง,ลา\n")
    shown = reading.texts(app)
    assert app.expander[0].proto.expanded
    assert "คอลัมน์: โปรดเลือกส่วนที่ระบบไม่รู้จัก" in shown
    assert "โปรดเลือกคอลัมน์ที่ยังขาดด้านบน" in shown
    assert "เพิ่มใหม่" not in shown


def test_after_an_import_the_class_of_that_school_is_opened(open_page):
    app = open_page("roster_import.py", "administrator", school=sites.SCHOOLS[1].id)
    click(upload(app, NEW), "บันทึกรายชื่อ")
    assert f"/class?school={sites.SCHOOLS[1].id}" in reading.links(app)


def test_a_column_chosen_twice(open_page):
    app = upload(open_page("roster_import.py", "teacher"), NEW)
    choice = next(s for s in app.selectbox if s.label == "ชื่อและนามสกุล")
    choice.set_value("ชื่อ").run()
    assert any("เลือกคอลัมน์นี้ซ้ำ" in text for text in reading.texts(app))


def test_correct_and_undo(open_page, site):
    pupil = pupils(site)[0]
    app = open_page("pupils.py", "teacher", pupil=pupil.id)
    field = next(f for f in app.text_input if f.value == pupil.first_name)
    field.set_value("ชื่อใหม่")
    submit(app, "บันทึก")
    assert roster.get_pupil(site, SYSTEM, pupil.id).first_name == "ชื่อใหม่"
    click(app, "ย้อนกลับการแก้ไขล่าสุด")
    assert roster.get_pupil(site, SYSTEM, pupil.id) == pupil
    assert any(f.value == pupil.first_name for f in app.text_input)


def test_archive_and_undo(open_page, site):
    pupil = pupils(site)[0]
    app = open_page("pupils.py", "teacher", pupil=pupil.id)
    click(app, "นำออกจากรายชื่อ")
    assert pupil.id not in {p.id for p in pupils(site)}
    click(app, "ย้อนกลับการแก้ไขล่าสุด")
    assert pupil.id in {p.id for p in pupils(site)}


def test_a_new_pupil_without_a_name_is_refused_in_thai(open_page, site):
    app = open_page("pupils.py", "teacher", pupil="new")
    before = len(pupils(site))
    submit(app, "บันทึก")
    assert len(pupils(site)) == before
    assert 'class="pn-table"' in reading.html(app) or "pn-bad" in reading.html(app)
    names = {"ชื่อ": "ปลายฟ้า", "นามสกุล": "ทดลอง", "เลขประจำตัว": "7001", "คำนำหน้าชื่อ": "ด.ญ."}
    for label, value in names.items():
        next(f for f in app.text_input if f.label == label).set_value(value)
    submit(app, "บันทึก")
    assert "ปลายฟ้า" in {p.first_name for p in pupils(site)}


def test_search(open_page):
    app = open_page("pupils.py", "teacher")
    app.text_input[0].set_value("1001").run()
    assert "นักเรียน 1 คน" in reading.texts(app)


def test_class_page_offers_what_is_due(open_page, busy_template):
    app = open_page("class_list.py", "teacher")
    links = reading.links(app)
    assert f"/play/{busy_template.open}" in links
    assert f"/result?attempt={busy_template.undecided}" in links
    assert f"/result?attempt={busy_template.finished}" in links
    assert {"ทดสอบต่อ", "ตัดสินระดับ", "ดูผล"} <= set(reading.texts(app))

    app.selectbox[0].set_value("P2-1").run()
    untested = busy_template.pupils[0, Grade.P2, "1"][-1]
    assert f"/play/new?pupil={untested}" in reading.links(app)
    assert app.query_params["class"] == "P2-1"


def test_directors_see_the_class_but_give_no_tests(open_page):
    assert not [link for link in reading.links(open_page("class_list.py", "director")) if link.startswith("/play/")]


def test_a_class_of_another_school_is_not_shown(open_page):
    app = open_page("class_list.py", "other_teacher", school=SCHOOL, **{"class": "P1-1"})
    assert sites.SCHOOLS[0].name.th not in reading.texts(app)
    assert f"นักเรียน {busy.CLASS_SIZE} คน" in reading.texts(app)


def test_the_choice_of_a_class_is_remembered_on_the_way(open_page):
    app = open_page("class_list.py", "teacher", **{"class": "P2-2"})
    app.switch_page("pupils.py").run()
    app.query_params.clear()
    app.switch_page("class_list.py").run()
    assert app.selectbox[0].value == "P2-2"


def test_a_long_list_is_turned_page_by_page(open_page, site):
    for n in range(60):
        draft = PupilDraft(f"{8000 + n}", "ด.ช.", f"หน้า{n}", "ทดลอง", Sex.MALE, Grade.P6, "9")
        roster.add_pupil(site, SYSTEM, SCHOOL, sites.YEAR, draft)
    total = len(pupils(site))
    app = open_page("pupils.py", "teacher")
    assert f"1–50 จาก {total}" in [caption.value for caption in app.caption]
    click(app, "หน้าถัดไป")
    assert any(caption.value.startswith("51–") for caption in app.caption)
    app.text_input[0].set_value("หน้า5").run()
    assert "นักเรียน 11 คน" in reading.texts(app)


def test_tests_given(open_page, busy_template):
    app = open_page("tests.py", "teacher")
    assert f"/result?attempt={busy_template.undecided}" in reading.links(app)
    next(box for box in app.selectbox if box.label == "สถานะ").set_value(AttemptStatus.OPEN).run()
    assert reading.links(app).count(f"/play/{busy_template.open}") == 1
    assert f"/result?attempt={busy_template.undecided}" not in reading.links(app)
    app.text_input[0].set_value("ไม่มีใคร").run()
    assert "ไม่มีการทดสอบ" in reading.texts(app)


def test_directors_resume_no_tests_from_the_list(open_page, busy_template):
    assert f"/play/{busy_template.open}" not in reading.links(open_page("tests.py", "director"))


def test_what_changed_since_it_was_shown_is_shown_again(open_page, site):
    from tests.rosters import csv_bytes

    mine = pupils(site, grade=Grade.P1)
    head = ["เลขประจำตัวนักเรียน", "ชื่อ", "นามสกุล", "ชั้น", "ห้อง"]
    rows = [[p.number, "ใหม่", p.last_name, "ป.1", "1"] for p in mine[1:]]
    app = upload(open_page("roster_import.py", "teacher"), csv_bytes([head, *rows]))
    assert any("ชื่อ:" in text and "→ ใหม่" in text for text in reading.texts(app))
    roster.set_archived(site, SYSTEM, mine[2].id, True)
    click(app, "บันทึกรายชื่อ")
    assert any("มีผู้อื่นแก้ไขรายชื่อนักเรียนในระหว่างนี้" in text for text in reading.texts(app))
    assert "ใหม่" not in {p.first_name for p in pupils(site, grade=Grade.P1)}
    left = app.multiselect[0]
    left.set_value([mine[0].id]).run()
    click(app, "บันทึกรายชื่อ")
    assert {p.first_name for p in pupils(site, grade=Grade.P1)} == {"ใหม่"}
    assert roster.get_pupil(site, SYSTEM, mine[0].id).archived
