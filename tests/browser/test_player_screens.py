"""All other screens of the player and of sign-in, on a phone: nothing beside the screen, nothing too small to touch."""

from __future__ import annotations

import json

import pytest

from tests import sites
from tests.browser.player import Player
from tests.browser.school import M2_PUPIL, P1_PUPIL, P4_PUPIL

pytestmark = pytest.mark.browser
PHONE = (390, 844)
LANGUAGES = pytest.mark.parametrize("language", ["th", "en"])

FAULTS = """() => {
  const faults = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) faults.push(`${scrollWidth} wide`);
  for (const target of document.querySelectorAll("a, button, select, summary, label.button, input:not(.file input)")) {
    // Whoever touches the words around a field has touched the field.
    const { width, height, left, right } = (target.closest("label") ?? target).getBoundingClientRect();
    if (width === 0 || height === 0 || target.tabIndex < 0 && target.localName !== "label") continue;
    const name = `${target.localName} "${target.textContent.trim().slice(0, 30)}"`;
    if (Math.min(width, height) < 44) faults.push(`${name}: ${width} x ${height}`);
    if (left < 0 || right > innerWidth) faults.push(`${name} leaves the screen`);
    if (target.localName === "button" && target.scrollWidth > target.clientWidth + 1) faults.push(`${name} is clipped`);
  }
  for (const box of document.querySelectorAll(".notice, .panel, .card")) {
    if (box.scrollWidth > box.clientWidth + 1) faults.push(`"${box.textContent.trim().slice(0, 30)}" leaves its box`);
  }
  const rule = document.body.innerText.match(/[A-Z]{3,}-[A-Z0-9]+/);
  if (rule) faults.push(`names ${rule}`);
  return faults;
}"""


def look(page, screen):
    """Waits for `screen` and fails with all that is wrong with it."""
    page.wait_for_load_state()
    page.locator(screen).wait_for()
    page.evaluate("async () => { await document.fonts.ready; }")  # the fallback's letters are wider
    faults = page.evaluate(FAULTS)
    assert not faults, f"{screen} at {page.url}: {faults}"


@pytest.fixture
def phone(school_server, make_context, sign_in):
    """`phone(language)`: a page on a phone; with `who`, signed in."""

    def make(language, who="teacher"):
        page = make_context(school_server, language, *PHONE).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        if who is not None:
            sign_in(page, who)
        return page

    return make


def end_whole_test(player):
    player.finish_everything_right()
    player.page.click("#finish-test")


@LANGUAGES
def test_marking_and_stopping(phone, school_server, language):
    page = phone(language)
    player = Player(page, school_server).start(P1_PUPIL.id)
    page.click(".instructions summary")
    look(page, ".hint")
    page.click("#stop")
    look(page, "dialog.stop")
    # However many items there are, the ways on are in sight.
    assert page.locator("#end-test").bounding_box()["y"] + 44 < PHONE[1]
    page.keyboard.press("Escape")
    for index in range(5):  # four wrong letters of the first line, or five items of another block
        if not page.locator("#auto-stop-title").is_visible():
            player.tap(index, "incorrect")
    look(page, "#auto-stop-title")
    page.click("#finish")
    player.wait_for_block()
    player.finish_everything_right()
    look(page, "#complete")


@LANGUAGES
def test_without_a_server(phone, school_server, language, tmp_path):
    page = phone(language)
    player = Player(page, school_server).start(M2_PUPIL.id)
    player.wait_until_stored()
    page.context.set_offline(True)
    player.tap(0, "incorrect")
    look(page, "#connection.waiting")
    end_whole_test(player)
    look(page, "#unsent")
    file = tmp_path / "test.json"
    file.write_text(json.dumps({"attempt_id": player.attempt, "events": player.on_device()}), "utf-8")
    other = phone(language)
    look(other, "#deliver")
    other.click("#deliver button")
    look(other, "#outcome.bad")
    other.set_input_files("#file", file)
    assert other.inner_text("#chosen") == "test.json"
    other.click("#deliver button")
    look(other, "#outcome.good")


@LANGUAGES
def test_a_session_that_ended_says_what_to_do(phone, school_server, language):
    page = phone(language)
    player = Player(page, school_server).start(M2_PUPIL.id)
    player.wait_until_stored()
    page.context.clear_cookies(name="phonics_session")
    player.tap(0, "incorrect")
    look(page, "#connection.signed_out")
    end_whole_test(player)
    look(page, "#unsent")
    assert {"th": "เมื่อเข้าสู่ระบบอีกครั้ง", "en": "Sign in again;"}[language] in page.inner_text(".panel")


@LANGUAGES
def test_a_refusal_promises_no_sending_by_itself(phone, school_server, language):
    page = phone(language)
    player = Player(page, school_server).start(M2_PUPIL.id)
    player.wait_until_stored()
    refusal = {"error": {"code": "permission.denied", "message": "no", "data": {}, "problems": []}}
    page.route("**/events", lambda route: route.fulfill(status=403, json=refusal))
    player.tap(0, "incorrect")
    look(page, "#connection.refused")
    end_whole_test(player)
    look(page, "#unsent")
    assert {"th": "ให้เอง", "en": "by themselves"}[language] not in page.inner_text(".panel")


@LANGUAGES
def test_two_devices_and_two_windows(phone, school_server, language):
    page, second = phone(language), phone(language)
    player = Player(page, school_server).start(P4_PUPIL.id)
    player.tap(0, "incorrect")
    player.wait_until_stored()
    page.context.set_offline(True)
    player.tap(2, "incorrect")
    other = Player(second, school_server)
    second.goto(f"/play/{player.attempt}")
    other.wait_for_block()
    other.tap(5, "incorrect")
    other.wait_until_stored()
    page.context.set_offline(False)
    look(page, "#adopt")
    window = second.context.new_page()
    window.goto(second.url)
    look(window, "#take-over")
    window.click("#take-over")
    look(second, "#reload")


@LANGUAGES
def test_pages_of_the_server(phone, language):
    page = phone(language, who=None)
    page.goto("/auth/sign-in")
    look(page, "#username")
    page.fill("#username", "teacher")
    page.fill("#password", "wrong")
    page.click("form button.primary")
    look(page, ".notice.bad")
    page.fill("#password", sites.PASSWORD)
    page.click("form button.primary")
    page.wait_for_url(lambda url: "/auth/" not in url)
    for address in (f"/play/new?pupil={P1_PUPIL.id}", "/play/new?pupil=nobody", "/auth/sign-out", "/nowhere"):
        page.goto(address)
        look(page, "h1")
    # What is not there is not there at a second try either: the way out is offered, not another try.
    page.goto(f"/play/{'e' * 32}")
    look(page, ".panel .button")
    assert page.locator("#reload").count() == 0


@LANGUAGES
def test_first_start_and_its_problems(empty_server, make_context, language):
    page = make_context(empty_server, language, *PHONE).new_page()
    page.goto("/auth/setup")
    look(page, "#own")
    page.fill("#code-0", "12")
    page.fill("#password", "short")
    page.click("button.primary")
    look(page, "#error-code-0-1")
    # The first faulty field has the cursor: on a phone it stands far below the top.
    assert page.evaluate("document.activeElement.id") == "code-0"
