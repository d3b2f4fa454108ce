"""Where 0 is and how long a logit: the same curves on another scale, and the scale that fits priors best.

A move of all items and groups together leaves the likelihood as it is, so an EM step hardly sees it: where priors hold
the scale, steps would creep. So that move is made by itself, as far as the priors like it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import numpy as np
from scipy import optimize

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

    def moved(change: Array) -> tuple[ItemParameters, GroupParameters]:
        return rescaled(items, groups, float(change[0]), float(np.exp(change[1])) if unit_free else 1.0)

    def value(change: Array) -> float:
        there, persons = moved(change)
        square = float(np.square(persons.deviation[0]) + np.square(persons.mean[0]))
        # Log density of the first group's abilities, where its deviation is 1, or as it comes out.
        of_persons = -0.5 * square - float(change[1]) if unit_free else -0.5 * np.log(square)
        return float(priors.log_density(there.slope, there.intercept).sum() + first * of_persons)

    return moved(_highest(value, 2 if unit_free else 1))


def _highest(value: Callable[[Array], float], count: int) -> Array:
    """The best change near none."""
    none = np.zeros(count)
    start = value(none)
    size = max(abs(start), 1.0)
    bounds = [(-_FARTHEST, _FARTHEST), (-_LONGEST, _LONGEST)][:count]
    options = {"ftol": 1e-15, "gtol": 1e-10}
    found = optimize.minimize(
        lambda change: (start - value(change)) / size, none, method="L-BFGS-B", bounds=bounds, options=options
    )
    return np.asarray(found.x) if found.fun < 0 else none
