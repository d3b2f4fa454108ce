"""Where the answers lie, and how sums over them are taken: in this process here, on a cluster in `spark`.

All that calibration asks of persons is a sum over blocks of them, so what it does is the same wherever they are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from operator import add
from typing import Protocol, Self, TypeVar

import numpy as np

from phonics_app.calibration.expectation import Block, make_blocks
from phonics_app.calibration.responses import Array, Indices, Responses

Key = tuple[int, int]
"""Of a block: the part it lies in, and its place there."""
Ability = Callable[[Block], Array]
"""A rough ability of each person of a block."""


class Addable(Protocol):
    def __add__(self, other: Self, /) -> Self: ...


T = TypeVar("T", bound=Addable)


class Answers(Protocol):
    """Answers of all persons, in blocks."""

    @property
    def items(self) -> tuple[str, ...]: ...

    @property
    def groups(self) -> tuple[str, ...]: ...

    def total(self, share: Callable[[Key, Block], T]) -> T:
        """The sum of every block's `share`, which may be sent elsewhere: it must be possible to pickle."""

    def arranged(self, guessed: Indices, ability: Ability) -> Answers:
        """The same persons in blocks that are soon worked on, neighbours of like ability; `guessed`: items."""


class LocalAnswers:
    """In this process, worked on by as many threads as there are processors."""

    def __init__(self, items: tuple[str, ...], groups: tuple[str, ...], blocks: Sequence[Block]) -> None:
        self.items, self.groups, self._blocks = items, groups, blocks

    def total(self, share: Callable[[Key, Block], T]) -> T:
        """In the order of the blocks, so that the same blocks give the same bits."""
        keys = ((0, place) for place in range(len(self._blocks)))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            return reduce(add, pool.map(share, keys, self._blocks))

    def arranged(self, guessed: Indices, ability: Ability) -> LocalAnswers:
        blocks = [part for block in self._blocks for part in cut(block, guessed, ability)]
        return LocalAnswers(self.items, self.groups, blocks)


def local_answers(responses: Responses) -> LocalAnswers:
    """All persons in one block: soon made, but arrange them before working long on them."""
    answered, right, nothing = responses.answered, responses.right, np.empty(0, np.intp)
    everybody = Block(answered, answered.T.tocsr(), right, right[:, nothing], responses.group)
    return LocalAnswers(responses.items, responses.groups, [everybody])


def cut(block: Block, guessed: Indices, ability: Ability) -> Iterator[Block]:
    """The block's persons in blocks of a good size, by ability."""
    return make_blocks(block, ability(block).argsort(kind="stable"), guessed)
