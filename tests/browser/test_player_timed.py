"""Blocks with a clock, as a teacher gives them: start, time-out, last item, lines, kinds of errors, undo, redo."""

from __future__ import annotations

import pytest

from tests.browser.timed import totals

pytestmark = pytest.mark.browser
COVERED = """() => {
  const { left, right, top, bottom } = document.querySelector(".error-menu").getBoundingClientRect();
  const under = (box) => box.left < right && left < box.right && box.top < bottom && top < box.bottom;
  const cells = [...document.querySelectorAll(".item")];
  return cells.filter((cell) => under(cell.getBoundingClientRect())).map((cell) => cell.dataset.item);
}"""
RUNNING = '#clock:is([data-phase="running"], [data-phase="soon"])'


def test_nothing_is_marked_before_the_clock_starts_and_the_time_is_taken_from_there(timed):
    player = timed("letters")
    assert not player.items().nth(0).is_enabled()
    assert player.page.locator("#finish").count() == 0
    player.begin()
    player.mark(0)
    player.page.wait_for_timeout(1200)
    player.page.locator("#finish:enabled").click()
    player.page.locator("#complete").wait_for()
    counted, flags = totals(player)
    letters = counted["letters"]
    assert (letters.attempted, letters.incorrect, flags) == (40, 1, [])
    assert 1.0 < letters.seconds_used < 40
    assert letters.rate == pytest.approx(39 * 60 / letters.seconds_used)


def test_at_time_out_the_teacher_names_the_last_item(timed):
    player = timed("letters", seconds=3)
    player.begin()
    player.mark(9)
    page = player.page
    page.locator('#clock[data-phase="up"]').wait_for()
    assert page.locator("#bar-title").inner_text() == "หมดเวลา"
    assert page.inner_text("#clock").startswith("■")
    assert not page.locator("#finish").is_enabled(), "the last item is never filled in by itself"
    assert not player.items().nth(8).is_enabled(), "before the last mark nobody can have stopped"
    player.items().nth(20).click()
    player.items().nth(14).click()
    page.locator(".item.end").and_(player.items().nth(14)).wait_for()
    assert player.items().nth(15).evaluate("cell => cell.classList.contains('beyond')")
    page.click("#finish")
    page.locator("#complete").wait_for()
    counted, flags = totals(player)
    assert (counted["letters"].attempted, counted["letters"].unattempted, flags) == (15, 25, [])
    assert (counted["letters"].seconds_used, counted["letters"].seconds_left) == (3, 0)
    assert player.events("block_finished")[0]["seconds_left"] == 0


def test_marks_can_still_be_put_right_after_the_time(timed):
    player = timed("letters", seconds=2)
    player.begin()
    player.mark(3)
    page = player.page
    page.locator("#change-marks").click()
    player.tap(3, "none")
    player.tap(1, "incorrect")
    page.click("#pick-last")
    player.items().nth(4).click()
    page.click("#finish")
    page.locator("#complete").wait_for()
    counted, flags = totals(player)
    assert (counted["letters"].attempted, counted["letters"].incorrect, flags) == (5, 1, [])


def test_a_reading_that_ends_early_can_be_taken_back_and_the_time_goes_on(timed):
    player = timed("letters")
    player.begin()
    page = player.page
    page.click("#end-reading")
    page.locator("#not-ended").wait_for()
    assert page.get_attribute("#clock", "data-phase") == "stopped"
    page.wait_for_timeout(1500)
    page.click("#not-ended")
    page.locator(RUNNING).wait_for()
    page.click("#end-reading")
    player.items().nth(7).click()
    page.click("#finish")
    page.locator("#complete").wait_for()
    counted, flags = totals(player)
    assert counted["letters"].seconds_used > 1.5, "under the minute's rule nothing is a pause"
    assert (counted["letters"].attempted, flags) == (8, [])
    assert page.locator("#pause").count() == 0


def test_no_dialog_opens_while_the_clock_runs(timed):
    player = timed("letters")
    player.begin()
    assert player.page.locator("#stop").count() == 0
    assert player.page.locator("#back").count() == 0
    player.page.click("#end-reading")
    player.page.click("#stop")
    player.page.locator("dialog.stop").wait_for()
    assert player.page.get_attribute("#clock", "data-phase") == "stopped"


def test_a_whole_line_undo_and_redo(timed):
    player = timed("letters")
    player.begin()
    page = player.page
    player.mark(9)
    page.click('[data-line="2"]')
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 8")
    page.click("#undo")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 1")
    page.click("#undo")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 0")
    page.click("#redo")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 1")
    assert player.marks()[9] == "incorrect"
    page.click("#redo")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 8")
    assert not page.locator("#redo").is_enabled()
    page.click("#undo")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 1")
    player.mark(0)
    assert not page.locator("#redo").is_enabled(), "a new mark leaves nothing to do again"
    assert totals(player)[1] == []


def test_undo_and_redo_survive_a_reload_and_the_clock_is_cut(timed):
    player = timed("letters")
    player.begin()
    page = player.page
    player.mark(2)
    player.mark(5)
    page.click("#undo")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 1")
    page.reload()
    page.locator("#resume-clock:enabled").click()
    page.locator(RUNNING).wait_for()
    page.click("#redo")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 2")
    page.click("#undo")
    page.click("#undo")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 0")
    assert totals(player)[1] == ["timer_cut"]


def test_a_second_key_says_what_was_wrong(timed):
    player = timed("letters")
    player.begin()
    page = player.page
    player.items().nth(1).focus()
    for key, mark in (("1", "incorrect"), ("3", "self_corrected"), ("2", "incorrect")):
        page.keyboard.press(key)
        page.locator(f'.item[data-mark="{mark}"]').and_(player.items().nth(1)).wait_for()
    page.keyboard.press("5")
    page.locator("#said").wait_for()
    page.keyboard.type("sip")
    page.keyboard.press("Enter")
    page.locator(".error-menu").wait_for(state="detached")
    assert page.evaluate("document.activeElement.dataset.item") == player.item_ids()[1]
    assert player.items().nth(1).locator(".note").inner_text() == "“sip”"
    assert "“sip”" in player.items().nth(1).get_attribute("aria-label")
    said = [{k: e[k] for k in ("mark", "error", "said") if k in e} for e in player.events("item_marked")]
    assert said == [
        {"mark": "incorrect", "error": "decoding"},
        {"mark": "self_corrected"},
        {"mark": "incorrect", "error": "transfer"},
        {"mark": "incorrect", "error": "said_as", "said": "sip"},
    ]
    page.click("#undo")
    page.wait_for_function("() => !document.querySelector('.item .note:not(:empty)').textContent.includes('sip')")


def test_the_menu_leaves_the_items_in_reach(timed):
    player = timed("letters")
    player.begin()
    page = player.page
    player.items().nth(1).click(button="right")
    page.locator(".error-menu").wait_for()
    assert page.locator(RUNNING).count() == 1
    player.mark(4)
    assert page.locator(".error-menu").count() == 0
    player.items().nth(1).click(button="right")
    page.keyboard.press("Escape")
    page.locator(".error-menu").wait_for(state="detached")
    assert player.marks()[1] == "none"
    for width, height in ((1366, 768), (820, 1180)):
        page.set_viewport_size({"width": width, "height": height})
        player.items().nth(1).focus()
        page.keyboard.press("5")
        page.locator("#said").wait_for()
        assert page.evaluate(COVERED) == [], (width, height)
        page.keyboard.press("Escape")
        page.locator(".error-menu").wait_for(state="detached")
    page.set_viewport_size({"width": 390, "height": 844})
    for index in (0, 39):
        player.items().nth(index).click(button="right")
        page.locator(".error-menu").wait_for()
        assert player.item_ids()[index] not in page.evaluate(COVERED)
        page.keyboard.press("Escape")
        page.locator(".error-menu").wait_for(state="detached")


def test_an_auto_stop_stops_the_clock_and_can_be_undone_for_ten_seconds(timed):
    player = timed("letters")
    player.begin()
    page = player.page
    page.click('[data-line="1"]')
    page.locator("#auto-stop-title").wait_for()
    assert 1 <= int(page.inner_text(".countdown")) <= 10
    assert not page.locator("#review").is_visible()
    page.click("#undo-auto-stop")
    page.locator(RUNNING).wait_for()
    page.click("#undo")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=incorrect]').length === 0")
    page.click('[data-line="1"]')
    page.locator("#auto-stop-title").wait_for()
    page.locator("#undo-auto-stop").wait_for(state="hidden", timeout=30_000)
    page.locator("#review").wait_for()
    assert page.locator("#finish").is_enabled()
    assert totals(player)[1] == []


def test_an_auto_stop_can_be_undone_from_the_review(timed):
    player = timed("letters")
    player.begin()
    page = player.page
    page.click('[data-line="1"]')
    page.locator("#auto-stop-title").wait_for()
    page.locator("#finish:enabled").click()
    page.locator("#complete").wait_for()
    page.click('[data-review="letters"]')
    page.click("#review-undo-stop")
    page.locator("#resume-clock:enabled").click()
    player.mark(10)
    page.click("#end-reading")
    player.items().nth(12).click()
    page.click("#finish")
    page.locator("#complete").wait_for()
    counted, flags = totals(player)
    assert (counted["letters"].attempted, counted["letters"].incorrect, flags) == (13, 9, [])


def test_a_limit_of_a_schools_own_may_be_paused(timed):
    player = timed("letters", seconds=90)
    player.begin()
    page = player.page
    page.click("#pause")
    shown = page.locator("#clock .time").inner_text()
    page.wait_for_timeout(1500)
    assert page.locator("#clock .time").inner_text() == shown
    page.click("#resume-clock")
    page.locator(RUNNING).wait_for()
    assert [e["why"] for e in player.events("timer_paused")] == ["interruption"]


def test_a_screen_reader_hears_the_clock_in_words(timed):
    player = timed("letters", language="en", seconds=11)
    clock = player.page.locator("#clock")
    assert clock.get_attribute("role") == "timer"
    assert clock.get_attribute("aria-label") == "Time left 0:11, not started"
    player.begin()
    told = player.page.locator(".clock-place .unseen")
    player.page.wait_for_function(
        "() => document.querySelector('.clock-place .unseen').textContent === 'Time left 0:10'"
    )
    assert told.get_attribute("role") == "status"
    player.page.locator('#clock[data-phase="up"]').wait_for()
    assert told.inner_text() == "Time is up"
    player.page.click("#change-marks")


def test_the_helper_for_hesitation_fills_from_the_last_touch_and_changes_nothing(timed):
    player = timed("letters")
    player.begin()
    page = player.page
    full = "getComputedStyle(document.querySelector('#hesitation .chip')).opacity === '1'"
    page.wait_for_function(f"() => {full}")
    before = len(player.on_device())
    page.locator(".heading").click()
    page.wait_for_function(f"() => !({full})")
    page.wait_for_function(f"() => {full}")
    assert len(player.on_device()) == before


def test_the_helper_for_hesitation_needs_no_motion(timed):
    player = timed("letters")
    page = player.page
    page.emulate_media(reduced_motion="reduce")
    player.begin()
    page.wait_for_function("() => getComputedStyle(document.querySelector('#hesitation .chip')).opacity === '1'")
    assert page.evaluate("() => getComputedStyle(document.querySelector('#hesitation .strip')).animationName") == "none"


def test_a_block_without_a_clock_is_as_quick_as_ever(timed):
    player = timed("words")
    page = player.page
    assert page.locator("#clock").count() == 0
    assert page.locator(".whole-line").count() == 0
    player.mark(1)
    page.locator("#finish:enabled").click()
    page.locator("#complete").wait_for()
    assert totals(player)[0]["words"].correct == 5
