"""The golden vectors are what the Python engine says today, and the JavaScript engine says the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.bank import NO_GUESSERS, StoppingLimits
from phonics_app.domain.codec import decode, encode
from phonics_app.domain.plan import Plan
from phonics_app.engine.assembly import assemble_plan
from phonics_app.engine.priors import from_level
from tests import sites
from tests.golden import make_vectors
from tests.golden.make_vectors import FILE, content
from tests.golden.sessions import all_right, make
from tests.golden.vectors import changes, vector

FOLDERS = (Path("phonics_app/web/player"), Path("tests/golden"))
ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "http://engine.test"


@pytest.fixture(scope="module")
def vectors():
    return json.loads(FILE.read_text(encoding="utf-8"))


def same(one, other) -> bool:
    """Equal but for the last digits, which another processor may round otherwise."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == (pytest.approx(other, abs=2e-4) if isinstance(other, float) else other)


def test_vectors_are_not_stale(vectors):
    today = json.loads(content())
    assert same(today["plan"], vectors["plan"])
    for number, (now, then) in enumerate(zip(today["sittings"], vectors["sittings"], strict=True)):
        assert same(now, then), f"sitting {number}: run `python -m tests.golden.make_vectors`, look at the difference"


def test_vectors_hold_every_kind_of_event_and_reason(vectors):
    sittings = vectors["sittings"]
    assert {kind for s in sittings for _, kind, _, _ in s["events"]} >= {
        "block_auto_stopped",
        "auto_stop_undone",
        "block_reopened",
        "attempt_resumed",
        "attempt_stopped",
    }
    reasons = {"teacher", "sure", "between", "item_limit", "time_limit", "bank_exhausted"}
    assert {s["final"]["ended"] for s in sittings} == reasons


def serve(page) -> None:
    def answer(route) -> None:
        name = route.request.url.removeprefix(ADDRESS).lstrip("/")
        found = next((ROOT / f / name for f in FOLDERS if name.endswith(".js") and (ROOT / f / name).exists()), None)
        if found:
            route.fulfill(body=found.read_text(encoding="utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><link rel=icon href=data:,>", content_type="text/html")

    page.route(f"{ADDRESS}/**", answer)
    page.goto(ADDRESS)


def ask_browser(page, plans, sittings):
    """What engine.js says of each sitting."""
    serve(page)
    script = "async ([plans, sittings]) => (await import('/harness.js')).run(plans, sittings)"
    return page.evaluate(script, [plans, sittings])


def of_limits(plan, limits):
    """Where items have no cost, a plan as it was stored before it could say of one."""
    if limits["item_cost"]:
        made = make_vectors.of_limits(decode(Plan, plan), decode(StoppingLimits, limits))
        return json.loads(json.dumps(encode(made)))
    without = {name: value for name, value in limits.items() if name != "item_cost"}
    return {**{name: value for name, value in plan.items() if name != "unseen_first"}, "stopping": without}


def test_a_plan_stored_before_items_had_a_cost_is_read_as_one_without(vectors):
    stored = of_limits(vectors["plan"], vectors["limits"][0])
    assert "item_cost" not in stored["stopping"]
    plan = decode(Plan, stored)
    assert (plan.stopping.item_cost, plan.unseen_first, plan.guessers) == (0.0, False, NO_GUESSERS)
    assert same(json.loads(json.dumps(encode(plan))), vectors["plan"])


@pytest.mark.browser
def test_javascript_decides_like_python(page, vectors):
    plans = [of_limits(vectors["plan"], limits) for limits in vectors["limits"]]
    answers = ask_browser(page, plans, vectors["sittings"])
    for number, (said, wanted) in enumerate(zip(answers, vectors["sittings"], strict=True)):
        assert_same(said, wanted, number)


@pytest.mark.browser
def test_javascript_decides_like_python_with_the_shipped_bank(page):
    shipped = sites.content()
    plan = assemble_plan(shipped.bank, shipped.rubrics, shipped.bank.blueprints[0].id, 0)
    given = [(desk.spec, desk.events) for desk in (make(plan, seed) for seed in range(25))]
    top = from_level(plan, shipped.bank.blueprints[0], plan.levels[-1].number, PriorSource.GRADE)
    given += [(top, all_right(plan, top, 3, left_out=n)) for n in range(3)]
    sittings = [{"limits": 0, **json.loads(json.dumps(vector(plan, spec, events)))} for spec, events in given]
    for number, (said, wanted) in enumerate(zip(ask_browser(page, [encode(plan)], sittings), sittings, strict=True)):
        assert_same(said, wanted, number)


def assert_same(said, wanted, number) -> None:
    steps = [[where, item, pytest.approx(theta, abs=2e-4)] for where, item, theta in said["steps"]]
    for index, *step in wanted["steps"]:
        assert step == steps[index], f"sitting {number}, event {index}"
    assert [c[:3] for c in changes(said["steps"])] == [c[:3] for c in wanted["steps"]], f"sitting {number}"
    for name, value in wanted["final"].items():
        close = isinstance(value, float) or name == "probabilities"
        assert said["final"][name] == (pytest.approx(value, abs=1e-7) if close else value), f"sitting {number}: {name}"
