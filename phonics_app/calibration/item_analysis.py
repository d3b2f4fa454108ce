"""Item analysis for people who write items: figures, curve, options, and what to look at, of every item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.item_flags import THRESHOLDS, Finding, Flag, findings
from phonics_app.calibration.item_model import ItemParameters
from phonics_app.calibration.item_statistics import (
    CurvePoint,
    ItemStatistics,
    curve_points,
    item_statistics,
)
from phonics_app.calibration.left_out import LeftOut, left_out, shares_of
from phonics_app.calibration.options import OptionStatistics, option_statistics
from phonics_app.calibration.responses import Array, Indices

_MASTERY = 0.8
"""Of a level's items: the criterion of the rubrics."""
_ITEMS_OF_A_LEVEL = 5
"""So many items at least tell where a level's cut is. Provisional."""
_HALVINGS = 50


@dataclass(frozen=True, slots=True, eq=False)
class AnswerDetails:
    """What may be known of each answer, by person and then by item as in `Responses`; empty arrays: nothing."""

    chosen: npt.NDArray[np.str_] = field(default_factory=lambda: np.array([], dtype=str))
    """The option chosen, "" where unknown."""
    seconds: Array = field(default_factory=lambda: np.array([]))
    """NaN where unknown."""


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """One item. Difficulties in logits; NaN where the answers do not tell, None where nothing was recorded."""

    item: str
    n: int
    share_right: float
    difficulty: float
    difficulty_error: float
    slope: float
    slope_error: float
    point_biserial: float
    infit: float
    outfit: float
    median_seconds: float | None
    curve: tuple[CurvePoint, ...]
    options: tuple[OptionStatistics, ...]
    findings: tuple[Finding, ...]


def analyse_items(
    calibration: Calibration,
    details: AnswerDetails | None = None,
    levels: Mapping[str, str] | None = None,
    offered: Mapping[str, Sequence[str]] | None = None,
) -> tuple[ItemAnalysis, ...]:
    """Every item of the calibration, in its order. `levels`: item → level; `offered`: item → all its options."""
    names, details = calibration.responses.items, details or AnswerDetails()
    answers = left_out(calibration)
    statistics = item_statistics(calibration, answers)
    curves = curve_points(answers, len(names))
    chosen = details.chosen
    options = option_statistics(names, answers, chosen, offered) if len(chosen) else {}
    at_ends = _at_ends(calibration, statistics, levels or {})
    seconds = _median_seconds(answers, details.seconds, len(names))
    return tuple(
        ItemAnalysis(
            name,
            int(statistics.answers[j]),
            *_figures(statistics, j),
            seconds[j],
            curves[j],
            options.get(name, ()),
            findings(statistics, j, options.get(name, ()), at_ends[j]),
        )
        for j, name in enumerate(names)
    )


def without_estimate(item: str, n: int, right: int) -> ItemAnalysis:
    """Of an item that everybody, or nobody, answered rightly: it has no difficulty, and says nothing of the others."""
    few, flag = n < THRESHOLDS[Flag.TOO_FEW].value, Flag.ALL_RIGHT if right else Flag.ALL_WRONG
    nan = float("nan")
    finding = Finding(Flag.TOO_FEW if few else flag, n)
    return ItemAnalysis(item, n, float(right > 0), nan, nan, nan, nan, nan, nan, nan, None, (), (), (finding,))


def _figures(statistics: ItemStatistics, item: int) -> tuple[float, float, float, float, float, float, float, float]:
    return (
        float(statistics.share_right[item]),
        float(statistics.difficulty[item]),
        float(statistics.difficulty_error[item]),
        float(statistics.slope[item]),
        float(statistics.slope_error[item]),
        float(statistics.point_biserial[item]),
        float(statistics.infit[item]),
        float(statistics.outfit[item]),
    )


def _at_ends(calibration: Calibration, statistics: ItemStatistics, levels: Mapping[str, str]) -> Array:
    """J × 4: the share right expected of a pupil who only begins the item's level, having just mastered the one below,
    with its standard error; and the same of one who just masters the level itself."""
    found = np.full((len(statistics.answers), 4), np.nan)
    level = np.array([levels.get(name, "") for name in calibration.responses.items])
    own = [np.flatnonzero(level == one) for one in sorted(set(level.tolist()) - {""})]
    parts = [(items, _some(calibration.items, items)) for items in own if len(items) >= _ITEMS_OF_A_LEVEL]
    cuts = sorted((_mastery_cut(parameters), k) for k, (_, parameters) in enumerate(parts))
    begins = np.nan
    for cut, k in cuts:
        items, parameters = parts[k]
        share, steepness = shares_of(parameters, np.array([begins, cut]))
        error = steepness * (parameters.slope * statistics.difficulty_error[items])[:, None]
        found[items] = np.stack([share[:, 0], error[:, 0], share[:, 1], error[:, 1]], axis=1)
        begins = cut
    return found


def _some(items: ItemParameters, which: Indices) -> ItemParameters:
    return ItemParameters(items.slope[which], items.intercept[which], items.guessing[which])


def _mastery_cut(items: ItemParameters) -> float:
    """Theta at which the mean expected share right is the criterion, by halving: the curve only rises."""
    low, high = float(items.difficulty.min()) - 20, float(items.difficulty.max()) + 20
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        enough = shares_of(items, np.array([middle]))[0].mean() >= _MASTERY
        low, high = (low, middle) if enough else (middle, high)
    return (low + high) / 2


def _median_seconds(answers: LeftOut, seconds: Array, count: int) -> list[float | None]:
    known = np.isfinite(seconds)
    if not known.any():
        return [None] * count
    item, values = answers.item[known], seconds[known]
    order = np.lexsort((values, item))
    n = np.bincount(item, minlength=count)
    first, ordered = np.cumsum(n) - n, values[order]
    return [
        float(np.median(ordered[start : start + size])) if size else None
        for start, size in zip(first.tolist(), n.tolist(), strict=True)
    ]
