"""What the pupil sees: on a second device, on this one turned round, on paper."""

from __future__ import annotations

import statistics
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.school import P4_PUPIL
from tests.browser.settling import PATIENCE_MS
from tests.qr import texts_in

pytestmark = pytest.mark.browser


@pytest.fixture
def screen(school_server, make_context):
    """`screen(width, height)`: a pupil's device that nobody is signed in at."""

    def open_page(language="th", width=820, height=1180):
        page = make_context(school_server, language, width, height).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        return page

    return open_page


def choose(player, way):
    player.page.click("#pupil-options")
    player.page.check(f"[name=way][value={way}]")


def pair(player, pupil):
    """Joins as a pupil does: the address typed, then the digits."""
    choose(player, "second")
    digits = player.page.locator(".digits")
    digits.wait_for()
    pupil.goto("/show")
    for digit in digits.inner_text().replace(" ", ""):
        pupil.click(f"[data-digit='{digit}']")
    pupil.click("#enter")
    pupil.locator("body[data-shows=waiting]").wait_for()
    player.page.locator(".pair[data-pair=connected]").wait_for()
    player.page.click("#pupil-done")


def words_on(pupil):
    return pupil.locator(".pupil-words .word").all_inner_texts()


def stimuli(player):
    return player.page.locator(".item .stimulus").all_inner_texts()


def shows(pupil, state):
    pupil.locator(f"body[data-shows={state}]").wait_for(timeout=PATIENCE_MS)


def test_a_second_device_shows_the_words_and_waits_between_blocks(timed, screen):
    player, pupil = timed("words", "dictation"), screen()
    pair(player, pupil)
    assert words_on(pupil) == []
    player.page.click("#reveal")
    shows(pupil, "showing")
    assert words_on(pupil) == stimuli(player)
    player.tap(0, "incorrect")
    assert pupil.locator("#show").inner_text().split() == stimuli(player)
    player.page.locator("#finish:enabled").click()
    player.page.locator(".written").first.wait_for()
    shows(pupil, "waiting")
    # Of dictation there is nothing to read, and so nothing to show.
    assert player.page.locator("#reveal").count() == 0


def test_a_pupil_can_not_get_at_anything_else(timed, screen, school_server):
    player, pupil = timed("words"), screen()
    pair(player, pupil)
    answer = pupil.goto(f"/play/{player.attempt}")
    assert "/auth/sign-in" in answer.url


def test_the_code_on_the_teachers_screen_brings_a_camera_there(timed, screen):
    player, pupil = timed("words"), screen()
    choose(player, "second")
    page = player.page
    page.locator(".qr").wait_for()
    digits = page.locator(".digits").inner_text().replace(" ", "")
    (address,) = texts_in(page.screenshot(full_page=True))
    assert address == f"{page.locator('.address').inner_text()}?code={digits}"
    pupil.goto(f"/show?{urlsplit(address).query}")
    shows(pupil, "waiting")
    assert pupil.url.endswith("/show"), "the digits are used up, and need not stand in the address"


def test_line_by_line_and_one_by_one(timed, screen):
    player, pupil = timed("words"), screen()
    pair(player, pupil)
    page, words = player.page, stimuli(player)
    choose(player, "second")
    page.check("[name=portion][value=item]")
    page.click("#pupil-done")
    page.click("#reveal")
    for word in words:
        pupil.locator(".word", has_text=word).wait_for()
        assert words_on(pupil) == [word]
        if word != words[-1]:
            page.click("#part-next")
    choose(player, "second")
    page.check("[name=portion][value=line]")
    page.click("#pupil-done")
    pupil.locator(".word").nth(2).wait_for()
    assert words_on(pupil) == words[:3]


def test_the_words_go_when_the_time_is_up(timed, screen):
    player, pupil = timed("letters", seconds=2), screen()
    pair(player, pupil)
    player.page.click("#reveal")
    shows(pupil, "showing")
    player.page.click("#start-clock")
    shows(pupil, "waiting")


def test_the_link_is_lost_and_comes_back(timed, screen):
    player, pupil = timed("words"), screen()
    pair(player, pupil)
    player.page.click("#reveal")
    shows(pupil, "showing")
    pupil.context.set_offline(True)
    pupil.locator("body[data-link=link_lost]").wait_for(timeout=PATIENCE_MS)
    # What is being read stays; the teacher is told.
    assert words_on(pupil) == stimuli(player)
    player.page.locator(".pair[data-pair=lost]").wait_for(timeout=PATIENCE_MS)
    player.page.click("#reveal")
    pupil.context.set_offline(False)
    shows(pupil, "waiting")
    pupil.locator("body[data-link=well]").wait_for()


def test_a_killed_server_comes_back_with_the_pair(timed, screen, school_server):
    player, pupil = timed("words"), screen()
    pair(player, pupil)
    player.page.click("#reveal")
    shows(pupil, "showing")
    school_server.kill()
    pupil.locator("body[data-link=link_lost]").wait_for(timeout=PATIENCE_MS)
    player.tap(0, "incorrect")
    # The pupil's screen asks before the teacher's device has told the new server anything: it goes on as it was.
    player.page.context.set_offline(True)
    school_server.start()
    pupil.locator("body:not([data-link=link_lost])").wait_for(timeout=PATIENCE_MS)
    shows(pupil, "showing")
    player.page.context.set_offline(False)
    player.page.click("#reveal")
    shows(pupil, "waiting")
    player.page.locator(".pair[data-pair=connected]").wait_for(timeout=PATIENCE_MS)
    player.wait_until_stored()


def test_both_pages_loaded_anew_go_on(timed, screen):
    player, pupil = timed("words"), screen()
    pair(player, pupil)
    player.page.click("#reveal")
    shows(pupil, "showing")
    player.page.reload()
    player.page.locator(".pair[data-pair=connected]").wait_for()
    pupil.reload()
    shows(pupil, "showing")
    assert words_on(pupil) == stimuli(player)


def test_marks_do_not_wait_for_the_screen(timed, screen):
    """Whatever tells the pupil's screen hangs for ever; every mark is stored, and the test goes on."""
    player, pupil = timed("words", "dictation"), screen()
    pair(player, pupil)
    held = []
    player.page.route("**/screen", lambda route: held.append(route))
    player.page.click("#reveal")
    for index in range(6):
        player.tap(index, "incorrect")
    player.wait_until_stored()
    assert held
    for route in held:
        route.abort()
    player.page.unroute("**/screen")


def test_the_screen_ends_with_the_test(timed, screen):
    player, pupil = timed("words"), screen()
    pair(player, pupil)
    player.page.click("#reveal")
    shows(pupil, "showing")
    player.finish_block()
    player.page.click("#finish-test")
    shows(pupil, "ended")
    pupil.click("#another")
    pupil.locator("#code").wait_for()


def test_the_pupils_screen_follows_quickly(timed, screen, tell):
    player, pupil = timed("words"), screen()
    pair(player, pupil)
    pupil.evaluate(
        "() => new MutationObserver(() => window.drawn.push(Date.now())).observe(document.body, "
        "(window.drawn = [], {attributes: true, attributeFilter: ['data-shows']}))"
    )
    for number in range(20):
        player.page.evaluate(
            "() => { window.clicked = window.clicked || []; window.clicked.push(Date.now()); "
            "document.getElementById('reveal').click(); }"
        )
        shows(pupil, "waiting" if number % 2 else "showing")
    clicked, drawn = player.page.evaluate("window.clicked"), pupil.evaluate("window.drawn")
    took = sorted(b - a for a, b in zip(clicked, drawn, strict=True))
    tell(f"second screen: follows after {statistics.median(took):.0f} ms (median), {took[-1]:.0f} ms at worst")


def test_this_device_turned_round(timed):
    player = timed("words")
    page, words = player.page, stimuli(player)
    choose(player, "turned")
    page.click("#pupil-done")
    page.click("#turn")
    turned = page.locator("#turned")
    expect(turned.locator(".word")).to_have_text(words)
    expect(page.locator("#player")).to_be_hidden()
    turn = "e => new DOMMatrix(getComputedStyle(e).transform).a"
    shown = turned.locator(".pupil-words")
    assert shown.evaluate(turn) == pytest.approx(-1)
    # A child's finger on a word does nothing.
    turned.locator(".word").first.click()
    page.click("#turn-words")
    assert shown.evaluate(turn) == pytest.approx(1)
    page.click("#marks")
    expect(turned).to_have_count(0)
    player.tap(0, "incorrect")
    page.click("#turn")
    expect(turned).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#player")).to_be_visible()
    expect(page.locator("#turn")).to_be_focused()
    assert [e["kind"] for e in player.wait_until_stored()][-1] == "item_marked"


def test_turned_round_the_clock_stays_in_sight_and_its_end_brings_the_marks_back(timed):
    player = timed("letters", seconds=3)
    page = player.page
    choose(player, "turned")
    page.click("#pupil-done")
    page.click("#turn")
    page.click("#turned-start")
    page.locator("#turned #clock[data-phase=running], #turned #clock[data-phase=soon]").wait_for()
    assert page.locator("#turned-start").count() == 0
    page.locator("#turned").wait_for(state="detached")
    assert page.locator("#last-item").is_visible()
    kinds = [e["kind"] for e in player.wait_until_stored()]
    assert kinds[-2:] == ["timer_started", "time_up"]


def test_nothing_can_be_chosen_while_a_clock_runs(timed):
    player = timed("letters")
    page = player.page
    page.click("#start-clock")
    page.locator("#end-reading").wait_for()
    assert page.locator("#pupil-options").is_disabled()


def test_the_choice_is_remembered_on_this_device(school_server, make_context, sign_in):
    page = make_context(school_server).new_page()
    sign_in(page, "teacher")
    page.goto(f"/play/new?pupil={P4_PUPIL.id}")
    assert page.is_checked("[name=sees][value=between]")
    page.check("[name=sees][value=paper]")
    page.reload()
    assert page.is_checked("[name=sees][value=paper]")
    page.click("#start button")
    page.locator("#block-title").wait_for()
    assert page.locator(".from-paper").count() == 1
    page.click("#pupil-options")
    assert page.is_checked("[name=way][value=paper]")


def test_every_screen_keeps_to_the_rules_of_accessibility(timed, screen):
    player, pupil = timed("words"), screen("en")
    choose(player, "second")
    player.page.locator(".qr").wait_for()
    assert violations(player.page) == []
    player.page.click("#pupil-done")
    pupil.goto("/show?code=0")
    pupil.locator("#code").wait_for()
    assert violations(pupil) == []
    pair(player, pupil)
    assert violations(pupil) == []
    player.page.click("#reveal")
    shows(pupil, "showing")
    assert violations(pupil) == []
    assert violations(player.page) == []
    choose(player, "turned")
    player.page.click("#pupil-done")
    player.page.click("#turn")
    assert violations(player.page) == []


@pytest.mark.parametrize("size", [(820, 1180), (1366, 768), (390, 844)])
def test_all_words_fit_on_the_pupils_screen(timed, screen, size):
    player, pupil = timed("passage", "letters"), screen("en", *size)
    pair(player, pupil)
    player.page.click("#reveal")
    shows(pupil, "showing")
    fits = "e => e.scrollWidth <= e.clientWidth + 1 && e.scrollHeight <= e.clientHeight + 1"
    assert pupil.locator(".running").inner_text().split() == stimuli(player)
    assert pupil.locator(".pupil-words").evaluate(fits)
    player.page.click("#stop")
    player.page.click(".leave-out")
    player.page.click("#end-block")
    player.page.locator("[data-item=L01]").wait_for()
    shows(pupil, "waiting")
    player.page.click("#reveal")
    shows(pupil, "showing")
    assert words_on(pupil) == stimuli(player)
    assert pupil.locator(".pupil-words").evaluate(fits)


def test_letters_are_as_the_pupils_device_remembers_them(timed, screen):
    player, pupil = timed("passage"), screen("th", 390, 844)
    pupil.goto("/show")
    pupil.click("#look")
    assert pupil.locator("[name=look-size], [name=look-hand]").count() == 0
    pupil.check("#look-letters-book")
    pupil.check("#look-spacing-wide")
    pupil.click("#look-close")
    pair(player, pupil)
    player.page.click("#reveal")
    shows(pupil, "showing")
    words = pupil.locator(".pupil-words")
    looks = words.evaluate("e => (({fontFamily, letterSpacing}) => [fontFamily, letterSpacing])(getComputedStyle(e))")
    assert "Sarabun" in looks[0]
    assert float(looks[1].removesuffix("px")) > 1
    assert words.evaluate("e => e.scrollWidth <= e.clientWidth + 1 && e.scrollHeight <= e.clientHeight + 1")
