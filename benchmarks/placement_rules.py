"""Rules for ending a test, side by side: the same simulated pupils give the same answers, and each ends where it would.

Every pupil is tested up to the item limit; the rules are then asked between the blocks. So what differs is the rule
alone, and not luck. The minima (blocks, strands, both levels spoken of) hold for every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from phonics_app.calibration.placement_check import reliability, sit
from phonics_app.calibration.simulation import SimulatedAttempt
from phonics_app.calibration.worlds import World
from phonics_app.domain.bank import Blueprint
from phonics_app.domain.event import Mark
from phonics_app.domain.plan import Plan
from phonics_app.engine.ability import Array, normalise
from phonics_app.engine.decision import ability_of, progress_of
from phonics_app.engine.stopping import Progress, between, sure
from phonics_app.engine.tables import PlanTables, tables_of
from phonics_app.engine.worth import NOTHING, worths

_NEVER = -1.0
"""A cost of items at which going on is always worth more."""
_WIDTHS = (0.2, 0.3)
"""Logits above and below a cut; a level is about 1.2 wide."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Between two blocks. `ratios`: for each of `_WIDTHS`, of each cut, the log of how much better the answers fit a
    pupil so far above it than one so far below."""

    progress: Progress
    ratios: Array


Rule = Callable[[Moment], bool]


def _posterior(**limits: float) -> Rule:
    """Sure enough, or between two levels, whatever another block promises."""

    def ends(moment: Moment) -> bool:
        asked = replace(moment.progress.limits, item_cost=0.0, **limits)  # type: ignore[arg-type]
        progress = replace(moment.progress, limits=asked, worth=NOTHING)
        return sure(progress) or between(progress)

    return ends


def _ratio_test(half_width: float, error: float) -> Rule:
    """Wald's sequential probability ratio test (SPRT) at every cut; the result is sure or between as elsewhere."""
    row, bound = _WIDTHS.index(half_width), np.log((1 - error) / error)

    def ends(moment: Moment) -> bool:
        decided = bool((np.abs(moment.ratios[row]) >= bound).all())
        free = replace(moment.progress, worth=NOTHING)
        return decided and (sure(free) or between(free))

    return ends


RULES: dict[str, Rule] = {
    "not worth its items (shipped)": lambda moment: sure(moment.progress) or between(moment.progress),
    "posterior .85, pair .92 at 36": _posterior(between_items=36),
    "posterior .85": _posterior(between_probability=2.0),
    "posterior .8": _posterior(sure_probability=0.8, between_probability=2.0),
    "posterior .7": _posterior(sure_probability=0.7, between_probability=2.0),
    "SPRT ± .2, errors .2": _ratio_test(0.2, 0.2),
    "SPRT ± .3, errors .1": _ratio_test(0.3, 0.1),
    "the item limit alone": lambda moment: False,
}
HEAD = f"{'rule':<32}exact    ±1  items  5 % above  stated    ECE"


def compare(plan: Plan, blueprint: Blueprint, world: World, pupils: int, seed: int, off: float) -> Iterator[str]:
    """A line for each rule."""
    to_the_limit = replace(plan, stopping=replace(plan.stopping, item_cost=_NEVER))
    out = sit(to_the_limit, blueprint, world, pupils, seed, off)
    tables = tables_of(plan)
    ends: dict[str, list[Progress]] = {name: [] for name in RULES}
    for attempt in out.attempts:
        course = list(_moments(tables, attempt))
        for name, rule in RULES.items():
            ends[name].append(next((m for m in course if rule(m)), course[-1]).progress)
    for name, progress in ends.items():
        yield _line(name, progress, out.true)


def _line(name: str, ends: Sequence[Progress], true: np.ndarray) -> str:
    levels = np.array([p.probabilities for p in ends])
    items = np.array([p.items for p in ends])
    away, stated = np.abs(levels.argmax(axis=1) - true), levels.max(axis=1)
    ece = sum(b.pupils * abs(b.stated - b.right) for b in reliability(stated, away == 0)) / len(ends)
    return (
        f"{name:<32}{(away == 0).mean():5.3f}{(away <= 1).mean():6.3f}{items.mean():7.1f}"
        f"{np.quantile(items, 0.95):11.0f}{stated.mean():8.3f}{ece:7.3f}"
    )


def _moments(tables: PlanTables, attempt: SimulatedAttempt) -> Iterator[Moment]:
    """After each block of a test up to the limit."""
    counted = attempt.state.counted
    prior, likelihood = tables.log_prior(attempt.sitting.spec.prior), np.zeros(len(tables.theta))
    for done, block in enumerate(counted, start=1):
        items = np.array(tables.block_items[tables.block_index[block.block.id]][: block.attempted])
        wrong = np.array([mark is Mark.INCORRECT for mark in block.marks[: block.attempted]])
        likelihood = (
            likelihood + tables.log_right[items[~wrong]].sum(axis=0) + tables.log_wrong[items[wrong]].sum(axis=0)
        )
        posterior = normalise(likelihood + prior)
        yield Moment(_progress(tables, attempt, done, posterior), _ratios(tables, likelihood))


def _progress(tables: PlanTables, attempt: SimulatedAttempt, done: int, posterior: Array) -> Progress:
    """With the block that came next; after the last one there is none that fits."""
    counted = attempt.state.counted
    following = tables.block_index[counted[done].block.id] if done < len(counted) else -1
    items = sum(b.attempted for b in counted[:done])
    worth = worths(tables, posterior[None, :], np.array([following]), np.array([items]))
    levels = ability_of(tables, posterior).probabilities
    return progress_of(tables, counted[:done], levels, 0.0, None, float(worth[0]))


def _ratios(tables: PlanTables, likelihood: Array) -> Array:
    """Of which kind a pupil is is open, so the answers' probability is summed over the kinds."""
    points = tables.theta[: tables.plan.grid.points]
    rows = (likelihood + tables.log_share).reshape(-1, points.size)
    cuts = np.array([level.cuts or (level.cut,) for level in tables.plan.levels[:-1]]).T

    def at(away: float) -> Array:
        by_kind = [np.interp(own + away, points, row) for own, row in zip(cuts, rows, strict=True)]
        return np.asarray(np.logaddexp.reduce(by_kind))

    return np.array([at(width) - at(-width) for width in _WIDTHS])
