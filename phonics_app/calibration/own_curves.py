"""How sharply each item tells pupils apart by its own answers, whatever the model made of it.

Fitted to the chance of each answer given the person's other answers (a pseudo-likelihood: Besag 1975), by scoring steps
from the calibrated curve; items whose curve has to turn far take several.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.item_model import ItemParameters
from phonics_app.calibration.left_out import LeftOut, left_out
from phonics_app.calibration.responses import Array

_MOST_STEPS = 6
_LONGEST = 0.75
"""Of a step, in slopes of the model: from far away a whole one leads beyond."""
_NEAR = 0.5
"""Standard errors: after so short a step what is left is small beside the error."""
_LEAST_INFORMATION = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class OwnCurves:
    """Of each item; NaN where its answers do not tell."""

    slope: Array
    slope_error: Array
    difficulty_error: Array


def own_curves(calibration: Calibration, answers: LeftOut) -> OwnCurves:
    """`answers`: `left_out(calibration)`. The errors are those of the curve as it is."""
    items = calibration.items
    slope, intercept = items.slope.copy(), items.intercept.copy()
    step = _step(answers, len(slope))
    spread, moving = step, np.isfinite(step.slope)
    for done in range(_MOST_STEPS):
        longest = _LONGEST * items.slope
        part = np.minimum(1.0, longest / np.maximum(np.abs(step.slope), _LEAST_INFORMATION))
        slope[moving] += (part * step.slope)[moving]
        intercept[moving] += (part * step.intercept)[moving]
        moving = moving & ((np.abs(step.slope) > _NEAR * step.slope_error) | (part < 1))
        if not moving.any() or done == _MOST_STEPS - 1:
            break
        own = ItemParameters(slope, intercept, items.guessing)
        step = _step(left_out(calibration, own, moving), len(slope))
        moving = moving & np.isfinite(step.slope)
        spread = spread.replaced(step, moving)
    known = np.isfinite(spread.slope_error)
    return OwnCurves(np.where(known, slope, np.nan), spread.slope_error, spread.difficulty_error(items))


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """Of each item: how far to go, and the standard errors there."""

    slope: Array
    intercept: Array
    slope_error: Array
    variances: Array
    """Items × 3: of the slope, of both, of the intercept."""

    def replaced(self, other: _Step, some: np.ndarray) -> _Step:
        return _Step(
            np.where(some, other.slope, self.slope),
            np.where(some, other.intercept, self.intercept),
            np.where(some, other.slope_error, self.slope_error),
            np.where(some[:, None], other.variances, self.variances),
        )

    def difficulty_error(self, items: ItemParameters) -> Array:
        own, both, intercept = self.variances.T
        b = items.difficulty
        return np.asarray(np.sqrt(np.maximum(np.square(b) * own + 2 * b * both + intercept, 0)) / items.slope)


def _step(answers: LeftOut, count: int) -> _Step:
    variance = answers.share * (1 - answers.share)
    residual = (answers.right - answers.share) / variance

    def total(values: Array) -> Array:
        return np.asarray(np.bincount(answers.item, values, count))

    a, d = answers.by_slope, answers.by_intercept
    by_a, by_d = total(a * residual), total(d * residual)
    aa, ad, dd = total(a * a / variance), total(a * d / variance), total(d * d / variance)
    determinant = aa * dd - np.square(ad)
    determinant = np.where(determinant > _LEAST_INFORMATION, determinant, np.nan)
    variances = np.stack([dd, -ad, aa], axis=1) / determinant[:, None]
    slope = (dd * by_a - ad * by_d) / determinant
    intercept = (aa * by_d - ad * by_a) / determinant
    return _Step(slope, intercept, np.sqrt(variances[:, 0]), variances)
