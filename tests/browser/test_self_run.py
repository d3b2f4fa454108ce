"""A class takes a test by itself: real devices against the real server, and the faults of a classroom."""

from __future__ import annotations

import json
import time
from urllib.parse import urlsplit

import pytest

from tests import sites
from tests.browser.self_run import Pupil, Teacher, class_site
from tests.browser.settling import PATIENCE_MS
from tests.qr import texts_in

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def class_server(tmp_path_factory):
    server = class_site(tmp_path_factory.mktemp("class"), 20)
    yield server
    server.kill()


@pytest.fixture
def server(class_server):
    if class_server.process is None:
        class_server.start()
    return class_server


@pytest.fixture
def device(server, make_context):
    """`device()`: another tablet."""

    def make(**options):
        page = make_context(server, **options).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return Pupil(page, server)

    return make


@pytest.fixture
def teacher(server, make_context, sign_in):
    page = make_context(server).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    sign_in(page, "teacher")
    return Teacher(page)


@pytest.fixture
def going(teacher, device):
    """A pupil in the middle of the test, who was let in."""
    pupil = device().join(teacher.open(), 1)
    teacher.admit_all()
    pupil.wait_for("headphones")
    return pupil.start().practise()


def test_from_the_code_to_the_result(teacher, device, tell):
    code = teacher.open()
    pupil = device()
    pupil.enter(code)
    assert "ใบข้าว" not in pupil.page.content()
    pupil.page.click('[data-number="6"]')
    assert pupil.page.inner_text("#own-name") == "ด.ช.ใบข้าว สมมุติ5"
    pupil.page.click("#yes")
    teacher.wait_for(6, "waiting")
    teacher.row(6).locator('[data-action="admit"]').click()
    pupil.wait_for("headphones")
    pupil.start().practise()
    attempt = pupil.attempt
    answers = pupil.finish()
    pupil.wait_for("done")
    pupil.page.locator("#connection.sent").wait_for()
    stored = pupil.stored(attempt)
    assert [e["seq"] for e in stored] == list(range(1, len(stored) + 1))
    assert stored[-1]["kind"] == "attempt_finished"
    assert sum(e["kind"] == "item_answered" for e in stored) == answers + 2
    assert {"item_shown", "audio_played"} <= {e["kind"] for e in stored}
    assert sum(e["kind"] == "rested" for e in stored) == (answers - 1) // 10
    # Nothing of the pupil stays on a device that others use.
    assert pupil.on_device() == []
    teacher.wait_for(6, "finished")
    teacher.row(6).locator("a").click()
    heading = teacher.page.get_by_role("heading", name="ด.ช.ใบข้าว สมมุติ5")
    heading.wait_for(timeout=30_000)
    teacher.page.get_by_text("นักเรียนฟังแล้วเลือกคำตอบด้วยตนเอง").first.wait_for()
    tell(f"self-run in a browser: {answers} answers, {len(stored)} events")


def test_no_name_goes_to_a_device_that_did_not_choose_it(teacher, device):
    pupil = device()
    seen = []
    pupil.page.on("response", lambda r: seen.append(r) if "/api/v1/self" in r.url else None)
    pupil.enter(teacher.open())
    pupil.page.click('[data-number="2"]')
    pupil.page.locator("#own-name").wait_for()
    told = "".join(response.text() for response in seen)
    assert "ต้นกล้า" in told
    assert not any(name in told for name in ("ใบข้าว", "ฟ้าใส", "ภูผา", "น้ำใส"))


def test_server_killed_in_mid_test(going, server):
    going.answer()
    server.kill()
    for place in (1, 2, 3):
        going.answer(place)
    tapped, item = going.wait_until_heard(), going.item()
    server.start()
    going.page.reload()
    going.wait_for("headphones")
    going.start()
    assert going.item() == item
    stored = going.wait_until_stored()
    assert stored[: len(tapped)] == tapped
    assert stored[len(tapped)]["kind"] == "attempt_resumed"


def test_network_away_for_the_whole_test(going, teacher):
    attempt = going.attempt
    going.page.context.set_offline(True)
    before = len(going.on_device())
    going.finish()
    going.wait_for("done")
    going.page.locator("#connection.waiting").wait_for()
    kept = going.on_device()
    assert len(kept) > before + 10
    assert len(going.stored(attempt)) <= before
    with going.page.expect_download() as waiting:
        going.page.click("#save-file")
    assert json.loads(waiting.value.path().read_text("utf-8")) == {"attempt_id": attempt, "events": kept}
    teacher.page.locator('tr[data-number="1"] .link.away').wait_for(timeout=60_000)
    going.page.context.set_offline(False)
    going.page.locator("#connection.sent").wait_for()
    assert going.stored(attempt) == kept
    teacher.wait_for(1, "finished")


def test_sounds_are_fetched_once_and_need_no_network(going):
    asked = []
    going.page.on("request", lambda request: asked.append(request.url) if "/self/audio/" in request.url else None)

    def heard():
        return sum(event["kind"] == "audio_played" for event in going.on_device())

    going.page.context.set_offline(True)
    before = heard()
    for place in range(3):
        going.answer(place)
    going.page.click("#listen")
    began = time.monotonic()
    while heard() < before + 4:
        assert time.monotonic() - began < PATIENCE_MS / 1000, "a sound was not heard without the network"
        time.sleep(0.05)
    going.page.context.set_offline(False)
    going.page.reload()
    going.wait_for("headphones")
    assert asked == [], "what the device has is not fetched again, not even when the page is opened anew"


def test_two_devices_on_one_number(teacher, device):
    code = teacher.open()
    first, second = device(), device()
    first.enter(code)
    second.enter(code)
    first.page.click('[data-number="3"]')
    first.page.locator("#own-name").wait_for()
    second.page.click('[data-number="3"]')
    second.page.locator("#refusal").wait_for()
    assert "มีคนเลือกแล้ว" in second.page.inner_text("#refusal")
    assert second.page.locator('[data-number="3"]').is_disabled()
    first.page.click("#no")
    first.page.locator('[data-number="3"]:enabled').wait_for()


def test_a_wrong_code_is_told_and_can_be_typed_again(teacher, device):
    code = teacher.open()
    pupil = device()
    pupil.enter(f"{(int(code) + 1) % 10**6:06}")
    pupil.page.locator("#refusal").wait_for()
    pupil.page.keyboard.type(code)
    pupil.page.keyboard.press("Enter")
    pupil.wait_for("numbers")


def test_the_qr_brings_the_code_along(teacher, device):
    code = teacher.open()
    picture = teacher.page.locator("img.qr")
    picture.evaluate("img => img.decode()")
    (read,) = texts_in(picture.screenshot())
    address = urlsplit(read)
    assert (address.scheme, address.path, address.query, address.fragment) == ("http", "/join", f"code={code}", "")
    assert address.port == urlsplit(teacher.page.url).port
    pupil = device()
    pupil.page.goto(f"/join?code={code}")
    pupil.wait_for("numbers")
    assert pupil.page.url.endswith("/join")


def test_pause_help_and_end_reach_the_device(going, teacher):
    going.answer()
    going.page.click("#help")
    teacher.page.locator("#help-wanted").wait_for()
    teacher.row(1).locator('[data-action="helped"]').click()
    teacher.page.locator("#help-wanted").wait_for(state="detached")
    item = going.item()
    teacher.page.click("#pause-all")
    going.wait_for("paused")
    teacher.page.click("#go-on-all")
    going.page.locator('[data-screen^="item"]').wait_for(timeout=PATIENCE_MS)
    assert going.item() == item
    teacher.page.click("#end")
    teacher.page.click("#question-yes")
    going.wait_for("ended")
    teacher.page.click("#reopen")
    going.page.locator('[data-screen^="item"]').wait_for(timeout=PATIENCE_MS)
    assert going.item() == item
    going.wait_until_stored()


def test_signed_out_while_the_class_is_watched(teacher):
    """The page says so, does nothing behind anybody's back, and goes on once somebody has signed in again."""
    page = teacher.page
    teacher.open()
    other = page.context.new_page()
    other.goto("/auth/sign-out")
    other.click("form button.primary")
    other.wait_for_url(lambda url: "/auth/sign-out" not in url)
    page.bring_to_front()
    before = page.is_checked("#admits")
    page.click("#admits")
    page.locator("#not-done").wait_for()
    with page.context.expect_page() as opening:
        page.click("#trouble a")
    assert page.is_checked("#admits") == before
    signing = opening.value
    signing.fill("#username", "teacher")
    signing.fill("#password", sites.PASSWORD)
    signing.click("form button.primary")
    signing.wait_for_url(lambda url: "/auth/" not in url)
    page.bring_to_front()
    page.locator("#trouble").wait_for(state="detached")
    assert page.is_checked("#admits") == before
    page.click("#admits")
    page.locator("#not-done").wait_for(state="detached")
    page.wait_for_function("before => document.querySelector('#admits').checked !== before", arg=before)


def test_a_number_that_is_taken_back(going, teacher, device):
    going.answer()
    going.wait_until_stored()
    attempt, item = going.attempt, going.item()
    teacher.row(1).locator('[data-action="take_back"]').click()
    teacher.page.click("#question-yes")
    going.wait_for("message")
    assert going.page.locator("#save-file").count() == 0
    other = device().join(teacher.code(), 1)
    teacher.admit_all()
    other.wait_for("headphones")
    other.start()
    assert (other.attempt, other.item()) == (attempt, item)


def test_the_same_test_in_two_windows(going):
    second = going.page.context.new_page()
    second.goto(f"/self/{going.attempt}")
    second.locator("#take-over").wait_for()
    second.click("#take-over")
    second.locator('[data-screen="headphones"]').wait_for()
    going.wait_for("message")


def test_stop_for_today_and_go_on(going):
    going.answer()
    item = going.item()
    going.page.click("#stop")
    going.page.click("#stop-today")
    going.wait_for("ended")
    going.wait_until_stored()
    going.page.goto("/join")
    going.wait_for("headphones")
    going.start()
    assert going.item() == item


def test_by_keyboard_alone(going):
    page = going.page
    assert page.get_by_role("radiogroup").get_by_role("radio").count() == page.locator(".options .option").count() >= 3
    page.locator(".options .option").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-checked')") == "true"
    before = going.item()
    while page.evaluate("document.activeElement.id") != "next":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    going.wait_for_another(before)
