"""The E-step: of a block of persons, how many at each ability answered each item, and how many rightly.

Blocks are independent and their counts add up, so they can be worked on one after another, side by side, or on
other computers. For items without guessing the sum of the abilities of those who answered rightly says all that
the table of right answers would (Bock & Aitkin 1981, with the sufficient statistics of a logistic curve), which
leaves two sparse products a step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import sparse

from phonics_app.calibration.item_model import Curves
from phonics_app.calibration.responses import Array, Indices

PERSONS_TOGETHER = 1_500
"""In one block: its posterior stays in the processor's cache."""
_NEGLIGIBLE = 1e-9
"""Nodes of less weight for every person of a block are left out of its next step."""
_MARGIN = 2
"""Nodes beside the window that the next step looks at as well."""


class Table(Protocol):
    """Whatever holds persons' answers: `Responses`, or a block to be cut up."""

    @property
    def answered(self) -> sparse.csr_matrix: ...

    @property
    def right(self) -> sparse.csr_matrix: ...

    @property
    def group(self) -> Indices: ...


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Some persons' answers, in the forms that the products need."""

    answered: sparse.csr_matrix
    right: sparse.csr_matrix
    guessed: sparse.csr_matrix
    """Right answers to items with guessing, persons × those items."""
    group: Indices


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedCounts:
    """Sums over persons; `+` joins blocks. J items, Q nodes, G groups."""

    answered: Array
    """J × Q: expected answers by persons at the node."""
    ability_right: Array
    """J: sum of the expected abilities of those who answered rightly."""
    guessed_right: Array
    """Items with guessing × Q: expected right answers."""
    persons: Array
    """G × Q."""
    log_likelihood: float

    def __add__(self, other: ExpectedCounts) -> ExpectedCounts:
        return ExpectedCounts(
            self.answered + other.answered,
            self.ability_right + other.ability_right,
            self.guessed_right + other.guessed_right,
            self.persons + other.persons,
            self.log_likelihood + other.log_likelihood,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Of a block: weights persons × the nodes of `window`, and each person's log likelihood."""

    weight: Array
    window: slice
    log_likelihood: Array


def make_block(table: Table, persons: Indices, guessed: Indices) -> Block:
    right = table.right[persons]
    return Block(table.answered[persons], right, columns_of(right, guessed), table.group[persons])


def columns_of(table: sparse.csr_matrix, columns: Indices) -> sparse.csr_matrix:
    return table[:, columns] if len(columns) else sparse.csr_matrix((table.shape[0], 0))


def make_blocks(table: Table, order: Indices, guessed: Indices) -> Iterator[Block]:
    """All persons in `order`; neighbours should be of like ability, then few nodes matter to each block."""
    for start in range(0, len(order), PERSONS_TOGETHER):
        yield make_block(table, order[start : start + PERSONS_TOGETHER], guessed)


def posterior_of(block: Block, curves: Curves, log_weights: Array, window: slice) -> Posterior:
    """The posterior of each person on the nodes of `window`; `log_weights`: groups × all nodes."""
    theta = curves.theta[window]
    log = block.answered @ np.ascontiguousarray(curves.log_wrong[:, window])
    linear = block.right @ curves.linear
    log += linear[:, :1] * theta
    log += linear[:, 1:]
    if len(curves.guessed):
        log += block.guessed @ curves.lift[:, window]
    log += log_weights[block.group, window]
    top = log.max(axis=1)
    log -= top[:, None]
    np.exp(log, out=log)
    total = log.sum(axis=1)
    log /= total[:, None]
    return Posterior(log, window, top + np.log(total))


def expected_counts(block: Block, curves: Curves, log_weights: Array, window: slice) -> tuple[ExpectedCounts, slice]:
    """The block's share of the counts, and the window for its next step."""
    found = posterior_of(block, curves, log_weights, window)
    items, nodes = curves.log_wrong.shape
    answered = np.zeros((items, nodes))
    answered[:, window] = block.answered.T @ found.weight
    guessed = np.zeros((len(curves.guessed), nodes))
    guessed[:, window] = block.guessed.T @ found.weight
    persons = np.zeros((len(log_weights), nodes))
    for group in np.unique(block.group):
        persons[group, window] = found.weight[block.group == group].sum(axis=0)
    ability = found.weight @ curves.theta[window]
    counts = ExpectedCounts(answered, block.right.T @ ability, guessed, persons, float(found.log_likelihood.sum()))
    return counts, _narrowed(found, nodes)


def _narrowed(found: Posterior, nodes: int) -> slice:
    seen = np.flatnonzero(found.weight.max(axis=0) > _NEGLIGIBLE) + found.window.start
    return slice(max(0, int(seen[0]) - _MARGIN), min(nodes, int(seen[-1]) + 1 + _MARGIN))
