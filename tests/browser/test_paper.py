"""Marking sheets keyed in as a teacher does it: nothing is lost, and what is stored is what was keyed."""

from __future__ import annotations

import json
import sqlite3
import zlib

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from phonics_app.domain.calendar import Round
from phonics_app.domain.paper_sheet import FIRST_ROW, Extra, Layout
from phonics_app.workflows import assess
from phonics_app.workflows.context import Settings, open_phonics, utc_now
from phonics_app.workflows.paper_entry import use_form
from tests import sites
from tests.browser.player import Player
from tests.workflows import papers

pytestmark = pytest.mark.browser

CLASS = f"{papers.SCHOOL}:{papers.GRADE.value}-{papers.ROOM}"


@pytest.fixture(scope="module")
def codes(one_school_server):
    """Of forms that are known on the server's site, which has a class of three whose sheets can be keyed in."""
    data = one_school_server.data_dir
    phonics = open_phonics(Settings(data, f"sqlite:///{data / 'phonics.db'}", sites.ROOT))
    try:
        papers.add_class(phonics, Round.at(utc_now()).year)
        forms = (("level-check", 4), ("probe-words", 3))
        return {form: use_form(phonics, sites.PEOPLE.administrator, form, level, "A") for form, level in forms}
    finally:
        phonics.store.close()


@pytest.fixture
def page(codes, school_server, make_context, sign_in):
    page = make_context(school_server, "en", 1366, 768).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    sign_in(page, "teacher")
    return page


def opened(page, code, of_class=CLASS):
    page.goto("/paper")
    page.select_option("#class", of_class)
    page.fill("#code", code)
    page.click("button.primary")
    page.locator(".cell").first.wait_for()


def template(page, code, of_class, folder):
    """The spreadsheet of the class, saved in `folder`."""
    page.goto("/paper")
    page.select_option("#class", of_class)
    page.fill("#code", code)
    with page.expect_download() as waiting:
        page.click('button[value="template"]')
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def keyed(page):
    return page.locator(".cell").evaluate_all("cells => cells.map((cell) => cell.dataset.state)")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def stored(server, number):
    """Marks of the pupil's newest test, by the number of the item on the form."""
    with sqlite3.connect(server.database) as connection:
        rows = connection.execute(
            "select e.kind, e.data from event e join attempt a on a.key = e.attempt_key "
            "where a.pupil_id = ? order by a.key desc, e.seq",
            (f"c{number:031x}",),
        ).fetchall()
    return [(kind, json.loads(data)) for kind, data in rows]


def marks(server, number):
    return [data["mark"] for kind, data in stored(server, number) if kind == "item_marked"]


def dictated(server, code):
    """How many words of the form are written down: another machine may find another form as good."""
    with sqlite3.connect(server.database) as connection:
        query = "select content from plan join printed_form on plan_hash = hash where code = ?"
        (plan,) = connection.execute(query, (code,)).fetchone()
    blocks = json.loads(zlib.decompress(plan))["blocks"]
    count = sum(len(block["items"]) for block in blocks if block.get("kind") == "dictation")
    assert count > 1
    return count


def test_a_sheet_is_keyed_checked_and_stored(page, codes, school_server):
    opened(page, codes["level-check"])
    press(page, "ArrowRight", "x", "s", "t", "Control+z")
    expect(page.locator(".cell").nth(2)).to_have_attribute("data-state", "corrected")
    press(page, "Enter")
    page.keyboard.type("18")
    press(page, "Enter")
    expect(page.locator(".notice")).to_contain_text("The sheet says 18, keyed were 19")
    page.keyboard.type("19")
    press(page, "Enter")
    expect(page.locator("#progress")).to_have_text("1 of 3 entered")
    expect(page.locator("h1")).to_contain_text("มะลิ")
    expect(page.locator(".pupil.done")).to_have_count(1)
    # Of the dictation each word is entered, the right ones as well.
    words = dictated(school_server, codes["level-check"])
    assert marks(school_server, 1) == ["incorrect", "self_corrected", *["none"] * words]


def test_keys_of_a_thai_layout_mark_as_well(page, codes):
    opened(page, codes["level-check"])
    for code, key in (("KeyX", "ป"), ("KeyD", "ก")):
        told = {"code": code, "key": key, "bubbles": True}
        page.evaluate("told => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', told))", told)
    expect(page.locator(".cell").nth(1)).to_have_attribute("data-state", "wrong")
    assert keyed(page)[:3] == ["wrong", "wrong", "right"]


def test_a_stored_sheet_is_corrected_and_taken_back(page, codes, school_server):
    opened(page, codes["level-check"])
    page.click(".pupil >> nth=1")
    press(page, "x", "t", "Enter")
    page.keyboard.type("18")
    press(page, "Enter")
    expect(page.locator(".pupil").nth(1)).to_contain_text("✓")
    page.click(".pupil >> nth=1")
    page.click("#correct")
    expect(page.locator(".cell").nth(1)).to_have_attribute("data-state", "wrong")
    page.locator(".cell").first.focus()
    press(page, "Backspace")
    expect(page.locator(".cell").first).to_have_attribute("data-state", "right")
    page.reload()
    page.click(".pupil >> nth=1")
    assert keyed(page)[:2] == ["right", "wrong"]
    page.locator(".cell").first.focus()
    press(page, "Enter")
    page.keyboard.type("19")
    press(page, "Enter")
    expect(page.locator(".pupil").nth(1)).to_contain_text("✓")
    assert marks(school_server, 2)[0] == "incorrect"
    assert len([kind for kind, _ in stored(school_server, 2) if kind == "attempt_started"]) == 2
    page.click(".pupil >> nth=1")
    page.click("#withdraw")
    page.click("#withdraw-sure")
    expect(page.locator("#withdraw-sure")).to_be_hidden()
    # What is stored is not on this device: no empty sheet that looks as if all were right.
    expect(page.locator(".cell").first).to_be_hidden()
    page.click("#correct")
    # The entry before counts again.
    expect(page.locator(".cell").first).to_have_attribute("data-state", "wrong")
    page.click("#leave")
    page.click("#withdraw")
    page.click("#withdraw-sure")
    # Nothing of it counts any more: the sheet may come again, or the form be given on the screen.
    expect(page.locator("#on-screen")).to_be_visible()


def test_what_was_keyed_survives_a_reload_and_the_server_s_death(page, codes, school_server):
    opened(page, codes["probe-words"])
    press(page, "x", "x", "ArrowDown", "d")
    expect(page.locator(".cell").nth(7)).to_have_attribute("data-state", "wrong")
    before = keyed(page)
    page.reload()
    page.locator(".cell").first.wait_for()
    assert keyed(page) == before
    school_server.kill()
    press(page, "Enter")
    page.keyboard.type("23")
    press(page, "Enter")
    page.keyboard.type("12")
    press(page, "Enter")
    page.keyboard.type("3")
    press(page, "Enter")
    expect(page.locator("h1")).to_contain_text("มะลิ")
    expect(page.locator(".pupil").first).to_contain_text("↑")
    school_server.start()
    expect(page.locator(".pupil").first).to_contain_text("✓", timeout=30_000)
    told = stored(school_server, 1)
    assert [data["error"] for kind, data in told if "error" in data] == ["decoding"]
    finished = [data for kind, data in told if kind == "block_finished" and "seconds_left" in data]
    assert [data["seconds_left"] for data in finished] == [12]


def test_signed_out_in_mid_keying(page, codes, school_server, sign_in):
    """Keying goes on, the page says so, and the sheet is sent once somebody has signed in again."""
    opened(page, codes["probe-words"])
    page.click(".pupil >> nth=2")
    press(page, "x")
    other = page.context.new_page()
    other.goto("/auth/sign-out")
    other.click("form button.primary")
    page.bring_to_front()
    press(page, "d", "Enter")
    for number in ("23", "12", "2"):
        page.keyboard.type(number)
        press(page, "Enter")
    expect(page.locator("#connection")).to_have_class("connection signed_out")
    expect(page.locator(".pupil").nth(2)).to_contain_text("↑")
    page.click(".pupil >> nth=1")
    press(page, "x")
    # What was keyed stays on the device, however the page is opened again.
    page.evaluate("() => addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), true)")
    page.reload()
    assert "/auth/sign-in" in page.url
    page.fill("#username", "teacher")
    page.fill("#password", sites.PASSWORD)
    page.click("form button.primary")
    page.locator(".cell").first.wait_for()
    expect(page.locator(".pupil").nth(2)).to_contain_text("✓", timeout=30_000)
    page.click(".pupil >> nth=1")
    assert keyed(page)[0] == "wrong"
    assert [data["error"] for kind, data in stored(school_server, 3) if "error" in data] == ["decoding"]


def test_a_code_that_nobody_printed_is_refused_with_those_that_are_there(page, codes):
    page.goto("/paper")
    page.select_option("#class", CLASS)
    page.fill("#code", codes["level-check"][:5] + "Z")
    page.click("button.primary")
    expect(page.locator(".notice.bad")).to_contain_text(codes["level-check"] + " (level-check-4-A)")


def test_the_form_is_given_on_the_screen(page, codes):
    opened(page, codes["level-check"])
    page.click(".pupil >> nth=2")
    page.click("#on-screen")
    page.wait_for_url("**/play/*")
    page.locator(".item").first.wait_for()
    assert page.locator(".item").count() == 4


def test_a_template_is_filled_in_mended_and_stored(page, codes, school_server, tmp_path):
    code = codes["level-check"]
    path = template(page, code, CLASS, tmp_path)
    phonics = open_phonics(Settings(tmp_path, f"sqlite:///{school_server.database}", sites.ROOT))
    total = Layout(papers.plan_of_code(phonics, code)).column(Extra.TOTAL) + 1
    phonics.store.close()
    book = load_workbook(path)
    book.active.cell(FIRST_ROW + 1, 3).value = "q"
    book.active.cell(FIRST_ROW + 1, total).value = 19
    book.save(path)
    page.set_input_files("#file", path)
    expect(page.locator(".faults tbody tr")).to_have_count(1)
    expect(page.locator(".faults tbody tr")).to_contain_text("says nothing here")
    book.active.cell(FIRST_ROW + 1, 3).value = "x"
    book.save(path)
    page.set_input_files("#file", path)
    page.click("#store")
    expect(page.locator("#found")).to_contain_text("Stored: 1 sheets.")
    page.set_input_files("#file", path)
    expect(page.locator("#found")).to_contain_text("There is nothing new in this file.")


def test_screen_keyboard_and_spreadsheet_give_one_result(page, codes, school_server, tmp_path):
    """The real player, the real keys, the real file: pupils of one class, the same answers."""
    phonics = open_phonics(Settings(tmp_path, f"sqlite:///{school_server.database}", sites.ROOT))
    pupils = papers.add_class(phonics, Round.at(utc_now()).year, room="3")
    code, room = codes["level-check"], f"{papers.SCHOOL}:{papers.GRADE.value}-3"
    opened(page, code, room)
    page.click("#on-screen")
    page.wait_for_url("**/play/*")
    player = Player(page, school_server)
    player.wait_for_block()
    player.tap(1, "incorrect")
    player.finish_block()
    player.tap(2, "incorrect")
    player.finish_block()
    page.click("#finish:enabled")
    page.locator(".written").first.wait_for()
    for field in page.locator(".written").all():
        field.fill(field.locator("xpath=../*[@class='main']").inner_text())
        field.press("Enter")
    player.finish_block()
    page.click("#finish-test")
    page.wait_for_url("**/result*")

    opened(page, code, room)
    page.click(".pupil >> nth=1")
    press(page, "ArrowRight", "x", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "x", "Enter")
    page.keyboard.type("18")
    press(page, "Enter")
    expect(page.locator(".pupil.done")).to_have_count(1)

    path = template(page, code, room, tmp_path)
    layout = Layout(papers.plan_of_code(phonics, code))
    book = load_workbook(path)
    for column, value in ((3, "x"), (8, "x"), (layout.column(Extra.TOTAL), 18)):
        book.active.cell(FIRST_ROW + 2, column + 1).value = value
    book.save(path)
    page.set_input_files("#file", path)
    page.click("#store")
    expect(page.locator("#found")).to_contain_text("Stored: 1 sheets.")

    teacher, results, told = sites.PEOPLE.teacher, [], []
    for pupil in pupils:
        (attempt,) = assess.attempts_of(phonics, teacher, pupil)
        results.append(assess.compute_result(phonics, teacher, attempt.id))
        events = assess.get_sitting(phonics, teacher, attempt.id).events
        told.append([(event.kind, dict(event.data)) for event in events])
    phonics.store.close()
    assert told[0] == told[1] == told[2]
    assert len({(r.scores, r.evidence, r.probabilities, r.theta, r.proposed_level, r.flags) for r in results}) == 1
    assert sum(score.score for score in results[0].scores) == 18
