"""From a figure on a dashboard back to its taps, on demonstration data, which are made as real data are."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import Round
from phonics_app.engine.administration import replay
from phonics_app.levelling.placement import make_result
from phonics_app.workflows import assess, dashboards, roster, schools
from phonics_app.workflows.dashboards import Filters
from phonics_app.workflows.demonstration import set_up_demonstration
from tests import sites

SAMPLE = 20
NOW = Round(sites.YEAR, 1)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    phonics = sites.open_copy(sites.make_empty(tmp_path_factory.mktemp("empty")), tmp_path_factory.mktemp("made"))
    set_up_demonstration(phonics, share=0.1)
    phonics.store.close()
    return phonics.settings.data_dir / "phonics.db"


@pytest.fixture
def site(template, tmp_path):
    phonics = sites.open_copy(template, tmp_path)
    yield phonics
    phonics.store.close()


@pytest.fixture
def school(site):
    return schools.list_schools(site, SYSTEM)[0].id


def levels_of(site, school, round_=NOW) -> Counter:
    """Grade, room, level → pupils, as the dashboard shows them; level None: not placed."""
    frame = dashboards.dashboard(site, SYSTEM, Filters(school, round_)).levels
    rows = zip(frame["grade"], frame["room"], frame["level"], frame["pupils"], strict=True)
    return Counter({(g, r, None if pd.isna(level) else int(level)): int(n) for g, r, level, n in rows})


def number_tested(site, school) -> int:
    return int(dashboards.dashboard(site, SYSTEM, Filters(school, NOW)).coverage["tested"].sum())


def test_every_level_counted_is_a_decision_on_a_test(site):
    for school in schools.list_schools(site, SYSTEM):
        for round_ in dashboards.dashboard(site, SYSTEM, Filters(school.id)).rounds:
            rows = dashboards.trace(site, SYSTEM, Filters(school.id, round_))
            traced = Counter(zip(rows["grade"], rows["room"], map(int, rows["level"]), strict=True))
            shown = levels_of(site, school.id, round_)
            assert traced == Counter({key: n for key, n in shown.items() if key[2] is not None})


def test_twenty_pupils_from_figure_to_taps(site, tell):
    traced = [dashboards.trace(site, SYSTEM, Filters(school.id)) for school in schools.list_schools(site, SYSTEM)]
    rows = pd.concat(traced, ignore_index=True)
    chosen = rows.iloc[:: len(rows) // SAMPLE].head(SAMPLE)
    assert len(chosen) == SAMPLE
    overridden = 0
    for row in chosen.itertuples():
        decisions = [d for d in assess.placements_of(site, SYSTEM, row.pupil_id) if d.attempt_id == row.attempt_id]
        placement = decisions[0]
        assert (placement.level, placement.decided_at) == (row.level, row.decided_at)
        sitting = assess.view_sitting(site, SYSTEM, row.attempt_id)
        assert sitting.attempt.pupil_id == row.pupil_id
        assert Round.at(sitting.attempt.created_at) == NOW
        assert [event.seq for event in sitting.events] == list(range(1, len(sitting.events) + 1))
        state = replay(sitting.plan, sitting.attempt.spec, sitting.events)
        result = make_result(row.attempt_id, state, site.content.rubrics.version)
        assert result == assess.compute_result(site, SYSTEM, row.attempt_id)
        assert result.proposed_level == placement.proposed_level
        assert placement.overridden is bool(placement.reason) is (placement.level != placement.proposed_level)
        overridden += placement.overridden
    tell(f"from figures to taps: {SAMPLE} pupils traced, {overridden} overridden")


def test_who_is_tested_is_who_has_a_finished_test_in_the_round(site, school):
    pupils = roster.list_pupils(site, SYSTEM, school, sites.YEAR)
    finished = 0
    for pupil in pupils:
        tests = [a for a in assess.attempts_of(site, SYSTEM, pupil.id) if Round.at(a.created_at) == NOW]
        finished += any(assess.compute_result(site, SYSTEM, a.id).stop_reason is not None for a in tests)
    assert 0 < number_tested(site, school) == finished < len(pupils)


def test_a_discarded_test_leaves_every_figure_and_comes_back(site, school):
    before, tested = levels_of(site, school), number_tested(site, school)
    row = next(dashboards.trace(site, SYSTEM, Filters(school, NOW)).itertuples())
    assess.discard_attempt(site, SYSTEM, row.attempt_id)
    after = levels_of(site, school)
    assert after[row.grade, row.room, row.level] == before[row.grade, row.room, row.level] - 1
    assert after[row.grade, row.room, None] == before[row.grade, row.room, None] + 1
    assert number_tested(site, school) == tested - 1
    assert row.attempt_id not in set(dashboards.trace(site, SYSTEM, Filters(school, NOW))["attempt_id"])
    assess.discard_attempt(site, SYSTEM, row.attempt_id, discarded=False)
    assert (levels_of(site, school), number_tested(site, school)) == (before, tested)


def test_an_override_is_in_force_and_stays(site, school):
    row = next(dashboards.trace(site, SYSTEM, Filters(school, NOW)).itertuples())
    proposed = assess.compute_result(site, SYSTEM, row.attempt_id)
    other = proposed.proposed_level % len(site.content.bank.levels) + 1
    before = levels_of(site, school)
    assess.decide_placement(site, SYSTEM, row.attempt_id, other, "อ่านในชั้นได้ดีกว่านี้")
    expected = before.copy()
    expected[row.grade, row.room, row.level] -= 1
    expected[row.grade, row.room, other] += 1
    assert +levels_of(site, school) == +expected
    # A device that sends everything again, and a test taken out and back, change nothing of it.
    assess.append_events(site, SYSTEM, row.attempt_id, assess.view_sitting(site, SYSTEM, row.attempt_id).events)
    assess.discard_attempt(site, SYSTEM, row.attempt_id)
    assess.discard_attempt(site, SYSTEM, row.attempt_id, discarded=False)
    assert +levels_of(site, school) == +expected
    kept = assess.placements_of(site, SYSTEM, row.pupil_id)[0]
    assert (kept.level, kept.proposed_level, kept.reason) == (other, proposed.proposed_level, "อ่านในชั้นได้ดีกว่านี้")
    assert assess.compute_result(site, SYSTEM, row.attempt_id) == proposed
