"""Curves of single items on the grid, with what is not known of the items averaged out.

A pupil sees an item once, so the average over the item's unknown parameters is exactly the likelihood of his answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import expit

from phonics_app.domain.strand import Strand
from phonics_app.engine.ability import Array, attenuated_slope

_NODES = 7
"""Gauss-Hermite nodes over an unknown slope."""
_LEAST = 1e-300


class CalibratedItem(Protocol):
    """What an item must tell to be chosen and scored; `PlannedItem` does. Logits, guessing as a share."""

    @property
    def id(self) -> str: ...
    @property
    def strand(self) -> Strand: ...
    @property
    def slope(self) -> float: ...
    @property
    def difficulty(self) -> float: ...
    @property
    def standard_error(self) -> float: ...
    @property
    def guessing(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Doubt:
    """How far items may be from what is stored of them, beside each difficulty's own standard error."""

    slope: float = 0.0
    """Standard deviation of the log of the slope."""
    difficulty: float = 0.0
    """Standard deviation, logits."""
    lapse: float = 0.0
    """Share of answers that are wrong although the pupil knows: a slip on the screen, a look out of the window."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemCurves:
    """Items × grid."""

    right: Array
    wrong: Array
    """1 − right, without cancellation."""
    steepness: Array
    """Derivative of `right` by theta."""

    @property
    def information(self) -> Array:
        """Fisher information of an answer, per logit²."""
        return np.asarray(np.square(self.steepness) / (self.right * self.wrong))


def item_curves(theta: Array, items: Sequence[CalibratedItem], doubt: Doubt) -> ItemCurves:
    """Curves averaged over slope and difficulty."""
    columns = [(i.slope, i.difficulty, i.standard_error, i.guessing) for i in items]
    slope, difficulty, error, guessing = np.array(columns, dtype=np.float64).reshape(-1, 4).T[:, :, None]
    error = np.hypot(error, doubt.difficulty)
    known = 1 - doubt.lapse - guessing
    right, wrong, steepness = np.zeros((3, len(items), len(theta)))
    for factor, weight in slope_factors(doubt):
        steep = attenuated_slope(slope * factor, error)
        logit = steep * (theta - difficulty)
        above, below = expit(logit), expit(-logit)
        right += weight * (guessing + known * above)
        wrong += weight * (doubt.lapse + known * below)
        steepness += weight * known * steep * above * below
    return ItemCurves(np.maximum(right, _LEAST), np.maximum(wrong, _LEAST), steepness)


def slope_factors(doubt: Doubt) -> list[tuple[float, float]]:
    """Factors on every slope, with median 1, and their weights."""
    if doubt.slope == 0:
        return [(1.0, 1.0)]
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    return [(float(np.exp(doubt.slope * z)), float(w)) for z, w in zip(nodes, weights / weights.sum(), strict=True)]
