"""Calibration where nobody knows beforehand how sharply items tell pupils apart, only that they do so about alike.

A prior on each slope says much about single items, which have few answers. Said of a thousand items at once it would
also say how long a logit is, far more surely than anybody knows; levels at the end of the scale would be squeezed. So
its middle is taken from the answers: that of the slopes found, until it stays where it is.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from phonics_app.calibration.estimation import Calibration, Progress, Settings, calibrate
from phonics_app.calibration.responses import Responses

_ROUGHLY = 0.1
"""Tolerance, in standard errors, of the rounds before the last."""
_MOST_ROUNDS, _STANDS = 6, 0.03
"""Before the last one; of the log of the usual slope: what moves less stays where it is."""


def calibrate_with_usual_slope(
    responses: Responses, settings: Settings, progress: Progress | None = None
) -> Calibration:
    """As `calibrate`; the slopes that `settings` has priors on are only where the search for the usual one begins."""
    assert settings.priors is not None
    answers = np.asarray(responses.answered.sum(axis=0)).ravel()
    priors, done = settings.priors, 0

    def told(iterations: int, share: float) -> None:
        if progress is not None:
            progress(done + iterations, share)

    for _ in range(_MOST_ROUNDS):
        rough = calibrate(responses, replace(settings, priors=priors, tolerance=_ROUGHLY), told)
        done += rough.iterations
        before, usual = priors.log_slope, np.average(np.log(rough.items.slope), weights=answers)
        priors = replace(priors, log_slope=np.full(len(answers), usual))
        if abs(usual - before.mean()) < _STANDS:
            break
    return calibrate(responses, replace(settings, priors=priors), told)
