"""The page of calibrations: nothing yet, what was found in plain words, and the decision in two steps."""

from __future__ import annotations

import pytest

from phonics_app.domain.bank import DifficultySource
from phonics_app.pages.components import calibration_list
from phonics_app.workflows.calibrations import approve_calibration, list_calibrations
from tests import calibrated, sites
from tests.pages import reading
from tests.pages.driving import click


@pytest.fixture
def proposed(site):
    calibrated.insert_proposal(site)
    return site


def look_at(open_page):
    return open_page("calibrations.py", "administrator", calibration=calibrated.ID)


def test_too_few_tests(look):
    app = look("calibrations.py", "administrator")
    shown = reading.texts(app)
    assert "การทดสอบยังน้อยเกินไปสำหรับการปรับเทียบ" in shown
    assert not app.button


def test_what_keeps_it_from_being_made_is_told(open_page, monkeypatch):
    monkeypatch.setattr(calibration_list, "LEAST_SITTINGS", 1)
    app = click(open_page("calibrations.py", "administrator"), "ปรับเทียบใหม่")
    assert "ต้องมีการทดสอบที่เสร็จแล้วอย่างน้อย 100 ครั้ง จึงจะปรับเทียบได้" in reading.texts(app)


def test_the_list_leads_to_each(open_page, proposed):
    app = open_page("calibrations.py", "administrator")
    assert "รอการตัดสินใจ" in reading.texts(app)
    assert f"/calibrations?calibration={calibrated.ID}" in reading.links(app)


def test_what_was_found_is_told_in_plain_words(open_page, proposed):
    app = look_at(open_page)
    shown = reading.texts(app)
    assert shown[shown.index("ข้อที่ความยากต่างจากเดิม") + 1] == str(calibrated.MOVED)
    assert shown.count("ยากกว่าเดิม") == calibrated.MOVED
    assert any(text.startswith("ยังตรวจไม่ได้ว่ามาตรวัดความยากคงเดิม") for text in shown)
    assert "เทียบกับ: ค่าความยากที่กำหนดไว้เมื่อเขียนข้อสอบ" in shown
    assert "ใช้อยู่" not in shown
    assert len(app.get("plotly_chart")) == 1
    for jargon in (*"θβσμχ", "โลจิต", "logit"):
        assert jargon not in reading.html(app)


def test_simulated_answers_say_so_and_can_not_be_approved(open_page, site):
    calibrated.insert_proposal(site, simulated=True)
    assert "จากนักเรียนจำลอง" in reading.texts(open_page("calibrations.py", "administrator"))
    app = look_at(open_page)
    shown = reading.texts(app)
    assert "อนุมัติการปรับเทียบนี้ไม่ได้" in shown
    assert "ห้ามใช้คำตอบของนักเรียนจำลองตัดสินว่าข้อสอบยากแค่ไหนสำหรับนักเรียนจริง" in shown
    assert not any(button.label.startswith("อนุมัติ") for button in app.button)


def test_a_second_one_is_held_against_the_anchors_of_the_first(open_page, proposed):
    approve_calibration(proposed, sites.PEOPLE.administrator, calibrated.ID, "ดี")
    calibrated.insert_proposal(proposed, calibration_id="cb" * 16)
    app = open_page("calibrations.py", "administrator", calibration="cb" * 16)
    shown = reading.texts(app)
    assert any(text.startswith("มาตรวัดความยากคงเดิม: ข้อสอบอ้างอิง") for text in shown)
    assert any(text.startswith("เทียบกับ: การปรับเทียบวันที่ ") for text in shown)
    assert shown.count("ข้ออ้างอิง") >= 10


def test_approving_asks_twice_and_for_a_reason(open_page, proposed):
    app = click(look_at(open_page), "อนุมัติ")
    assert not list_calibrations(proposed, sites.PEOPLE.administrator).entries[0].in_force
    app = click(app, "ยืนยันการอนุมัติ")
    assert "โปรดเขียนเหตุผล จะเก็บไว้คู่กับการตัดสินใจ" in reading.texts(app)
    app.text_area(key="calibration_reason").set_value("ตรวจแล้ว")
    app = click(app, "ยืนยันการอนุมัติ")
    shown = reading.texts(app)
    assert {"ใช้อยู่", "ตรวจแล้ว"} <= set(shown)
    assert list_calibrations(proposed, sites.PEOPLE.administrator).entries[0].in_force
    sources = {item.difficulty.source for item in proposed.content.bank.active(4)}
    assert sources == {DifficultySource.CALIBRATED}


def test_one_may_go_back_and_withdraw(open_page, proposed):
    app = click(click(look_at(open_page), "ถอน"), "ยังก่อน")
    assert not any(button.label == "ยืนยันการถอน" for button in app.button)
    app = click(app, "ถอน")
    app.text_area(key="calibration_reason").set_value("ยังไม่แน่ใจ")
    app = click(app, "ยืนยันการถอน")
    assert "ยังไม่แน่ใจ" in reading.texts(app)
    assert proposed.content.bank.version == proposed.shipped.bank.version
