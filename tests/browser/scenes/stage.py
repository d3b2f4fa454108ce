"""Where the walks take place: a site in which every mode of the player can be used, and pages of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from phonics_app.domain.calendar import Round
from phonics_app.workflows.context import utc_now
from phonics_app.workflows.paper_entry import use_form
from tests import classroom, sites
from tests.browser.school import make_school
from tests.browser.server import Server
from tests.workflows import papers

Scene = tuple[str, Page]
Walk = Iterator[Scene]

PAPER_CLASS = f"{papers.SCHOOL}:{papers.GRADE.value}-{papers.ROOM}"
IN_CLASS = 12


def make_stage_site(folder: Path) -> dict[str, str]:
    """The site in `folder`/data; returns the codes of its printed forms.

    Class P3/2 can take the test by itself, and has three pupils more whose sheets are keyed in.
    """
    phonics = sites.open_copy(make_school(folder / "template"), folder / "data", utc_now)
    try:
        year = Round.of(date.today()).year
        classroom.enrol(phonics, year, IN_CLASS)
        classroom.record_everything(phonics)
        papers.add_class(phonics, year)
        forms = (("level-check", 4), ("probe-words", 3), ("class-listening", 4))
        return {form: use_form(phonics, sites.PEOPLE.administrator, form, level, "A") for form, level in forms}
    finally:
        phonics.store.close()


@dataclass
class Stage:
    """`make(language, width, height)`: a page in a browser of its own."""

    server: Server
    codes: dict[str, str]
    make: Callable[[], Page]
    folder: Path
    """For files that are made on the way."""
    sessions: dict[str, list[Any]] = field(default_factory=dict)

    def page(self, who: str = "teacher") -> Page:
        page = self.make()
        if who:
            self._sign_in(page, who)
        return page

    def _sign_in(self, page: Page, who: str) -> None:
        """One session serves all pages of a walk: signing in costs a second each time."""
        if who in self.sessions:
            page.context.add_cookies(self.sessions[who])
            return
        page.goto("/auth/sign-in")
        page.fill("#username", who)
        page.fill("#password", sites.PASSWORD)
        page.click("form button.primary")
        page.wait_for_url(lambda url: "/auth/" not in url)
        self.sessions[who] = [c for c in page.context.cookies() if c["name"] == "phonics_session"]
