"""Where 0 is and how long a logit: the same curves on another scale, and the scale that fits priors best.

A move of all items and groups together leaves the likelihood as it is, so an EM step hardly sees it: where priors hold
the scale, steps would creep. So that move is made by itself, as far as the priors like it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import numpy as np

from phonics_app.calibration.item_model import GroupParameters, ItemParameters
from phonics_app.calibration.maximisation import ItemPriors
from phonics_app.calibration.responses import Array

_FARTHEST, _LONGEST = 1.0, 0.3
"""Of one move, logits; and of one stretch, as a logarithm."""


class Scale(Enum):
    """What says where 0 is and how long a logit: the first group, set at the end (PERSONS) or, since priors do not go
    along with a change of scale, from the start (FIRST_GROUP); or the items (ITEMS)."""

    PERSONS = "persons"
    FIRST_GROUP = "first_group"
    ITEMS = "items"


def rescaled(
    items: ItemParameters, groups: GroupParameters, mean: float, unit: float
) -> tuple[ItemParameters, GroupParameters]:
    """The same curves on a scale whose 0 is what was `mean` and whose 1 was `unit`."""
    moved = ItemParameters(items.slope * unit, items.intercept + items.slope * mean, items.guessing)
    return moved, GroupParameters((groups.mean - mean) / unit, groups.deviation / unit)


def with_first_group(groups: GroupParameters, unit_free: bool) -> GroupParameters:
    """Its mean 0 and, where the unit is free, its deviation 1."""
    first = np.arange(len(groups.mean)) == 0
    deviation = np.where(first & unit_free, 1.0, groups.deviation)
    return GroupParameters(np.where(first, 0.0, groups.mean), deviation)


def by_priors(
    items: ItemParameters, groups: GroupParameters, priors: ItemPriors, unit_free: bool, first: float = 0.0
) -> tuple[ItemParameters, GroupParameters]:
    """On the scale that the priors like best, together with the `first` group's persons, if it is to be standard."""

    def of_persons(mean: float, unit: float) -> tuple[float, float, float]:
        """Log density of the first group's abilities, and its derivatives by mean and by log of the unit."""
        away = float(groups.mean[0]) - mean
        square = float(np.square(groups.deviation[0])) + away**2
        if unit_free:
            return -0.5 * square / unit**2 - np.log(unit), away / unit**2, square / unit**2 - 1
        return -0.5 * np.log(square), away / square, 0.0

    def loss(change: Array) -> tuple[float, Array]:
        mean, unit = float(change[0]), float(np.exp(change[1])) if unit_free else 1.0
        there, _ = rescaled(items, groups, mean, unit)
        value, by_mean, by_unit = (first * part for part in of_persons(mean, unit))
        value += float(priors.log_density(there.slope, there.intercept).sum())
        pull = (there.difficulty - priors.difficulty) / np.square(priors.difficulty_error)
        by_mean += float(pull.sum()) / unit
        by_unit += float(pull @ there.difficulty)
        by_unit -= float(((np.log(there.slope) - priors.log_slope) / np.square(priors.log_slope_error)).sum())
        return -value, -np.array([by_mean, by_unit][: len(change)])

    change = _lowest(loss, 2 if unit_free else 1)
    return rescaled(items, groups, float(change[0]), float(np.exp(change[1])) if unit_free else 1.0)


def _lowest(loss: Callable[[Array], tuple[float, Array]], count: int) -> Array:
    """The best change near none. `loss`: value and gradient."""
    from scipy import optimize  # 20 MB, which work without priors does not need

    none = np.zeros(count)
    start, _ = loss(none)
    bounds = [(-_FARTHEST, _FARTHEST), (-_LONGEST, _LONGEST)][:count]
    found = optimize.minimize(loss, none, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 0, "gtol": 1e-9})
    return np.asarray(found.x) if found.fun < start else none
