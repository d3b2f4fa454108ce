"""When an item-by-item test ends, and why: a rule that minima may hold back, and limits that nothing holds back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from phonics_app.domain.result import StopReason
from phonics_app.engine.ability import Array
from phonics_app.engine.item_choice import strands_open
from phonics_app.engine.item_pool import ItemPool
from phonics_app.engine.item_sitting import Flags, Known, Sittings
from phonics_app.engine.stop_table import StopTable

Rule = Callable[[ItemPool, Sittings, Known], Flags]


class ItemStop(Enum):
    """Why the test ended; the order is the priority in which the reasons are tried."""

    TEACHER = "teacher"
    NOT_WORTH_MORE = "not_worth_more"
    """Another answer is not worth its cost (`optimal`)."""
    ALL_CUTS_DECIDED = "all_cuts_decided"
    """Above or below every cut (`sprt`)."""
    SURE = "sure"
    """One level is probable enough (`probable`)."""
    ITEM_LIMIT = "item_limit"
    TIME_LIMIT = "time_limit"
    BANK_EXHAUSTED = "bank_exhausted"


@dataclass(frozen=True, slots=True)
class Limits:
    maximum_items: int
    maximum_seconds: float
    minimum_items: int = 0
    minimum_per_strand: int = 0
    """Of every strand that has an item worth asking at the estimate: however sure the model is, a teacher wants to
    have seen it."""


@dataclass(frozen=True, slots=True)
class Stopping:
    """`rule` may end the test, and `reason` is what is recorded then."""

    reason: ItemStop
    rule: Rule
    limits: Limits


def optimal(table: StopTable) -> Rule:
    return lambda pool, sittings, known: table.over(known.mean, known.deviation)


def probable(probability: float) -> Rule:
    """The most probable level has at least this probability."""
    return lambda pool, sittings, known: known.levels.max(axis=1) >= probability


def sprt(cuts: Sequence[float], half_width: float, error: float) -> Rule:
    """Wald's sequential test at every cut: `half_width` logits to either side, both errors equal.

    Ends when all cuts are decided; the prior has no part in it.
    """
    bound = np.log((1 - error) / error)

    def rule(pool: ItemPool, sittings: Sittings, known: Known) -> Flags:
        ratios = [
            _at(pool.theta, sittings.log_likelihood, cut + half_width)
            - _at(pool.theta, sittings.log_likelihood, cut - half_width)
            for cut in cuts
        ]
        return np.asarray((np.abs(ratios) >= bound).all(axis=0))

    return rule


def _at(theta: Array, table: Array, point: float) -> Array:
    """Columns of `table` interpolated at `point`."""
    where = float(np.clip((point - theta[0]) / (theta[1] - theta[0]), 0, len(theta) - 1))
    left = min(int(where), len(theta) - 2)
    return np.asarray(table[:, left] + (where - left) * (table[:, left + 1] - table[:, left]))


def stop_reasons(
    pool: ItemPool, sittings: Sittings, known: Known, seconds: npt.ArrayLike, stopping: Stopping
) -> list[ItemStop | None]:
    """Of each pupil the first reason that holds, None: go on. The teacher's stop is no rule: it ends a test at once."""
    limits = stopping.limits
    seen_enough = (sittings.items >= limits.minimum_items) & ~_owed(pool, sittings, known.mean, limits)
    holding = {
        stopping.reason: stopping.rule(pool, sittings, known) & seen_enough,
        ItemStop.ITEM_LIMIT: sittings.items >= limits.maximum_items,
        ItemStop.TIME_LIMIT: np.broadcast_to(np.asarray(seconds) >= limits.maximum_seconds, known.mean.shape),
        ItemStop.BANK_EXHAUSTED: sittings.closed.all(axis=1),
    }
    rows = zip(*(holding[r].tolist() if r in holding else [False] * len(known.mean) for r in ItemStop), strict=True)
    return [next((reason for reason, holds in zip(ItemStop, row, strict=True) if holds), None) for row in rows]


def _owed(pool: ItemPool, sittings: Sittings, mean: Array, limits: Limits) -> Flags:
    """Whether a strand that could be asked has not had its minimum."""
    short = sittings.given < limits.minimum_per_strand
    if not short.any():
        return np.zeros(len(mean), dtype=bool)
    return np.asarray((short & strands_open(pool, sittings, mean)).any(axis=1))


def as_result(reason: ItemStop, levels: Sequence[float], sure_probability: float) -> StopReason:
    """What a result records: a rule's end is "sure" where one level is probable enough, and "between" elsewhere."""
    if reason in (ItemStop.NOT_WORTH_MORE, ItemStop.ALL_CUTS_DECIDED, ItemStop.SURE):
        return StopReason.SURE if max(levels) >= sure_probability else StopReason.BETWEEN
    return StopReason(reason.value)
