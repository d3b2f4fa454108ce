"""What a person who writes items should look at, and from which figure on: every threshold stands here.

Figures from few answers stray; so a threshold counts as passed only where the figure's own uncertainty does not
explain it (one-sided, 95 %).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from phonics_app.calibration.item_statistics import ItemStatistics, wilson
from phonics_app.calibration.options import OptionStatistics
from phonics_app.calibration.responses import Array

_Z = 1.644854
_FEWEST_OF_A_KIND = 5
"""Right answers, and wrong ones: with fewer, the uncertainty that is reckoned is not to be relied on. Provisional."""


class Flag(StrEnum):
    """In the order of urgency."""

    CHECK_KEY = "check_key"
    """Strong pupils miss it more often than weak ones."""
    OPTION_OF_THE_STRONG = "option_of_the_strong"
    """A wrong option is chosen rather by strong pupils: is it right as well?"""
    SURPRISING = "surprising"
    """More surprises than expected: right answers of weak pupils, wrong ones of strong pupils."""
    TELLS_LITTLE = "tells_little"
    """Hardly tells pupils apart."""
    TOO_EASY = "too_easy"
    """For its level."""
    TOO_HARD = "too_hard"
    """For its level."""
    ALL_RIGHT = "all_right"
    ALL_WRONG = "all_wrong"
    OPTION_NOT_TAKEN = "option_not_taken"
    """A wrong option that hardly anybody takes: it does no work."""
    TOO_FEW = "too_few"
    """Answers: nothing is said of the item."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """`grade` of evidence as in the rubrics: norm, study, expert, provisional."""

    value: float
    grade: str
    source: str


THRESHOLDS: dict[Flag, Threshold] = {
    Flag.CHECK_KEY: Threshold(0.0, "norm", "a negative correlation with ability contradicts what a test item is for"),
    Flag.OPTION_OF_THE_STRONG: Threshold(0.0, "norm", "the same of a wrong option"),
    Flag.SURPRISING: Threshold(
        1.2, "expert", "infit above 1.2 or 1.3: Wright & Linacre 1994, Rasch Measurement Transactions 8:3"
    ),
    Flag.TELLS_LITTLE: Threshold(0.5, "provisional", "less than half as steep as the middle item of the same test"),
    Flag.TOO_EASY: Threshold(0.8, "provisional", "expected of a pupil who has just mastered the level below"),
    Flag.TOO_HARD: Threshold(0.5, "provisional", "expected of a pupil who just masters the level (80 % of its items)"),
    Flag.OPTION_NOT_TAKEN: Threshold(
        0.05, "expert", "Haladyna & Downing 1993, Educational and Psychological Measurement 53: chosen by under 5 %"
    ),
    Flag.TOO_FEW: Threshold(
        30, "expert", "difficulty within about a logit: Linacre 1994, Rasch Measurement Transactions 7:4"
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`value` is what passed the threshold; `option`: of which option."""

    flag: Flag
    value: float
    option: str = ""


def findings(
    statistics: ItemStatistics, item: int, options: tuple[OptionStatistics, ...], at_ends: Array
) -> tuple[Finding, ...]:
    """Of one item, most urgent first. `at_ends`: expected share right of who begins the item's level and its standard
    error, the same of who masters it; NaN where that is not known."""
    n = int(statistics.answers[item])
    if n < THRESHOLDS[Flag.TOO_FEW].value:
        return (Finding(Flag.TOO_FEW, n),)
    found = [*_of_item(statistics, item), *_of_level(at_ends), *_of_options(options)]
    return tuple(sorted(found, key=lambda finding: list(Flag).index(finding.flag)))


def _of_item(statistics: ItemStatistics, item: int) -> Iterator[Finding]:
    n, r = int(statistics.answers[item]), float(statistics.point_biserial[item])
    right = round(n * float(statistics.share_right[item]))
    if min(right, n - right) < _FEWEST_OF_A_KIND:
        return
    if r < THRESHOLDS[Flag.CHECK_KEY].value - _Z / np.sqrt(n - 1):
        yield Finding(Flag.CHECK_KEY, r)
        return  # a wrong key surprises and tells little as well
    infit = float(statistics.infit[item])
    if infit > THRESHOLDS[Flag.SURPRISING].value:
        yield Finding(Flag.SURPRISING, infit)
    ratio = float(statistics.slope[item] / statistics.middle_slope)
    uncertain = float(statistics.slope_error[item] / statistics.middle_slope)
    if ratio + _Z * uncertain < THRESHOLDS[Flag.TELLS_LITTLE].value:
        yield Finding(Flag.TELLS_LITTLE, ratio)


def _of_level(at_ends: Array) -> Iterator[Finding]:
    begins, error, masters, error_there = at_ends.tolist()
    if begins - _Z * error > THRESHOLDS[Flag.TOO_EASY].value:
        yield Finding(Flag.TOO_EASY, begins)
    if masters + _Z * error_there < THRESHOLDS[Flag.TOO_HARD].value:
        yield Finding(Flag.TOO_HARD, masters)


def _of_options(options: tuple[OptionStatistics, ...]) -> Iterator[Finding]:
    answers = sum(option.n for option in options)
    for option in options:
        if option.key:
            continue
        if option.point_biserial > THRESHOLDS[Flag.OPTION_OF_THE_STRONG].value + _Z / np.sqrt(max(answers - 1, 1)):
            yield Finding(Flag.OPTION_OF_THE_STRONG, option.point_biserial, option.option)
        _, most = wilson(np.array([option.share]), np.array([answers]))
        if most[0] < THRESHOLDS[Flag.OPTION_NOT_TAKEN].value:
            yield Finding(Flag.OPTION_NOT_TAKEN, option.share, option.option)
