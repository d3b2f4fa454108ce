"""Driving the recording studio as a teacher does, and looking into the database behind it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS

READ_SHELF = """() => new Promise((resolve, reject) => {
  const request = indexedDB.open("phonics-studio", 1);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const rows = request.result.transaction("takes").objectStore("takes").getAll();
    rows.onsuccess = () => {
      request.result.close();
      resolve(rows.result.map(({ id, key, keep, wav }) => ({ id, key, keep, bytes: wav?.byteLength ?? 0 })));
    };
  };
})"""


@dataclass
class Studio:
    """One tab with the studio in it."""

    page: object
    server: Server

    def open(self, chosen: str = "phonemes") -> Studio:
        self.page.goto(f"/studio?set={chosen}")
        self.page.locator("#before").wait_for(timeout=PATIENCE_MS)
        return self

    def switch_on(self, speaker: str = "ครูสมศรี") -> Studio:
        self.page.fill("#speaker", speaker)
        self.page.check("#consent")
        self.page.click("#start")
        return self

    def record(self, seconds: float = 1.2) -> Studio:
        """One take; returns when the page has something to say about it."""
        self.page.locator("#record.ready").click()
        self.page.locator("#record.recording").wait_for(timeout=PATIENCE_MS)
        self.page.wait_for_timeout(seconds * 1000)
        self.page.click("#record")
        return self

    def wait_until_stored(self) -> Studio:
        self.page.locator("#verdict[data-stored]").wait_for(timeout=PATIENCE_MS)
        return self

    def keep(self) -> Studio:
        """Keeps the take; returns when the server has the decision."""
        key = self.page.locator(".cell[aria-current]").get_attribute("data-key")
        self.page.click("#keep")
        self.page.locator(f'.cell[data-key="{key}"][data-state=kept]').wait_for(timeout=PATIENCE_MS)
        return self

    @property
    def face(self) -> str:
        return self.page.inner_text(".help .ipa")

    def states(self) -> list[str]:
        return self.page.locator(".cell").evaluate_all("cells => cells.map((cell) => cell.dataset.state)")

    def shelf(self) -> list[dict]:
        """What this browser keeps."""
        return self.page.evaluate(READ_SHELF)

    def stored(self) -> list[tuple]:
        """Phonemes, speaker, consent, whether it is kept, and audio of every recording, the oldest first."""
        with sqlite3.connect(f"file:{self.server.database}?mode=ro", uri=True) as connection:
            query = "select phonemes, speaker, consent, kept_at is not null, audio from recording order by recorded_at"
            rows = connection.execute(query).fetchall()
        connection.close()
        return rows
