"""The levels' cuts held against the rule they come from: what the model expects of pupils at each cut, in shares right.

The cuts are those of the plan that pupils are tested with, the mastery criterion is the rubric's, and the expected
shares are computed from the bank's items: three things that have to agree, and are shown side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from math import comb

import numpy as np

from phonics_app.domain.bank import Bank, DifficultySource, Item
from phonics_app.domain.level_rule import LevelRule, LevelRules
from phonics_app.domain.plan import Plan
from phonics_app.engine.cuts import expected_score
from phonics_app.engine.priors import level_centre

REACH, STEP = 1.5, 0.05
"""Curves are drawn from `REACH` logits below the lowest cut to as much above the highest."""
MOST_ITEMS = 60
"""More are not given in one test."""
ERROR = 0.1
"""Two pupils are told apart if each is taken for the other at most this often."""
_DECIMALS = 4

Domains = Mapping[int, Sequence[Item]]


def level_rules(plan: Plan, bank: Bank, mastery: float) -> LevelRules:
    """`plan`: of the bank's placement test. `mastery`: the rubric's share right of a level's items."""
    slope = plan.items[0].slope
    domains = {level.number: _domain(bank, level.number) for level in plan.levels}
    cuts = [level.cut for level in plan.levels]
    abilities = np.arange(cuts[0] - REACH, cuts[-1] + REACH + STEP / 2, STEP).round(_DECIMALS)
    return LevelRules(
        mastery=mastery,
        levels=tuple(_rule(plan, domains, slope, k) for k in range(len(plan.levels))),
        abilities=tuple(abilities.tolist()),
        curves=tuple(
            tuple(round(expected_score(domains[level.number], slope, theta), _DECIMALS) for theta in abilities)
            for level in plan.levels
        ),
        farthest=max(_distances(plan, domains, mastery)),
    )


def _domain(bank: Bank, level: int) -> list[Item]:
    """What the placement test may ask of the level."""
    return [item for item in bank.active(level) if any(rule.takes(item) for rule in bank.placement.blocks)]


def _distances(plan: Plan, domains: Domains, mastery: float) -> chain[float]:
    """Of every level and kind of pupils: how far the expected share at the plan's cut is from the rule."""
    slope = plan.items[0].slope
    return chain.from_iterable(
        (
            abs(expected_score(domains[level.number], kind.sharpness * slope, cut, kind.guessing) - mastery)
            for kind, cut in zip(plan.kinds, level.cuts or (level.cut,), strict=True)
        )
        for level in plan.levels
    )


def _rule(plan: Plan, domains: Domains, slope: float, k: int) -> LevelRule:
    level, own = plan.levels[k], domains[plan.levels[k].number]
    last = k == len(plan.levels) - 1

    def expected(number: int, theta: float) -> float:
        return expected_score(domains[number], slope, theta)

    here, after = _middles(plan, domains, k)
    return LevelRule(
        level=level.number,
        name=level.name,
        items=len(own),
        measured=sum(item.difficulty.source is DifficultySource.CALIBRATED for item in own),
        cut=level.cut,
        at_cut=expected(level.number, level.cut),
        below_at_cut=expected(plan.levels[k - 1].number, level.cut) if k else None,
        above_at_cut=None if last else expected(plan.levels[k + 1].number, level.cut),
        in_level=here,
        after_level=after,
        to_tell=_to_tell(here, after),
        to_tell_blurred=_to_tell(*_middles(plan, domains, k, _flattest(plan))),
    )


def _middles(plan: Plan, domains: Domains, k: int, kind: int | None = None) -> tuple[float, float | None]:
    """Share right of level `k`'s items of pupils in the middle of it and of the next one.

    `kind`: index of a kind of pupils, none of whom guess; None: the one for which the levels' own cuts stand.
    """
    levels, slope = plan.levels, plan.items[0].slope
    if kind is not None:
        slope *= plan.kinds[kind].sharpness
        levels = tuple(replace(level, cut=(level.cuts or (level.cut,))[kind]) for level in levels)
    middles = [level_centre(levels, each.number) for each in levels[k : k + 2]]
    shares = [expected_score(domains[levels[k].number], slope, theta) for theta in middles]
    return shares[0], shares[1] if shares[1:] else None


def _flattest(plan: Plan) -> int:
    """Index of the pupils who know a level by halves most, and guess least."""
    kinds = plan.kinds
    return min(range(len(kinds)), key=lambda k: (kinds[k].sharpness, kinds[k].guessing))


def _to_tell(here: float, after: float | None) -> int | None:
    return None if after is None else items_to_tell(here, after)


def items_to_tell(low: float, high: float) -> int | None:
    """The fewest questions after which pupils who know the shares `low` and `high` are told apart by their count.

    None where `MOST_ITEMS` do not suffice.
    """
    return next((n for n in range(1, MOST_ITEMS + 1) if _told_apart(n, low, high)), None)


def _told_apart(n: int, low: float, high: float) -> bool:
    """Whether some count of right answers out of `n` parts them with at most `ERROR` on either side."""
    of_low, of_high = _counts(n, low), _counts(n, high)
    reached = ((sum(of_low[c:]), sum(of_high[:c])) for c in range(1, n + 1))
    return any(too_high <= ERROR and too_low <= ERROR for too_high, too_low in reached)


def _counts(n: int, share: float) -> list[float]:
    """Probability of 0, 1, … n right answers."""
    return [comb(n, c) * share**c * (1 - share) ** (n - c) for c in range(n + 1)]
