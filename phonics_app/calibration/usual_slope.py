"""Calibration where nobody knows beforehand how sharply items tell pupils apart, only that they do so about alike.

A prior on each slope says much about single items, which have few answers. Said of a thousand items at once it would
also say how long a logit is, far more surely than anybody knows; levels at the end of the scale would be squeezed. So
its middle is taken from the answers: that of the slopes found, until it stays where it is.

Priors on difficulties, too, would squeeze the scale, for true difficulties spread farther than those believed: on a
shorter scale each lies nearer to its prior. That is so of the best single value of every difficulty at once; averaged
over difficulties a steeper slope leaves each less room (1 / slope), which outweighs it. For the best value to agree
with the average, the log of a slope is drawn down by 1 where answers tell of the difficulty, and that is the same as a
prior on it whose middle is lower by its variance.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from phonics_app.calibration.answers import local_answers
from phonics_app.calibration.estimation import (
    Calibration,
    Estimates,
    Progress,
    Settings,
    estimate,
    estimate_again,
    with_responses,
)
from phonics_app.calibration.maximisation import ItemPriors
from phonics_app.calibration.responses import Array, Responses
from phonics_app.calibration.starting import tallies_of

_ROUGHLY = 0.1
"""Tolerance, in standard errors, of the rounds before the last."""
_MOST_ROUNDS, _STANDS = 8, 0.03
"""Before the last one; of the log of the usual slope: what moves less stays where it is."""


class _Rounds:
    """Tells of several climbs as of one: each takes half of what was left, the last one all of it."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress, self._iterations, self._begun, self._part = progress, 0, 0.0, 0.5

    def tell(self, iterations: int, share: float) -> None:
        if self._progress is not None:
            self._progress(self._iterations + iterations, self._begun + self._part * share)

    def next(self, found: Estimates, last: bool) -> None:
        self._iterations += found.iterations
        self._begun += self._part
        self._part = (1 - self._begun) * (1.0 if last else 0.5)


def calibrate_with_usual_slope(
    responses: Responses, settings: Settings, progress: Progress | None = None
) -> Calibration:
    """As `calibrate`; the slopes that `settings` has priors on are only where the search for the usual one begins."""
    believed = settings.priors
    assert believed is not None
    answers, rounds = local_answers(responses), _Rounds(progress)
    tallies = tallies_of(answers)
    found, arranged = estimate(answers, replace(settings, tolerance=_ROUGHLY), rounds.tell, tallies)
    usual = _usual(found, tallies.answered)
    for _ in range(_MOST_ROUNDS):
        rounds.next(found, last=False)
        roughly = replace(settings, priors=_around(usual, believed, found), tolerance=_ROUGHLY)
        found = estimate_again(found, arranged, tallies, roughly, rounds.tell)
        before, usual = usual, _usual(found, tallies.answered)
        if abs(usual - before) < _STANDS:
            break
    rounds.next(found, last=True)
    exactly = replace(settings, priors=_around(usual, believed, found))
    return with_responses(estimate_again(found, arranged, tallies, exactly, rounds.tell), responses)


def _usual(found: Estimates, answers: Array) -> float:
    """Natural log of the usual slope."""
    return float(np.average(np.log(found.items.slope), weights=answers))


def _around(usual: float, believed: ItemPriors, found: Estimates) -> ItemPriors:
    return replace(believed, log_slope=usual - found.told * np.square(believed.log_slope_error))
