"""Standard errors of calibrated parameters, from the observed information (Louis 1982).

What the answers tell is what they would tell if abilities were known, less what is lost since they are not. The loss
is, for each person, the spread of the score vector over his or her posterior. That is summed over polynomials of
ability, orthogonal under the posterior: a narrow one (many answers) needs two of them, a wide one a few more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from threadpoolctl import threadpool_limits

from phonics_app.calibration.answers import Answers, Key, Progress
from phonics_app.calibration.estimation import Calibration, Estimates, arranged_for
from phonics_app.calibration.expectation import Block, posterior_of
from phonics_app.calibration.item_model import Model, curves_of, probability
from phonics_app.calibration.maximisation import at_bound
from phonics_app.calibration.responses import Array, Indices
from phonics_app.calibration.scaling import Scale

Singles = npt.NDArray[np.float32]
"""Of single precision, which is enough for products that are then added up in double: standard errors to 1e-4."""
_ANSWERS_TOGETHER = 40_000
"""Whose curves are held at once."""
_SPARSE = 0.06
"""Share of a table's places that are taken, up to which a product of taken places alone is quicker than one of all."""
_FEWEST_TERMS, _MOST_TERMS, _TERMS_OF_ONE_ANSWER = 2, 12, 24
"""How many polynomials a person's loss is summed over: they fall with the width of the posterior, which is that of one
answer divided by the root of their number. Standard errors are then right to 1e-4."""


@dataclass(frozen=True, slots=True, eq=False)
class StandardErrors:
    """NaN where a parameter was fixed, stands at a bound, or isn't told by the answers at all."""

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

    def __iadd__(self, other: _Told) -> _Told:
        """In place: the largest tables of all the work."""
        for own, more in ((self.answered, other.answered), (self.persons, other.persons), (self.lost, other.lost)):
            own += more
        return self


def standard_errors(
    calibration: Calibration, clustered: bool = False, progress: Progress | None = None
) -> StandardErrors:
    """Of slopes (J), difficulties in logits (J), group means and deviations (G). `clustered`: by the persons' own
    scores (sandwich: Huber 1967), right also where a person's answers hang together beyond ability. `progress` is told
    the share of the work done."""
    return errors_of(calibration, arranged_for(calibration), clustered, progress)


def errors_of(
    estimates: Estimates, answers: Answers, clustered: bool = False, progress: Progress | None = None
) -> StandardErrors:
    """The same of answers anywhere."""
    layout, items = _layout(estimates), estimates.items
    covariance = _covariance(estimates, answers, layout, clustered, progress)
    slope, intercept = _variance(covariance, layout.slope), _variance(covariance, layout.intercept)
    known = layout.slope >= 0
    both = np.where(known, covariance[layout.slope, layout.intercept], 0.0)
    spread = np.where(known, slope, 0.0)
    difficulty = (np.square(items.difficulty) * spread + intercept + 2 * items.difficulty * both) / np.square(
        items.slope
    )
    return StandardErrors(
        _root(slope),
        _root(difficulty),
        _root(_variance(covariance, layout.mean)),
        _root(_variance(covariance, layout.deviation)),
    )


def _root(variance: Array) -> Array:
    """NaN where the answers tell nothing: there the inverse has no positive entry."""
    return np.sqrt(np.where(variance > 0, variance, np.nan))


def mean_difficulty_errors(calibration: Calibration, weights: Array, clustered: bool = False) -> Array:
    """Of weighted means of difficulties, as that of a passage; `weights`: means × J. Fixed items count as known."""
    layout, items = _layout(calibration), calibration.items
    gradient = np.zeros((len(weights), layout.size))
    free, sloped = layout.intercept >= 0, layout.slope >= 0
    gradient[:, layout.intercept[free]] = -(weights / items.slope)[:, free]
    gradient[:, layout.slope[sloped]] = -(weights * items.difficulty / items.slope)[:, sloped]
    covariance = _covariance(calibration, arranged_for(calibration), layout, clustered)
    return np.asarray(np.sqrt(np.einsum("kp,pq,kq->k", gradient, covariance, gradient, optimize=True)))


def _covariance(
    estimates: Estimates, answers: Answers, layout: _Layout, clustered: bool, progress: Progress | None = None
) -> Array:
    inverse: Array = np.asarray(np.linalg.inv(_information(estimates, answers, layout, progress)), dtype=np.float64)
    return inverse @ _score_products(estimates, answers, layout) @ inverse if clustered else inverse


def _score_products(estimates: Estimates, answers: Answers, layout: _Layout) -> Array:
    """Sum over persons of the outer product of the score vector, which is its expectation over the posterior."""
    with _one_thread_each():
        return answers.total(partial(_score_product, estimates, layout))


def _one_thread_each() -> threadpool_limits:
    """Blocks are worked on side by side: matrix products that had threads as well would wait for each other."""
    return threadpool_limits(1, "blas")


def _score_product(estimates: Estimates, layout: _Layout, _: Key, block: Block) -> Array:
    posterior = _posterior(estimates, block)
    scores = _Scores(estimates, block, layout)
    return _products(scores.over(posterior[:, None, :], np.ones(len(posterior))))


def _posterior(estimates: Estimates, block: Block) -> Array:
    """On all nodes: persons × nodes."""
    curves, weights = curves_of(estimates.items, estimates.theta), estimates.groups.log_weights(estimates.theta)
    return posterior_of(block, curves, weights, slice(0, len(estimates.theta))).weight


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


def _information(estimates: Estimates, answers: Answers, layout: _Layout, progress: Progress | None) -> Array:
    """The observed information on all free parameters, `layout.size` square."""
    with _one_thread_each():
        told = answers.total(partial(_told, estimates, layout), progress)
    found = -told.lost
    _add_items(found, estimates, told.answered, layout)
    _add_groups(found, estimates, told.persons, layout)
    return found


def _told(estimates: Estimates, layout: _Layout, _: Key, block: Block) -> _Told:
    posterior = _posterior(estimates, block)
    persons = np.zeros((len(estimates.groups.mean), len(estimates.theta)))
    np.add.at(persons, block.group, posterior)
    return _Told(block.answered.T @ posterior, persons, _lost(estimates, block, posterior, layout))


def _lost(estimates: Estimates, block: Block, posterior: Array, layout: _Layout) -> Array:
    """The block's sum of the score vectors' spreads over the posteriors."""
    scores = _Scores(estimates, block, layout)
    needed = np.ceil(_TERMS_OF_ONE_ANSWER / np.sqrt(scores.answered)).clip(_FEWEST_TERMS, _MOST_TERMS)
    polynomials = list(islice(_polynomials(posterior, estimates.theta), int(needed.max())))
    return _products(scores.over(np.stack(polynomials, axis=1), needed))


def _products(rows: sparse.csr_matrix) -> Array:
    """The products of every two columns, summed over `rows`."""
    if rows.nnz <= _SPARSE * rows.shape[0] * rows.shape[1]:
        return np.asarray((rows.T @ rows).toarray(), dtype=np.float64)
    dense = rows.toarray()
    return np.asarray(dense.T @ dense, dtype=np.float64)


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


class _Scores:
    """Derivatives of the log likelihood of a block's persons by the parameters: of the few that each has to do with."""

    def __init__(self, estimates: Estimates, block: Block, layout: _Layout) -> None:
        self._estimates, self._block, self._layout = estimates, block, layout
        self._known, self._sure = _curves(estimates)
        given = block.answered.sorted_indices()
        self.answered = np.diff(given.indptr)
        """By each person."""
        self._item, self._answered = _in_rows(given.indptr, given.indices), _in_rows(given.indptr, given.data)
        self._right = _in_rows(given.indptr, (given + block.right).data) - self._answered
        self._there = np.arange(self._item.shape[1]) < self.answered[:, None]

    def over(self, weights: Array, wanted: Array) -> sparse.csr_matrix:
        """Summed over the nodes with each of `weights` (persons × weights × nodes), of each person the first `wanted`
        ones: a row each, of all free parameters."""
        parts = max(1, self._item.size // _ANSWERS_TOGETHER)
        persons = np.array_split(np.arange(len(weights)), parts)
        return sparse.vstack([self._over(own, weights[own], wanted[own]) for own in persons if len(own)], "csr")

    def _over(self, persons: Indices, weights: Array, wanted: Array) -> sparse.csr_matrix:
        """Places: person, weight, and the slopes and intercepts of the items, mean and deviation of the group."""
        layout, theta, group = self._layout, self._estimates.theta, self._block.group[persons]
        item, there = self._item[persons], self._there[persons]
        curves = self._right[persons, :, None] * self._sure[item] - self._answered[persons, :, None] * self._known[item]
        unit = self._estimates.groups.deviation[group, None]
        z = (theta - self._estimates.groups.mean[group, None]) / unit
        of_group = weights @ np.stack([z / unit, (np.square(z) - 1) / unit], axis=2)
        singles = weights.astype(np.float32)
        curves = curves.swapaxes(1, 2)
        found = np.concatenate([(singles * theta.astype(np.float32)) @ curves, singles @ curves, of_group], axis=2)
        own = np.column_stack([layout.mean[group], layout.deviation[group]])
        column = np.hstack([np.where(there, layout.slope[item], -1), np.where(there, layout.intercept[item], -1), own])
        count = weights.shape[1]
        taken = (column >= 0)[:, None, :] & (np.arange(count) < wanted[:, None])[:, :, None]
        row = np.broadcast_to(np.arange(len(persons) * count).reshape(-1, count, 1), taken.shape)
        columns = np.broadcast_to(column[:, None, :], taken.shape)[taken]
        values = found[taken].astype(np.float32)
        return sparse.csr_matrix((values, (row[taken], columns)), shape=(len(persons) * count, layout.size))


def _curves(estimates: Estimates) -> tuple[Singles, Singles]:
    """J × Q: the share of those who know the answer, and of right answers what they tell of that beside luck. A right
    answer's derivative by the intercept is the one less the other."""
    items, theta = estimates.items, estimates.theta
    known = probability(items.slope[:, None] * theta + items.intercept[:, None])
    chance = items.guessing[:, None]
    luck = chance * (1 - known) / np.maximum(chance + (1 - chance) * known, 1e-300)
    return known.astype(np.float32), (1 - luck).astype(np.float32)


def _in_rows(starts: Indices, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Those of each person in a row, filled up with zeros."""
    n = np.diff(starts)
    kind = np.float32 if values.dtype.kind == "f" else values.dtype
    found = np.zeros((len(n), int(n.max(initial=0))), kind)
    found[np.arange(found.shape[1]) < n[:, None]] = values
    return found


def _polynomials(posterior: Array, theta: Array) -> Iterator[Array]:
    """Polynomials of degree 1, 2, … times the posterior, of norm 1, orthogonal to each other and 1: persons × nodes."""
    basis = [np.ones_like(posterior)]
    while True:
        new = basis[-1] * theta
        for _ in range(2):  # Gram–Schmidt twice: once leaves rounding errors
            for old in basis:
                new = new - old * (posterior * new * old).sum(axis=1, keepdims=True)
        norm = np.sqrt((posterior * np.square(new)).sum(axis=1, keepdims=True))
        basis.append(new / np.maximum(norm, 1e-150))
        yield posterior * basis[-1]
