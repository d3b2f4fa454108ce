"""The page on audio: what there is, voice packs in, fetching with its outcome."""

from __future__ import annotations

from functools import partial

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.records.recordings import insert_recordings
from phonics_app.speech.google import Google
from phonics_app.speech.voice_pack import write_pack
from phonics_app.workflows import speech
from tests.pages import reading
from tests.pages.driving import click
from tests.speech.fake_google import Answer, fake_google
from tests.speech.packs import M, recording, three

PAGE = "recording_studio.py"


def recorded(site):
    return sum(1 for state in speech.list_audio(site, SYSTEM) if state.recording is not None)


def test_a_way_to_the_studio_for_every_list(look):
    links = reading.links(look(PAGE, "teacher"))
    assert [link for link in links if link.startswith("/studio")] == [
        "/studio?set=phonemes",
        *(f"/studio?set={level}" for level in range(1, 10)),
    ]


def test_what_was_recorded_is_counted(open_page, site):
    before = reading.html(open_page(PAGE, "teacher"))
    made = recording(1, M)
    with site.store.write() as connection:
        insert_recordings(connection, [made])
    app = open_page(PAGE, "teacher")
    assert reading.html(app) != before
    (download,) = app.get("download_button")
    assert not download.proto.disabled


def test_who_may_take_a_pack_over_and_who_may_fetch(look):
    shown = {role: reading.texts(look(PAGE, role)) for role in ("teacher", "trainer", "administrator")}
    assert ["นำเข้า" in shown[role] for role in shown] == [False, True, True]
    assert ["ดาวน์โหลดเสียงอ่านคำ" in shown[role] for role in shown] == [False, False, True]


def take_over(app, name, content):
    app.file_uploader[0].upload(name, content, "application/zip")
    return click(app.run(), "นำเข้า")


def test_a_pack_is_taken_over(open_page, site):
    app = take_over(open_page(PAGE, "trainer"), "a.zip", write_pack(three()))
    assert "นำเข้าแล้ว 3 รายการ มีอยู่ก่อนแล้ว 0 รายการ" in reading.texts(app)
    assert recorded(site) > 0


@pytest.mark.parametrize("content", [b"no zip", write_pack([recording(1, M, consent=False)])])
def test_a_faulty_pack_is_refused_in_thai(open_page, site, content):
    app = take_over(open_page(PAGE, "trainer"), "ไม่ดี.zip", content)
    shown = " ".join(reading.texts(app))
    assert ("ไม่ใช่ไฟล์ zip" in shown) or ("consent" in shown)
    assert recorded(site) == 0


def test_fetching_tells_what_came_of_it(open_page, site, monkeypatch):
    answers = iter([Answer(), Answer(), Answer(503), Answer(503), Answer(503)])
    with fake_google(lambda text: next(answers)) as fake:
        monkeypatch.setattr(speech, "Google", partial(Google, address=fake.address))
        monkeypatch.setattr(speech, "Manners", partial(speech.Manners, pause=0.0))
        app = click(open_page(PAGE, "administrator"), "ดาวน์โหลด")
    shown = " ".join(reading.texts(app))
    assert "ดาวน์โหลดแล้ว 2 รายการ ไม่สำเร็จ 3 รายการ" in shown
    assert "บริการอ่านออกเสียงปฏิเสธ" in shown
    assert "ปุ่มเดิมจะทำต่อจากจุดนี้" in shown
    assert recorded(site) == 2
    # The page shows what there is now, and nothing to break off.
    left = sum(1 for state in speech.list_audio(site, SYSTEM) if speech.to_be_fetched(state))
    assert [button.label for button in app.button if "ดาวน์โหลด" in button.label] == [f"ดาวน์โหลด {left} คำ"]
    assert [button for button in app.button if button.key == "break_off"] == []


def test_a_fetching_that_was_broken_off_is_told_once(open_page):
    app = open_page(PAGE, "administrator")
    app.session_state["fetch_progress"] = (7, 50)
    assert "หยุดไว้ที่ 7 จาก 50 คำ" in " ".join(reading.texts(app.run()))
    assert "หยุดไว้ที่" not in " ".join(reading.texts(app.run()))
