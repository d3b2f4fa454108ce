"""What browser tests share: the real server, a site with a class, and pages in Thai or English."""

from __future__ import annotations

import pytest

from tests.browser.server import Server


@pytest.fixture
def empty_server(tmp_path):
    """The real server over an empty data folder (the first-start page)."""
    server = Server(tmp_path / "data").start()
    yield server
    server.kill()


@pytest.fixture
def make_context(browser):
    """`make_context(server, language="th", width=820, height=1180)` → a fresh browser context of that site."""
    made = []

    def make(server, language="th", width=820, height=1180, **options):
        context = browser.new_context(
            base_url=server.url, viewport={"width": width, "height": height}, locale=language, **options
        )
        context.add_cookies([{"name": "phonics_language", "value": language, "url": server.url}])
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


def sign_in(page, username, password):
    """Signs in through the real form."""
    page.goto("/auth/sign-in")
    page.fill("#username", username)
    page.fill("#password", password)
    page.click("button.primary")
    page.wait_for_url(lambda url: "/auth/" not in url)
