"""Computed once for each plan, and let go with the plans no longer used."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.domain.plan import Plan
from phonics_app.engine import assembly, kept
from phonics_app.engine.assembly import plan_hash
from phonics_app.engine.kept import KeptForPlan
from tests.engine.synthetic import plan

PLAN = plan()


def test_an_equal_plan_is_another_plan():
    seen: list[Plan] = []
    count = KeptForPlan(lambda made: seen.append(made) or len(seen))
    other = replace(PLAN)
    assert [count(PLAN), count(PLAN), count(other), count(PLAN)] == [1, 1, 2, 1]


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(kept, "_KEPT", 3)
    seen: list[Plan] = []
    count = KeptForPlan(lambda made: seen.append(made) or len(seen))
    plans = [replace(PLAN, variant=n) for n in range(5)]
    assert [count(each) for each in plans] == [1, 2, 3, 4, 5]
    assert len(count._kept) == 3
    assert [count(plans[4]), count(plans[0])] == [5, 6]


def test_a_plan_is_hashed_once_and_never_compared(monkeypatch):
    fresh, encodings = replace(PLAN), []
    monkeypatch.setattr(Plan, "__hash__", None)
    monkeypatch.setattr(
        assembly.json, "dumps", lambda *a, real=assembly.json.dumps, **k: encodings.append(1) or real(*a, **k)
    )
    assert plan_hash(fresh) == plan_hash(fresh)
    assert encodings == [1]
