"""Faults put into a running test from outside, and the ledger that the record is held against."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.player import Player
from tests.browser.record import events_on_device, events_stored
from tests.browser.server import ROOT
from tests.browser.settling import PATIENCE_MS

HOUR = 3_600_000
SWITCHES = """(() => {
  // What a test can turn in this page: its wall clock, its monotonic clock, and a storage that takes nothing more.
  const faults = (window.faults = { wall: 0, mono: 0, full: false });
  const Real = Date;
  const since = performance.now.bind(performance);
  performance.now = () => since() + faults.mono;
  window.Date = class extends Real {
    constructor(...given) {
      if (given.length) super(...given);
      else super(Real.now() + faults.wall);
    }
    static now() {
      return Real.now() + faults.wall;
    }
  };
  const guard = (of, name) => {
    const real = of[name];
    of[name] = function (...given) {
      if (faults.full) throw new DOMException("no room", "QuotaExceededError");
      return real.apply(this, given);
    };
  };
  guard(IDBObjectStore.prototype, "add");
  guard(IDBObjectStore.prototype, "put");
  guard(Storage.prototype, "setItem");
  const reach = window.fetch;
  window.fetch = (...given) =>
    sessionStorage.withheld && String(given[0]).endsWith("/events")
      ? Promise.reject(new TypeError("no network"))
      : reach(...given);
})()"""


def turn(page, **switches: object) -> None:
    """`turn(page, wall=5 * HOUR)`: from now on; `full` as well."""
    page.evaluate("(switches) => Object.assign(window.faults, switches)", switches)


_FILL = """async () => {
  const opening = indexedDB.open("filler", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("rest", { autoIncrement: true });
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const put = (size) => new Promise((resolve) => {
    const content = crypto.getRandomValues(new Uint8Array(size));
    const transaction = database.transaction("rest", "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () => resolve(false);
    transaction.objectStore("rest").add(content);
  });
  let size = 65536;
  while (size >= 1) if (!(await put(size))) size = Math.floor(size / 2);
  database.close();
}"""


def withhold_events(page, withheld: bool) -> None:
    """No events leave this tab, after a reload either: what Playwright routes may pass when a machine is busy."""
    page.evaluate("(withheld) => (sessionStorage.withheld = withheld ? '1' : '')", withheld)


def never_online_again(page) -> None:
    """No network for this tab to its very end: what `set_offline` does is taken back a moment before a tab closes."""
    page.evaluate("() => (window.fetch = () => Promise.reject(new TypeError('no network')))")


def small_storage(page, origin: str) -> None:
    """This device has 8 MB for the site; to be said before the page is opened, since browsers remember what is free."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 8 * 1024 * 1024})


def fill_storage(page) -> None:
    """To the last byte, as by another program of the same site: the browser itself refuses what comes next."""
    page.evaluate(_FILL)


def empty_storage(page) -> None:
    """There is room again."""
    page.evaluate("() => new Promise((done) => (indexedDB.deleteDatabase('filler').onsuccess = done))")
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": page.evaluate("location.origin")})


def sleep(page):
    """The device falls asleep: nothing in the page runs any more. Returns what wakes it."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    return lambda: session.send("Page.setWebLifecycleState", {"state": "active"})


def pull_battery(profile: Path) -> None:
    """kill -9 of every process of the browser that has this profile."""
    mine = list(_processes_with(str(profile)))
    assert mine, "no browser with this profile"
    for process in mine:
        os.kill(process, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(_processes_with(str(profile))) and time.monotonic() < deadline:
        time.sleep(0.05)


def _processes_with(text: str) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            alive = (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
        except OSError:
            continue
        if text.encode() in command and alive:
            yield int(folder.name)


def next_version(folder: Path) -> Path:
    """A copy of the product as a later version has it: other scripts, other texts in the page, other items."""
    copied = ("phonics_app", "item_bank", "rubrics", ".streamlit")
    for name in copied:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("streamlit_app.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    static = folder / "phonics_app" / "web" / "player"
    for script in static.glob("*.js"):
        script.write_text(f"{script.read_text('utf-8')}\nglobalThis.laterVersion = true;\n", "utf-8")
    return folder


@dataclass
class Ledger:
    """Every mark that was tapped, in the order of the taps, whatever the product makes of them."""

    player: Player
    tapped: list[tuple[str, str]] = field(default_factory=list)
    attempt: str = ""

    def __post_init__(self) -> None:
        self.attempt = self.player.attempt

    def tap(self, index: int, mark: str = "incorrect") -> None:
        """Taps and waits until the mark is on screen."""
        item = self.player.item_ids()[index]
        self.player.tap(index, mark)
        self.tapped.append((item, mark))

    def tap_all(self, *indices: int) -> None:
        for index in indices:
            self.tap(index)

    def on_device(self) -> list[dict]:
        return events_on_device(self.player.page, self.attempt)

    def stored(self) -> list[dict]:
        return events_stored(self.player.server, self.attempt)

    def marks_stored(self) -> list[tuple[str, str]]:
        return marks_of(self.stored())

    def settle(self) -> list[dict]:
        """Waits until the database has every tap; then it has each once, in order, with times that run forwards."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while self.marks_stored() != self.tapped:
            assert time.monotonic() < deadline, f"stored {self.marks_stored()}, tapped {self.tapped}"
            time.sleep(0.05)
        events = self.stored()
        assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
        assert forwards(events)
        return events

    def flags(self) -> list[str]:
        """What the server's own replay finds irregular."""
        asked = "async (path) => (await (await fetch(path)).json()).flags"
        return self.player.page.evaluate(asked, f"/api/v1/attempts/{self.attempt}/result")


def marks_of(events: list[dict]) -> list[tuple[str, str]]:
    return [(e["data"]["item"], e["data"]["mark"]) for e in events if e["kind"] == "item_marked"]


def forwards(events: list[dict]) -> bool:
    """Whether monotonic time never runs backwards within one opening of the page."""
    pairs = itertools.pairwise(events)
    return all(b["mono_ms"] >= a["mono_ms"] or b["kind"] == "attempt_resumed" for a, b in pairs)
