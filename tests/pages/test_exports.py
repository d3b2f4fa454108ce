"""The page on which tables are taken out."""

from __future__ import annotations

from phonics_app.records import audit
from tests import sites
from tests.pages import reading
from tests.pages.driving import click


def labels(app):
    return [element.proto.label for element in app.get("download_button")]


def test_a_file_is_made_and_handed_out_and_belongs_to_what_was_chosen(open_page, site):
    app = open_page("exports.py", "teacher")
    choice = next(s for s in app.selectbox if s.label == "ตาราง")
    assert choice.options[0] == "นักเรียน — 24 รายการ"
    assert labels(app) == []
    click(app, "สร้างไฟล์")
    assert labels(app) == ["ดาวน์โหลดไฟล์"]
    with site.store.read() as connection:
        entry = audit.entries(connection)[0]
    assert (entry.action, entry.subject, entry.data["rows"]) == ("export.table", sites.SCHOOLS[0].id, 24)
    next(s for s in app.selectbox if s.label == "ชนิดของไฟล์").set_value(app.selectbox[2].options[1]).run()
    assert labels(app) == []


def test_a_teacher_is_not_offered_onet_and_a_director_is(open_page):
    for role, offered in (("teacher", False), ("director", True)):
        app = open_page("exports.py", role)
        options = next(s for s in app.selectbox if s.label == "ตาราง").options
        assert any("O-NET" in option for option in options) is offered
        assert any("/onet" in link for link in reading.links(app)) is offered
