"""What would change a level: true when tried, and nothing smaller does it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from phonics_app.calibration.worlds import WORLDS
from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.engine.decision import estimate
from phonics_app.levelling.answers import answers_of
from phonics_app.levelling.would_change import answers_alone, higher, lower
from tests.levelling.pupils import answers, plan, sat

PUPILS = 180


def level_after(a, turned):
    """The level if the answers to items `turned` had been otherwise."""
    right = np.array([r != (item.id in turned) for item, r in zip(a.items, a.right, strict=True)])
    other = replace(a, right=right)
    return other.level(other.weight)


@pytest.mark.parametrize(("find", "was", "up"), [(higher, False, 1), (lower, True, -1)])
def test_the_answers_named_change_the_level_and_all_are_needed(find, was, up):
    said = 0
    for a in answers(sat(WORLDS["model"], PUPILS)):
        before, change = a.level(a.weight), find(a)
        if change is None:
            continue
        said += 1
        given = {item.id: bool(right) for item, right in zip(a.items, a.right, strict=True)}
        assert {given[item] for item in change.items} == {was}
        assert level_after(a, change.items) == change.level
        assert (change.level - before) * up > 0
        assert all((level_after(a, set(change.items) - {item}) - before) * up <= 0 for item in change.items)
    assert said > PUPILS / 2


@pytest.mark.parametrize(("find", "was", "up"), [(higher, False, 1), (lower, True, -1)])
def test_no_other_choice_of_fewer_answers_changes_it(tell, find, was, up):
    """Every choice is tried where one or two fewer answers are few enough to try."""
    tried = more = 0
    for a in answers(sat(WORLDS["model"], PUPILS)):
        before, change = a.level(a.weight), find(a)
        if change is None or not 2 <= len(change.items) <= 3:
            continue
        tried += 1
        own = [item.id for item, right in zip(a.items, a.right, strict=True) if bool(right) is was]
        fewer = combinations(own, len(change.items) - 1)
        more += any((level_after(a, turned) - before) * up > 0 for turned in fewer)
    tell(f"what would change: of {tried} found, {more} could be had with one answer fewer ({find.__name__})")
    assert tried > 5
    assert more <= tried * 0.1


def test_answers_alone_do_not_hang_on_what_was_known_before():
    out = sat(WORLDS["model"], PUPILS)
    for attempt in out.attempts[:40]:
        spec = replace(attempt.state.spec, prior=Prior(-6.0, 0.5, PriorSource.TEACHER))
        other = replace(attempt.state, spec=spec)
        assert answers_alone(answers_of(attempt.state)) == answers_alone(answers_of(other))


def test_answers_alone_is_what_a_very_wide_prior_says():
    same = 0
    out = sat(WORLDS["model"], PUPILS)
    for attempt in out.attempts:
        wide = replace(attempt.state.spec, prior=Prior(0.0, 50.0, PriorSource.NONE))
        p = estimate(attempt.state.tables, wide, attempt.state.counted).probabilities
        same += plan().levels[int(np.argmax(p))].number == answers_alone(answers_of(attempt.state))
    assert same >= 0.95 * PUPILS
