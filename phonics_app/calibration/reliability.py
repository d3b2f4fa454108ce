"""How far abilities can be relied on, and decisions between levels that rest on them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy import special

from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.expectation import Block, make_blocks, posterior_of
from phonics_app.calibration.item_model import curves_of
from phonics_app.calibration.responses import Array, Indices
from phonics_app.calibration.scoring import Abilities

_FEWEST_PERSONS = 10
"""Of a group: below, its reliability is not told. Provisional."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Share of the variance of true abilities that the estimates (EAP) catch; `error`: typical standard error, logits.

    `value` None: too few persons.
    """

    group: str
    persons: int
    value: float | None
    error: float


@dataclass(frozen=True, slots=True)
class Band:
    """Between two cuts. `accuracy`: of the persons put there, how many truly are there (0–1); None: too few persons."""

    persons: int
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class DecisionQuality:
    """0–1. `accuracy`: persons put where they truly are; `consistency`: persons whom an equal second test would put
    in the same place; `kappa`: consistency beyond that of chance. `bands`: from below the first cut upwards."""

    accuracy: float
    consistency: float
    kappa: float
    bands: tuple[Band, ...]


def reliabilities(abilities: Abilities, labels: Sequence[str], code: Indices) -> tuple[Reliability, ...]:
    """Of all together (group "") and of each group: variance of the estimates over that plus the mean posterior
    variance (marginal reliability: Green et al. 1984, with EAP: Adams 2005). Of one group it is lower than of all,
    since its pupils are more alike."""
    found = [_reliability("", abilities, np.arange(len(code)))]
    if len(labels) > 1:
        found += [_reliability(label, abilities, np.flatnonzero(code == g)) for g, label in enumerate(labels)]
    return tuple(found)


def _reliability(group: str, abilities: Abilities, persons: Indices) -> Reliability:
    error = float(np.mean(np.square(abilities.standard_error[persons])))
    if len(persons) < _FEWEST_PERSONS:
        return Reliability(group, len(persons), None, float(np.sqrt(error)))
    spread = float(np.var(abilities.theta[persons], ddof=1))
    return Reliability(group, len(persons), spread / (spread + error), float(np.sqrt(error)))


def decision_quality(calibration: Calibration, cuts: Sequence[float]) -> DecisionQuality:
    """Of putting each person by EAP between `cuts` (theta, ascending).

    Accuracy is the posterior's mass where the person was put (Rudner 2001, with posteriors in place of normal
    errors about point estimates). Consistency is expected over the posterior, of two further tests whose EAP is normal
    about theta drawn towards the group's mean, as it is with that many answers.
    """
    responses, theta = calibration.responses, calibration.theta
    curves, weights = curves_of(calibration.items, theta), calibration.groups.log_weights(theta)
    edges = np.asarray(cuts, dtype=np.float64)

    def of_block(block: Block) -> _Decided:
        posterior = posterior_of(block, curves, weights, slice(0, len(theta))).weight
        mean, deviation = calibration.groups.mean[block.group], calibration.groups.deviation[block.group]
        return _decided(posterior, theta, edges, mean, deviation)

    blocks = make_blocks(responses, np.arange(len(responses.persons)), curves.guessed)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(of_block, blocks))
    place, accurate, consistent, put = (np.concatenate(column) for column in zip(*found, strict=True))
    chance = float(np.square(put.mean(axis=0)).sum())
    consistency = float(consistent.mean())
    kappa = (consistency - chance) / (1 - chance) if chance < 1 else 1.0
    bands = tuple(_band(accurate[place == k]) for k in range(len(edges) + 1))
    return DecisionQuality(float(accurate.mean()), consistency, kappa, bands)


def _band(accurate: Array) -> Band:
    return Band(len(accurate), float(accurate.mean()) if len(accurate) >= _FEWEST_PERSONS else None)


_Decided = tuple[Indices, Array, Array, Array]
"""Of each person: the place, the probability that it is the right one, that of being put alike twice, and that of each
place in a further test (persons × places)."""


def _decided(posterior: Array, theta: Array, cuts: Array, mean: Array, deviation: Array) -> _Decided:
    ability = posterior @ theta
    variance = np.maximum(posterior @ np.square(theta) - np.square(ability), 1e-12)
    place = np.searchsorted(cuts, ability, side="right")
    accurate = _mass(posterior, theta, cuts)[np.arange(len(place)), place]
    # Of theta's distance from the group's mean, the share that the EAP keeps.
    kept = np.clip(1 - variance / np.square(deviation), 0, 1)
    spread = np.sqrt(np.maximum(kept * variance, 1e-12))
    again = mean[:, None] + kept[:, None] * (theta - mean[:, None])
    below = special.ndtr((cuts - again[:, :, None]) / spread[:, None, None])
    places = np.diff(below, axis=2, prepend=0.0, append=1.0)
    consistent = (posterior * np.square(places).sum(axis=2)).sum(axis=1)
    return place, accurate, consistent, np.einsum("pq,pqc->pc", posterior, places)


def _mass(posterior: Array, theta: Array, cuts: Array) -> Array:
    """Persons × places: the posterior between cuts, spread evenly over each node's cell."""
    step = theta[1] - theta[0]
    up_to = np.concatenate([np.zeros((len(posterior), 1)), np.cumsum(posterior, axis=1)], axis=1)
    at = np.clip((cuts - (theta[0] - step / 2)) / step, 0, len(theta))
    whole = np.minimum(at.astype(np.intp), len(theta) - 1)
    below = up_to[:, whole] + posterior[:, whole] * (at - whole)
    return np.asarray(np.diff(below, axis=1, prepend=0.0, append=1.0))
