"""Abilities from answers, with item parameters that are known."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from phonics_app.calibration.estimation import nodes_for
from phonics_app.calibration.expectation import PERSONS_TOGETHER, make_block, posterior_of
from phonics_app.calibration.item_model import GroupParameters, ItemParameters, curves_of
from phonics_app.calibration.responses import Array, Indices, Responses

_REACH = 9.0


@dataclass(frozen=True, slots=True, eq=False)
class Abilities:
    """Of each person of the responses: posterior mean (EAP) and standard deviation, logits, and answers counted."""

    theta: Array
    standard_error: Array
    answers: Array


def abilities(responses: Responses, items: ItemParameters, groups: GroupParameters) -> Abilities:
    """`items` in the order of `responses.items`, `groups` in that of its groups: what is believed before any answer."""
    theta = nodes_for(responses, _REACH)
    curves, weights = curves_of(items, theta), groups.log_weights(theta)

    def moments(persons: Indices) -> tuple[Array, Array]:
        block = make_block(responses, persons, curves.guessed)
        posterior = posterior_of(block, curves, weights, slice(0, len(theta))).weight
        mean = posterior @ theta
        return mean, np.sqrt(np.maximum(posterior @ np.square(theta) - np.square(mean), 0))

    count = len(responses.persons)
    blocks = (np.arange(first, min(first + PERSONS_TOGETHER, count)) for first in range(0, count, PERSONS_TOGETHER))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        means, deviations = zip(*pool.map(moments, blocks), strict=True)
    answers = np.asarray(responses.answered.sum(axis=1)).ravel()
    return Abilities(np.concatenate(means), np.concatenate(deviations), answers)
