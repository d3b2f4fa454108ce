"""How well each item fits the model: mean squares of what was answered against what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from phonics_app.calibration.answers import Answers, Key
from phonics_app.calibration.estimation import Calibration, Estimates, arranged_for
from phonics_app.calibration.expectation import Block, posterior_of
from phonics_app.calibration.item_model import Curves, curves_of, probability
from phonics_app.calibration.responses import Array


@dataclass(frozen=True, slots=True, eq=False)
class ItemFit:
    """1 is as expected; above: more surprises than the model allows; below: fewer.

    `infit` weighs answers by what they tell, `outfit` counts all alike, so that a few odd answers far from an item's
    difficulty show. Both are taken over each person's posterior, so that under the model their expectation is 1.
    """

    infit: Array
    outfit: Array
    answers: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """Expected answers by persons at the node, and right ones: items × nodes."""

    answered: Array
    right: Array

    def __add__(self, other: _Seen) -> _Seen:
        return _Seen(self.answered + other.answered, self.right + other.right)


def item_fit(calibration: Calibration) -> ItemFit:
    """Of every item (Wright & Masters 1982, over posteriors in place of point estimates)."""
    return fit_of(calibration, arranged_for(calibration))


def fit_of(estimates: Estimates, answers: Answers) -> ItemFit:
    """The same of answers anywhere."""
    theta, items = estimates.theta, estimates.items
    curves = curves_of(items, theta)
    seen = answers.total(partial(_seen, curves, estimates.groups.log_weights(theta)))
    chance = items.guessing[:, None]
    share = chance + (1 - chance) * probability(items.slope[:, None] * theta + items.intercept[:, None])
    share = np.clip(share, 1e-12, 1 - 1e-12)
    surprise = seen.right * np.square(1 - share) + (seen.answered - seen.right) * np.square(share)
    variance = share * (1 - share)
    count = seen.answered.sum(axis=1)
    return ItemFit(
        surprise.sum(axis=1) / (seen.answered * variance).sum(axis=1), (surprise / variance).sum(axis=1) / count, count
    )


def _seen(curves: Curves, log_weights: Array, _: Key, block: Block) -> _Seen:
    posterior = posterior_of(block, curves, log_weights, slice(0, len(curves.theta))).weight
    return _Seen(block.answered.T @ posterior, block.right.T @ posterior)
