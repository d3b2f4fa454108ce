"""Parameters of items and groups, and the curves that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from phonics_app.calibration.responses import Array, Indices


class Model(StrEnum):
    """RASCH: all slopes 1, the first group's mean 0, its spread free. TWO_PL: slopes free, the first group N(0, 1)."""

    RASCH = "rasch"
    TWO_PL = "2pl"


@dataclass(frozen=True, slots=True, eq=False)
class ItemParameters:
    """Of each item: log odds = slope × theta + intercept, above the share `guessing` right by chance (fixed)."""

    slope: Array
    intercept: Array
    guessing: Array

    @property
    def difficulty(self) -> Array:
        """Theta at which the log odds are 0, logits."""
        return np.asarray(-self.intercept / self.slope)


@dataclass(frozen=True, slots=True, eq=False)
class GroupParameters:
    """Of each group: mean and standard deviation of theta, logits."""

    mean: Array
    deviation: Array

    def log_weights(self, theta: Array) -> Array:
        """Log of the normal density on the nodes, each group's weights summing to 1: groups × nodes."""
        z = (theta - self.mean[:, None]) / self.deviation[:, None]
        density = -0.5 * np.square(z)
        return np.asarray(density - np.log(np.exp(density).sum(axis=1, keepdims=True)))


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """What a step needs of the items on the nodes. Items without guessing need no table of right answers: their log
    odds are linear in theta."""

    theta: Array
    items: ItemParameters
    log_wrong: Array
    """Items × nodes: log probability of a wrong answer."""
    guessed: Indices
    """Of the items with guessing."""
    lift: Array
    """Guessed items × nodes: log probability of right less that of wrong."""

    @property
    def linear(self) -> Array:
        """Items × 2: slope and intercept, 0 for items with guessing."""
        plain = self.items.guessing == 0
        return np.stack([self.items.slope * plain, self.items.intercept * plain], axis=1)


def curves_of(items: ItemParameters, theta: Array) -> Curves:
    odds = items.slope[:, None] * theta + items.intercept[:, None]
    log_wrong = np.log1p(-items.guessing)[:, None] + log_of_wrong(odds)
    guessed = np.flatnonzero(items.guessing)
    chance = items.guessing[guessed, None]
    log_right = np.log(chance + (1 - chance) * probability(odds[guessed]))
    return Curves(theta, items, log_wrong, guessed, log_right - log_wrong[guessed])


def probability(odds: Array) -> Array:
    """Inverse logit of log odds, without overflow."""
    return np.asarray(special.expit(odds))


def log_of_wrong(odds: Array) -> Array:
    """log(1 - probability), without overflow; three times as fast as `np.logaddexp`."""
    found = -np.abs(odds)
    np.log1p(np.exp(found, out=found), out=found)
    found += np.maximum(odds, 0)
    return np.negative(found, out=found)
