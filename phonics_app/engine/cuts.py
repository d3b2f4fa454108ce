"""Level cuts: the ability at which the expected score on a level's items is the mastery criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from phonics_app.domain.bank import Item
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.engine.ability import right_probability

_REACH = 20.0
_HALVINGS = 60
_DECIMALS = 6
"""Cuts enter the plan's hash, so they are rounded well above the noise of floating point."""


def expected_score(items: Sequence[Item], slope: float, theta: float, guessing: float = 0.0) -> float:
    """Expected share right on `items` of common `slope` at `theta`, 0–1, of pupils to whom so much that they do not
    know counts as right (more, where an item says so)."""
    b = np.array([i.difficulty.value for i in items])
    se = np.array([i.difficulty.standard_error for i in items])
    c = np.array([max(i.guessing, guessing) for i in items])
    return float(right_probability(theta, slope, b, se, c).mean())


def mastery_cut(items: Sequence[Item], slope: float, mastery: float, guessing: float = 0.0) -> float:
    """Theta at which `expected_score` is `mastery`."""
    low, high = -_REACH, _REACH
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if expected_score(items, slope, middle, guessing) < mastery else (low, middle)
    return round((low + high) / 2, _DECIMALS)


def level_cuts(
    items_by_level: Mapping[int, Sequence[Item]], slope: float, mastery: float, guessing: float = 0.0
) -> dict[int, float]:
    """The cut of each level, in order of levels.

    Raises `ProblemsFound`: "engine.level_empty" for a level without items, "engine.cuts_not_increasing"
    for a level that would be mastered no later than the one below it.
    """
    levels = sorted(items_by_level)
    empty = [Problem("engine.level_empty", Place(), str(n)) for n in levels if not items_by_level[n]]
    if empty:
        raise ProblemsFound(empty)
    cuts = {n: mastery_cut(items_by_level[n], slope, mastery, guessing) for n in levels}
    wrong = [
        Problem("engine.cuts_not_increasing", Place(), f"{upper}: {cuts[upper]:.2f}", f"{lower}: {cuts[lower]:.2f}")
        for lower, upper in pairwise(levels)
        if cuts[upper] <= cuts[lower]
    ]
    if wrong:
        raise ProblemsFound(wrong)
    return cuts
