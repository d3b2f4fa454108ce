"""When a test ends. The rules are tried in the order of `StopReason`; the first that holds is the reason.

The first of all, `StopReason.TEACHER`, is no rule: the teacher's stop is an event and ends the test at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from phonics_app.domain.bank import StoppingLimits
from phonics_app.domain.result import StopReason


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
    untested: int
    """Of the proposed level and the one below it: levels without a block that counts."""
    seconds: float
    next_size: int | None
    """Items in the block that would come next; None when there is none."""


def best_pair(probabilities: Sequence[float]) -> tuple[int, float]:
    """Index of the lower of the two neighbouring levels that hold the most probability, and their sum."""
    sums = [a + b for a, b in pairwise(probabilities)]
    if not sums:
        return 0, probabilities[0]
    best = max(range(len(sums)), key=lambda i: sums[i])
    return best, sums[best]


def _enough(progress: Progress) -> bool:
    """Whether there is evidence enough to be sure of anything.

    Blocks, strands (as far as the plan has them), and both levels that a placement speaks of: the one that is
    mastered and the one that is not. However sure the model is, a teacher wants to have seen it.
    """
    limits = progress.limits
    needed = min(limits.minimum_strands, progress.strands_there)
    return progress.untested == 0 and progress.blocks >= limits.minimum_blocks and progress.strands >= needed


def sure(progress: Progress) -> bool:
    return _enough(progress) and max(progress.probabilities) >= progress.limits.sure_probability


def between(progress: Progress) -> bool:
    limits = progress.limits
    if progress.items < limits.between_items or not _enough(progress):
        return False
    return best_pair(progress.probabilities)[1] >= limits.between_probability


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
