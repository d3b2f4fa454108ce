"""Tests given in a real Chromium while the real server is killed again and again: what was tapped, and what is stored.

    python -m benchmarks.chaos --seeds 5

Ends with 1 if a single mark is missing, doubled or out of its order.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from phonics_app.workflows.accounts import sign_in
from phonics_app.workflows.context import utc_now
from tests import sites
from tests.browser.chaos import Chaos, Outcome
from tests.browser.school import PUPILS, make_school
from tests.browser.server import Server
from tests.browser.settling import PATIENCE_MS
from tests.conftest import _FLAGS, find_chromium

_COLUMNS = ("seed", "taps", "kills", "tests", "events", "tapped", "stored", "missing", "duplicates", "disordered")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=5, help="runs, each with another order of chance")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--taps", type=int, default=500)
    parser.add_argument("--kills", type=int, default=10)
    asked = parser.parse_args()
    print(f"{'  '.join(_COLUMNS)}  while down  longest outage  seconds", flush=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(_FLAGS))
        seeds = range(asked.first, asked.first + asked.seeds)
        whole = [_run(browser, seed, asked.taps, asked.kills).whole for seed in seeds]
        browser.close()
    print("nothing lost" if all(whole) else "LOST", f"in {sum(whole)} of {len(whole)} runs")
    return 0 if all(whole) else 1


def _run(browser: Browser, seed: int, taps: int, kills: int) -> Outcome:
    """On a site of its own."""
    with tempfile.TemporaryDirectory() as folder:
        template = make_school(Path(folder) / "template")
        phonics = sites.open_copy(template, Path(folder) / "data", utc_now)
        token = sign_in(phonics, "teacher", sites.PASSWORD, "chaos").token
        phonics.store.close()
        shutil.rmtree(template.parent)
        server = Server(Path(folder) / "data").start()
        context = browser.new_context(base_url=server.url, viewport={"width": 820, "height": 1180}, locale="th")
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": "phonics_session", "value": token, "url": server.url}])
        began = time.monotonic()
        try:
            chaos = Chaos(context.new_page(), server, tuple(p.id for p in PUPILS), seed, taps, kills)
            outcome = chaos.run()
        finally:
            context.close()
            server.kill()
    _print(outcome, time.monotonic() - began)
    return outcome


def _print(outcome: Outcome, seconds: float) -> None:
    cells = [f"{getattr(outcome, name):>{len(name)}}" for name in _COLUMNS]
    down = f"{outcome.taps_while_down:>10}  {outcome.longest_outage:>12.1f} s  {seconds:>7.0f}"
    print(f"{'  '.join(cells)}  {down}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
