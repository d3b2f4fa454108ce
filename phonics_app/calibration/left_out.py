"""Each answer seen from the person's other answers: how able these say the person is, and what was to be expected.

An item judged by abilities that its own answers went into looks better than it is; with few answers much better.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.expectation import Block, make_blocks, posterior_of
from phonics_app.calibration.item_model import ItemParameters, curves_of, probability
from phonics_app.calibration.responses import Array, Indices

_TOGETHER = 20_000
"""Answers at once: their tables stay in the processor's cache."""
_LEAST_SHARE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class LeftOut:
    """A row for each answer, by person and then by item."""

    person: Indices
    item: Indices
    right: npt.NDArray[np.bool_]
    ability: Array
    """Posterior mean of theta from the person's other answers, logits."""
    share: Array
    """Probability of a right answer, from the other answers."""
    by_slope: Array
    """Derivative of `share` by the item's slope."""
    by_intercept: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Tables:
    """Items × nodes. `share` and `steepness`: of the curves that answers are held against, which may be others than
    those that abilities come from."""

    theta: Array
    likely: Array
    share: Array
    steepness: Array
    wanted: npt.NDArray[np.bool_]
    """Items whose answers are looked at."""


def left_out(
    calibration: Calibration, own: ItemParameters | None = None, wanted: npt.NDArray[np.bool_] | None = None
) -> LeftOut:
    """Of every answer of the calibration, or of those to the items `wanted`. `own`: other parameters of the items, for
    what was to be expected; abilities are those of the calibration."""
    responses, theta = calibration.responses, calibration.theta
    curves, weights = curves_of(calibration.items, theta), calibration.groups.log_weights(theta)
    likely, _ = shares_of(calibration.items, theta)
    everything = np.ones(len(likely), np.bool_)
    tables = _Tables(
        theta, likely, *shares_of(own or calibration.items, theta), everything if wanted is None else wanted
    )

    def of_block(block: Block) -> tuple[Array, ...]:
        return _of_block(block, posterior_of(block, curves, weights, slice(0, len(theta))).weight, tables)

    blocks = make_blocks(responses, np.arange(len(responses.persons)), curves.guessed)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        item, right, *found = (np.concatenate(part) for part in zip(*pool.map(of_block, blocks), strict=True))
    answered = responses.answered.sorted_indices()
    person = np.repeat(np.arange(len(responses.persons)), np.diff(answered.indptr))
    return LeftOut(person[tables.wanted[answered.indices]], item.astype(np.intp), right > 0, *found)


def shares_of(items: ItemParameters, theta: Array) -> tuple[Array, Array]:
    """Items × nodes: probability of a right answer, and its derivative by the intercept."""
    known = probability(items.slope[:, None] * theta + items.intercept[:, None])
    chance = items.guessing[:, None]
    share = np.clip(chance + (1 - chance) * known, _LEAST_SHARE, 1 - _LEAST_SHARE)
    return share, (1 - chance) * known * (1 - known)


def _of_block(block: Block, posterior: Array, tables: _Tables) -> tuple[Array, ...]:
    answered = block.answered.sorted_indices()
    looked_at = tables.wanted[answered.indices]
    row = np.repeat(np.arange(len(posterior)), np.diff(answered.indptr))[looked_at]
    item = answered.indices[looked_at]
    right = np.asarray(block.right[row, item]).ravel() > 0
    parts = []
    for start in range(0, max(len(item), 1), _TOGETHER):
        some = slice(start, start + _TOGETHER)
        parts.append(_of_answers(posterior[row[some]], item[some], right[some], tables))
    return item, right, *(np.concatenate(part) for part in zip(*parts, strict=True))


def _of_answers(weight: Array, item: Indices, right: npt.NDArray[np.bool_], tables: _Tables) -> tuple[Array, ...]:
    """The posterior without an answer is the posterior divided by the answer's likelihood."""
    likely = tables.likely[item]
    weight = weight / np.where(right[:, None], likely, 1 - likely)
    weight /= weight.sum(axis=1, keepdims=True)
    expected = np.einsum("ij,ij->i", weight, tables.share[item])
    ability = weight @ tables.theta
    weight *= tables.steepness[item]
    return ability, expected, weight @ tables.theta, weight.sum(axis=1)
