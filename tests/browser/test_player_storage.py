"""A device whose storage is full, refused or missing: it says so, stops cleanly, and loses nothing tapped before."""

from __future__ import annotations

import pytest

from tests.browser import faults
from tests.browser.faults import Ledger, fill_storage, turn
from tests.browser.player import Player
from tests.browser.school import P4_PUPIL

pytestmark = pytest.mark.browser


def told(page) -> str:
    page.locator("#reload").wait_for()
    return page.inner_text("h1")


def fill(page, how: str) -> None:
    if how == "quota":
        fill_storage(page)
    else:
        turn(page, full=True)


def make_room(page, how: str) -> None:
    if how == "quota":
        faults.empty_storage(page)
    else:
        turn(page, full=False)


@pytest.mark.parametrize("how", ["quota", "refused"])
def test_it_says_so_and_stops_and_goes_on_when_there_is_room(ledger, how):
    page = ledger.player.page
    page.context.set_offline(True)
    ledger.tap(4)
    fill(page, how)
    ledger.player.items().nth(5).click()
    assert "เครื่องนี้" in told(page)
    # What comes by itself (the clock, the server's answers) leaves the words where they are.
    page.context.set_offline(False)
    ledger.settle()
    page.wait_for_timeout(1500)
    assert page.locator("#reload").count() == 1
    assert ledger.player.items().count() == 0
    make_room(page, how)
    page.click("#reload")
    ledger.player.wait_for_block()
    ledger.tap(5)
    ledger.settle()
    assert ledger.flags() == []


def test_loaded_again_while_it_is_still_full(ledger):
    page = ledger.player.page
    page.context.set_offline(True)
    ledger.tap(4)
    page.context.set_offline(False)
    ledger.settle()
    fill_storage(page)
    ledger.player.items().nth(5).click()
    assert told(page)
    page.click("#reload")
    page.wait_for_load_state()
    assert "เครื่องนี้" in told(page)
    assert "พื้นที่จัดเก็บ" in page.inner_text("main")
    faults.empty_storage(page)
    page.click("#reload")
    ledger.player.wait_for_block()
    ledger.tap(5)
    ledger.settle()


def test_in_the_fallback_storage(page_with_faults, school_server):
    page = page_with_faults
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    player = Player(page, school_server).start(P4_PUPIL.id)
    ledger = Ledger(player)
    page.context.set_offline(True)
    ledger.tap_all(0, 2)
    turn(page, full=True)
    player.items().nth(5).click()
    assert "เครื่องนี้" in told(page)
    page.context.set_offline(False)
    page.click("#reload")
    player.wait_for_block()
    ledger.tap(5)
    ledger.settle()


def test_no_storage_at_all_is_said_before_the_first_item(page_with_faults, school_server):
    page = page_with_faults
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    page.add_init_script("window.faults.full = true")
    page.goto(f"/play/new?pupil={P4_PUPIL.id}")
    page.click("#start button")
    page.locator("#go-on-unkept").wait_for()
    assert page.inner_text("h1") == "เครื่องนี้เก็บข้อมูลไว้ไม่ได้"
    page.click("#go-on-unkept")
    player = Player(page, school_server)
    player.wait_for_block()
    ledger = Ledger(player)
    ledger.tap(1)
    ledger.settle()
