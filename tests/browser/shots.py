"""Takes a picture of every page, for every role, in both languages, at tablet and laptop size.

`python -m tests.browser.shots [--role teacher] [--language th] [--page class]` writes into `screenshots/`.
Not a test: somebody has to look at the pictures. What a program can see, `test_pages.py` checks.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from phonics_app.domain.account import Actor
from phonics_app.pages.components.catalogue import PAGES, permitted
from tests import sites
from tests.browser.server import Server
from tests.browser.settling import settle
from tests.conftest import find_chromium
from tests.pages import busy

FOLDER = sites.ROOT / "screenshots"
SIZES = ((820, 1180), (1366, 768))
ROLES = ("administrator", "teacher", "director", "trainer", "municipal_director", "auditor")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_LONGEST = 4000


def addresses(role: str, made: busy.Busy) -> Iterator[tuple[str, str]]:
    """Name and address of each page that `role` may open."""
    actor = Actor(role, role, (sites.GRANTS[role],))
    for entry in PAGES:
        if not permitted(entry, actor):
            continue
        if entry.path == "result":
            yield "result", f"/result?attempt={made.finished}"
            yield "result-undecided", f"/result?attempt={made.undecided}"
        elif entry.path == "pupil-data":
            yield "pupil-data", f"/pupil-data?pupil={made.pupils[busy.CLASSES[0]][0]}"
        else:
            yield entry.path or "home", f"/{entry.path}"


def whole(page: Page, width: int, height: int, target: Path) -> None:
    """The page in full length: Streamlit scrolls inside, so the window is made as high as the content."""
    content = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, min(content + 10, _LONGEST))})
    settle(page)
    page.screenshot(path=str(target))


def sign_in(page: Page, username: str) -> None:
    page.goto("/auth/sign-in")
    page.fill("#username", username)
    page.fill("#password", sites.PASSWORD)
    page.click("form button.primary")
    page.wait_for_url(lambda url: "/auth/" not in url)


def shoot(browser: Browser, url: str, made: busy.Busy, role: str, language: str, only: str) -> None:
    context = browser.new_context(base_url=url, locale=language)
    context.add_cookies([{"name": "phonics_language", "value": language, "url": url}])
    page = context.new_page()
    sign_in(page, role)
    for name, address in addresses(role, made):
        if only not in ("", name):
            continue
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address)
            settle(page)
            target = FOLDER / f"{name}-{role}-{language}-{width}.png"
            whole(page, width, height, target)
            print(target.relative_to(sites.ROOT))
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--role", choices=ROLES)
    parser.add_argument("--language", choices=("th", "en"))
    parser.add_argument("--page", default="")
    chosen = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        template = sites.make_own(Path(folder))
        made = busy.build(template, Path(folder) / "data", datetime.now(UTC))
        made.phonics.store.close()
        server = Server(Path(folder) / "data").start()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        try:
            for role in [chosen.role] if chosen.role else ROLES:
                for language in [chosen.language] if chosen.language else ("th", "en"):
                    shoot(browser, server.url, made, role, language, chosen.page)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
