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

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from phonics_app.calibration.answers import Answers, Key
from phonics_app.calibration.estimation import Calibration, Estimates, arranged_for
from phonics_app.calibration.expectation import Block, make_block, posterior_of
from phonics_app.calibration.item_model import Model, curves_of, probability
from phonics_app.calibration.maximisation import at_bound
from phonics_app.calibration.responses import Array, Indices
from phonics_app.calibration.scaling import Scale

Singles = npt.NDArray[np.float32]
"""Of single precision, which is enough for products that are then added up in double: standard errors to 1e-4."""
_PERSONS_TOGETHER = 500
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


def _covariance(estimates: Estimates, answers: Answers, layout: _Layout, clustered: bool) -> Array:
    inverse: Array = np.asarray(np.linalg.inv(information(estimates, answers, layout)), dtype=np.float64)
    return inverse @ _score_products(estimates, answers, layout) @ inverse if clustered else inverse


def _score_products(estimates: Estimates, answers: Answers, layout: _Layout) -> Array:
    """Sum over persons of the outer product of the score vector, which is its expectation over the posterior."""
    with _one_thread_each():
        return answers.total(partial(_score_product, estimates, layout))


def _one_thread_each() -> threadpool_limits:
    """Blocks are worked on side by side: matrix products that had threads as well would wait for each other."""
    return threadpool_limits(1, "blas")


def _score_product(estimates: Estimates, layout: _Layout, _: Key, block: Block) -> Array:
    scores = _Scores(estimates, block, layout)
    products = np.zeros((layout.size, layout.size))
    _add(products, scores.index, scores.over(_posterior(estimates, block)))
    return products


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


def information(estimates: Estimates, answers: Answers, layout: _Layout) -> Array:
    """The observed information on all free parameters, `layout.size` square."""
    with _one_thread_each():
        told = answers.total(partial(_told, estimates, layout))
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
    lost = np.zeros((layout.size, layout.size))
    for first in range(0, len(posterior), _PERSONS_TOGETHER):
        persons = np.arange(first, min(first + _PERSONS_TOGETHER, len(posterior)))
        scores = _Scores(estimates, make_block(block, persons, np.empty(0, np.intp)), layout)
        _add(lost, scores.index, np.concatenate(list(_terms(scores, posterior[persons], estimates.theta))))
    return lost


def _terms(scores: _Scores, posterior: Array, theta: Array) -> Iterator[Singles]:
    """Of one polynomial after the other, of those persons who need it."""
    needed = np.ceil(_TERMS_OF_ONE_ANSWER / np.sqrt(scores.answered)).clip(_FEWEST_TERMS, _MOST_TERMS)
    polynomials = islice(_polynomials(posterior, theta), int(needed.max()))
    for degree, weighted in enumerate(polynomials, start=1):
        term = scores.over(weighted)
        yield term if (needed >= degree).all() else term[needed >= degree]


def _add(products: Array, index: Indices, rows: Singles) -> None:
    """The products of every two columns of `rows`, to those of the parameters `index`."""
    if len(index) == len(products):
        products += rows.T @ rows
    else:
        products[np.ix_(index, index)] += rows.T @ rows


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
    """Derivatives of the log likelihood of a block's persons, by the parameters that have to do with it."""

    def __init__(self, estimates: Estimates, block: Block, layout: _Layout) -> None:
        self._estimates, self._block = estimates, block
        seen = np.unique(block.answered.indices)
        self._answered, self._right = block.answered[:, seen].toarray(), block.right[:, seen].toarray()
        self.answered = np.diff(block.answered.indptr)
        """By each person."""
        items, theta = estimates.items, estimates.theta
        share = probability(items.slope[seen, None] * theta + items.intercept[seen, None])
        self._share, chance = share, items.guessing[seen]
        self._guessed = np.flatnonzero(chance)
        chance, sure = chance[self._guessed, None], share[self._guessed]
        self._lucky = chance * (1 - sure) / (chance + (1 - chance) * sure)
        """Items with guessing × nodes: what a right answer tells less, since it may be luck."""
        index = np.concatenate([layout.slope[seen], layout.intercept[seen], layout.mean, layout.deviation])
        self._free = index >= 0
        self.index = index[self._free]

    def over(self, weight: Array) -> Singles:
        """Summed over the nodes with `weight` (persons × nodes): persons × parameters."""
        theta, groups, group = self._estimates.theta, self._estimates.groups, self._block.group
        items, own = self._answered.shape[1], np.arange(len(group))
        unit = groups.deviation[group]
        z = (theta - groups.mean[group, None]) / unit[:, None]
        found = np.zeros((len(group), len(self._free)), np.float32)
        self._of_items(weight * theta, found[:, :items])
        self._of_items(weight, found[:, items : 2 * items])
        found[own, 2 * items + group] = (weight * z).sum(axis=1) / unit
        found[own, 2 * items + len(groups.mean) + group] = (weight * (np.square(z) - 1)).sum(axis=1) / unit
        return found if self._free.all() else found[:, self._free]

    def _of_items(self, weight: Array, found: Singles) -> None:
        found[:] = self._right * weight.sum(axis=1, keepdims=True) - self._answered * (weight @ self._share.T)
        found[:, self._guessed] -= self._right[:, self._guessed] * (weight @ self._lucky.T)


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
