"""When another answer is no longer worth its cost: optimal stopping, by dynamic programming over mean and precision.

A test is worth the probability of naming the right level, less a cost for every item. Going backwards from pupils
of whom much is known to those of whom little is, each state's worth is the better of stopping and of asking
the item that the pool would choose there. The posterior is taken for normal; its mean and deviation after a right
and after a wrong answer are exact for that normal, so the pool's items, guessing and doubts are in it.

What remains is one number for each mean: the test is over once the posterior's deviation is at or below it. It holds
for every prior, and a device needs nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from phonics_app.engine.ability import Array
from phonics_app.engine.item_choice import taking_part
from phonics_app.engine.item_pool import TIE, Indices, ItemPool
from phonics_app.engine.item_sitting import Flags

_STEP = 0.1
"""Of precision, from row to row: less than any useful item adds."""
_FINEST = 0.18
"""Logits: nobody is asked until the deviation is smaller."""
_WIDEST = 4.0
_MEANS = 361


@dataclass(frozen=True, slots=True, eq=False)
class StopTable:
    cost: float
    """Of an item, in probability of naming the right level."""
    mean: Array
    """Equally spaced, logits."""
    deviation: Array
    """For each mean: at or below it the test is over."""

    def over(self, mean: Array, deviation: Array) -> Flags:
        return np.asarray(deviation <= np.interp(mean, self.mean, self.deviation) + TIE)


@dataclass(frozen=True, slots=True, eq=False)
class Worths:
    """The whole programme: rows are precisions, the lowest first; columns are means."""

    mean: Array
    precision: Array
    stop: Array
    """Probability of the most probable level."""
    ask: Array
    """Worth of asking one more item and going on at best; −∞ in the last row."""


def stop_table(pool: ItemPool, cost: float) -> StopTable:
    """The table for `cost` an item: the higher, the shorter the tests."""
    worths = programme(pool, cost)
    going = worths.ask > worths.stop
    last = len(going) - 1 - np.argmax(going[::-1], axis=0)
    first_over = np.where(going.any(axis=0), last + 1, 0)
    return StopTable(cost, worths.mean, 1 / np.sqrt(worths.precision[first_over]))


def programme(pool: ItemPool, cost: float) -> Worths:
    mean = np.linspace(pool.theta[0], pool.theta[-1], _MEANS)
    precision = np.arange(_WIDEST**-2, _FINEST**-2, _STEP)
    stop = _level_known(mean, precision, pool.cuts)
    ask = np.full_like(stop, -np.inf)
    right = _next_item(pool, mean)
    best = stop.copy()
    for row in range(len(precision) - 2, -1, -1):
        ask[row] = _worth_of_asking(pool.theta, mean, precision, row, right, best[row + 1 :]) - cost
        best[row] = np.maximum(ask[row], stop[row])
    return Worths(mean, precision, stop, ask)


def _level_known(mean: Array, precision: Array, cuts: Sequence[float]) -> Array:
    edges = np.array([-np.inf, *cuts, np.inf])
    below = ndtr((edges - mean[:, None]) * np.sqrt(precision)[:, None, None])
    return np.asarray(np.diff(below, axis=2).max(axis=2))


def _next_item(pool: ItemPool, mean: Array) -> Array:
    """Means × grid: probability of a right answer to the item chosen at each mean, averaged over those drawn from."""
    at = pool.grid_index(mean)
    best = pool.order[:, at, : pool.draw.among]
    share = pool.share[:, None] * taking_part(pool.information[at, best[:, :, 0]])
    weight = np.where(best >= 0, share[:, :, None], 0.0)
    curves = np.exp(pool.log_right)
    return np.stack([weight[:, m].ravel() @ curves[best[:, m].ravel()] / weight[:, m].sum() for m in range(len(mean))])


def _worth_of_asking(theta: Array, mean: Array, precision: Array, row: int, right: Array, best: Array) -> Array:
    """Expected worth after the answer; `best`: worth of the rows after `row`."""
    prior = np.exp(-0.5 * precision[row] * np.square(theta - mean[:, None]))
    prior /= prior.sum(axis=1, keepdims=True)
    worth = np.zeros_like(mean)
    for chance in (prior * right, prior * (1 - right)):
        share = chance.sum(axis=1)
        after = chance @ theta / share
        variance = chance @ np.square(theta) / share - np.square(after)
        worth += share * _between(
            best, (after - mean[0]) / (mean[1] - mean[0]), (1 / variance - precision[row + 1]) / _STEP
        )
    return worth


def _between(table: Array, column: Array, row: Array) -> Array:
    """Bilinear interpolation, the edges held."""
    left, x = _place(column, table.shape[1])
    top, y = _place(row, len(table))
    right, below = np.minimum(left + 1, table.shape[1] - 1), np.minimum(top + 1, len(table) - 1)
    upper = table[top, left] * (1 - x) + table[top, right] * x
    lower = table[below, left] * (1 - x) + table[below, right] * x
    return np.asarray(upper * (1 - y) + lower * y)


def _place(where: Array, count: int) -> tuple[Indices, Array]:
    """Whole and broken part of positions, held within 0 to count − 1."""
    held = np.clip(where, 0, count - 1)
    whole = held.astype(np.intp)
    return whole, held - whole
