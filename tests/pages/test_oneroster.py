"""The page of OneRoster packages."""

from __future__ import annotations

from phonics_app.domain.account import SYSTEM
from phonics_app.workflows.oneroster import export_oneroster
from tests import sites
from tests.pages import reading
from tests.pages.driving import click


def test_a_package_is_made_and_one_is_brought_in(open_page, site):
    app = open_page("oneroster.py", "administrator")
    click(app, "สร้างชุดข้อมูล")
    assert [element.proto.label for element in app.get("download_button")] == ["ดาวน์โหลดชุดข้อมูล"]
    content = export_oneroster(site, SYSTEM, sites.YEAR)
    app.file_uploader[0].upload("a.zip", content, "application/zip")
    app.run()
    shown = reading.texts(app)
    assert shown[shown.index("ปีการศึกษา", shown.index("นำเข้า: ชุดข้อมูลจากระบบอื่น")) + 1] == "2569"
    click(app, "บันทึกโรงเรียนและนักเรียน")
    assert any("บันทึกแล้ว เพิ่มหรือแก้ไขนักเรียน 0 คน" in text for text in reading.texts(app))


def test_what_is_no_package_is_refused_in_words(open_page):
    app = open_page("oneroster.py", "administrator")
    app.file_uploader[0].upload("a.zip", b"PK\x03\x04" + bytes(50), "application/zip")
    app.run()
    assert any("ไม่ใช่ชุดข้อมูล OneRoster" in text for text in reading.texts(app))
