"""Driving the player as a teacher does, and looking into the database behind it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from tests.browser.record import events_on_device, events_stored
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS

_POLL_SECONDS = 0.02


@dataclass
class Player:
    """One tab with a test in it."""

    page: object
    server: Server
    longest_wait: float = field(default=0.0)
    """Seconds that a tap took to reach the database, at worst."""

    def start(self, pupil_id: str) -> Player:
        self.page.goto(f"/play/new?pupil={pupil_id}")
        self.page.click("#start button")
        self.page.wait_for_url(lambda url: "/play/new" not in url)
        self.wait_for_block()
        return self

    @property
    def attempt(self) -> str:
        return self.page.url.rsplit("/", 1)[1].split("?")[0]

    def wait_for_block(self) -> None:
        self.page.locator("#finish:enabled").wait_for(timeout=PATIENCE_MS)

    def items(self):
        return self.page.locator(".item")

    def item_ids(self) -> list[str]:
        return self.items().evaluate_all("cells => cells.map((cell) => cell.dataset.item)")

    def marks(self) -> list[str]:
        return self.items().evaluate_all("cells => cells.map((cell) => cell.dataset.mark)")

    def title(self) -> str:
        return self.page.locator("#block-title").inner_text()

    def tap(self, index: int, expected: str) -> None:
        """Taps an item and waits until the screen shows `expected`: by then the device has stored it."""
        self.items().nth(index).click()
        self.page.locator(f'.item[data-mark="{expected}"]').and_(self.items().nth(index)).wait_for(timeout=PATIENCE_MS)

    def finish_block(self) -> None:
        """Goes on to the next block, or to the screen that says that the test is complete."""
        before = self.title()
        self.page.locator("#finish:enabled").click()
        self.page.wait_for_function(
            "(title) => document.getElementById('complete') || (document.querySelector('#finish:enabled') && "
            "document.getElementById('block-title').innerText !== title)",
            arg=before,
            timeout=PATIENCE_MS,
        )

    def complete(self) -> bool:
        return self.page.locator("#complete").count() == 1

    def finish_everything_right(self) -> int:
        """Answers all further blocks right; returns how many there were."""
        blocks = 0
        while not self.complete():
            self.finish_block()
            blocks += 1
        return blocks

    def chip(self, state: str) -> None:
        self.page.locator(f"#connection.{state}").wait_for(timeout=PATIENCE_MS)

    def on_device(self) -> list[dict]:
        return events_on_device(self.page, self.attempt)

    def stored(self) -> list[dict]:
        """The events of this attempt in the database, in order."""
        return events_stored(self.server, self.attempt)

    def wait_until_stored(self) -> list[dict]:
        """Waits until the database has what the device has; fails where it never does."""
        began = time.monotonic()
        while (stored := self.stored()) != (device := self.on_device()):
            assert time.monotonic() - began < PATIENCE_MS / 1000, f"{len(stored)} of {len(device)} events stored"
            time.sleep(_POLL_SECONDS)
        self.longest_wait = max(self.longest_wait, time.monotonic() - began)
        return stored
