"""The rule in percent and the cuts of the tests agree, and a disagreement would be seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom

from phonics_app.domain.bank import Difficulty, DifficultySource
from phonics_app.levelling.level_rules import ERROR, MOST_ITEMS, items_to_tell, level_rules
from phonics_app.reports.level_wording import AGREE
from tests import sites
from tests.engine import synthetic
from tests.levelling.pupils import plan


@pytest.fixture(scope="module")
def shipped():
    content = sites.content()
    return level_rules(plan(), content.bank, content.rubrics.mastery)


def test_at_every_cut_the_model_expects_what_the_rule_says(shipped):
    assert shipped.mastery == 0.8
    assert [rule.at_cut for rule in shipped.levels] == pytest.approx([0.8] * len(shipped.levels), abs=1e-5)
    assert shipped.farthest < 1e-5


def test_every_item_that_a_test_may_ask_is_counted(shipped):
    bank = sites.content().bank
    asked = [i for i in bank.active() if any(rule.takes(i) for rule in bank.placement.blocks)]
    assert sum(rule.items for rule in shipped.levels) == len(asked)
    assert {i.id for i in plan().items} <= {i.id for i in asked}


def test_items_that_changed_since_the_cuts_were_made_are_seen():
    """Ten items of level 4 turn out to be far harder: at the old cut less of the level is known."""
    content = sites.content()
    hard = {i.id for i in content.bank.active(4)[:60]}
    moved = replace(
        content.bank,
        items=tuple(
            replace(i, difficulty=Difficulty(i.difficulty.value + 2, 0.2, DifficultySource.CALIBRATED))
            if i.id in hard
            else i
            for i in content.bank.items
        ),
    )
    rules = level_rules(plan(), moved, content.rubrics.mastery)
    assert rules.farthest > AGREE
    level = next(rule for rule in rules.levels if rule.level == 4)
    assert level.at_cut < 0.75
    assert level.measured > 0
    assert all(rule.measured == 0 for rule in rules.levels if rule.level != 4)


def test_another_rule_than_the_cuts_were_made_for_is_seen():
    rules = level_rules(plan(), sites.content().bank, 0.9)
    assert rules.farthest == pytest.approx(0.1, abs=1e-4)


def test_neighbours_lie_on_either_side(shipped):
    for rule in shipped.levels:
        assert rule.below_at_cut is None or rule.below_at_cut > rule.at_cut
        assert rule.above_at_cut is None or rule.above_at_cut < rule.at_cut
        assert rule.in_level < rule.at_cut
        assert rule.after_level is None or rule.after_level > rule.at_cut


def test_curves_rise_and_pass_the_cut_at_the_rule(shipped):
    for rule, curve in zip(shipped.levels, shipped.curves, strict=True):
        assert (np.diff(curve) >= 0).all()
        assert np.interp(rule.cut, shipped.abilities, curve) == pytest.approx(0.8, abs=0.01)


@pytest.mark.parametrize(("low", "high"), [(0.4, 0.95), (0.5, 0.9), (0.0, 1.0), (0.7, 0.85)])
def test_as_many_questions_as_it_takes(low, high):
    n = items_to_tell(low, high)

    def told_apart(n):
        c = np.arange(1, n + 1)
        return bool(((binom.sf(c - 1, n, low) <= ERROR) & (binom.cdf(c - 1, n, high) <= ERROR)).any())

    assert told_apart(n)
    assert not any(told_apart(fewer) for fewer in range(1, n))


def test_levels_that_no_test_tells_apart():
    assert items_to_tell(0.8, 0.82) is None
    assert items_to_tell(0.5, 0.5) is None
    assert items_to_tell(0.3, 0.35) is None
    assert MOST_ITEMS == 60


def test_blurred_levels_take_more_questions(shipped):
    pairs = [(rule.to_tell, rule.to_tell_blurred) for rule in shipped.levels[:-1]]
    assert all(sharp < blurred for sharp, blurred in pairs)
    assert (shipped.levels[-1].to_tell, shipped.levels[-1].after_level) == (None, None)


@pytest.mark.parametrize("levels", [1, 2, 5])
def test_any_number_of_levels(levels):
    rules = level_rules(synthetic.plan(levels=levels), synthetic.bank(levels), 0.8)
    assert len(rules.levels) == len(rules.curves) == levels
    assert rules.farthest < 1e-5
