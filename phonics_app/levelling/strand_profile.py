"""Non-compensatory checks: does a strand lag behind the others, so that one level does not do the pupil justice?

Who reads words by sight and can't read made-up words may come out at a level in the middle, which fits neither. Of
each strand the right answers are compared with what the answers in *all the other* strands lead one to expect.
"""

from __future__ import annotations

import numpy as np

from phonics_app.domain.explanation import StrandStanding
from phonics_app.domain.plan import Plan
from phonics_app.domain.strand import Strand
from phonics_app.engine.ability import Array
from phonics_app.engine.tables import PlanTables
from phonics_app.levelling.answers import Answers

LEAST_ANSWERS = 4
"""In the strand; nothing is said of one with fewer."""
LEAST_OTHERS = 6
"""In all the others."""
BEHIND = 0.08
"""Limit of the share, divided by the strands looked at. Which items are asked follows the answers, and `OFFSET` is
allowed for, so that few pupils come below it: of 1,000 simulated pupils who are as good in every strand 4.2 % were told
of any, and "at most 1 in 20" holds."""
LEAST_LAG = 2.0
"""Right answers short of what was to be expected: a single slip is no lag, however improbable."""
OFFSET = 0.3
"""Logits (standard deviation) by which a whole strand may be easier or harder than its difficulties say: experts place
strands against each other only roughly, and what is wrong with the difficulties is not the pupil's lag."""


def strand_standings(answers: Answers) -> tuple[StrandStanding, ...]:
    """In the order of strands; those with too few answers left out."""
    answers = answers.unguessed
    asked = [item.strand for item in answers.items]
    judged = [s for s in Strand if LEAST_ANSWERS <= asked.count(s) <= len(asked) - LEAST_OTHERS]
    return tuple(_standing(answers, strand, BEHIND / len(judged)) for strand in judged)


def _standing(answers: Answers, strand: Strand, limit: float) -> StrandStanding:
    own = np.array([item.strand is strand for item in answers.items])
    others = _blurred(answers.without(own), answers.tables.plan)
    right = np.exp(answers.log_right[own])
    count = int(answers.right[own].sum())
    share = float(others @ _as_few(right, count))
    expected = float(others @ right.sum(axis=0))
    behind = share <= limit and expected - count >= LEAST_LAG
    return StrandStanding(strand, count, int(own.sum()), expected, share, behind)


def _blurred(posterior: Array, plan: Plan) -> Array:
    """The posterior of who may be up to some `OFFSET` better or worse, on the same grid."""
    grid = plan.grid
    step = (grid.maximum - grid.minimum) / (grid.points - 1)
    reach = int(np.ceil(4 * OFFSET / step))
    kernel = np.exp(-0.5 * np.square(np.arange(-reach, reach + 1) * step / OFFSET))
    rows = posterior.reshape(-1, grid.points)
    blurred = np.concatenate([np.convolve(row, kernel, mode="same") for row in rows])
    return np.asarray(blurred / blurred.sum())


def _as_few(right: Array, count: int) -> Array:
    """Probability of fewer than `count` right answers, and half that of just so many, at each grid point.

    Half (the mid-P of Lancaster 1961): of few answers the whole would tell of hardly anyone. `right` answers × grid.
    """
    chance = np.zeros((len(right) + 1, right.shape[1]))
    chance[0] = 1
    for p in right:
        chance[1:] = chance[1:] * (1 - p) + chance[:-1] * p
        chance[0] = chance[0] * (1 - p)
    return np.asarray(chance[:count].sum(axis=0) + chance[count] / 2)


def strands_not_asked(answers: Answers, tables: PlanTables, level: int) -> tuple[Strand, ...]:
    """Strands that the plan has at `level` or the one below it, and of which no item of these was answered.

    A plan that gives single items has no blocks: there it is the items.
    """
    here = tables.level_index[level]
    near = {each.number for each in tables.plan.levels[max(0, here - 1) : here + 1]}
    parts = tables.plan.blocks or tables.plan.items
    offered = {part.strand for part in parts if part.level in near}
    seen = {item.strand for item in answers.items if item.level in near}
    return tuple(strand for strand in Strand if strand in offered - seen)
