"""Where the answers lie, and how sums over them are taken: in this process here, on a cluster in `spark`.

All that calibration asks of persons is a sum over blocks of them, so what it does is the same wherever they are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from operator import iadd
from typing import Protocol, Self, TypeVar

import numpy as np

from phonics_app.calibration.expectation import PERSONS_TOGETHER, Block, columns_of, make_block, make_blocks
from phonics_app.calibration.responses import Array, Indices, Responses

MOST_THREADS = 8
"""Each holds a sum of its own."""
FEW = 2_000_000
"""Answers, about 40 MB."""

Key = tuple[int, int]
"""Of a block: the part it lies in, and its place there."""
Ability = Callable[[Block], Array]
"""A rough ability of each person of a block."""


Progress = Callable[[float], None]


class Addable(Protocol):
    """Added up in place where it can be (`__iadd__`)."""

    def __add__(self, other: Self, /) -> Self: ...


T = TypeVar("T", bound=Addable)


class Answers(Protocol):
    """Answers of all persons, in blocks."""

    @property
    def items(self) -> tuple[str, ...]: ...

    @property
    def groups(self) -> tuple[str, ...]: ...

    def total(self, share: Callable[[Key, Block], T], progress: Progress | None = None) -> T:
        """The sum of every block's `share`, which may be sent elsewhere: it must be possible to pickle. `progress` is
        told the share done meanwhile, in this thread, where that is known."""

    def arranged(self, guessed: Indices, ability: Ability) -> Answers:
        """The same persons in blocks that are soon worked on, neighbours of like ability; `guessed`: items."""


class LocalAnswers:
    """In this process. Of many answers, a block is made anew whenever it is worked on: that takes a tenth of the time,
    and they are not held twice. Without an order all persons are one block, which is the responses themselves."""

    def __init__(self, responses: Responses, order: Indices | None, guessed: Indices) -> None:
        self.items, self.groups = responses.items, responses.groups
        self._responses, self._order, self._guessed = responses, order, guessed
        self._count = 1 if order is None else -(-len(order) // PERSONS_TOGETHER)
        few = order is not None and responses.count <= FEW
        self._kept = [self._made(place) for place in range(self._count)] if few else []

    def total(self, share: Callable[[Key, Block], T], progress: Progress | None = None) -> T:
        """Blocks are dealt out to threads in turn, this one among them, and each adds up its own: the same answers give
        the same bits."""
        threads = min(os.cpu_count() or 1, MOST_THREADS, self._count)

        def sum_from(first: int, progress: Progress | None = None) -> T:
            return reduce(iadd, self._shares(share, range(first, self._count, threads), progress))

        with ThreadPoolExecutor(max(threads - 1, 1)) as pool:
            others = [pool.submit(sum_from, first) for first in range(1, threads)]
            return reduce(iadd, (other.result() for other in others), sum_from(0, progress))

    def _shares(
        self, share: Callable[[Key, Block], T], places: Sequence[int], progress: Progress | None
    ) -> Iterator[T]:
        for done, place in enumerate(places, start=1):
            yield share((0, place), self._block(place))
            if progress is not None:
                progress(done / len(places))

    def arranged(self, guessed: Indices, ability: Ability) -> LocalAnswers:
        order = ability(local_answers(self._responses)._block(0)).argsort(kind="stable")
        return LocalAnswers(self._responses, order, guessed)

    def _block(self, place: int) -> Block:
        return self._kept[place] if self._kept else self._made(place)

    def _made(self, place: int) -> Block:
        if self._order is None:
            found = self._responses
            return Block(found.answered, found.right, columns_of(found.right, self._guessed), found.group)
        persons = self._order[place * PERSONS_TOGETHER : (place + 1) * PERSONS_TOGETHER]
        return make_block(self._responses, persons, self._guessed)


def local_answers(responses: Responses) -> LocalAnswers:
    """As they are: arrange them before working long on them."""
    return LocalAnswers(responses, None, np.empty(0, np.intp))


def cut(block: Block, guessed: Indices, ability: Ability) -> Iterator[Block]:
    """The block's persons in blocks of a good size, by ability."""
    return make_blocks(block, ability(block).argsort(kind="stable"), guessed)
