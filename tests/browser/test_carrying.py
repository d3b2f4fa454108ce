"""A test that can't be sent is carried by QR codes, read off the screen by a real decoder, to another device."""

from __future__ import annotations

import random
from urllib.parse import urlsplit

import pytest

from phonics_app.web.cookies import SESSION_COOKIE
from tests import sites
from tests.browser.axe import violations
from tests.browser.player import Player
from tests.browser.school import P1_PUPIL, P4_PUPIL
from tests.qr import texts_in

pytestmark = pytest.mark.browser


@pytest.fixture
def player(school_server, make_context, sign_in):
    def begin(pupil, language="th", width=820, height=1180, without=""):
        page = make_context(school_server, language, width, height).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        if without:
            page.add_init_script(f"delete window.{without}")
        sign_in(page, "teacher")
        with page.expect_response("**/vendor/uqr/uqr.js"):  # fetched while there is a connection
            Player(page, school_server).start(pupil.id)
        return Player(page, school_server)

    return begin


@pytest.fixture
def phone(school_server, make_context, sign_in):
    """Another device of the teacher's, on which one page is open for each scan."""
    context = make_context(school_server, "th", 390, 844)
    sign_in(context.new_page(), "teacher")
    return context


def scan(context, address):
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.goto(address)
    page.locator("#carried:visible, #outcome:visible").first.wait_for()
    return page


def ended_without_network(player):
    """A test whose end the server never hears of."""
    player.wait_until_stored()
    player.page.context.set_offline(True)
    for index in (0, 2, 5):
        player.tap(index, "incorrect")
    player.tap(2, "none")
    player.finish_everything_right()
    player.page.click("#finish-test")
    player.page.click("#show-qr")
    player.page.locator("#carry .qr").wait_for()


def codes_on(player):
    """What a camera reads off the screen, code by code, until the first one comes again.

    The codes lead to this machine's address in its network, where the server of a test does not listen.
    """
    read = []
    while True:
        (text,) = texts_in(player.page.screenshot())
        address = urlsplit(text)._replace(netloc=urlsplit(player.server.url).netloc).geturl()
        if address in read:
            return read
        read.append(address)
        following = player.page.locator("#carry-next")
        if following.count() == 0:
            return read
        told = player.page.locator(".carry-at").inner_text()
        following.click()
        player.page.wait_for_function("told => document.querySelector('.carry-at').innerText !== told", arg=told)


def test_scanned_in_any_order_every_event_arrives_once(player, phone, tell):
    tested = player(P4_PUPIL)
    ended_without_network(tested)
    addresses = codes_on(tested)
    device = tested.on_device()
    tell(f"carrying: {len(device)} events in {len(addresses)} codes of at most {max(map(len, addresses))} signs")
    assert len(addresses) > 1
    random.Random(7).shuffle(addresses)
    for number, address in enumerate([*addresses[:-1], addresses[0]]):
        page = scan(phone, address)
        missing = page.locator("#carried-tests li").get_attribute("data-missing").split()
        assert len(missing) == max(1, len(addresses) - number - 1)
        assert tested.stored() != device
    scan(phone, addresses[-1]).locator("#outcome.good").wait_for()
    assert tested.stored() == device
    # Once more, when all is there: it says so again, and nothing is stored twice.
    again = scan(phone, addresses[0])
    again.locator("#outcome.good").wait_for()
    assert again.locator("#carried").is_hidden()
    assert tested.stored() == device
    # The tablet finds out by itself when it has a network again.
    tested.page.context.set_offline(False)
    tested.page.wait_for_url(f"**/result?attempt={tested.attempt}", timeout=60_000)


def test_only_what_the_server_does_not_have_is_carried(player, phone):
    tested = player(P1_PUPIL)
    tested.tap(1, "incorrect")
    before = len(tested.wait_until_stored())
    ended_without_network(tested)
    page = tested.page
    found = page.evaluate(
        """async (addresses) => {
          const { partOf, together } = await import("/play/static/carrying.js");
          const parts = addresses.map((address) => partOf(new URL(address).hash));
          return together(parts[0].set, parts.map((part) => part.data)).events;
        }""",
        codes_on(tested),
    )
    assert found == tested.on_device()[before:]
    for address in codes_on(tested):
        last = scan(phone, address)
    last.locator("#outcome.good").wait_for()
    assert tested.stored() == tested.on_device()


def test_a_browser_that_can_not_pack_needs_more_codes(player, phone):
    tested = player(P4_PUPIL, without="CompressionStream")
    ended_without_network(tested)
    addresses = codes_on(tested)
    assert all("#c=1p." in address for address in addresses)
    assert len(addresses) > 2, "packed there are two"
    for address in addresses:
        last = scan(phone, address)
    last.locator("#outcome.good").wait_for()
    assert tested.stored() == tested.on_device()


@pytest.mark.parametrize("size", [(820, 1180), (1366, 768), (390, 844)])
def test_a_code_is_read_off_every_screen(player, size):
    tested = player(P1_PUPIL, "en", *size)
    ended_without_network(tested)
    assert violations(tested.page) == []
    for text in codes_on(tested):
        assert urlsplit(text).path == "/play/deliver"
        assert tested.attempt in urlsplit(text).fragment


def test_whoever_has_to_sign_in_first_loses_no_part(player, school_server, make_context):
    tested = player(P1_PUPIL)
    ended_without_network(tested)
    addresses = codes_on(tested)
    context = make_context(school_server)
    page = context.new_page()
    page.goto(addresses[0])
    page.fill("#username", "teacher")
    page.fill("#password", sites.PASSWORD)
    page.click("form button.primary")
    page.wait_for_url("**/play/deliver*")
    page.locator("#carried:visible, #outcome.good").first.wait_for()
    for address in addresses[1:]:
        page = scan(context, address)
    page.locator("#outcome.good").wait_for()
    assert tested.stored() == tested.on_device()
    assert [c["name"] for c in context.cookies()].count(SESSION_COOKIE) == 1


def test_what_is_no_part_does_no_harm(phone, player):
    tested = player(P1_PUPIL)
    ended_without_network(tested)
    addresses = codes_on(tested)
    base, fragment = addresses[0].split("#")
    for wrong in ("#c=1z.x.1.1.0.A", "#hello", f"#{fragment[:-30]}", "#" + fragment.replace("c=1", "c=9")):
        page = scan(phone, base + wrong)
        assert page.locator("#outcome.good").count() == 0
    # A part that was cut off belongs to the same test; the whole one takes its place.
    for address in addresses:
        last = scan(phone, address)
    last.locator("#outcome.good").wait_for()
    assert tested.stored() == tested.on_device()


def test_codes_can_be_forgotten(phone, player):
    tested = player(P4_PUPIL)
    ended_without_network(tested)
    page = scan(phone, codes_on(tested)[0])
    page.click("#carried-tests .quiet")
    page.locator("#carried").wait_for(state="hidden")
    page.reload()
    assert page.locator("#carried").is_hidden()
