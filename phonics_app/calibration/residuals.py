"""Answers against expectation, group by group: what tests of differing items are made of.

A group's own mean and spread of ability are estimated first (items held), so that a strong school is not taken for
one that all items favour. Abilities are never point estimates: everything is an expectation over posteriors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.expectation import Block, make_blocks, posterior_of
from phonics_app.calibration.item_model import Curves, GroupParameters, ItemParameters, curves_of
from phonics_app.calibration.left_out import shares_of
from phonics_app.calibration.maximisation import LEAST_DEVIATION
from phonics_app.calibration.responses import Array, Indices, Responses

_MOST_ROUNDS = 50
_NEAR = 0.01
"""Standard errors: a group's mean and spread that move less are taken as found."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupResiduals:
    """Of the persons of one group, P of them; J items, B bundles of items."""

    persons: Indices
    residual: sparse.csr_matrix
    """P × J: score less its expectation over the person's posterior."""
    mean_score: Array
    """P: derivative of the log likelihood by the group's mean; sums to 0."""
    mean_information: float
    information: Array
    """J: how much the sum of an item's residuals grows with a shift of one logit, were abilities known."""
    lost: Array
    """B: of the sum over a bundle, how much of that the persons' own abilities take up."""
    with_mean: Array
    """J: how much the sum of residuals grows with the group's mean."""


@dataclass(slots=True)
class GroupPrior:
    """What a group's abilities are beyond those of the calibration's groups: mean added (logits), spread multiplied."""

    added: float = 0.0
    factor: float = 1.0


def group_residuals(
    calibration: Calibration, persons: Indices, shift: Array, bundle: Indices, prior: GroupPrior
) -> GroupResiduals:
    """`shift`: J logits by which items are known to be easier for this group; `bundle`: of each item, -1 for none.

    `prior` is where the group's mean and spread are looked for first, and where what was found is left.
    """
    members = _Members(calibration, persons, shift)
    members.settle(prior)
    parts = [members.part(block, posterior, bundle, prior) for block, posterior in members.posteriors(prior)]
    return GroupResiduals(
        persons,
        sparse.vstack([part.residual for part in parts], format="csr"),
        np.concatenate([part.mean_score for part in parts]),
        float(np.sum([part.mean_information for part in parts])),
        np.sum([part.information for part in parts], axis=0),
        np.sum([part.lost for part in parts], axis=0),
        np.sum([part.with_mean for part in parts], axis=0),
    )


class _Members:
    """A group's answers, and the items as they are for this group."""

    def __init__(self, calibration: Calibration, persons: Indices, shift: Array) -> None:
        self.theta, self.groups = calibration.theta, calibration.groups
        items = calibration.items
        self.items = ItemParameters(items.slope, items.intercept + shift, items.guessing)
        self.curves: Curves = curves_of(self.items, self.theta)
        self.share, self.steepness = shares_of(self.items, self.theta)
        own = _only(calibration.responses, persons)
        self.blocks: list[Block] = list(make_blocks(own, np.arange(len(persons)), self.curves.guessed))
        self.persons = persons

    def prior_of(self, prior: GroupPrior) -> GroupParameters:
        deviation = np.maximum(self.groups.deviation * prior.factor, LEAST_DEVIATION)
        return GroupParameters(self.groups.mean + prior.added, deviation)

    def posteriors(self, prior: GroupPrior) -> Iterator[tuple[Block, Array]]:
        weights = self.prior_of(prior).log_weights(self.theta)
        for block in self.blocks:
            yield block, posterior_of(block, self.curves, weights, slice(0, len(self.theta))).weight

    def settle(self, prior: GroupPrior) -> None:
        """EM for the group's mean and spread."""
        count = len(self.persons)
        for _ in range(_MOST_ROUNDS):
            total, square = 0.0, 0.0
            for block, posterior in self.posteriors(prior):
                middle, unit = self.groups.mean[block.group], self.groups.deviation[block.group]
                mean = posterior @ self.theta - middle
                both = posterior @ np.square(self.theta) - 2 * middle * (mean + middle) + np.square(middle)
                total += float((mean / np.square(unit)).sum() / (1 / np.square(unit)).mean())
                square += float(((both - 2 * prior.added * mean + prior.added**2) / np.square(unit)).sum())
            added, factor = total / count, float(np.sqrt(max(square / count, LEAST_DEVIATION**2)))
            typical = float(self.groups.deviation[self.blocks[0].group].mean()) * factor
            moved = max(abs(added - prior.added) / typical, abs(factor - prior.factor) / factor) * np.sqrt(count)
            prior.added, prior.factor = added, factor
            if moved < _NEAR:
                return

    def part(self, block: Block, posterior: Array, bundle: Indices, prior: GroupPrior) -> GroupResiduals:
        """The block's share of the group's figures."""
        answered, own = block.answered, self.prior_of(prior)
        variance = np.square(own.deviation[block.group])
        ability = posterior @ self.theta
        expected = posterior @ self.share.T
        together = (posterior * self.theta) @ self.share.T - ability[:, None] * expected
        spread = posterior @ np.square(self.theta) - np.square(ability)
        return GroupResiduals(
            self.persons,
            (block.right - answered.multiply(expected)).tocsr(),
            (ability - own.mean[block.group]) / variance,
            float((1 / variance - spread / np.square(variance)).sum()),
            np.asarray(answered.multiply(posterior @ self.steepness.T).sum(axis=0)).ravel(),
            self._lost(block, posterior, expected, bundle),
            np.asarray(answered.multiply(together / variance[:, None]).sum(axis=0)).ravel(),
        )

    def _lost(self, block: Block, posterior: Array, expected: Array, bundle: Indices) -> Array:
        """Spread of the bundle's expected score over each person's posterior, summed."""
        count = int(bundle.max()) + 1
        if (np.bincount(bundle[bundle >= 0], minlength=count) == 1).all():
            spread = posterior @ np.square(self.share).T - np.square(expected)
            of_item = np.asarray(block.answered.multiply(spread).sum(axis=0)).ravel()
            return np.asarray(np.bincount(bundle[bundle >= 0], of_item[bundle >= 0], count))
        lost = np.zeros(count)
        for one in range(count):
            own = np.flatnonzero(bundle == one)
            score = block.answered[:, own] @ self.share[own]
            mean = (posterior * score).sum(axis=1)
            lost[one] = float(((posterior * np.square(score)).sum(axis=1) - np.square(mean)).sum())
        return lost


def _only(responses: Responses, persons: Indices) -> Responses:
    return replace(
        responses,
        persons=tuple(responses.persons[p] for p in persons),
        group=responses.group[persons],
        answered=responses.answered[persons],
        right=responses.right[persons],
    )
