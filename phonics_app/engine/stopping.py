"""When a test ends. The rules are tried in the order of `StopReason`; the first that holds is the reason.

The first of all, `StopReason.TEACHER`, is no rule: the teacher's stop is an event and ends the test at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from phonics_app.domain.bank import StoppingLimits
from phonics_app.domain.result import StopReason
from phonics_app.engine.worth import NOTHING

TIE = 1e-9
"""Worths below this are rounding."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the rules look at, between two blocks."""

    limits: StoppingLimits
    probabilities: tuple[float, ...]
    """Of each level, lowest first."""
    blocks: int
    """Blocks that count."""
    items: int
    """Items attempted."""
    strands: int
    """Strands with evidence near the proposed level."""
    strands_there: int
    """Strands that the plan has near the proposed level."""
    tested: tuple[bool, ...]
    """Of each level, lowest first: whether a block of it counts, or the plan has none."""
    seconds: float
    next_size: int | None
    """Items in the block that would come next; None when there is none."""
    worth: float = NOTHING
    """Of going on, in probability of naming the right level, beyond its cost."""


def best_pair(probabilities: Sequence[float]) -> tuple[int, float]:
    """Index of the lower of the two neighbouring levels that hold the most probability, and their sum."""
    sums = [a + b for a, b in pairwise(probabilities)]
    if not sums:
        return 0, probabilities[0]
    best = max(range(len(sums)), key=lambda i: sums[i])
    return best, sums[best]


def _enough(progress: Progress, spoken_of: slice) -> bool:
    """Whether there is evidence enough: blocks, strands (as far as the plan has them), and both levels spoken of.

    However sure the model is, a teacher wants to have seen it.
    """
    limits = progress.limits
    needed = min(limits.minimum_strands, progress.strands_there)
    seen = all(progress.tested[spoken_of])
    return seen and progress.blocks >= limits.minimum_blocks and progress.strands >= needed


def sure(progress: Progress) -> bool:
    """Speaks of the level proposed, which is not mastered, and of the one below it, which is."""
    if progress.worth > TIE:
        return False
    probability = max(progress.probabilities)
    here = progress.probabilities.index(probability)
    spoken_of = slice(max(0, here - 1), here + 1)
    return probability >= progress.limits.sure_probability and _enough(progress, spoken_of)


def between(progress: Progress) -> bool:
    """Speaks of two levels: whether the lower one is mastered stays open.

    Where items have a cost this is the end of tests that are not sure, and no way round what `sure` asks for.
    """
    limits = progress.limits
    if progress.worth > TIE or (limits.item_cost and max(progress.probabilities) >= limits.sure_probability):
        return False
    lower, probability = best_pair(progress.probabilities)
    if progress.items < limits.between_items or probability < limits.between_probability:
        return False
    return _enough(progress, slice(lower, lower + 2))


def item_limit(progress: Progress) -> bool:
    """The next block would exceed the limit."""
    return progress.next_size is not None and progress.items + progress.next_size > progress.limits.maximum_items


def time_limit(progress: Progress) -> bool:
    return progress.seconds >= progress.limits.maximum_seconds


def bank_exhausted(progress: Progress) -> bool:
    return progress.next_size is None


RULES: tuple[tuple[StopReason, Callable[[Progress], bool]], ...] = (
    (StopReason.SURE, sure),
    (StopReason.BETWEEN, between),
    (StopReason.ITEM_LIMIT, item_limit),
    (StopReason.TIME_LIMIT, time_limit),
    (StopReason.BANK_EXHAUSTED, bank_exhausted),
)


def stop_reason(progress: Progress) -> StopReason | None:
    """The first rule that holds, or None: go on."""
    return next((reason for reason, holds in RULES if holds(progress)), None)
