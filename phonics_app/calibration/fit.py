"""How well each item fits the model: mean squares of what was answered against what was expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.expectation import make_blocks, posterior_of
from phonics_app.calibration.item_model import curves_of, probability
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


def item_fit(calibration: Calibration) -> ItemFit:
    """Of every item (Wright & Masters 1982, over posteriors in place of point estimates)."""
    responses, theta, items = calibration.responses, calibration.theta, calibration.items
    curves = curves_of(items, theta)
    weights = calibration.groups.log_weights(theta)
    answered, right = np.zeros_like(curves.log_wrong), np.zeros_like(curves.log_wrong)
    order = np.argsort(np.asarray(responses.right.sum(axis=1)).ravel(), kind="stable")
    for block in make_blocks(responses, order, curves.guessed):
        posterior = posterior_of(block, curves, weights, slice(0, len(theta))).weight
        answered += block.answered_by_item @ posterior
        right += block.right.T @ posterior
    chance = items.guessing[:, None]
    share = chance + (1 - chance) * probability(items.slope[:, None] * theta + items.intercept[:, None])
    share = np.clip(share, 1e-12, 1 - 1e-12)
    surprise = right * np.square(1 - share) + (answered - right) * np.square(share)
    variance = share * (1 - share)
    count = answered.sum(axis=1)
    return ItemFit(
        surprise.sum(axis=1) / (answered * variance).sum(axis=1), (surprise / variance).sum(axis=1) / count, count
    )
