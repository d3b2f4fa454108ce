"""Standard errors of calibrated parameters, from the observed information (Louis 1982).

What the answers tell is what they would tell if abilities were known, less what is lost since they are not. The loss
is, for each person, the spread of the score vector over his or her posterior. That is summed over polynomials of
ability, orthogonal under the posterior: a narrow one (many answers) needs two of them, a wide one a few more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import sparse

from phonics_app.calibration.answers import Answers, Key
from phonics_app.calibration.estimation import Calibration, Estimates, Scale, arranged_for
from phonics_app.calibration.expectation import Block, posterior_of
from phonics_app.calibration.item_model import Model, curves_of, probability
from phonics_app.calibration.maximisation import at_bound
from phonics_app.calibration.responses import Array, Indices

_TERMS, _TERMS_OF_FEW, _FEW = 3, 12, 60
"""Polynomials, more where there are few items: then posteriors are wide, and polynomials cost little."""


@dataclass(frozen=True, slots=True, eq=False)
class StandardErrors:
    """NaN where a parameter was fixed or stands at a bound."""

    slope: Array
    difficulty: Array
    group_mean: Array
    group_deviation: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """Where each free parameter stands in the information matrix; -1 where it is fixed. J items, G groups."""

    slope: Indices
    intercept: Indices
    mean: Indices
    deviation: Indices
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """Expected answers by persons at the node (J × Q), persons (G × Q), and the information lost (parameters²)."""

    answered: Array
    persons: Array
    lost: Array

    def __add__(self, other: _Told) -> _Told:
        return _Told(self.answered + other.answered, self.persons + other.persons, self.lost + other.lost)


def standard_errors(calibration: Calibration, clustered: bool = False) -> StandardErrors:
    """Of slopes (J), difficulties in logits (J), group means and deviations (G). `clustered`: by the persons' own
    scores (sandwich: Huber 1967), right also where a person's answers hang together beyond ability."""
    return errors_of(calibration, arranged_for(calibration), clustered)


def errors_of(estimates: Estimates, answers: Answers, clustered: bool = False) -> StandardErrors:
    """The same of answers anywhere."""
    layout, items = _layout(estimates), estimates.items
    covariance = _covariance(estimates, answers, layout, clustered)
    slope, intercept = _variance(covariance, layout.slope), _variance(covariance, layout.intercept)
    known = layout.slope >= 0
    both = np.where(known, covariance[layout.slope, layout.intercept], 0.0)
    spread = np.where(known, slope, 0.0)
    difficulty = (np.square(items.difficulty) * spread + intercept + 2 * items.difficulty * both) / np.square(
        items.slope
    )
    return StandardErrors(
        np.sqrt(slope),
        np.sqrt(difficulty),
        np.sqrt(_variance(covariance, layout.mean)),
        np.sqrt(_variance(covariance, layout.deviation)),
    )


def mean_difficulty_errors(calibration: Calibration, weights: Array, clustered: bool = False) -> Array:
    """Of weighted means of difficulties, as that of a passage; `weights`: means × J. Fixed items count as known."""
    layout, items = _layout(calibration), calibration.items
    gradient = np.zeros((len(weights), layout.size))
    free, sloped = layout.intercept >= 0, layout.slope >= 0
    gradient[:, layout.intercept[free]] = -(weights / items.slope)[:, free]
    gradient[:, layout.slope[sloped]] = -(weights * items.difficulty / items.slope)[:, sloped]
    covariance = _covariance(calibration, arranged_for(calibration), layout, clustered)
    return np.asarray(np.sqrt(np.einsum("kp,pq,kq->k", gradient, covariance, gradient, optimize=True)))


def _covariance(estimates: Estimates, answers: Answers, layout: _Layout, clustered: bool) -> Array:
    inverse: Array = np.asarray(np.linalg.inv(information(estimates, answers, layout)), dtype=np.float64)
    return inverse @ _score_products(estimates, answers, layout) @ inverse if clustered else inverse


def _score_products(estimates: Estimates, answers: Answers, layout: _Layout) -> Array:
    """Sum over persons of the outer product of the score vector, which is its expectation over the posterior."""
    return answers.total(partial(_score_product, estimates, layout))


def _score_product(estimates: Estimates, layout: _Layout, _: Key, block: Block) -> Array:
    curves, weights = curves_of(estimates.items, estimates.theta), estimates.groups.log_weights(estimates.theta)
    posterior = posterior_of(block, curves, weights, slice(0, len(estimates.theta))).weight
    term = _term(estimates, block, posterior, _item_scores(estimates), layout)
    return np.asarray((term.T @ term).toarray())


def _variance(covariance: Array, index: Indices) -> Array:
    return np.where(index >= 0, np.diagonal(covariance)[index], np.nan)


def _layout(estimates: Estimates) -> _Layout:
    two_pl, held = estimates.settings.model is Model.TWO_PL, estimates.settings.scale is Scale.ITEMS
    item = estimates.free & ~at_bound(estimates.items.slope)
    first = np.arange(len(estimates.groups.mean)) == 0
    parts = [item & two_pl, item, held | ~first, held | ~first | (not two_pl)]
    ends = np.cumsum([part.sum() for part in parts])
    slope, intercept, mean, deviation = (
        np.where(part, end - part.sum() + np.cumsum(part) - 1, -1) for part, end in zip(parts, ends, strict=True)
    )
    return _Layout(slope, intercept, mean, deviation, int(ends[-1]))


def information(estimates: Estimates, answers: Answers, layout: _Layout) -> Array:
    """The observed information on all free parameters, `layout.size` square."""
    told = answers.total(partial(_told, estimates, layout))
    found = -told.lost
    _add_items(found, estimates, told.answered, layout)
    _add_groups(found, estimates, told.persons, layout)
    return found


def _told(estimates: Estimates, layout: _Layout, _: Key, block: Block) -> _Told:
    theta = estimates.theta
    curves, weights = curves_of(estimates.items, theta), estimates.groups.log_weights(theta)
    posterior = posterior_of(block, curves, weights, slice(0, len(theta))).weight
    persons = np.zeros((len(weights), len(theta)))
    np.add.at(persons, block.group, posterior)
    return _Told(block.answered_by_item @ posterior, persons, _lost(estimates, block, posterior, layout))


def _add_items(found: Array, estimates: Estimates, answered: Array, layout: _Layout) -> None:
    """What known abilities would tell of each item, and its prior."""
    items, theta = estimates.items, estimates.theta
    share = probability(items.slope[:, None] * theta + items.intercept[:, None])
    chance = items.guessing[:, None]
    weight = answered * share * (1 - share) * (1 - chance) * share / (chance + (1 - chance) * share)
    own = np.stack([weight @ np.square(theta), weight.sum(axis=1)])
    both = weight @ theta
    if estimates.settings.priors is not None:
        _, more, more_both = estimates.settings.priors.derivatives(items.slope, items.intercept)
        own, both = own + more, both + more_both
    free, sloped = layout.intercept >= 0, layout.slope >= 0
    found[layout.intercept[free], layout.intercept[free]] += own[1][free]
    found[layout.slope[sloped], layout.slope[sloped]] += own[0][sloped]
    found[layout.slope[sloped], layout.intercept[sloped]] += both[sloped]
    found[layout.intercept[sloped], layout.slope[sloped]] += both[sloped]


def _add_groups(found: Array, estimates: Estimates, persons: Array, layout: _Layout) -> None:
    """What known abilities would tell of each group's mean and deviation (normal)."""
    count, unit = persons.sum(axis=1), estimates.groups.deviation
    mean, deviation = layout.mean >= 0, layout.deviation >= 0
    found[layout.mean[mean], layout.mean[mean]] += (count / np.square(unit))[mean]
    found[layout.deviation[deviation], layout.deviation[deviation]] += (2 * count / np.square(unit))[deviation]


def _lost(estimates: Estimates, block: Block, posterior: Array, layout: _Layout) -> Array:
    """The block's sum of the score vectors' spreads over the posteriors."""
    terms = _TERMS_OF_FEW if len(estimates.items.slope) <= _FEW else _TERMS
    scores = _item_scores(estimates)
    loss = np.zeros((layout.size, layout.size))
    for weighted in _polynomials(posterior, estimates.theta, terms):
        term = _term(estimates, block, weighted, scores, layout)
        loss += (term.T @ term).toarray()
    return loss


def _polynomials(posterior: Array, theta: Array, terms: int) -> Iterator[Array]:
    """Polynomials of degree 1, 2, … times the posterior, of norm 1, orthogonal to each other and 1: persons × nodes."""
    basis = [np.ones_like(posterior)]
    for _ in range(terms):
        new = basis[-1] * theta
        for _ in range(2):  # Gram–Schmidt twice: once leaves rounding errors
            for old in basis:
                new = new - old * (posterior * new * old).sum(axis=1, keepdims=True)
        norm = np.sqrt((posterior * np.square(new)).sum(axis=1, keepdims=True))
        basis.append(new / np.maximum(norm, 1e-150))
        yield posterior * basis[-1]


def _item_scores(estimates: Estimates) -> tuple[Array, Array]:
    """Derivative of the log probability by the log odds, of a right answer and of a wrong one: each J × Q."""
    items = estimates.items
    share = probability(items.slope[:, None] * estimates.theta + items.intercept[:, None])
    chance = items.guessing[:, None]
    known = (1 - chance) * share / (chance + (1 - chance) * share)
    return known * (1 - share), -share


def _term(
    estimates: Estimates, block: Block, weighted: Array, scores: tuple[Array, Array], layout: _Layout
) -> sparse.csr_matrix:
    """Each person's score vector projected on one polynomial: persons × parameters."""
    theta, groups = estimates.theta, estimates.groups
    table = block.answered.tocoo()
    person, item, count = table.row, table.col, table.data
    right = np.asarray(block.right[person, item]).ravel() > 0
    by_intercept, by_slope = (
        count * np.where(right, *((side @ curve.T)[person, item] for curve in scores))
        for side in (weighted, weighted * theta)
    )
    z = (theta - groups.mean[block.group, None]) / groups.deviation[block.group, None]
    unit, everyone = groups.deviation[block.group], np.arange(len(weighted))
    entries = [
        (person, layout.slope[item], by_slope),
        (person, layout.intercept[item], by_intercept),
        (everyone, layout.mean[block.group], (weighted * z).sum(axis=1) / unit),
        (everyone, layout.deviation[block.group], (weighted * (np.square(z) - 1)).sum(axis=1) / unit),
    ]
    row, column, value = (np.concatenate(part) for part in zip(*entries, strict=True))
    free = column >= 0
    return sparse.csr_matrix((value[free], (row[free], column[free])), shape=(len(weighted), layout.size))
