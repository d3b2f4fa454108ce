"""The page of level classes: propose, confirm, move a pupil, rename."""

from __future__ import annotations

from phonics_app.domain.account import SYSTEM
from phonics_app.workflows import level_classes
from tests import sites
from tests.pages import reading
from tests.pages.driving import click, submit

SCHOOL = sites.SCHOOLS[0].id


def classes(site):
    return level_classes.list_level_classes(site, SYSTEM, SCHOOL)


def test_confirm_move_and_change(open_page, site):
    app = open_page("level_classes.py", "teacher")
    assert "ยังไม่มีกลุ่มเรียนตามระดับ" in reading.texts(app)
    assert classes(site) == ()
    click(app, "ยืนยันกลุ่มเรียนเหล่านี้")
    made = classes(site)
    assert f"จัดกลุ่มเรียนแล้ว {len(made)} กลุ่ม" in reading.texts(app)
    click(app, "ย้ายไปกลุ่มนี้")
    assert [c.size for c in classes(site)] != [c.size for c in made]
    field = next(f for f in app.text_input if f.key == f"teacher_{made[0].id}")
    field.set_value("ครูสมศรี")
    submit(app, "บันทึก")
    assert classes(site)[0].teacher == "ครูสมศรี"


def test_directors_look_and_change_nothing(open_page, site):
    app = open_page("level_classes.py", "director")
    assert not [b for b in app.button if b.label == "ยืนยันกลุ่มเรียนเหล่านี้"]
