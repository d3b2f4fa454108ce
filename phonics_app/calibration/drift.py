"""How far difficulties lie from those in force: item by item, and for anchors, which should stay where they are.

Anchors are items whose difficulty answers have told before. Experts' estimates are none: they may be off by a third of
a level and more, so that a first calibration moves many items, and rightly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from phonics_app.calibration.item_flags import THRESHOLDS, Flag
from phonics_app.domain.bank import Difficulty, DifficultySource, Item
from phonics_app.domain.calibration import ItemEstimate

LEVEL_LOGITS = 1.2
"""About the width of a level, in which drift is told."""
MOVED_LOGITS = LEVEL_LOGITS / 2
MOVED_ERRORS = 2.0
"""Of the new difficulty: less may be chance."""
LEAST_ANCHORS = 10
HOLDING_SHIFT, HOLDING_SHARE = 0.2, 0.1
"""Logits of anchors' mean drift, and share of anchors moved, up to which the scale counts as held."""


@dataclass(frozen=True, slots=True)
class ItemDrift:
    """One item that takes effect, beside what is in force. `logits`: new less old; `errors`: that in errors of the new
    difficulty."""

    item_id: str
    level: int
    old: Difficulty
    estimate: ItemEstimate
    logits: float
    errors: float
    anchor: bool

    @property
    def moved(self) -> bool:
        return abs(self.logits) >= MOVED_LOGITS and abs(self.errors) >= MOVED_ERRORS

    @property
    def surprises(self) -> bool:
        """Whether good readers miss it, or weak ones know it, more often than they should."""
        return self.estimate.infit > THRESHOLDS[Flag.SURPRISING].value

    @property
    def levels(self) -> float:
        """How far it has moved, in widths of a level."""
        return self.logits / LEVEL_LOGITS


@dataclass(frozen=True, slots=True)
class Spread:
    """Of the drift of several items, logits. `root_mean_square` None without items."""

    items: int
    mean: float
    root_mean_square: float | None
    moved: int

    @property
    def levels(self) -> float:
        """The mean, in widths of a level."""
        return self.mean / LEVEL_LOGITS


@dataclass(frozen=True, slots=True)
class AnchorCheck:
    """`holds` None: there are too few anchors to tell."""

    spread: Spread

    @property
    def holds(self) -> bool | None:
        if self.spread.items < LEAST_ANCHORS:
            return None
        allowed = HOLDING_SHARE * self.spread.items
        return abs(self.spread.mean) <= HOLDING_SHIFT and self.spread.moved <= allowed


def drifts(items: Sequence[Item], estimates: Sequence[ItemEstimate]) -> tuple[ItemDrift, ...]:
    """Of the estimates that take effect on `items` as they are in force, those that moved farthest first."""
    known = {(item.id, item.version): item for item in items}
    pairs = [
        (known[e.item_id, e.item_version], e)
        for e in estimates
        if e.takes_effect and (e.item_id, e.item_version) in known
    ]
    anchors = _anchors([item for item, _ in pairs])
    found = [_drift(item, estimate, item.id in anchors) for item, estimate in pairs]
    return tuple(sorted(found, key=lambda drift: (-abs(drift.logits), drift.item_id)))


def _drift(item: Item, estimate: ItemEstimate, anchor: bool) -> ItemDrift:
    assert estimate.standard_error is not None
    logits = estimate.difficulty - item.difficulty.value
    return ItemDrift(item.id, item.level, item.difficulty, estimate, logits, logits / estimate.standard_error, anchor)


def _anchors(items: Sequence[Item]) -> frozenset[str]:
    """Calibrated before. Where there are enough, those in which a Thai accent plays no part: how that is marked may
    change from teacher to teacher."""
    calibrated = [item for item in items if item.difficulty.source is DifficultySource.CALIBRATED]
    neutral = [item for item in calibrated if not item.transfer]
    return frozenset(item.id for item in (neutral if len(neutral) >= LEAST_ANCHORS else calibrated))


def spread_of(found: Sequence[ItemDrift]) -> Spread:
    if not found:
        return Spread(0, 0.0, None, 0)
    logits = np.array([drift.logits for drift in found])
    return Spread(
        len(found),
        float(logits.mean()),
        float(np.sqrt(np.square(logits).mean())),
        sum(drift.moved for drift in found),
    )


def check_anchors(found: Sequence[ItemDrift]) -> AnchorCheck:
    return AnchorCheck(spread_of([drift for drift in found if drift.anchor]))
