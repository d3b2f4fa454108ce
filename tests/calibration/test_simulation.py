"""Simulated pupils sit the real test: same decisions as the replay, and they land where they belong."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest

from phonics_app.calibration.simulation import Behaviour, simulate_attempts
from phonics_app.domain.attempt import PriorSource
from phonics_app.domain.result import StopReason
from phonics_app.engine import priors
from phonics_app.engine.administration import replay
from phonics_app.engine.event_form import event_problems
from tests.engine.synthetic import bank, plan

PLAN = plan()
BLUEPRINT = bank().blueprints[0]
LEVELS = [level.number for level in PLAN.levels]


def sit(count: int, seed: int = 3, **more):
    levels = [LEVELS[i % len(LEVELS)] for i in range(count)]
    thetas = [priors.level_centre(PLAN.levels, level) for level in levels]
    random = np.random.default_rng(seed)
    guesses = np.clip(random.integers(-1, 2, count) + levels, LEVELS[0], LEVELS[-1])
    specs = [priors.from_level(PLAN, BLUEPRINT, int(g), PriorSource.GRADE) for g in guesses]
    return levels, simulate_attempts(PLAN, specs, thetas, seed, **more)


def test_the_fast_path_decides_as_the_replay_does():
    _, attempts = sit(150, behaviour=Behaviour(self_corrected=0.2))
    for attempt in attempts:
        state = replay(PLAN, attempt.sitting.spec, attempt.events)
        assert state.flags == ()
        assert state.ended is attempt.state.ended
        assert state.blocks == attempt.state.blocks
        assert state.ability.theta == pytest.approx(attempt.state.ability.theta, abs=1e-9)
        assert state.ability.probabilities == pytest.approx(attempt.state.ability.probabilities, abs=1e-9)
        assert state.seconds == pytest.approx(attempt.state.seconds)


def test_events_are_well_formed_and_of_every_kind_that_a_pupil_causes():
    start = datetime(2026, 6, 1, 9, tzinfo=timezone(timedelta(hours=7)))
    _, attempts = sit(60, starts=[start] * 60)
    kinds = Counter(event.kind.value for attempt in attempts for event in attempt.events)
    assert not [p for attempt in attempts for p in event_problems(attempt.events)]
    assert set(kinds) == {
        "attempt_started",
        "block_shown",
        "item_marked",
        "block_auto_stopped",
        "block_finished",
        "attempt_finished",
    }
    assert attempts[0].events[0].at == "2026-06-01T09:00:00.000+07:00"


def test_equal_arguments_give_equal_tests_and_groups_do_not_matter():
    _, one = sit(600)
    _, again = sit(600)
    assert [a.events for a in one] == [a.events for a in again]
    assert {a.state.ended for a in one} <= set(StopReason)


def test_pupils_of_each_level_land_on_it():
    """600 pupils in the middle of their level: chance alone puts the share of exact ones within ±3 % of the truth."""
    levels, attempts = sit(600)
    proposed = [a.state.proposed_level for a in attempts]
    exact = np.mean([p == level for p, level in zip(proposed, levels, strict=True)])
    near = np.mean([abs(p - level) <= 1 for p, level in zip(proposed, levels, strict=True)])
    assert exact > 0.9
    assert near > 0.99
    for level in LEVELS:
        assert np.mean([p == level for p, own in zip(proposed, levels, strict=True) if own == level]) > 0.8


def test_stated_probabilities_are_honest():
    """Among many tests the proposed level is right about as often as the engine says."""
    random = np.random.default_rng(5)
    specs, thetas = [], []
    for _ in range(800):
        spec = priors.from_level(PLAN, BLUEPRINT, int(random.integers(1, LEVELS[-1] + 1)), PriorSource.GRADE)
        specs.append(spec)
        thetas.append(random.normal(spec.prior.mean, spec.prior.standard_deviation))
    attempts = simulate_attempts(PLAN, specs, np.array(thetas), 11)
    said = np.mean([max(a.state.ability.probabilities) for a in attempts])
    right = np.mean(
        [a.state.proposed_level == priors.level_of(PLAN.levels, t) for a, t in zip(attempts, thetas, strict=True)]
    )
    assert right == pytest.approx(said, abs=0.06)


def always(probability: float):
    return lambda pupils, items: np.full((pupils.size, items.size), probability)


@pytest.mark.parametrize(("probability", "level"), [(1.0, LEVELS[-1]), (0.0, LEVELS[0])])
def test_a_pupil_who_knows_all_and_one_who_knows_nothing(probability, level):
    _, attempts = sit(10, model=always(probability))
    assert {a.state.proposed_level for a in attempts} == {level}
