"""Items of one passage or block hang together beyond ability: how much, and what that does to standard errors.

A pupil who likes a passage does better on all its items. The model is ability + a chance of the block of its own for
each pupil (Bradlow, Wainer & Wang 1999); its variance is estimated from products of residuals within blocks, with
abilities taken from the other blocks alone. Calibrated curves are averages over that chance, so they serve as they are.

Abilities are corrected by a design effect: a block's answers count as 1 / (1 + variance × ...) of themselves, which
gives the right information near the peak, and the estimates move with it, as they should. Items are calibrated anew on
answers so weighted, or else what blocks add to the ability makes slopes too steep. Standard errors of parameters are
then clustered by person (`standard_errors`): persons stay independent whatever their answers to a block do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from phonics_app.calibration.estimation import Calibration, calibrate
from phonics_app.calibration.expectation import Block, make_blocks, posterior_of
from phonics_app.calibration.item_model import Curves, curves_of
from phonics_app.calibration.left_out import shares_of
from phonics_app.calibration.responses import Array, Indices, Responses
from phonics_app.calibration.standard_errors import mean_difficulty_errors

_FEWEST_PERSONS = 30
"""With two answers in the block or more: below, a block's variance is taken to be that of all blocks. Provisional."""


@dataclass(frozen=True, slots=True)
class BlockDependence:
    """`variance` of the block's own chance, square logits, with its standard error; `correlation`: mean of residuals of
    two items of the block (0 where they are independent); `persons` with two answers or more."""

    block: str
    items: int
    persons: int
    variance: float
    standard_error: float
    correlation: float


@dataclass(frozen=True, slots=True)
class BlockError:
    """Standard error of the mean difficulty of a block's items, logits: as it would be if they were independent, and as
    it is."""

    block: str
    independent: float
    corrected: float


@dataclass(frozen=True, slots=True, eq=False)
class Dependence:
    """`used`: of each block the variance used for correcting: estimates drawn towards their mean as far as chance
    explains their spread, never below 0."""

    blocks: tuple[BlockDependence, ...]
    member: Indices
    """Of each item: an index into `blocks`, -1 for none."""
    used: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Of each person with two answers or more in the block, summed over pairs of these."""

    product: Array
    """Of residuals, less what uncertainty about the ability explains."""
    growth: Array
    """By how much that grows with the variance."""
    scale: Array
    """Products of the answers' standard deviations: what a correlation is relative to."""


def dependence(calibration: Calibration, block_of: Mapping[str, str]) -> Dependence:
    """`block_of`: item → passage or block; items without one stand alone."""
    labels = [block_of.get(item, "") for item in calibration.responses.items]
    names = sorted(name for name in set(labels) - {""} if labels.count(name) > 1)
    member = np.array([names.index(label) if label in names else -1 for label in labels])
    pairs = _all_pairs(calibration, member, len(names))
    blocks = tuple(
        _of_block(name, int((member == k).sum()), own) for k, (name, own) in enumerate(zip(names, pairs, strict=True))
    )
    return Dependence(blocks, member, _drawn_together(blocks))


def _of_block(name: str, items: int, pairs: _Pairs) -> BlockDependence:
    growth, scale = max(float(pairs.growth.sum()), 1e-12), max(float(pairs.scale.sum()), 1e-12)
    variance = float(pairs.product.sum()) / growth
    error = float(np.sqrt(np.square(pairs.product - variance * pairs.growth).sum())) / growth
    return BlockDependence(name, items, len(pairs.product), variance, error, float(pairs.product.sum()) / scale)


def _drawn_together(blocks: Sequence[BlockDependence]) -> Array:
    """Empirical Bayes (normal): between blocks, the variance that their standard errors leave over."""
    if not blocks:
        return np.array([])
    value = np.array([block.variance for block in blocks])
    error = np.array([block.standard_error for block in blocks])
    known = np.array([block.persons >= _FEWEST_PERSONS for block in blocks])
    if not known.any():
        return np.zeros(len(blocks))
    weight = known / np.square(np.where(known, error, 1.0))
    mean = float((weight * value).sum() / weight.sum())
    between = max(float(np.average(np.square(value - mean) - np.square(error), weights=weight)), 0.0)
    own = np.where(known, between / (between + np.square(error) + 1e-12), 0.0)
    return np.asarray(np.maximum(own * value + (1 - own) * mean, 0.0))


def _all_pairs(calibration: Calibration, member: Indices, count: int) -> list[_Pairs]:
    theta = calibration.theta
    curves, weights = curves_of(calibration.items, theta), calibration.groups.log_weights(theta)
    tables = _Tables(curves, *shares_of(calibration.items, theta), calibration.items.slope)
    items = [np.flatnonzero(member == k) for k in range(count)]
    found: list[list[_Pairs]] = [[] for _ in range(count)]
    for block in make_blocks(calibration.responses, np.arange(len(calibration.responses.persons)), curves.guessed):
        posterior = posterior_of(block, curves, weights, slice(0, len(theta))).weight
        for own, parts in zip(items, found, strict=True):
            parts.append(_pairs(block, posterior, own, tables))
    return [
        _Pairs(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("product", "growth", "scale")))
        for parts in found
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """Items × nodes, and slopes."""

    curves: Curves
    share: Array
    steepness: Array
    slope: Array


def _pairs(block: Block, posterior: Array, items: Indices, tables: _Tables) -> _Pairs:
    """Abilities are those of the posterior divided by the likelihood of the block's answers."""
    answered = block.answered[:, items]
    some = np.flatnonzero(np.diff(answered.indptr) > 1)
    there, right = answered[some].toarray(), block.right[some][:, items].toarray()
    share = tables.share[items]
    log = right @ np.log(share) + (there - right) @ np.log1p(-share)
    weight = posterior[some] / np.exp(log - log.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    expected = there * (weight @ share.T)
    residual = right - expected
    score = there @ share
    uncertain = (weight * np.square(score)).sum(axis=1) - np.square(expected.sum(axis=1))
    uncertain -= (there * (weight @ np.square(share).T) - np.square(expected)).sum(axis=1)
    growth = there * (weight @ (tables.slope[items, None] * tables.steepness[items]).T)
    deviation = np.sqrt(expected * (there - expected))
    return _Pairs(_of_pairs(residual) - uncertain / 2, _of_pairs(growth), _of_pairs(deviation))


def _of_pairs(values: Array) -> Array:
    """Sum of the products of every two values in a row."""
    return np.asarray((np.square(values.sum(axis=1)) - np.square(values).sum(axis=1)) / 2)


def corrected_calibration(calibration: Calibration, found: Dependence) -> Calibration:
    """Calibrated anew, each answer counted as what it is worth; `abilities` of it have honest standard errors."""
    return calibrate(effective_responses(calibration, found), calibration.settings)


def block_errors(calibration: Calibration, corrected: Calibration, found: Dependence) -> tuple[BlockError, ...]:
    """`corrected`: `corrected_calibration(calibration, found)`."""
    member = found.member == np.arange(len(found.blocks))[:, None]
    weights = member / member.sum(axis=1, keepdims=True)
    plain = mean_difficulty_errors(calibration, weights)
    clustered = mean_difficulty_errors(corrected, weights, clustered=True)
    return tuple(
        BlockError(one.block, *errors)
        for one, errors in zip(found.blocks, zip(plain.tolist(), clustered.tolist(), strict=True), strict=True)
    )


def effective_responses(calibration: Calibration, found: Dependence) -> Responses:
    """The same answers, each counted as what it is worth beside the others of its block."""
    responses = calibration.responses
    answered = responses.answered.tocsr().sorted_indices()
    information = _information(calibration, answered)
    block = found.member[answered.indices]
    person = np.repeat(np.arange(len(responses.persons)), np.diff(answered.indptr))
    code = np.where(block >= 0, person * max(len(found.blocks), 1) + block, -1)
    inside = code >= 0
    effect = np.ones(len(code))
    _, place = np.unique(code[inside], return_inverse=True)
    total = np.bincount(place, information[inside])
    alone = np.bincount(place, np.square(information[inside]))
    shared = found.used[block[inside]] * ((np.square(total) - alone) / np.maximum(total, 1e-12))[place]
    effect[inside] = 1 / (1 + shared)
    weighted = sparse.csr_matrix((effect, answered.indices, answered.indptr), shape=answered.shape)
    return replace(responses, answered=weighted, right=weighted.multiply(responses.right).tocsr())


def _information(calibration: Calibration, answered: sparse.csr_matrix) -> Array:
    """Expected information on theta of each answer, over the person's posterior."""
    theta, items = calibration.theta, calibration.items
    curves, weights = curves_of(items, theta), calibration.groups.log_weights(theta)
    share, steepness = shares_of(items, theta)
    table = np.square(items.slope[:, None] * steepness) / (share * (1 - share))
    parts, first = [], 0
    for block in make_blocks(calibration.responses, np.arange(answered.shape[0]), curves.guessed):
        posterior = posterior_of(block, curves, weights, slice(0, len(theta))).weight
        rows = answered[first : first + len(posterior)]
        row = np.repeat(np.arange(len(posterior)), np.diff(rows.indptr))
        parts.append((posterior @ table.T)[row, rows.indices])
        first += len(posterior)
    return np.concatenate(parts)
