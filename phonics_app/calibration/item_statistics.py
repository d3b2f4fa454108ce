"""Figures of single items: how hard, how sharply they tell pupils apart, how well they fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.fit import item_fit
from phonics_app.calibration.left_out import LeftOut
from phonics_app.calibration.own_curves import own_curves
from phonics_app.calibration.responses import Array, Indices

_Z95 = 1.959964
_MOST_POINTS = 8
_PERSONS_A_POINT = 15
"""Of a curve: so many persons at least stand behind each point, where there are as many. Provisional."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemStatistics:
    """Of each item, J values each. NaN where the answers do not tell."""

    answers: Indices
    share_right: Array
    difficulty: Array
    """Of the calibration, logits."""
    difficulty_error: Array
    slope: Array
    """What the item's own answers say beside the persons' other ones, also where the model has one slope for all."""
    slope_error: Array
    point_biserial: Array
    """Correlation of right answers with the ability that the other answers show (corrected for the item itself)."""
    infit: Array
    outfit: Array

    @property
    def middle_slope(self) -> float:
        """Of the items whose slope is known; NaN where none is."""
        known = self.slope[np.isfinite(self.slope)]
        return float(np.median(known)) if len(known) else np.nan


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Persons of like ability. `expected`: the share right that the model expects, from their other answers."""

    ability: float
    share_right: float
    low: float
    high: float
    """95 % interval of the share (Wilson 1927)."""
    expected: float
    n: int


def item_statistics(calibration: Calibration, answers: LeftOut) -> ItemStatistics:
    """`answers`: `left_out(calibration)`."""
    count = len(calibration.items.slope)
    n = np.bincount(answers.item, minlength=count)
    right = answers.right.astype(np.float64)
    fit = item_fit(calibration)
    own = own_curves(calibration, answers)
    return ItemStatistics(
        n,
        _divided(np.bincount(answers.item, right, count), n),
        calibration.items.difficulty,
        own.difficulty_error,
        own.slope,
        own.slope_error,
        correlation_by(answers.item, count, right, answers.ability),
        fit.infit,
        fit.outfit,
    )


def correlation_by(code: Indices, count: int, x: Array, y: Array) -> Array:
    """Pearson's r of x and y within each code; NaN where one of them does not vary."""
    n = np.bincount(code, minlength=count)
    centred = []
    for values in (x, y):
        mean = _divided(np.bincount(code, values, count), n)
        centred.append(values - mean[code])
    xx, yy, xy = (np.bincount(code, u * v, count) for u, v in ((centred[0],) * 2, (centred[1],) * 2, centred))
    varies = (xx > 1e-9) & (yy > 1e-9)
    return np.where(varies, xy / np.sqrt(np.where(varies, xx * yy, 1.0)), np.nan)


def curve_points(answers: LeftOut, count: int) -> list[tuple[CurvePoint, ...]]:
    """Of each of `count` items: its persons in groups of like ability and about equal size, lowest first."""
    order = np.lexsort((answers.ability, answers.item))
    item = answers.item[order]
    n = np.bincount(item, minlength=count)
    bins = np.clip(n // _PERSONS_A_POINT, 1, _MOST_POINTS)
    rank = np.arange(len(item)) - (np.cumsum(n) - n)[item]
    code = item * _MOST_POINTS + rank * bins[item] // n[item]
    size = count * _MOST_POINTS
    persons = np.bincount(code, minlength=size)
    columns = [
        _divided(np.bincount(code, values[order], size), persons)
        for values in (answers.ability, answers.right.astype(np.float64), answers.share)
    ]
    low, high = wilson(columns[1], persons)
    points = zip(*(part.tolist() for part in (columns[0], columns[1], low, high, columns[2], persons)), strict=True)
    made = [CurvePoint(*point) if point[-1] else None for point in points]
    return [
        tuple(point for point in made[j * _MOST_POINTS : (j + 1) * _MOST_POINTS] if point is not None)
        for j in range(count)
    ]


def wilson(share: Array, n: Array | Indices) -> tuple[Array, Array]:
    """95 % interval of a share (Wilson 1927)."""
    n = np.maximum(n, 1)
    middle = (share + _Z95**2 / (2 * n)) / (1 + _Z95**2 / n)
    half = _Z95 * np.sqrt(share * (1 - share) / n + _Z95**2 / (4 * np.square(n))) / (1 + _Z95**2 / n)
    return middle - half, middle + half


def _divided(sums: Array | Indices, n: Array | Indices) -> Array:
    return np.where(n > 0, sums / np.maximum(n, 1), np.nan)
