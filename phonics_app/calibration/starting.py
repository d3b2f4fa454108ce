"""Where the climb begins: what is counted of the answers beforehand, and rough abilities and difficulties."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import sparse

from phonics_app.calibration.answers import Answers, Key
from phonics_app.calibration.expectation import Block
from phonics_app.calibration.item_model import GroupParameters
from phonics_app.calibration.maximisation import LEAST_DEVIATION, Mask
from phonics_app.calibration.responses import Array, Indices

_ROUNDS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Counts of answers by group and item (G × J), of right ones by item (J), of persons by group (G), and the most
    answers of a person."""

    met: Array
    right: Array
    persons: Array
    most: float

    @property
    def answered(self) -> Array:
        """By item."""
        return np.asarray(self.met.sum(axis=0))

    def unlinked(self, held: Mask) -> Indices:
        """Groups that no chain of items and groups joins to the scale: that of the first group, or that of the items
        `held` fixed where there are any. Where such a group stands beside the others can't be told."""
        met = self.met > 0
        linked = met[:, held].any(axis=1) if held.any() else np.arange(len(met)) == 0
        for _ in range(len(met)):
            linked = met[:, met[linked].any(axis=0)].any(axis=1)
        return np.flatnonzero(~linked)

    def __add__(self, other: Tallies) -> Tallies:
        return Tallies(
            self.met + other.met,
            self.right + other.right,
            self.persons + other.persons,
            max(self.most, other.most),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rough:
    """Sums of persons' rough abilities: over those who met each item (J), over groups, and squared over groups (G)."""

    met: Array
    ability: Array
    square: Array

    def __add__(self, other: Rough) -> Rough:
        return Rough(self.met + other.met, self.ability + other.ability, self.square + other.square)


def tallies_of(answers: Answers) -> Tallies:
    return answers.total(partial(_tallies, len(answers.groups)))


def _tallies(groups: int, _: Key, block: Block) -> Tallies:
    count = len(block.group)
    persons = by_group(block, np.ones(count), groups)
    belong = sparse.csr_matrix((np.ones(count), (block.group, np.arange(count))), shape=(groups, count))
    met = (belong @ block.answered).toarray()
    return Tallies(met, sums(block.right, 0), persons, float(sums(block.answered, 1).max()))


def rough_values(answers: Answers, tallies: Tallies) -> tuple[Array, GroupParameters]:
    """Difficulties and groups by a normal approximation: difficulties and abilities are log odds, moved by the mean of
    what was met (PROX: Cohen 1979; Linacre 1994 for missing answers)."""
    answered = tallies.answered
    item_odds = log_odds(tallies.right, answered)
    groups, difficulty = len(tallies.persons), np.zeros(len(item_odds))
    found = answers.total(partial(_rough, groups, difficulty))
    for _ in range(_ROUNDS):
        difficulty = found.met / answered - item_odds
        difficulty -= difficulty.mean()
        found = answers.total(partial(_rough, groups, difficulty))
    mean = found.ability / tallies.persons
    variance = found.square / tallies.persons - np.square(mean)
    return difficulty, GroupParameters(mean, np.sqrt(np.maximum(variance, LEAST_DEVIATION)))


def _rough(groups: int, difficulty: Array, _: Key, block: Block) -> Rough:
    ability = rough_ability(difficulty, block)
    return Rough(
        block.answered.T @ ability,
        by_group(block, ability, groups),
        by_group(block, np.square(ability), groups),
    )


def rough_ability(difficulty: Array, block: Block) -> Array:
    """Of each person of the block, by difficulties that are roughly known."""
    answered = sums(block.answered, 1)
    return np.asarray(block.answered @ difficulty / answered + log_odds(sums(block.right, 1), answered))


def by_group(block: Block, values: Array, groups: int) -> Array:
    return np.asarray(np.bincount(block.group, values, groups), dtype=np.float64)


def sums(table: sparse.csr_matrix, axis: int) -> Array:
    return np.asarray(table.sum(axis=axis), dtype=np.float64).ravel()


def log_odds(right: Array, answered: Array) -> Array:
    return np.asarray(np.log((right + 0.5) / (answered - right + 0.5)))
