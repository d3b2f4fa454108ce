"""One pupil's item-by-item test: a function of the pool, the sitting's spec and the answers; replay equals live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from phonics_app.domain.attempt import AttemptSpec, Prior
from phonics_app.engine.draws import draw
from phonics_app.engine.item_choice import choose
from phonics_app.engine.item_pool import ItemPool
from phonics_app.engine.item_sitting import Known, Sittings, answered, begin, known
from phonics_app.engine.item_stopping import ItemStop, Stopping, stop_reasons


@dataclass(frozen=True, slots=True)
class ItemTestSpec:
    """What is particular to the sitting."""

    prior: Prior
    seed: int
    """32 bits: decides what is left to chance, the same live and in replay."""
    seen_items: tuple[str, ...] = ()
    """Items of the pupil's last two tests: never shown."""

    @classmethod
    def of(cls, attempt: AttemptSpec, seed: int) -> ItemTestSpec:
        """With the prior and the seen items of a test by blocks: `engine.priors` and the store make both alike."""
        return cls(attempt.prior, seed, attempt.seen_items)


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    item: str
    right: bool
    seconds: float
    """Since the test began."""


@dataclass(frozen=True, slots=True, eq=False)
class ItemTest:
    """Where the test stands: either `next_item` or `ended`."""

    pool: ItemPool
    stopping: Stopping
    spec: ItemTestSpec
    sitting: Sittings
    """Of this one pupil."""
    known: Known
    answers: tuple[ItemAnswer, ...]
    next_item: str | None
    ended: ItemStop | None


def start(pool: ItemPool, stopping: Stopping, spec: ItemTestSpec) -> ItemTest:
    return _stand(pool, stopping, spec, begin(pool, [spec.prior], [spec.seen_items]), ())


def answer(test: ItemTest, given: ItemAnswer) -> ItemTest:
    """After an answer to `test.next_item`; any other item, or an answer after the end, is refused.

    Raises `ValueError`.
    """
    if given.item != test.next_item:
        raise ValueError(f"{given.item!r} was answered where {test.next_item!r} was shown")
    items = np.array([test.pool.position[given.item]])
    sitting = answered(test.pool, test.sitting, items, np.array([given.right]))
    return _stand(test.pool, test.stopping, test.spec, sitting, (*test.answers, given))


def stop_by_teacher(test: ItemTest) -> ItemTest:
    return test if test.ended else replace(test, next_item=None, ended=ItemStop.TEACHER)


def replay(pool: ItemPool, stopping: Stopping, spec: ItemTestSpec, answers: Iterable[ItemAnswer]) -> ItemTest:
    """Raises `ValueError` where the answers are not those of this test."""
    test = start(pool, stopping, spec)
    for given in answers:
        test = answer(test, given)
    return test


def _stand(
    pool: ItemPool, stopping: Stopping, spec: ItemTestSpec, sitting: Sittings, answers: tuple[ItemAnswer, ...]
) -> ItemTest:
    now = known(pool, sitting)
    seconds = answers[-1].seconds if answers else 0.0
    (reason,) = stop_reasons(pool, sitting, now, seconds, stopping)
    item = None
    if reason is None:
        chance = np.array([draw(spec.seed, len(answers))])
        item = pool.ids[int(choose(pool, sitting, now.mean, chance)[0])]
    return ItemTest(pool, stopping, spec, sitting, now, answers, item, reason)
