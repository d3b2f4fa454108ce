"""The page of the year turn: a preview, storing it, the way back."""

from __future__ import annotations

from datetime import UTC, datetime

from phonics_app.domain.account import SYSTEM
from phonics_app.workflows import roster
from tests import sites
from tests.pages import reading
from tests.pages.driving import click

NEXT = sites.YEAR + 1


def test_turn_and_take_back(open_page, site):
    site.now.time = datetime(2027, 5, 20, 3, 0, tzinfo=UTC)
    app = open_page("year_turn.py", "teacher")
    pupils = len(roster.list_pupils(site, SYSTEM, sites.SCHOOLS[0].id, sites.YEAR))
    assert str(pupils) in reading.texts(app)
    click(app, "บันทึกการเลื่อนปีการศึกษา")
    assert f"บันทึกแล้ว นักเรียน {pupils} คน" in reading.texts(app)
    assert len(roster.list_pupils(site, SYSTEM, sites.SCHOOLS[0].id, NEXT)) == pupils
    click(app, "ยกเลิกการเลื่อนปีการศึกษา")
    assert roster.list_pupils(site, SYSTEM, sites.SCHOOLS[0].id, NEXT) == ()


def test_a_class_that_becomes_another(open_page, site):
    site.now.time = datetime(2027, 5, 20, 3, 0, tzinfo=UTC)
    app = open_page("year_turn.py", "teacher")
    field = next(f for f in app.text_input if f.key.endswith("_P2_2"))
    field.set_value("5").run()
    click(app, "บันทึกการเลื่อนปีการศึกษา")
    rooms = {(p.grade.value, p.room) for p in roster.list_pupils(site, SYSTEM, sites.SCHOOLS[0].id, NEXT)}
    assert ("P3", "5") in rooms


def test_before_the_new_year_it_is_shown_and_not_stored(open_page):
    app = open_page("year_turn.py", "teacher")
    app.selectbox[0].set_value(NEXT).run()
    assert any("ยังไม่เริ่ม" in text for text in reading.texts(app))
    assert next(b for b in app.button if b.label == "บันทึกการเลื่อนปีการศึกษา").disabled


def test_a_new_year_points_to_the_turn(open_page, site):
    """Nobody is to enter once more whom the school has already."""
    site.now.time = datetime(2027, 5, 20, 3, 0, tzinfo=UTC)
    turn = f"/year-turn?school={sites.SCHOOLS[0].id}"
    assert turn in reading.links(open_page("class_list.py", "teacher"))
    home = open_page("home.py", "director")
    assert any("ยังไม่ได้เลื่อน" in text for text in reading.texts(home))
    assert turn not in reading.links(home)
