"""When an item-by-item test ends, and why: a rule that minima may hold back, and limits that nothing holds back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

import numpy as np

from phonics_app.domain.result import StopReason
from phonics_app.engine.ability import Array
from phonics_app.engine.item_choice import strands_open
from phonics_app.engine.item_pool import TIE, ItemPool
from phonics_app.engine.item_sitting import Flags, Known, Sittings
from phonics_app.engine.stop_table import StopTable


class ItemStop(Enum):
    """Why the test ended."""

    TEACHER = "teacher"
    NOT_WORTH_MORE = "not_worth_more"
    ALL_CUTS_DECIDED = "all_cuts_decided"
    SURE = "sure"
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
class NotWorthMore:
    """Optimal stopping: another answer is not worth its cost."""

    reason: ClassVar = ItemStop.NOT_WORTH_MORE
    table: StopTable

    def holds(self, pool: ItemPool, sittings: Sittings, known: Known) -> Flags:
        return self.table.over(known.mean, known.deviation)


@dataclass(frozen=True, slots=True)
class Sure:
    """The most probable level has at least this probability."""

    reason: ClassVar = ItemStop.SURE
    probability: float

    def holds(self, pool: ItemPool, sittings: Sittings, known: Known) -> Flags:
        return np.asarray(known.levels.max(axis=1) >= self.probability - TIE)


@dataclass(frozen=True, slots=True)
class AllCutsDecided:
    """Wald's sequential probability ratio test (SPRT) at every cut; the prior has no part in it."""

    reason: ClassVar = ItemStop.ALL_CUTS_DECIDED
    half_width: float
    """Logits: the pupil is either so far above a cut or so far below."""
    error: float
    """Of either kind, at each cut."""

    def holds(self, pool: ItemPool, sittings: Sittings, known: Known) -> Flags:
        ratios = [
            _at(pool.theta, sittings.log_likelihood, cut + self.half_width)
            - _at(pool.theta, sittings.log_likelihood, cut - self.half_width)
            for cut in pool.cuts
        ]
        bound = np.log((1 - self.error) / self.error)
        return np.asarray((np.abs(ratios) >= bound - TIE).all(axis=0))


Rule = NotWorthMore | Sure | AllCutsDecided


@dataclass(frozen=True, slots=True)
class Stopping:
    rule: Rule
    limits: Limits


def _at(theta: Array, table: Array, point: float) -> Array:
    """Columns of `table` interpolated at `point`."""
    where = float(np.clip((point - theta[0]) / (theta[1] - theta[0]), 0, len(theta) - 1))
    left = min(int(where), len(theta) - 2)
    return np.asarray(table[:, left] + (where - left) * (table[:, left + 1] - table[:, left]))


def stop_reasons(
    pool: ItemPool, sittings: Sittings, known: Known, seconds: float, stopping: Stopping
) -> list[ItemStop | None]:
    """Of each pupil the first reason that holds, None: go on. A rule comes first, then the limits in their order.

    The teacher's stop is no rule: it ends a test at once.
    """
    limits, rule = stopping.limits, stopping.rule
    items = sittings.items
    over = rule.holds(pool, sittings, known) & (items >= limits.minimum_items)
    if over.any():
        over &= ~_owed(pool, sittings, known.mean, limits)
    enough = items >= limits.maximum_items
    late = seconds >= limits.maximum_seconds
    exhausted = sittings.closed_items.sum(axis=1) == len(pool.ids)
    if not late and not (over | enough | exhausted).any():
        return [None] * len(items)
    holding = {
        rule.reason: over,
        ItemStop.ITEM_LIMIT: enough,
        ItemStop.TIME_LIMIT: np.full(len(items), late),
        ItemStop.BANK_EXHAUSTED: exhausted,
    }
    pupils = zip(*(holds.tolist() for holds in holding.values()), strict=True)
    return [next((reason for reason, holds in zip(holding, row, strict=True) if holds), None) for row in pupils]


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
