"""What can happen to a test in a school, put into a real browser: what was tapped is what the database holds."""

from __future__ import annotations

import json
import re

import pytest

from tests import sites
from tests.browser import faults
from tests.browser.faults import HOUR, Ledger, turn
from tests.browser.player import Player
from tests.browser.school import P1_PUPIL
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS
from tests.conftest import find_chromium

pytestmark = pytest.mark.browser
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def on_device_again(ledger: Ledger, page) -> Ledger:
    """The same test and the same ledger, in another tab."""
    ledger.player = Player(page, ledger.player.server)
    ledger.player.wait_for_block()
    return ledger


def to_the_result(ledger: Ledger) -> None:
    ledger.player.page.click("#finish-test")
    ledger.player.page.wait_for_url(f"**/result?attempt={ledger.attempt}", timeout=PATIENCE_MS)


def test_network_gone_for_the_whole_test(ledger):
    page = ledger.player.page
    page.context.set_offline(True)
    while not ledger.player.complete():
        ledger.tap(1)
        ledger.player.finish_block()
    page.click("#finish-test")
    page.locator("#unsent").wait_for()
    assert len(ledger.marks_stored()) <= 2
    before = ledger.on_device()
    page.context.set_offline(False)
    page.wait_for_url(f"**/result?attempt={ledger.attempt}", timeout=PATIENCE_MS)
    assert ledger.settle() == before
    assert ledger.flags() == []


def test_reloaded_while_nothing_gets_through(ledger):
    page = ledger.player.page
    ledger.player.wait_until_stored()
    faults.withhold_events(page, True)
    for index in (4, 5, 1):
        ledger.tap(index)
        before = ledger.player.marks()
        page.reload()
        ledger.player.wait_for_block()
        assert ledger.player.marks() == before
    assert len(ledger.marks_stored()) == 2
    faults.withhold_events(page, False)
    ledger.settle()
    assert [e["kind"] for e in ledger.player.wait_until_stored()].count("attempt_resumed") == 3
    assert ledger.flags() == []


def test_tab_closed_and_opened_again(ledger):
    page, address = ledger.player.page, ledger.player.page.url
    page.context.set_offline(True)
    ledger.tap_all(4, 5)
    marks = ledger.player.marks()
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(address)
    on_device_again(ledger, again)
    assert ledger.player.marks() == marks
    ledger.tap(0, "none")
    ledger.settle()
    assert ledger.flags() == []


def test_device_asleep_while_the_server_is_started_again(ledger, school_server):
    wake = faults.sleep(ledger.player.page)
    school_server.kill()
    school_server.start()
    wake()
    ledger.tap(4)
    ledger.settle()
    assert ledger.flags() == []


def test_hours_asleep_do_not_make_a_test_longer_than_its_clock(timed):
    player = timed("letters", "words")
    player.page.evaluate(faults.SWITCHES)
    ledger = Ledger(player.begin())
    ledger.tap_all(0, 3)
    turn(player.page, wall=3 * HOUR, mono=3 * HOUR)
    player.page.locator('#clock[data-phase="up"]').wait_for()
    ledger.player.items().nth(6).click()
    player.page.locator("#finish:enabled").click()
    player.page.locator("[data-item^='P'], [data-item]").first.wait_for()
    ledger.settle()
    assert ledger.flags() == ["device_slept"]
    assert player.events("timer_resumed") == [{"block": "letters", "asleep": 10_800}]
    finished = player.events("block_finished")
    assert [data["seconds_left"] for data in finished if "seconds_left" in data] in ([], [0])


@pytest.fixture
def tablet(playwright, school_server, tmp_path):
    """`tablet()`: a browser with storage of its own on disk; called again it is switched on again."""
    opened = []

    def switch_on():
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=find_chromium(),
            args=FLAGS,
            base_url=school_server.url,
            viewport={"width": 820, "height": 1180},
            locale="th",
        )
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return context.pages[0]

    yield switch_on
    opened[-1].close()


def test_battery_pulled_at_the_last_tap(tablet, school_server, sign_in, tmp_path):
    page = tablet()
    sign_in(page, "teacher")
    ledger = Ledger(Player(page, school_server).start(P1_PUPIL.id))
    ledger.tap_all(0, 2)
    page.context.set_offline(True)
    address = page.url
    for index in (5, 4, 5):
        ledger.tap(index, "none" if (ledger.player.item_ids()[index], "incorrect") in ledger.tapped else "incorrect")
    faults.pull_battery(tmp_path / "profile")
    assert len(ledger.marks_stored()) <= 2
    again = tablet()
    sign_in(again, "teacher")
    again.goto(address)
    on_device_again(ledger, again)
    ledger.tap(1)
    events = ledger.settle()
    assert events[-2]["kind"] == "attempt_resumed"
    assert ledger.flags() == []


@pytest.mark.parametrize("hours", [5, -30, 24 * 400, -24 * 365 * 30])
def test_wall_clock_moved_in_mid_test(ledger, hours):
    page = ledger.player.page
    turn(page, wall=hours * HOUR)
    ledger.tap_all(4, 5)
    turn(page, wall=-hours * HOUR)
    ledger.tap(1)
    page.reload()
    ledger.player.wait_for_block()
    events = ledger.settle()
    assert len({event["at"][:4] for event in events}) >= (1 if abs(hours) < 1000 else 3)
    assert ledger.flags() == []


def test_wall_clock_moved_while_the_clock_of_a_block_runs(timed):
    player = timed("letters", "words")
    player.page.evaluate(faults.SWITCHES)
    ledger = Ledger(player.begin())
    for hours in (2, -48):
        turn(player.page, wall=hours * HOUR)
        ledger.tap(abs(hours) % 7)
        assert player.page.locator('#clock:is([data-phase="running"], [data-phase="soon"])').count() == 1
    events = ledger.settle()
    assert events[-1]["mono_ms"] - events[0]["mono_ms"] < PATIENCE_MS
    assert ledger.flags() == ["device_slept"], "a clock that stood still in a closed lid looks the same"
    assert "7200 วินาที" in player.page.inner_text("#slept")


def test_signed_out_to_the_end_of_the_test(ledger, sign_in):
    page = ledger.player.page
    other = page.context.new_page()
    other.goto("/auth/sign-out")
    other.click("form button.primary")
    while not ledger.player.complete():
        ledger.tap(1)
        ledger.player.finish_block()
    page.click("#finish-test")
    page.locator("#unsent").wait_for()
    assert "เมื่อเข้าสู่ระบบอีกครั้ง" in page.inner_text(".panel")
    with page.context.expect_page() as opening:
        page.click(".chip-action")
    signing = opening.value
    signing.fill("#username", "teacher")
    signing.fill("#password", sites.PASSWORD)
    signing.click("form button.primary")
    page.wait_for_url(f"**/result?attempt={ledger.attempt}", timeout=PATIENCE_MS)
    ledger.settle()
    assert ledger.flags() == []


def test_another_version_is_installed_in_mid_test(school_server, ledger, tmp_path):
    page = ledger.player.page
    ledger.player.wait_until_stored()
    school_server.kill()
    ledger.tap(4)
    later = Server(school_server.data_dir, school_server.port, root=faults.next_version(tmp_path / "later"))
    later.start()
    try:
        ledger.player.chip("sent")
        ledger.tap(5)
        ledger.player.finish_block()
        ledger.tap(1)
        assert page.evaluate("globalThis.laterVersion") is None
        before = (ledger.player.title(), ledger.player.marks())
        page.reload()
        ledger.player.wait_for_block()
        assert page.evaluate("globalThis.laterVersion")
        assert (ledger.player.title(), ledger.player.marks()) == before
        while not ledger.player.complete():
            ledger.player.finish_block()
        to_the_result(ledger)
        ledger.settle()
        assert ledger.flags() == []
    finally:
        later.kill()


class TestOpenedTwice:
    def test_a_sleeping_tab_gives_way_when_it_wakes(self, ledger):
        sleeping = ledger.player.page
        ledger.player.wait_until_stored()
        wake = faults.sleep(sleeping)
        awake = sleeping.context.new_page()
        awake.goto(sleeping.url)
        taking_over = awake.locator("#take-over")
        awake.locator("#finish:enabled").or_(taking_over).wait_for()
        # Whether it is still heard in its sleep depends on how deep that is.
        if taking_over.count():
            taking_over.click()
        on_device_again(ledger, awake)
        ledger.tap(4)
        wake()
        sleeping.locator("#reload").wait_for()
        assert sleeping.locator(".item").count() == 0
        ledger.tap(5)
        ledger.settle()
        assert ledger.flags() == []

    def test_two_tabs_where_tabs_cannot_talk_to_each_other(self, ledger):
        """Safari before 15.4 has no BroadcastChannel."""
        first = ledger.player.page
        first.context.add_init_script("delete window.BroadcastChannel")
        first.reload()
        ledger.player.wait_for_block()
        second = first.context.new_page()
        second.goto(first.url)
        second.locator("#take-over").click()
        on_device_again(ledger, second)
        first.locator("#reload").wait_for()
        assert first.locator(".item").count() == 0
        ledger.tap(4)
        ledger.settle()

    def test_two_devices_and_the_first_is_opened_again_later(self, ledger, school_server, make_context, sign_in):
        """What only the first device has is offered as a file; nothing is mixed."""
        first = ledger.player.page
        ledger.settle()
        first.context.set_offline(True)
        faults.never_online_again(first)
        Ledger(ledger.player).tap(5)
        own = ledger.on_device()
        address = first.url
        again = first.context.new_page()
        first.close()
        other = make_context(school_server).new_page()
        sign_in(other, "teacher")
        other.goto(address)
        on_device_again(ledger, other)
        ledger.tap(1)
        stored = ledger.settle()
        again.context.set_offline(False)
        again.goto(address)
        with again.expect_download() as waiting:
            again.click("button.secondary")
        assert json.loads(waiting.value.path().read_text("utf-8"))["events"] == own
        assert ledger.stored() == stored
        again.click("#adopt")
        on_device_again(ledger, again)
        ledger.tap(4)
        ledger.settle()
        assert ledger.flags() == []

    def test_two_devices_that_start_at_once_make_two_tests(
        self, page_with_faults, school_server, make_context, sign_in
    ):
        other = make_context(school_server).new_page()
        sign_in(other, "teacher")
        ledgers = []
        page = page_with_faults
        for each in (page, other):
            each.goto(f"/play/new?pupil={P1_PUPIL.id}")
        for each in (page, other):
            each.click("#start button")
            each.wait_for_url(re.compile("/play/[0-9a-f]{32}"))
            player = Player(each, school_server)
            player.wait_for_block()
            ledgers.append(Ledger(player))
        ledgers[0].tap(1)
        ledgers[1].tap(2)
        assert ledgers[0].attempt != ledgers[1].attempt
        for ledger in ledgers:
            ledger.settle()
            assert ledger.flags() == []
