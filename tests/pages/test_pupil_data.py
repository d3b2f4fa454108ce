"""The page of a pupil's own data: handing them out, erasing them for ever."""

from __future__ import annotations

from phonics_app.domain.account import SYSTEM
from phonics_app.workflows import roster
from tests import sites
from tests.pages import busy, reading
from tests.pages.driving import click

FIRST = f"90{0:030x}"


def test_a_director_gives_a_copy_and_can_not_erase(look, busy_template):
    app = look("pupil_data.py", "director", pupil=busy_template.pupils[busy.CLASSES[0]][0])
    assert any("ZIP" in text for text in reading.texts(app))
    assert not any(button.label.startswith("ลบอย่างถาวร") for button in app.button)


def test_a_director_of_another_school_is_refused(look):
    assert "ไม่มีสิทธิ์ทำรายการนี้" in " ".join(reading.texts(look("pupil_data.py", "other_director", pupil=FIRST)))


def test_erasing_needs_the_number_and_then_nothing_is_left(open_page, site):
    app = open_page("pupil_data.py", "administrator", pupil=FIRST)
    click(app, "ลบอย่างถาวร")
    assert "ยังไม่ได้ลบข้อมูล" in reading.html(app)
    next(field for field in app.text_input if field.label.startswith("พิมพ์เลข")).set_value("1001")
    click(app, "ลบอย่างถาวร")
    assert "ลบข้อมูลอย่างถาวรแล้ว" in reading.html(app)
    left = roster.list_pupils(site, SYSTEM, sites.SCHOOLS[0].id, 2569)
    assert FIRST not in {pupil.id for pupil in left}
