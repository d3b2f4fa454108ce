"""What browser tests share: the real server, a site with a class, and pages in Thai or English."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect

from phonics_app.web.cookies import SESSION_COOKIE
from tests import sites
from tests.browser import faults
from tests.browser.faults import Ledger
from tests.browser.player import Player
from tests.browser.scenes.stage import make_stage_site
from tests.browser.school import P1_PUPIL, P4_PUPIL, make_school
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS
from tests.browser.timed import TimedPlayer, plan_with_clocks

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def school_template(tmp_path_factory):
    return make_school(tmp_path_factory.mktemp("school"))


@pytest.fixture
def empty_server(tmp_path):
    """The real server over an empty data folder (the first-start page)."""
    server = Server(tmp_path / "data").start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def one_school_server(tmp_path_factory, school_template):
    data = tmp_path_factory.mktemp("site") / "data"
    data.mkdir()
    shutil.copy(school_template, data / "phonics.db")
    server = Server(data)
    yield server
    server.kill()


@pytest.fixture
def school_server(one_school_server):
    """The real server over a site with schools, accounts and pupils (`tests.browser.school`), one for a module.

    A test may kill it; the next one finds it running again, with what was stored before.
    """
    if one_school_server.process is None:
        one_school_server.start()
    return one_school_server


@pytest.fixture(scope="module")
def stage_site(tmp_path_factory):
    """A server, and the codes of its class tests: everything that walks through the screens need."""
    folder = tmp_path_factory.mktemp("stage")
    codes = make_stage_site(folder)
    server = Server(folder / "data").start()
    yield server, codes
    server.kill()


@pytest.fixture
def make_context(browser):
    """`make_context(server, language="th", width=820, height=1180)` → a fresh browser context of that site."""
    made = []

    def make(server, language="th", width=820, height=1180, **options):
        viewport = {"width": width, "height": height}
        context = browser.new_context(base_url=server.url, viewport=viewport, locale=language, **options)
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": "phonics_language", "value": language, "url": server.url}])
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture(scope="module")
def _kept_sessions():
    """Of who has signed in: his session, which a later test goes on with."""
    return {}


@pytest.fixture
def sign_in(_kept_sessions):
    """`sign_in(page, "teacher")` signs in: through the real form the first time, later with the session that it gave.

    Within a test each sign-in is another session, as on another device.
    """
    going_on = dict(_kept_sessions)

    def enter(page, username, password=sites.PASSWORD, then="/play/deliver"):
        context = page.context
        context.clear_cookies(name=SESSION_COOKIE)
        context.add_cookies(going_on.pop(username, []))
        page.goto(then)
        if "/auth/" not in page.url:
            return
        page.fill("#username", username)
        page.fill("#password", password)
        page.click("form button.primary")
        page.wait_for_url(lambda url: "/auth/" not in url)
        _kept_sessions[username] = [c for c in context.cookies() if c["name"] == SESSION_COOKIE]

    return enter


@pytest.fixture
def timed(school_server, make_context, sign_in):
    """`timed("letters", …)`: a test of these blocks, opened by a teacher."""

    def open_test(*blocks, language="th", width=820, height=1180, **plan):
        page = make_context(school_server, language, width, height).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        sign_in(page, "teacher")
        made = plan_with_clocks(*blocks, **plan)
        player = TimedPlayer(page, school_server).open(P1_PUPIL.id, made)
        player.plan = made
        return player

    return open_test


@pytest.fixture
def page_with_faults(school_server, make_context, sign_in):
    """A teacher's page whose clocks and storage a test can disturb (`tests.browser.faults`)."""
    context = make_context(school_server)
    context.add_init_script(faults.SWITCHES)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    faults.small_storage(page, school_server.url)
    sign_in(page, "teacher")
    return page


@pytest.fixture
def ledger(page_with_faults, school_server):
    """A test of a pupil of P4, begun, with two marks."""
    ledger = Ledger(Player(page_with_faults, school_server).start(P4_PUPIL.id))
    ledger.tap_all(0, 2)
    return ledger
