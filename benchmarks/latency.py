"""How soon a touch is on screen: `python benchmarks/latency.py [--slower 6] [--items 1500] [--answers 30] [--taps 60]`.

The real server and Chromium with a profile on disk, so that what the device keeps is written as on a tablet. Measured
from the moment that the browser gives to the touch until the frame with what it changed has been handed over:
a mark in the grid, an answer that is chosen, and the next item of a self-run test, its choice among so many items
included. Pupils listen before they answer (`--listen` seconds), and nothing is delayed on purpose.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import BrowserContext, Locator, Page, Route, sync_playwright

from phonics_app.domain.calendar import Round
from phonics_app.workflows.accounts import sign_in
from phonics_app.workflows.class_sittings import open_class_sitting
from phonics_app.workflows.context import Phonics, utc_now
from tests import classroom, sites
from tests.browser.school import P1_PUPIL, make_school
from tests.browser.self_run import Pupil
from tests.browser.server import Server
from tests.browser.timed import TimedPlayer, plan_with_clocks
from tests.conftest import find_chromium

WATCH = (Path(__file__).parent / "latency_watch.js").read_text(encoding="utf-8")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NEXT_LIMIT = 50.0
"""Milliseconds from an answer to the next item."""
SELDOM = 200.0
"""Milliseconds between two looks whether it is there: a look in each frame would be measured with it."""
GONE_ON = "n => watch.shown > n || !document.querySelector('main.item')"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slower", type=float, default=6, help="processor throttled to this part, beside unthrottled")
    parser.add_argument("--items", type=int, default=1500)
    parser.add_argument("--answers", type=int, default=30)
    parser.add_argument("--taps", type=int, default=60)
    parser.add_argument("--listen", type=float, default=1.0, help="seconds from an item to its answer")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; milliseconds: median, 95th of 100, longest")
    with site() as (server, phonics):
        for number, rate in enumerate((1.0, options.slower), start=1):
            with device(server, rate) as page:
                report(f"mark in the grid, processor 1/{rate:g}", marks(page, server, phonics, options.taps))
            with device(server, rate) as page:
                chosen, placed, following = answers(page, server, phonics, options, number)
                report(f"answer chosen, processor 1/{rate:g}", chosen)
                report(f"next of {options.items} items reckoned, kept and placed", placed)
                report(f"next of {options.items} items, processor 1/{rate:g}", following)
    middle = statistics.median(following)
    print(f"next item: {middle:.0f} ms; the limit is {NEXT_LIMIT:.0f} ms")
    return 0 if middle < NEXT_LIMIT else 1


@contextmanager
def site() -> Iterator[tuple[Server, Phonics]]:
    """A class all of whose questions can be heard, and the server over it."""
    with tempfile.TemporaryDirectory() as folder:
        phonics = sites.open_copy(make_school(Path(folder) / "t"), Path(folder) / "data", utc_now)
        classroom.enrol(phonics, Round.of(date.today()).year, 40)
        classroom.record_everything(phonics)
        server = Server(Path(folder) / "data").start()
        try:
            yield server, phonics
        finally:
            server.kill()
            phonics.store.close()


@contextmanager
def device(server: Server, rate: float) -> Iterator[Page]:
    """A tablet with a processor so many times slower."""
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        launch = playwright.chromium.launch_persistent_context
        size = {"width": 820, "height": 1180}
        context = launch(profile, executable_path=find_chromium(), args=FLAGS, base_url=server.url, viewport=size)
        try:
            context.add_init_script(WATCH)
            page = context.new_page()
            page.set_default_timeout(60_000)
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
            yield page
        finally:
            context.close()


def touch(page: Page, target: Locator) -> None:
    """A press on the middle of it, and nothing else: what makes a click of the test tool's reliable takes time."""
    box = target.bounding_box()
    assert box, "not on screen"
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def enter(context: BrowserContext, server: Server, phonics: Phonics) -> None:
    token = sign_in(phonics, "teacher", sites.PASSWORD, "benchmark").token
    context.add_cookies([{"name": "phonics_session", "value": token, "url": server.url}])


def marks(page: Page, server: Server, phonics: Phonics, count: int) -> list[float]:
    """Touches on letters while their clock runs; the screen changes when the device has stored the mark."""
    enter(page.context, server, phonics)
    player = TimedPlayer(page, server).open(P1_PUPIL.id, plan_with_clocks("letters", seconds=600, letters=100)).begin()
    for n in range(count):
        # Not the first line: wrong from its beginning to its end, it would stop the test.
        touch(page, player.items().nth(8 + n % 90))
        page.wait_for_function("n => watch.mark.length > n", arg=n, polling=SELDOM)
    return [float(t) for t in page.evaluate("watch.mark")]


def answers(
    page: Page, server: Server, phonics: Phonics, options: Any, number: int
) -> tuple[list[float], list[float], list[float]]:
    """From a test by the pupil of that number."""
    page.route("**/api/v1/self/test", lambda route: widened(route, options.items))
    actor = sign_in(phonics, "teacher", sites.PASSWORD, "benchmark").actor
    sitting = open_class_sitting(phonics, actor, sites.SCHOOLS[0].id, classroom.GRADE, classroom.ROOM, admits=True)
    pupil = Pupil(page, server).join(sitting.code, number)
    pupil.wait_for("headphones")
    pupil.start().practise()
    page.evaluate("watch.choice.length = watch.placed.length = watch.next.length = watch.shown = 0")
    for n in range(options.answers):
        page.wait_for_timeout(1000 * options.listen)
        touch(page, page.locator(".options .option").nth((n * 7 + n // 3) % 4))
        before = page.evaluate("watch.shown")
        touch(page, page.locator("#next:enabled"))
        page.wait_for_function(GONE_ON, arg=before, polling=SELDOM)
        if pupil.screen() == "rest":
            page.click("#go-on")
            page.locator("main.item").wait_for()
        if not pupil.screen().startswith("item"):
            break
    return page.evaluate("[watch.choice, watch.placed, watch.next]")


def widened(route: Route, count: int) -> None:
    """The test that the server gives, with so many items: the same ones, a little easier or harder."""
    answer = route.fetch()
    told = answer.json()
    plan, random = told["sitting"]["plan"], Random(1)
    items, faces = plan["pool"]["items"], plan["faces"]
    for n in range(count - len(items)):
        like = items[n]
        made = f"{like['id']}-{n}"
        items.append({**like, "id": made, "difficulty": like["difficulty"] + random.uniform(-0.5, 0.5)})
        faces[made] = faces[like["id"]]
    plan["pool"]["limits"]["minimum_items"] = 30
    route.fulfill(response=answer, body=json.dumps(told))


def report(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    print(f"{name:<52} {middle:7.1f} {late:7.1f} {ordered[-1]:7.1f}   ({len(ordered)})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
