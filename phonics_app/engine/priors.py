"""What is known before the first answer, as a normal prior, and the level at which to begin."""

from __future__ import annotations

import math
from collections.abc import Sequence

from phonics_app.domain.attempt import AttemptSpec, Prior, PriorSource
from phonics_app.domain.bank import Blueprint
from phonics_app.domain.grade import Grade
from phonics_app.domain.plan import Plan, PlanLevel

UNKNOWN_SD = 3.0
"""Logits: spread over all levels of a ladder."""
LONE_WIDTH = 1.0
"""Half the width of an end level, logits, where there is no second cut to take it from."""


def level_centre(levels: Sequence[PlanLevel], number: int) -> float:
    """Theta in the middle of a level; the end levels are taken to be as wide as their neighbours."""
    cuts = [level.cut for level in levels]
    k = [level.number for level in levels].index(number)
    if len(cuts) < 3:
        return cuts[k] - LONE_WIDTH
    if k == 0:
        return cuts[0] - (cuts[1] - cuts[0]) / 2
    if k == len(cuts) - 1:
        return cuts[k - 1] + (cuts[k - 1] - cuts[k - 2]) / 2
    return (cuts[k - 1] + cuts[k]) / 2


def level_of(levels: Sequence[PlanLevel], theta: float) -> int:
    """The first level not mastered at `theta`; the top level has no upper end."""
    return next((level.number for level in levels[:-1] if theta < level.cut), levels[-1].number)


def from_level(plan: Plan, blueprint: Blueprint, number: int, source: PriorSource) -> AttemptSpec:
    """Prior around a level that a teacher or the pupil's grade suggests."""
    return AttemptSpec(Prior(level_centre(plan.levels, number), blueprint.prior_sd_grade, source), number)


def from_result(plan: Plan, blueprint: Blueprint, theta: float, standard_error: float, terms_since: int) -> AttemptSpec:
    """Prior around an earlier result, weaker with each term since then."""
    known = max(blueprint.prior_sd_result, standard_error)
    sd = math.sqrt(known**2 + max(terms_since, 0) * blueprint.prior_sd_growth_per_term**2)
    return AttemptSpec(Prior(theta, sd, PriorSource.EARLIER_RESULT), level_of(plan.levels, theta))


def from_grade(plan: Plan, blueprint: Blueprint, grade: Grade) -> AttemptSpec:
    """Prior around the level expected of the grade; a wide one over all levels where none is given."""
    expected = blueprint.expected_level.get(grade)
    if expected is not None and any(level.number == expected for level in plan.levels):
        return from_level(plan, blueprint, expected, PriorSource.GRADE)
    middle = (plan.levels[0].cut + plan.levels[-1].cut) / 2
    return AttemptSpec(Prior(middle, UNKNOWN_SD, PriorSource.NONE), level_of(plan.levels, middle))
