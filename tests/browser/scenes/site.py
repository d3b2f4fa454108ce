"""Entering, the start screen of a test, and pages that say why something can't be done."""

from __future__ import annotations

from tests import sites
from tests.browser.player import Player
from tests.browser.scenes.stage import Stage, Walk
from tests.browser.school import K1_PUPIL, P4_PUPIL


def before_the_first_school(stage: Stage) -> Walk:
    page = stage.page(who="")
    page.goto("/auth/setup")
    page.locator("#own").wait_for()
    yield "setup", page
    page.fill("#code-0", "12")
    page.fill("#password", "short")
    page.click("#own ~ form button.primary")
    page.locator("#error-code-0-1").wait_for()
    yield "setup-errors", page
    page.click('[aria-labelledby="demonstration"] button')
    page.locator("#share").wait_for()
    yield "setup-progress", page


def site(stage: Stage) -> Walk:
    page = stage.page(who="")
    page.goto("/auth/sign-in")
    page.locator("#username").wait_for()
    yield "sign-in", page
    page.fill("#username", "teacher")
    page.fill("#password", "wrong")
    page.click("form button.primary")
    page.locator(".notice.bad").wait_for()
    yield "sign-in-refused", page
    page.fill("#password", sites.PASSWORD)
    page.click("form button.primary")
    page.wait_for_url(lambda url: "/auth/" not in url)
    for name, address in (
        ("start", f"/play/new?pupil={K1_PUPIL.id}"),
        ("refused", "/play/new?pupil=nobody"),
        ("sign-out", "/auth/sign-out"),
        ("missing", "/nowhere"),
    ):
        page.goto(address)
        page.locator("h1").wait_for()
        yield name, page
    page.goto(f"/play/{'e' * 32}")
    page.locator(".panel .button").wait_for()
    yield "load-failed", page
    Player(page, stage.server).start(P4_PUPIL.id)
    page.goto(f"/play/new?pupil={P4_PUPIL.id}")
    page.locator("#resume").wait_for()
    yield "start-with-open-test", page
    page.route("**/api/v1/attempts", lambda route: route.abort())
    page.click("#start button.big")
    page.locator("#refusal").wait_for()
    yield "start-failed", page
    page.context.close()
