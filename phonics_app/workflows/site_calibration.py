"""A site's answers, calibrated: the one way to the figures of an item, in a calibration and in the item analysis."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from phonics_app.calibration.estimation import Calibration, Settings
from phonics_app.calibration.item_model import Model
from phonics_app.calibration.maximisation import ItemPriors
from phonics_app.calibration.usual_slope import calibrate_with_usual_slope
from phonics_app.domain.bank import Bank, Item
from phonics_app.workflows.calibration_answers import SiteAnswers

_SPREAD_OF_SLOPES = 0.5
"""Of their natural logarithms, where the blueprint names a single slope."""
Progress = Callable[[float], object]
"""Is told the share of the work done."""


def calibrate_site(bank: Bank, found: SiteAnswers, progress: Callable[[float], None]) -> Calibration:
    """`bank`: the items as they were written, so that no answer counts twice."""
    settings = _settings(bank, [bank.item(item_id) for item_id in found.responses.items])
    return calibrate_with_usual_slope(found.responses, settings, lambda _, share: progress(share))


def part(progress: Progress, begun: float, ended: float) -> Callable[[float], None]:
    """Tells of a piece of the work as of that part of the whole."""

    def tell(share: float) -> None:
        progress(begun + (ended - begun) * share)

    return tell


def _settings(bank: Bank, items: list[Item]) -> Settings:
    """Believed beforehand: of each item its own difficulty, of slopes what the engine assumes of pupils (where they
    lie; the usual one may turn out to be another)."""
    slopes = np.log(bank.placement.slopes)
    spread = float(slopes.std()) if len(slopes) > 1 else _SPREAD_OF_SLOPES
    priors = ItemPriors(
        np.array([item.difficulty.value for item in items]),
        np.array([item.difficulty.standard_error for item in items]),
        np.full(len(items), slopes.mean()),
        np.full(len(items), spread),
    )
    guessing = {item.id: item.guessing for item in items if item.guessing}
    return Settings(Model.TWO_PL, guessing=guessing, priors=priors, priors_hold_scale=True)
