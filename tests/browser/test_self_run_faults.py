"""What can happen to a test that a pupil takes alone: what was answered is what the database holds."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from itertools import count

import pytest

from tests.browser import faults
from tests.browser.faults import HOUR, fill_storage, turn
from tests.browser.record import events_on_device, events_stored
from tests.browser.self_run import Pupil
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS
from tests.browser.test_self_run import class_server, server, teacher  # noqa: F401 - fixtures
from tests.conftest import _FLAGS, find_chromium

pytestmark = pytest.mark.browser


@dataclass
class Answers:
    """Every answer that was given on screen, as it was read there."""

    pupil: Pupil
    given: list[str] = field(default_factory=list)
    attempt: str = ""

    def __post_init__(self) -> None:
        self.attempt = self.pupil.attempt
        self.practised = len(answers_in(self.on_device()))

    def answer(self, *places: int) -> None:
        for place in places:
            value = self.pupil.page.locator(".options .option").nth(place).get_attribute("data-value")
            self.pupil.answer(place)
            self.given.append(value)

    def on_device(self) -> list[dict]:
        return events_on_device(self.pupil.page, self.attempt)

    def stored(self) -> list[dict]:
        return events_stored(self.pupil.server, self.attempt)

    def settle(self) -> list[dict]:
        """Waits until the database has every answer; then each once, in order, with times that run forwards."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while answers_in(self.stored())[self.practised :] != self.given:
            assert time.monotonic() < deadline, f"{answers_in(self.stored())[self.practised :]} of {self.given}"
            time.sleep(0.05)
        events = self.stored()
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        assert faults.forwards(events)
        return events

    def go_on(self) -> None:
        """After the page was opened anew."""
        self.pupil.wait_for("headphones")
        self.pupil.start()


def answers_in(events: list[dict]) -> list[str]:
    return [event["data"]["value"] for event in events if event["kind"] == "item_answered"]


@pytest.fixture
def device(server, make_context):  # noqa: F811
    """`device()`: another tablet, with switches."""

    def make(**options):
        context = make_context(server, **options)
        context.add_init_script(faults.SWITCHES)
        page = context.new_page()
        faults.small_storage(page, server.url)
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return Pupil(page, server)

    return make


@pytest.fixture(scope="module")
def numbers():
    """Another pupil for each test: whoever has not finished would go on where he was."""
    return count(1)


@pytest.fixture
def number(numbers):
    return next(numbers)


@pytest.fixture
def answers(teacher, device, number):  # noqa: F811
    """A pupil who was let in and has answered two questions."""
    pupil = device().join(teacher.open(), number)
    teacher.admit_all()
    pupil.wait_for("headphones")
    answers = Answers(pupil.start().practise())
    answers.answer(0, 1)
    return answers


def test_reloaded_while_nothing_gets_through(answers):
    page = answers.pupil.page
    answers.pupil.wait_until_stored()
    faults.withhold_events(page, True)
    for place in (2, 0, 1):
        answers.answer(place)
        item = answers.pupil.item()
        page.reload()
        answers.go_on()
        assert answers.pupil.item() == item
    faults.withhold_events(page, False)
    answers.settle()
    assert [e["kind"] for e in answers.pupil.wait_until_stored()].count("attempt_resumed") == 3


def test_tab_closed_and_opened_again(answers):
    page, address = answers.pupil.page, answers.pupil.page.url
    page.context.set_offline(True)
    answers.answer(2, 3)
    item = answers.pupil.item()
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto(address)
    answers.pupil.page = again
    answers.go_on()
    assert answers.pupil.item() == item
    answers.answer(1)
    answers.settle()


def test_loaded_again_without_a_server(answers, server):  # noqa: F811
    page = answers.pupil.page
    page.wait_for_function("() => navigator.serviceWorker.controller", timeout=PATIENCE_MS)
    page.wait_for_timeout(1000)
    server.kill()
    answers.answer(2)
    item = answers.pupil.item()
    page.reload()
    answers.go_on()
    assert answers.pupil.item() == item
    answers.answer(1)
    server.start()
    answers.settle()


def test_device_asleep_while_the_server_is_started_again(answers, server):  # noqa: F811
    wake = faults.sleep(answers.pupil.page)
    server.kill()
    server.start()
    wake()
    answers.answer(1)
    answers.settle()


@pytest.fixture
def tablet(playwright, server, tmp_path):  # noqa: F811
    """`tablet(cookies)`: a browser with storage of its own on disk; called again it is switched on again."""
    opened = []

    def switch_on(cookies=()):
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=find_chromium(),
            args=[*_FLAGS, "--disable-background-networking"],
            base_url=server.url,
            locale="th",
        )
        context.set_default_timeout(PATIENCE_MS)
        context.clear_cookies()
        context.add_cookies(list(cookies))
        opened.append(context)
        return context.pages[0]

    yield switch_on
    opened[-1].close()


def test_battery_pulled_at_the_last_tap(teacher, tablet, server, number, tmp_path):  # noqa: F811
    """Browsers write cookies down every half minute: this device has had its own for longer."""
    pupil = Pupil(tablet(), server).join(teacher.open(), number)
    teacher.admit_all()
    answers = Answers(pupil.start().practise())
    answers.answer(0)
    pupil.wait_until_stored()
    address, cookies = pupil.page.url, pupil.page.context.cookies()
    pupil.page.context.set_offline(True)
    answers.answer(2, 1)
    item = pupil.item()
    faults.pull_battery(tmp_path / "profile")
    assert len(answers_in(answers.stored())) == answers.practised + 1
    pupil.page = tablet(cookies)
    pupil.page.goto(address)
    answers.go_on()
    assert pupil.item() == item
    answers.answer(3)
    assert [e["kind"] for e in answers.settle()].count("attempt_resumed") == 1


@pytest.mark.parametrize("hours", [-24 * 400])
def test_wall_clock_moved_in_mid_test(answers, hours):
    turn(answers.pupil.page, wall=hours * HOUR)
    answers.answer(2)
    turn(answers.pupil.page, wall=-hours * HOUR)
    answers.answer(3)
    answers.settle()


@pytest.mark.parametrize("how", ["quota", "refused"])
def test_storage_full(answers, how):
    page = answers.pupil.page
    page.context.set_offline(True)
    answers.answer(2)
    item = answers.pupil.item()
    answers.pupil.wait_until_heard()
    if how == "quota":
        fill_storage(page)
    else:
        turn(page, full=True)
    page.locator(".options .option").first.click()
    page.click("#next")
    answers.pupil.wait_for("message")
    assert "เพิ่มพื้นที่ว่าง" in page.inner_text("main")
    kept = answers.on_device()
    with page.expect_download() as waiting:
        page.click("#save-file")
    assert json.loads(waiting.value.path().read_text("utf-8"))["events"] == kept
    # The teacher's word does not wipe the message away.
    page.context.set_offline(False)
    answers.settle()
    page.wait_for_timeout(1500)
    assert answers.pupil.screen() == "message"
    if how == "quota":
        page.click("#reload")
        answers.pupil.wait_for("message")
        assert "เพิ่มพื้นที่ว่าง" in page.inner_text("main")
        faults.empty_storage(page)
    page.click("#reload")
    answers.go_on()
    assert answers.pupil.item() == item
    answers.answer(1)
    answers.settle()


def test_taken_off_the_class_with_answers_that_were_not_sent(answers, teacher, number):  # noqa: F811
    """The number is given back to the same tablet: what it kept comes in."""
    page = answers.pupil.page
    answers.pupil.wait_until_stored()
    page.context.set_offline(True)
    answers.answer(2, 3)
    teacher.row(number).locator('[data-action="take_back"]').click()
    teacher.page.click("#question-yes")
    page.context.set_offline(False)
    page.locator("#to-code").wait_for()
    assert page.locator("#save-file").count() == 1
    answers.pupil.join(teacher.code(), number)
    teacher.admit_all()
    answers.go_on()
    answers.answer(1)
    answers.settle()


def test_the_number_given_to_another_tablet_meanwhile(answers, teacher, device, number):  # noqa: F811
    """Nothing is mixed: the first tablet says so, hands over a file, and may go on from the other's answers."""
    page = answers.pupil.page
    answers.pupil.wait_until_stored()
    first = list(answers.given)
    page.context.set_offline(True)
    answers.answer(2)
    own = answers.pupil.wait_until_heard()
    answers.given[:] = first
    teacher.row(number).locator('[data-action="take_back"]').click()
    teacher.page.click("#question-yes")
    other = device().join(teacher.code(), number)
    teacher.admit_all()
    other.wait_for("headphones")
    elsewhere = Answers(other, first)
    elsewhere.practised = answers.practised
    elsewhere.go_on()
    elsewhere.answer(3)
    elsewhere.settle()
    teacher.row(number).locator('[data-action="take_back"]').click()
    teacher.page.click("#question-yes")
    page.context.set_offline(False)
    page.locator("#to-code").wait_for()
    answers.pupil.join(teacher.code(), number)
    teacher.admit_all()
    answers.pupil.wait_for("message")
    with page.expect_download() as waiting:
        page.click("#save-file")
    assert json.loads(waiting.value.path().read_text("utf-8"))["events"] == own
    page.click("#adopt")
    answers.go_on()
    elsewhere.pupil = answers.pupil
    elsewhere.answer(1)
    elsewhere.settle()


def test_a_sleeping_window_gives_way_when_it_wakes(answers, teacher):  # noqa: F811
    sleeping = answers.pupil.page
    answers.pupil.wait_until_stored()
    wake = faults.sleep(sleeping)
    awake = sleeping.context.new_page()
    awake.goto(sleeping.url)
    taking_over = awake.locator("#take-over")
    awake.locator('[data-screen="headphones"]').or_(taking_over).wait_for()
    if taking_over.count():
        taking_over.click()
    answers.pupil.page = awake
    answers.go_on()
    answers.answer(2)
    wake()
    sleeping.locator('[data-screen="message"]').wait_for()
    # A pause of the whole class is no event of a window that has given way.
    teacher.page.click("#pause-all")
    answers.pupil.wait_for("paused")
    teacher.page.click("#go-on-all")
    awake.locator('[data-screen^="item"]').wait_for(timeout=PATIENCE_MS)
    answers.answer(1)
    answers.settle()
    assert sleeping.locator('[data-screen="message"]').count() == 1


def test_another_version_is_installed_in_mid_test(answers, server, tmp_path):  # noqa: F811
    page = answers.pupil.page
    answers.pupil.wait_until_stored()
    server.kill()
    answers.answer(2)
    later = Server(server.data_dir, server.port, root=faults.next_version(tmp_path / "later")).start()
    try:
        answers.answer(1)
        answers.settle()
        item = answers.pupil.item()
        page.reload()
        answers.go_on()
        assert page.evaluate("globalThis.laterVersion")
        assert answers.pupil.item() == item
        answers.answer(0)
        answers.settle()
    finally:
        later.kill()


def test_a_browser_that_keeps_nothing_says_so(teacher, device, number):  # noqa: F811
    pupil = device()
    pupil.page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    pupil.page.add_init_script("window.faults.full = true")
    pupil.join(teacher.open(), number)
    teacher.admit_all()
    pupil.page.locator("#go-on-unkept").click()
    pupil.start()
