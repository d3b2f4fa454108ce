"""Standard errors of calibrated parameters, from the observed information (Louis 1982).

What the answers tell is what they would tell if abilities were known, less what is lost since they are not. The loss
is, for each person, the spread of the score vector over his or her posterior. That is summed over polynomials of
ability, orthogonal under the posterior: a narrow one (many answers) needs two of them, a wide one a few more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from phonics_app.calibration.estimation import Calibration, Scale
from phonics_app.calibration.expectation import Block, make_blocks, posterior_of
from phonics_app.calibration.item_model import Curves, Model, curves_of, probability
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


def standard_errors(calibration: Calibration) -> StandardErrors:
    """Of slopes (J), difficulties in logits (J), group means and deviations (G)."""
    layout = _layout(calibration)
    covariance: Array = np.asarray(np.linalg.inv(information(calibration, layout)), dtype=np.float64)
    items = calibration.items
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


def _variance(covariance: Array, index: Indices) -> Array:
    return np.where(index >= 0, np.diagonal(covariance)[index], np.nan)


def _layout(calibration: Calibration) -> _Layout:
    two_pl, held = calibration.settings.model is Model.TWO_PL, calibration.settings.scale is Scale.ITEMS
    item = calibration.free & ~at_bound(calibration.items.slope)
    first = np.arange(len(calibration.groups.mean)) == 0
    parts = [item & two_pl, item, held | ~first, held | ~first | (not two_pl)]
    ends = np.cumsum([part.sum() for part in parts])
    slope, intercept, mean, deviation = (
        np.where(part, end - part.sum() + np.cumsum(part) - 1, -1) for part, end in zip(parts, ends, strict=True)
    )
    return _Layout(slope, intercept, mean, deviation, int(ends[-1]))


def information(calibration: Calibration, layout: _Layout) -> Array:
    """The observed information on all free parameters, `layout.size` square."""
    responses, theta = calibration.responses, calibration.theta
    curves = curves_of(calibration.items, theta)
    weights = calibration.groups.log_weights(theta)
    order = np.argsort(np.asarray(responses.right.sum(axis=1)).ravel(), kind="stable")
    found = np.zeros((layout.size, layout.size))
    answered = np.zeros_like(curves.log_wrong)
    persons = np.zeros((len(weights), len(theta)))
    for block in make_blocks(responses, order, curves.guessed):
        posterior = posterior_of(block, curves, weights, slice(0, len(theta))).weight
        answered += block.answered_by_item @ posterior
        np.add.at(persons, block.group, posterior)
        found -= _lost(calibration, block, curves, posterior, layout)
    _add_items(found, calibration, answered, layout)
    _add_groups(found, calibration, persons, layout)
    return found


def _add_items(found: Array, calibration: Calibration, answered: Array, layout: _Layout) -> None:
    """What known abilities would tell of each item, and its prior."""
    items, theta = calibration.items, calibration.theta
    share = probability(items.slope[:, None] * theta + items.intercept[:, None])
    chance = items.guessing[:, None]
    weight = answered * share * (1 - share) * (1 - chance) * share / (chance + (1 - chance) * share)
    own = np.stack([weight @ np.square(theta), weight.sum(axis=1)])
    both = weight @ theta
    if calibration.settings.priors is not None:
        _, more, more_both = calibration.settings.priors.derivatives(items.slope, items.intercept)
        own, both = own + more, both + more_both
    free, sloped = layout.intercept >= 0, layout.slope >= 0
    found[layout.intercept[free], layout.intercept[free]] += own[1][free]
    found[layout.slope[sloped], layout.slope[sloped]] += own[0][sloped]
    found[layout.slope[sloped], layout.intercept[sloped]] += both[sloped]
    found[layout.intercept[sloped], layout.slope[sloped]] += both[sloped]


def _add_groups(found: Array, calibration: Calibration, persons: Array, layout: _Layout) -> None:
    """What known abilities would tell of each group's mean and deviation (normal)."""
    count, unit = persons.sum(axis=1), calibration.groups.deviation
    mean, deviation = layout.mean >= 0, layout.deviation >= 0
    found[layout.mean[mean], layout.mean[mean]] += (count / np.square(unit))[mean]
    found[layout.deviation[deviation], layout.deviation[deviation]] += (2 * count / np.square(unit))[deviation]


def _lost(calibration: Calibration, block: Block, curves: Curves, posterior: Array, layout: _Layout) -> Array:
    """The block's sum of the score vectors' spreads over the posteriors."""
    terms = _TERMS_OF_FEW if len(calibration.items.slope) <= _FEW else _TERMS
    scores = _item_scores(calibration)
    loss = np.zeros((layout.size, layout.size))
    for weighted in _polynomials(posterior, calibration.theta, terms):
        term = _term(calibration, block, weighted, scores, layout)
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


def _item_scores(calibration: Calibration) -> tuple[Array, Array]:
    """Derivative of the log probability by the log odds, of a right answer and of a wrong one: each J × Q."""
    items = calibration.items
    share = probability(items.slope[:, None] * calibration.theta + items.intercept[:, None])
    chance = items.guessing[:, None]
    known = (1 - chance) * share / (chance + (1 - chance) * share)
    return known * (1 - share), -share


def _term(
    calibration: Calibration, block: Block, weighted: Array, scores: tuple[Array, Array], layout: _Layout
) -> sparse.csr_matrix:
    """Each person's score vector projected on one polynomial: persons × parameters."""
    theta, groups = calibration.theta, calibration.groups
    table = block.answered.tocoo()
    person, item = table.row, table.col
    right = np.asarray(block.right[person, item]).ravel() > 0
    by_intercept, by_slope = (
        np.where(right, *((side @ table.T)[person, item] for table in scores)) for side in (weighted, weighted * theta)
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
