"""Ability on one logit scale: item response curves, prior and posterior on a grid.

Every function takes arrays whose last axis is the grid, so that one pupil and ten thousand are the same call.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from phonics_app.domain.attempt import Prior
from phonics_app.domain.plan import Grid

Array = npt.NDArray[np.float64]

# MacKay (1992), "The evidence framework applied to classification networks", eq. 4.
_PROBIT = np.pi / 8


def grid_points(grid: Grid) -> Array:
    """Theta of each grid point, logits."""
    return np.linspace(grid.minimum, grid.maximum, grid.points)


def attenuated_slope(slope: npt.ArrayLike, standard_error: npt.ArrayLike) -> Array:
    """The slope that remains when the difficulty is known only up to `standard_error` (normal)."""
    a = np.asarray(slope, dtype=np.float64)
    return np.asarray(a / np.sqrt(1 + _PROBIT * np.square(a * np.asarray(standard_error, dtype=np.float64))))


def right_probability(
    theta: npt.ArrayLike,
    slope: npt.ArrayLike,
    difficulty: npt.ArrayLike,
    standard_error: npt.ArrayLike,
    guessing: npt.ArrayLike,
) -> Array:
    """Probability of a right answer; arguments broadcast."""
    logit = attenuated_slope(slope, standard_error) * (np.asarray(theta) - np.asarray(difficulty))
    c = np.asarray(guessing, dtype=np.float64)
    return np.asarray(c + (1 - c) * np.exp(-np.logaddexp(0, -logit)))


def log_curves(
    theta: Array, slope: Array, difficulty: Array, standard_error: Array, guessing: Array
) -> tuple[Array, Array]:
    """Log probabilities of a right and a wrong answer, each items × grid; finite however far the item is."""
    logit = attenuated_slope(slope, standard_error)[:, None] * (theta[None, :] - difficulty[:, None])
    right = np.logaddexp(
        np.where(guessing > 0, np.log(np.maximum(guessing, 1e-300)), -np.inf)[:, None],
        np.log1p(-guessing)[:, None] - np.logaddexp(0, -logit),
    )
    wrong = np.log1p(-guessing)[:, None] - np.logaddexp(0, logit)
    return right, wrong


def log_prior(theta: Array, prior: Prior) -> Array:
    """Log density of the normal prior on the grid, up to a constant."""
    return np.asarray(-0.5 * np.square((theta - prior.mean) / prior.standard_deviation))


def normalise(log_weight: Array) -> Array:
    """Weights that sum to 1 along the grid."""
    weight = np.exp(log_weight - log_weight.max(axis=-1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True))


def moments(theta: Array, posterior: Array) -> tuple[Array, Array]:
    """Mean (EAP) and standard deviation of the posterior."""
    mean = posterior @ theta
    variance = posterior @ np.square(theta) - np.square(mean)
    return np.asarray(mean), np.sqrt(np.maximum(variance, 0))


def level_shares(theta: Array, cuts: Sequence[float]) -> Array:
    """For each level the share of every grid cell that lies in it: levels × grid, columns sum to 1.

    A pupil is taught at the first level not mastered, so level k reaches from the cut of the level below
    to its own cut, and the top level has no upper end. `cuts` are the levels' own, lowest first.
    """
    step = theta[1] - theta[0]
    below = [np.clip((cut - theta) / step + 0.5, 0, 1) for cut in cuts[:-1]]
    edges = np.stack([np.zeros_like(theta), *below, np.ones_like(theta)])
    return np.diff(edges, axis=0)
