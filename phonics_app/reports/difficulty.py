"""Difficulties in words: what a predicted one rests on, how one compares with those of its level."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import mean

from phonics_app.domain.bank import Item
from phonics_app.locales import Translate

_ALIKE = 0.3
"""Logits: what is nearer to the mean of a level than this is called like its other items."""


def origin_text(_: Translate, items: int, calibrated: int, error: float, level_step: float) -> str:
    """One sentence for whoever sees a prediction. `error`: typical standard error; both in logits."""
    if calibrated:
        text = _(
            "Predicted from {n} items, {calibrated} of them calibrated by answers, the others rated by experts; "
            "typical error {error} logits (a level is about {level})."
        )
    else:
        text = _("Predicted from {n} items rated by experts; typical error {error} logits (a level is about {level}).")
    return text.format(n=f"{items:,}", calibrated=f"{calibrated:,}", error=f"{error:.2f}", level=f"{level_step:.1f}")


def compared_text(_: Translate, item: Item, active: Iterable[Item]) -> str:
    """How hard an item is beside the others in use at its level; "" where there is none."""
    others = [other.difficulty.value for other in active if other.level == item.level and other.id != item.id]
    if not others:
        return ""
    more = item.difficulty.value - mean(others)
    if abs(more) < _ALIKE:
        return _("about as hard as the other items of level {n}").format(n=item.level)
    harder = _("harder than most items of level {n}") if more > 0 else _("easier than most items of level {n}")
    return harder.format(n=item.level)
