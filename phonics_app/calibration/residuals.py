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
_TOGETHER = 20_000
"""Answers at once: their tables stay in the processor's cache."""
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


@dataclass(frozen=True, slots=True, eq=False)
class _Expectations:
    """Of each answer, over the person's posterior: of the share right, of that times theta, of its square, and of the
    share's growth with a shift."""

    expected: Array
    with_theta: Array
    square: Array
    steepness: Array


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
        answered, own = block.answered.sorted_indices(), self.prior_of(prior)
        told, variance = self._told(answered, posterior), np.square(own.deviation[block.group])
        row = np.repeat(np.arange(len(posterior)), np.diff(answered.indptr))
        right = np.asarray(block.right[row, answered.indices]).ravel()
        ability = posterior @ self.theta
        spread = posterior @ np.square(self.theta) - np.square(ability)
        together = (told.with_theta - ability[row] * told.expected) / variance[row]

        def of_items(values: Array) -> Array:
            return np.asarray(np.bincount(answered.indices, values, answered.shape[1]))

        return GroupResiduals(
            self.persons,
            sparse.csr_matrix((right - told.expected, answered.indices, answered.indptr), answered.shape),
            (ability - own.mean[block.group]) / variance,
            float((1 / variance - spread / np.square(variance)).sum()),
            of_items(told.steepness),
            self._lost(answered, posterior, bundle, of_items(told.square - np.square(told.expected))),
            of_items(together),
        )

    def _told(self, answered: sparse.csr_matrix, posterior: Array) -> _Expectations:
        row, item = np.repeat(np.arange(len(posterior)), np.diff(answered.indptr)), answered.indices
        parts = []
        for start in range(0, max(len(item), 1), _TOGETHER):
            some = slice(start, start + _TOGETHER)
            weight, share = posterior[row[some]], self.share[item[some]]
            product = weight * share
            steepness = np.einsum("ij,ij->i", weight, self.steepness[item[some]])
            square = np.einsum("ij,ij->i", product, share)
            parts.append((product.sum(axis=1), product @ self.theta, square, steepness))
        return _Expectations(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    def _lost(self, answered: sparse.csr_matrix, posterior: Array, bundle: Indices, of_items: Array) -> Array:
        """Spread of the bundle's expected score over each person's posterior, summed. `of_items`: of single items."""
        count = int(bundle.max()) + 1
        if (np.bincount(bundle[bundle >= 0], minlength=count) == 1).all():
            return np.asarray(np.bincount(bundle[bundle >= 0], of_items[bundle >= 0], count))
        lost = np.zeros(count)
        for one in range(count):
            items = np.flatnonzero(bundle == one)
            own = answered[:, items]
            some = np.flatnonzero(np.diff(own.indptr))
            score, weight = own[some] @ self.share[items], posterior[some]
            product = weight * score
            lost[one] = float((product * score).sum() - np.square(product.sum(axis=1)).sum())
        return lost


def _only(responses: Responses, persons: Indices) -> Responses:
    return replace(
        responses,
        persons=tuple(responses.persons[p] for p in persons),
        group=responses.group[persons],
        answered=responses.answered[persons],
        right=responses.right[persons],
    )
