"""The item-by-item test decides the same in Python and in JavaScript: every item, every estimate, every reason."""

from __future__ import annotations

import json

import pytest

from phonics_app.engine.assembly import assemble_plan
from phonics_app.engine.item_stopping import ItemStop
from tests import sites
from tests.golden.item_sessions import made, of_plan, session
from tests.golden.make_item_vectors import FILE, content
from tests.golden.test_vectors import ADDRESS, ROOT

PLAYER = ROOT / "phonics_app" / "web" / "player"
FILES = {
    "/item_engine.js": PLAYER / "item_engine.js",
    "/item_tables.js": PLAYER / "item_tables.js",
    "/item_harness.js": ROOT / "tests" / "golden" / "item_harness.js",
}
NEAR = 1e-9


@pytest.fixture(scope="module")
def vectors():
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_vectors_are_not_stale(vectors):
    today = json.loads(content())
    assert_near(today["pools"], vectors["pools"], "pools")
    for number, (now, then) in enumerate(zip(today["sessions"], vectors["sessions"], strict=True)):
        assert_near(now, then, f"session {number}: run `python -m tests.golden.make_item_vectors`, look at the change")


def test_vectors_hold_every_reason(vectors):
    assert {s["ended"] for s in vectors["sessions"]} == {reason.value for reason in ItemStop}


@pytest.mark.browser
def test_javascript_gives_the_stored_sessions(page, vectors):
    compare(page, vectors["pools"], vectors["sessions"])


@pytest.mark.browser
def test_a_thousand_sessions_agree_item_by_item(page):
    shipped = sites.content()
    plan = assemble_plan(shipped.bank, shipped.rubrics, shipped.bank.blueprints[0].id, 0)
    worlds = [*made(), of_plan(plan)]
    compare(page, [world.json for world in worlds], [session(worlds, 1000 + k) for k in range(1000)])


def compare(page, pools, sessions) -> None:
    serve(page)
    script = "async (text) => (await import('/item_harness.js')).run(text)"
    said = json.loads(page.evaluate(script, json.dumps({"pools": pools, "sessions": sessions})))
    for number, (theirs, ours) in enumerate(zip(said, sessions, strict=True)):
        assert theirs["replayed"], f"session {number}"
        assert_near({k: theirs[k] for k in theirs if k in ours}, {k: ours[k] for k in ours if k in theirs}, number)


def serve(page) -> None:
    def answer(route) -> None:
        path = "/" + route.request.url.removeprefix(ADDRESS).lstrip("/")
        if path in FILES:
            route.fulfill(body=FILES[path].read_text(encoding="utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><link rel=icon href=data:,>", content_type="text/html")

    page.route(f"{ADDRESS}/**", answer)
    page.goto(ADDRESS)


def assert_near(one, other, where) -> None:
    """Equal but for the last digits of numbers."""
    if isinstance(other, dict):
        assert one.keys() == other.keys(), where
        for key in other:
            assert_near(one[key], other[key], (where, key))
    elif isinstance(other, list):
        assert len(one) == len(other), where
        for k, (x, y) in enumerate(zip(one, other, strict=True)):
            assert_near(x, y, (where, k))
    elif isinstance(other, float):
        assert abs(one - other) < NEAR, where
    else:
        assert one == other, where
