"""How long the next item takes: in Python, in the player's JavaScript (Chromium), in catsim. Medians, milliseconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from catsim.estimation import NumericalSearchEstimator
from catsim.item_bank import ItemBank
from catsim.selection import RandomesqueSelector
from playwright.sync_api import Page, Route, sync_playwright

from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.engine.draws import draw
from phonics_app.engine.item_choice import choose
from phonics_app.engine.item_json import for_device
from phonics_app.engine.item_pool import ItemPool
from phonics_app.engine.item_stopping import Stopping
from phonics_app.engine.item_test import ItemAnswer, ItemTestSpec, answer, start
from tests.conftest import find_chromium

ANSWERS = 2000
"""A new test every 30 of them."""
ADDRESS = "http://benchmark.test"
ROOT = Path(__file__).resolve().parents[1]
FILES = {
    "/item_engine.js": ROOT / "phonics_app/web/player/item_engine.js",
    "/item_tables.js": ROOT / "phonics_app/web/player/item_tables.js",
    "/item_harness.js": ROOT / "tests/golden/item_harness.js",
}


def python(pool: ItemPool, stopping: Stopping) -> tuple[float, float]:
    """The choice alone; and all from an answer to the next item: posterior, stopping rule, choice.

    Of each the quickest of three times, so that other programs on the computer count less.
    """
    choosing, whole = [], []
    for n in range(ANSWERS):
        if n % 30 == 0:
            test = start(pool, stopping, ItemTestSpec(Prior(0.0, 2.0, PriorSource.NONE), n))
        uniform = np.array([draw(n, 0)])
        choosing.append(_quickest(partial(choose, pool, test.sitting, test.known.mean, uniform)))
        given = ItemAnswer(str(test.next_item), draw(7, n) < 0.5, 0.0)
        whole.append(_quickest(partial(answer, test, given)))
        test = answer(test, given)
    return 1000 * statistics.median(choosing), 1000 * statistics.median(whole)


def _quickest(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def javascript(pools: dict[str, ItemPool], stopping: Stopping) -> dict[str, float]:
    """The same on the device's engine, for each pool."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        try:
            page = browser.new_page()
            page.route(f"{ADDRESS}/**", _serve)
            page.goto(ADDRESS)
            return {name: _median(page, pool, stopping) for name, pool in pools.items()}
        finally:
            browser.close()


def _serve(route: Route) -> None:
    file = FILES.get(route.request.url.removeprefix(ADDRESS))
    if file:
        route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><link rel=icon href=data:,>", content_type="text/html")


def _median(page: Page, pool: ItemPool, stopping: Stopping) -> float:
    script = "async ([pool, count]) => (await import('/item_harness.js')).times(pool, count)"
    return statistics.median(page.evaluate(script, [for_device(pool, stopping), ANSWERS]))


def catsim(pool: ItemPool) -> float:
    """Choice among the eight best, then the estimate after the answer; the first 30 answers of two tests."""
    bank = ItemBank(np.array([(i.slope, i.difficulty, i.guessing, 1.0) for i in pool.items]))
    choose, estimate = RandomesqueSelector(8), NumericalSearchEstimator()
    random, times = np.random.default_rng(1), []
    for _ in range(2):
        given: list[int] = []
        rights: list[bool] = [True, False]
        theta, marks = 0.0, [time.perf_counter()]
        for _ in range(30):
            given.append(int(choose.select(item_bank=bank, administered_items=given, est_theta=theta, rng=random)))
            if len(given) > 2:
                rights.append(bool(random.random() < 0.5))
            theta = estimate.estimate(
                item_bank=bank, administered_items=given, response_vector=rights[: len(given)], est_theta=theta
            )
            marks.append(time.perf_counter())
        times += [b - a for a, b in pairwise(marks)]
    return 1000 * statistics.median(times)
