"""The M-step: item parameters and group moments that fit the expected counts best.

Items are improved by Newton steps on slope and intercept, each shortened until the item fits better. Priors, where
there are any, are normal on the difficulty and on the log of the slope. Group moments are always freed and the scale is
put back afterwards (parameter expansion: Liu, Rubin & Wu 1998); a plain EM step would creep.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from phonics_app.calibration.expectation import ExpectedCounts
from phonics_app.calibration.item_model import GroupParameters, ItemParameters, log_of_wrong, probability
from phonics_app.calibration.responses import Array

LEAST_SLOPE, MOST_SLOPE = 0.05, 10.0
"""Where an item's likelihood has no peak (hardly a wrong answer, say), its slope stops here."""
LEAST_DEVIATION = 0.05
_NEWTON_STEPS = 2
_SHORTENINGS = 6
_RIDGE = 1e-9

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class ItemPriors:
    """Beliefs beforehand about each item: difficulty in logits, natural log of the slope. Infinite errors: none."""

    difficulty: Array
    difficulty_error: Array
    log_slope: Array
    log_slope_error: Array

    def log_density(self, slope: Array, intercept: Array) -> Array:
        at, log_at = self._distances(slope, intercept)
        return np.asarray(-0.5 * (np.square(at) + np.square(log_at)))

    def derivatives(self, slope: Array, intercept: Array) -> tuple[Array, Array, Array]:
        """Gradient by slope and by intercept (2 × J) and the information (2 × 2 × J), by Gauss–Newton."""
        at, log_at = self._distances(slope, intercept)
        by_slope = np.stack([intercept / np.square(slope) / self.difficulty_error, 1 / slope / self.log_slope_error])
        by_intercept = np.stack([-1 / slope / self.difficulty_error, np.zeros_like(slope)])
        distance = np.stack([at, log_at])
        gradient = np.stack([-(distance * by_slope).sum(axis=0), -(distance * by_intercept).sum(axis=0)])
        own = np.stack([np.square(by_slope).sum(axis=0), np.square(by_intercept).sum(axis=0)])
        return gradient, own, (by_slope * by_intercept).sum(axis=0)

    def _distances(self, slope: Array, intercept: Array) -> tuple[Array, Array]:
        """From the means, in errors."""
        at = (-intercept / slope - self.difficulty) / self.difficulty_error
        return np.asarray(at), np.asarray((np.log(slope) - self.log_slope) / self.log_slope_error)


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """What an item's parameters are to maximise. J items, Q nodes, C of the items with guessing."""

    theta: Array
    counts: ExpectedCounts
    right: Array
    """J: right answers in all."""
    guessing: Array
    priors: ItemPriors | None
    slopes_free: bool

    def value(self, slope: Array, intercept: Array) -> Array:
        odds = slope[:, None] * self.theta + intercept[:, None]
        found = self.right * intercept + self.counts.ability_right * slope
        some = np.flatnonzero(self.guessing)
        chance = self.guessing[some, None]
        lift = np.logaddexp(np.log(chance), odds[some]) - np.log1p(-chance)
        found[some] = (self.counts.guessed_right * lift).sum(axis=1)
        found += np.einsum("jq,jq->j", self.counts.answered, log_of_wrong(odds))
        return found if self.priors is None else found + self.priors.log_density(slope, intercept)

    def log_prior(self, items: ItemParameters) -> float:
        """Of all items together; 0 without priors."""
        return 0.0 if self.priors is None else float(self.priors.log_density(items.slope, items.intercept).sum())

    def step(self, slope: Array, intercept: Array) -> tuple[Array, Array]:
        """Newton's step of slope and of intercept."""
        gradient, own, both = self._with_priors(slope, intercept)
        determinant = own[0] * own[1] - np.square(both)
        by_slope = (own[1] * gradient[0] - both * gradient[1]) / determinant
        return by_slope, (own[0] * gradient[1] - both * gradient[0]) / determinant

    def distance(self, before: ItemParameters, after: ItemParameters) -> Array:
        """Of each item, in its standard errors (those of known abilities)."""
        _, own, both = self._with_priors(after.slope, after.intercept)
        by_slope, by_intercept = after.slope - before.slope, after.intercept - before.intercept
        square = own[0] * np.square(by_slope) + own[1] * np.square(by_intercept) + 2 * both * by_slope * by_intercept
        return np.asarray(np.sqrt(np.maximum(square, 0)), dtype=np.float64)

    def told(self, items: ItemParameters) -> Array:
        """J: of each difficulty, how much of what is known of it the answers tell and not its prior (0–1); reckoned as
        if abilities were known."""
        if self.priors is None:
            return np.ones_like(items.slope)
        _, own, both = self._with_priors(items.slope, items.intercept)
        square, at = own[0], items.difficulty
        if self.slopes_free:
            square = square + np.square(at) * own[1] - 2 * at * both
        variance = square / (own[0] * own[1] - np.square(both)) / np.square(items.slope)
        return np.asarray((1 - variance / np.square(self.priors.difficulty_error)).clip(0, 1))

    def _with_priors(self, slope: Array, intercept: Array) -> tuple[Array, Array, Array]:
        """Gradient (2 × J), information of slope and intercept by themselves (2 × J), and of both (J)."""
        gradient, own, both = self._derivatives(slope, intercept)
        if self.priors is not None:
            more_gradient, more_own, more_both = self.priors.derivatives(slope, intercept)
            gradient, own, both = gradient + more_gradient, own + more_own, both + more_both
        if not self.slopes_free:
            gradient[0], own[0], both = 0.0, 1.0, np.zeros_like(both)
        return gradient, own + _RIDGE, both

    def _derivatives(self, slope: Array, intercept: Array) -> tuple[Array, Array, Array]:
        share = probability(slope[:, None] * self.theta + intercept[:, None])
        residual = -self.counts.answered * share
        weight = -residual * (1 - share)
        gradient = np.stack([residual @ self.theta + self.counts.ability_right, residual.sum(axis=1) + self.right])
        some = np.flatnonzero(self.guessing)
        if len(some):
            chance, sure = self.guessing[some, None], share[some]
            known = (1 - chance) * sure / (chance + (1 - chance) * sure)
            """Of right answers at the node, the share that is not luck."""
            residual = self.counts.guessed_right * (known * (1 - sure) + sure) - self.counts.answered[some] * sure
            gradient[:, some] = np.stack([residual @ self.theta, residual.sum(axis=1)])
            weight[some] *= known
        own = np.stack([weight @ np.square(self.theta), weight.sum(axis=1)])
        return gradient, own, weight @ self.theta


def improved_items(goal: Goal, items: ItemParameters, free: Mask) -> ItemParameters:
    """Items of greater value, `free` ones only."""
    slope, intercept = items.slope, items.intercept
    value = goal.value(slope, intercept)
    for _ in range(_NEWTON_STEPS):
        by_slope, by_intercept = goal.step(slope, intercept)
        part = free.astype(np.float64)
        for _ in range(_SHORTENINGS):
            new_slope = np.clip(slope + part * by_slope, LEAST_SLOPE, MOST_SLOPE) if goal.slopes_free else slope
            new_intercept = intercept + part * by_intercept
            new_value = goal.value(new_slope, new_intercept)
            worse = new_value < value - 1e-9
            if not worse.any():
                break
            part[worse] /= 4
        part[worse] = 0
        slope, intercept = np.where(worse, slope, new_slope), np.where(worse, intercept, new_intercept)
        value = np.where(worse, value, new_value)
    return ItemParameters(slope, intercept, items.guessing)


def at_bound(slope: Array) -> Mask:
    return np.asarray((slope <= LEAST_SLOPE) | (slope >= MOST_SLOPE))


def moments_of(persons: Array, theta: Array) -> GroupParameters:
    """Mean and standard deviation of each group's expected abilities; `persons`: groups × nodes."""
    weight = persons / persons.sum(axis=1, keepdims=True)
    mean = weight @ theta
    variance = weight @ np.square(theta) - np.square(mean)
    return GroupParameters(mean, np.sqrt(np.maximum(variance, LEAST_DEVIATION**2)))


def groups_moved(before: GroupParameters, after: GroupParameters, persons: Array) -> float:
    """The longest step of a group's mean or deviation, in standard errors (those of known abilities)."""
    error = after.deviation / np.sqrt(persons)
    mean = np.abs(after.mean - before.mean) / error
    deviation = np.abs(after.deviation - before.deviation) / error * np.sqrt(2)
    return float(max(mean.max(), deviation.max()))
