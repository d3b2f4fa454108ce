"""Demonstration data: simulated, marked, and as traceable as real data."""

from __future__ import annotations

import gc
from collections import defaultdict
from statistics import mean

import pytest
from sqlalchemy import func, select

from phonics_app.domain.account import SYSTEM, Role
from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.errors import Conflict
from phonics_app.records import results, schema
from phonics_app.records.answers import answered_sittings
from phonics_app.workflows import accounts, assess, demonstration, schools
from phonics_app.workflows.demonstration_school import SCHOOLS
from phonics_app.workflows.setup import SiteState, site_state
from tests import sites

SHARE = 0.05


@pytest.fixture(scope="module")
def site(empty_template, tmp_path_factory):
    """Filled once, for tests that look at it."""
    phonics = sites.open_copy(empty_template, tmp_path_factory.mktemp("demonstration"))
    demonstration.set_up_demonstration(phonics, share=SHARE)
    yield phonics
    phonics.store.close()


def test_the_site_is_marked_and_can_be_entered_as_every_role(site):
    assert site_state(site) is SiteState.DEMONSTRATION
    assert len(schools.list_schools(site, SYSTEM)) == len(SCHOOLS)
    offered = accounts.demonstration_accounts(site)
    assert {grant.role for account in offered for grant in account.grants} == set(Role)
    signed_in = accounts.demonstration_sign_in(site, offered[0].id)
    assert accounts.actor_of(site, signed_in.token) == signed_in.actor


def test_every_pupil_attempt_and_placement_says_that_it_is_simulated(site):
    with site.store.read() as connection:
        for table in (schema.pupil, schema.attempt, schema.placement):
            marked = dict(connection.execute(select(table.c.simulated, func.count()).group_by(table.c.simulated)).all())
            assert set(marked) == {True}


def test_every_result_is_what_its_events_replay_to(site):
    with site.store.read() as connection:
        pupils = connection.scalars(select(schema.pupil.c.id)).all()
        stored = [s.result for pupil in pupils for s in results.last_results(connection, pupil, 2)]
    assert len(stored) > 100
    for result in stored:
        again = assess.compute_result(site, SYSTEM, result.attempt_id)
        assert again.flags == ()
        assert (again.proposed_level, again.stop_reason, again.scores) == (
            result.proposed_level,
            result.stop_reason,
            result.scores,
        )
        assert again.theta == pytest.approx(result.theta, abs=1e-6)


def test_hardly_an_item_comes_again_within_two_tests(site, tell):
    given: dict[str, list[set[str]]] = defaultdict(list)
    with site.store.read() as connection:
        for sitting in answered_sittings(connection):
            given[sitting.pupil_id].append({item for _, item, _ in sitting.answers})
    later = [
        (now, one | two) for tests in given.values() for one, two, now in zip(tests, tests[1:], tests[2:], strict=False)
    ]
    shares = [len(now & before) / len(now) for now, before in later]
    tell(f"items seen in the last two tests: {100 * mean(shares):.1f}% of {len(shares)} simulated tests")
    assert len(shares) > 100
    assert mean(shares) < 0.02


def test_some_tests_wait_to_be_resumed_and_some_for_a_decision(site):
    with site.store.read() as connection:
        statuses = connection.scalars(select(schema.attempt.c.status)).all()
        decided = connection.scalar(select(func.count()).select_from(schema.placement))
    finished = statuses.count(AttemptStatus.FINISHED.value)
    assert statuses.count(AttemptStatus.OPEN.value) > 0
    assert 0 < finished - (decided or 0) < 0.05 * finished


def test_three_academic_years_of_tests_none_in_the_future(site):
    with site.store.read() as connection:
        rounds = connection.execute(select(schema.result.c.year, schema.result.c.term).distinct()).all()
        latest = connection.scalar(select(func.max(schema.attempt.c.created_at)))
    assert sorted(tuple(r) for r in rounds) == [(2567, 1), (2567, 2), (2568, 1), (2568, 2), (2569, 1)]
    assert latest <= site.now()


def test_nothing_is_left_of_a_run_that_broke_off(empty):
    def break_off(done: float) -> None:
        if done > 0.3:
            raise RuntimeError("broken off")

    with pytest.raises(RuntimeError, match="broken off"):
        demonstration.set_up_demonstration(empty, break_off, SHARE)
    assert site_state(empty) is SiteState.EMPTY
    with empty.store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.pupil)) == 0


def test_only_an_empty_site_is_filled(phonics):
    with pytest.raises(Conflict, match=r"setup\.done"):
        demonstration.set_up_demonstration(phonics, share=SHARE)


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was_even_when_all_goes_wrong(empty, monkeypatch, was_on):
    states: list[bool] = []

    def broken(*_: object) -> None:
        states.append(gc.isenabled())
        raise RuntimeError("broken")

    monkeypatch.setattr(demonstration._Demonstration, "make", broken)
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        with pytest.raises(RuntimeError):
            demonstration.set_up_demonstration(empty)
        assert (states, gc.isenabled()) == ([False], was_on)
    finally:
        (gc.enable if before else gc.disable)()
