"""Simulated pupils in the item-by-item test, thousands in step: what it reaches, and how honest its word is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from phonics_app.domain.attempt import Prior
from phonics_app.engine.draws import draws
from phonics_app.engine.item_choice import choose
from phonics_app.engine.item_pool import Indices, ItemPool
from phonics_app.engine.item_sitting import Flags, answered, begin, known, most_probable
from phonics_app.engine.item_stopping import ItemStop, Stopping, stop_reasons

Array = npt.NDArray[np.float64]
Answers = Callable[[Indices, Indices], Array]
"""Of pupils and items, pair by pair: the true probability of a right answer."""
TOGETHER = 2000
"""Pupils in step; more of them would leave the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """What became of each pupil (P)."""

    items: Indices
    """P: items answered."""
    levels: Array
    """P × L: probabilities stated at the end."""
    mean: Array
    """P: ability estimated."""
    given: Indices
    """P × S: items of each strand."""
    shown: Indices
    """I: pupils who had the item."""
    reasons: tuple[ItemStop, ...]

    @property
    def level(self) -> Indices:
        """P: index of the most probable level."""
        return most_probable(self.levels)

    @property
    def stated(self) -> Array:
        """P: its probability."""
        return np.asarray(self.levels.max(axis=1))

    @property
    def exposure(self) -> float:
        """Share of the pupils who had the item that was shown most."""
        return float(self.shown.max() / len(self.items))


def simulate(
    pool: ItemPool,
    stopping: Stopping,
    priors: Sequence[Prior],
    truth: Answers,
    random: np.random.Generator,
    seen: Sequence[Collection[str]] | None = None,
) -> Simulated:
    """Every pupil to the end of his test; no time passes."""
    parts = [
        _together(pool, stopping, np.arange(k, min(k + TOGETHER, len(priors))), priors, truth, random, seen)
        for k in range(0, len(priors), TOGETHER)
    ]
    return Simulated(
        items=np.concatenate([part.items for part in parts]),
        levels=np.concatenate([part.levels for part in parts]),
        mean=np.concatenate([part.mean for part in parts]),
        given=np.concatenate([part.given for part in parts]),
        shown=np.sum([part.shown for part in parts], axis=0),
        reasons=tuple(reason for part in parts for reason in part.reasons),
    )


def _together(
    pool: ItemPool,
    stopping: Stopping,
    pupils: Indices,
    priors: Sequence[Prior],
    truth: Answers,
    random: np.random.Generator,
    seen: Sequence[Collection[str]] | None,
) -> Simulated:
    sittings = begin(pool, [priors[p] for p in pupils], [seen[p] for p in pupils] if seen else None)
    seeds = random.integers(2**32, size=len(pupils))
    final = begin(pool, [priors[p] for p in pupils])
    going = np.arange(len(pupils))
    shown = np.zeros(len(pool.ids), dtype=np.intp)
    reasons: dict[int, ItemStop] = {}
    for step in range(stopping.limits.maximum_items + 1):
        now = known(pool, sittings)
        ended = stop_reasons(pool, sittings, now, 0.0, stopping)
        over = np.array([reason is not None for reason in ended])
        reasons |= {int(going[k]): reason for k, reason in enumerate(ended) if reason}
        final.log_likelihood[going[over]] = sittings.log_likelihood[over]
        final.given[going[over]] = sittings.given[over]
        going, sittings = going[~over], sittings[~over]
        if not len(going):
            break
        items = choose(pool, sittings, now.mean[~over], draws(seeds[going], step))
        shown += np.bincount(items, minlength=len(shown))
        right = random.random(len(going)) < truth(pupils[going], items)
        sittings = answered(pool, sittings, items, right)
    end = known(pool, final)
    return Simulated(
        final.items, end.levels, end.mean, final.given, shown, tuple(reasons[k] for k in range(len(pupils)))
    )


@dataclass(frozen=True, slots=True)
class Honesty:
    """Stated probabilities beside what came true."""

    stated: float
    right: float
    error: float
    """Expected calibration error: mean distance of stated and observed, over tenths of the scale."""
    sayers: int
    """Results that stated about .90 (.87 to .93)."""
    right_at_90: float
    """Share of those that were right; NaN where there were none."""


def honesty(stated: Array, right: Flags) -> Honesty:
    tenth = np.minimum((stated * 10).astype(np.intp), 9)
    gap = np.bincount(tenth, right - stated, 10)
    near = np.abs(stated - 0.9) <= 0.03
    return Honesty(
        stated=float(stated.mean()),
        right=float(right.mean()),
        error=float(np.abs(gap).sum() / len(stated)),
        sayers=int(near.sum()),
        right_at_90=float(right[near].mean()) if near.any() else float("nan"),
    )
