"""The stored sittings with clocks are what the Python engine says today, and the JavaScript engine says the same."""

from __future__ import annotations

import json

import pytest

from tests.golden.make_grid_vectors import FILE, content
from tests.golden.test_vectors import same, serve


@pytest.fixture(scope="module")
def vectors():
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_vectors_are_not_stale(vectors):
    today = json.loads(content())
    assert same(today["plan"], vectors["plan"])
    for number, (now, then) in enumerate(zip(today["sittings"], vectors["sittings"], strict=True)):
        told = f"sitting {number}: run `python -m tests.golden.make_grid_vectors`, look at the difference"
        assert same(now, then), told

    pairs = zip(today["questions"]["sittings"], vectors["questions"]["sittings"], strict=True)
    assert same(today["questions"]["plan"], vectors["questions"]["plan"])
    assert all(same(now, then) for now, then in pairs)


def test_vectors_hold_every_event_of_a_clock(vectors):
    kinds = {event[1] for sitting in vectors["sittings"] for event in sitting["events"]}
    assert kinds >= {"timer_started", "timer_paused", "timer_resumed", "time_up", "row_marked"}


@pytest.mark.browser
def test_javascript_counts_like_python(page, vectors):
    serve(page)
    script = "async ([plan, spec, all]) => (await import('/grid_harness.js')).run(plan, spec, all)"
    given = [sitting["events"] for sitting in vectors["sittings"]]
    for number, said in enumerate(page.evaluate(script, [vectors["plan"], vectors["spec"], given])):
        wanted = vectors["sittings"][number]["answer"]
        assert same({name: said[name] for name in wanted}, wanted), f"sitting {number}"


@pytest.mark.browser
def test_javascript_asks_what_python_asks(page, vectors):
    """Questions about a text, of who has read a part of it."""
    serve(page)
    script = "async ([plan, spec, all]) => (await import('/grid_harness.js')).run(plan, spec, all)"
    plan, sittings = vectors["questions"]["plan"], vectors["questions"]["sittings"]
    found = page.evaluate(script, [plan, vectors["spec"], [sitting["events"] for sitting in sittings]])
    assert any("beyond_text_read" in str(sitting["answer"]["flags"]) for sitting in sittings)
    for number, (said, sitting) in enumerate(zip(found, sittings, strict=True)):
        wanted = sitting["answer"]
        assert same({name: said[name] for name in wanted}, wanted), f"sitting {number}"
        assert said["replayed"]
