"""A test loaded again without a network: it goes on where the browser lets us, and nothing is lost elsewhere."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.browser import faults
from tests.browser.faults import Ledger
from tests.browser.player import Player
from tests.browser.school import P1_PUPIL, P4_PUPIL, PUPILS
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS
from tests.conftest import _FLAGS, find_chromium

pytestmark = pytest.mark.browser
KEPT = """async (path) => {
  const names = await caches.keys();
  const pages = await Promise.all(names.map(async (name) => [name, await (await caches.open(name)).match(path)]));
  return pages.filter(([name, page]) => page).map(([name]) => name);
}"""
EVERYTHING = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      kept.push([new URL(request.url).pathname, await answer.text()]);
    }
  }
  return kept;
}"""


@pytest.fixture
def ledger(school_server, make_context, sign_in):
    page = make_context(school_server).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    sign_in(page, "teacher")
    ledger = Ledger(Player(page, school_server).start(P4_PUPIL.id))
    ledger.tap_all(0, 2)
    return ledger


def kept_in(page, but: str = "", seconds: float = PATIENCE_MS / 1000) -> str:
    """The name of the one cache that has this page; waits until it is another than `but`."""
    deadline = time.monotonic() + seconds
    while True:
        names = page.evaluate(KEPT, page.evaluate("location.pathname"))
        if len(names) == 1 and names != [but]:
            return names[0]
        if time.monotonic() > deadline:
            raise TimeoutError(names)
        page.wait_for_timeout(100)


def loaded_in_new_version(player: Player, before: str) -> str:
    """The name of its cache. What a busy machine could not bring whole comes when the page is loaded once more."""
    for seconds in (20, 20, PATIENCE_MS / 1000):
        player.page.reload()
        player.wait_for_block()
        with suppress(TimeoutError):
            return kept_in(player.page, before, seconds)
    raise TimeoutError(before)


def test_loaded_again_without_a_server(ledger, school_server):
    page = ledger.player.page
    kept_in(page)
    school_server.kill()
    for index in (4, 5):
        ledger.tap(index)
        before = (ledger.player.title(), ledger.player.marks())
        page.reload()
        ledger.player.wait_for_block()
        assert (ledger.player.title(), ledger.player.marks()) == before
    assert page.evaluate("document.fonts.load('20px ABeeZee').then((found) => found.length)") == 1
    ledger.player.finish_block()
    ledger.tap(1)
    school_server.start()
    ledger.settle()
    assert ledger.flags() == []


def test_nothing_about_anybody_is_kept(ledger):
    page = ledger.player.page
    kept_in(page)
    page.reload()
    ledger.player.wait_for_block()
    everything = page.evaluate(EVERYTHING)
    paths = [path for path, _ in everything]
    assert f"/play/{ledger.attempt}" in paths
    assert not [path for path in paths if path.startswith(("/api", "/auth/sign", "/class")) or path.endswith("/new")]
    names = {name for pupil in PUPILS for name in (pupil.draft.first_name, pupil.draft.last_name, pupil.id)}
    assert not [path for path, text in everything if any(name in text for name in names)]


def test_another_version_brings_its_own_files(ledger, school_server, tmp_path):
    page = ledger.player.page
    before = kept_in(page)
    school_server.kill()
    later = Server(school_server.data_dir, school_server.port, root=faults.next_version(tmp_path / "later")).start()
    try:
        assert loaded_in_new_version(ledger.player, before) != before
        later.kill()
        page.reload()
        ledger.player.wait_for_block()
        assert page.evaluate("globalThis.laterVersion")
        ledger.tap(4)
    finally:
        later.kill()
    school_server.start()
    ledger.settle()


@pytest.fixture
def plain_http(playwright, school_server):
    """A tablet in a school: the address is a name of the local network, and no safe one."""
    flags = [*_FLAGS, "--host-resolver-rules=MAP school.test 127.0.0.1"]
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
    context = browser.new_context(base_url=f"http://school.test:{school_server.port}", locale="th")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    browser.close()


def test_on_plain_http_the_page_comes_back_with_the_server(plain_http, school_server, sign_in):
    page = plain_http
    sign_in(page, "teacher")
    assert not page.evaluate("isSecureContext")
    page.goto(f"/play/new?pupil={P1_PUPIL.id}")
    assert "ไม่ควรโหลดหน้านี้ใหม่" in page.inner_text("#not-offline")
    ledger = Ledger(Player(page, school_server).start(P1_PUPIL.id))
    ledger.tap_all(0, 2)
    school_server.kill()
    ledger.tap(5)
    marks, address = ledger.player.marks(), page.url
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.reload()
    school_server.start()
    page.goto(address)
    ledger.player.wait_for_block()
    assert ledger.player.marks() == marks
    ledger.tap(4)
    ledger.settle()
    assert ledger.flags() == []
