"""Answers in the partitions of a Spark cluster: the same sums as in this process, and no person's data in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import add

from pyspark import RDD, Broadcast, StorageLevel

from phonics_app.calibration.answers import Ability, Key, Progress, T, cut
from phonics_app.calibration.expectation import Block
from phonics_app.calibration.responses import Indices


class SparkAnswers:
    """Blocks that the workers keep, in memory or on their disks. Each is made once; a step sends curves and weights
    there and adds up what comes back, first on the workers. Of a block, this process holds the bounds of its window."""

    def __init__(self, items: tuple[str, ...], groups: tuple[str, ...], blocks: RDD[tuple[Key, Block]]) -> None:
        self.items, self.groups = items, groups
        self._blocks = blocks.persist(StorageLevel.MEMORY_AND_DISK)

    def total(self, share: Callable[[Key, Block], T], progress: Progress | None = None) -> T:
        """Nothing is told of workers' progress."""
        sent = self._blocks.context.broadcast(share)
        try:
            found: T = self._blocks.mapPartitions(partial(_sum, sent)).treeReduce(add)
        finally:
            sent.destroy()
        return found

    def arranged(self, guessed: Indices, ability: Ability) -> SparkAnswers:
        """Lets go of the blocks it is made of, as soon as it is there."""
        found = SparkAnswers(self.items, self.groups, self._blocks.flatMap(partial(_cut, guessed, ability)))
        found.keep()
        self._blocks.unpersist()
        return found

    def keep(self) -> None:
        """Makes the blocks now: what they are made of need not stay."""
        self._blocks.count()


def _sum(share: Broadcast[Callable[[Key, Block], T]], blocks: Iterable[tuple[Key, Block]]) -> Iterator[T]:
    """Of one partition; nothing where it is empty."""
    found: T | None = None
    for key, block in blocks:
        more = share.value(key, block)
        found = more if found is None else found + more
    if found is not None:
        yield found


def _cut(guessed: Indices, ability: Ability, whole: tuple[Key, Block]) -> Iterator[tuple[Key, Block]]:
    (part, _), block = whole
    for place, piece in enumerate(cut(block, guessed, ability)):
        yield (part, place), piece
