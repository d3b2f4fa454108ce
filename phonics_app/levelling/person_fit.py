"""Person fit: is the pattern of answers one that pupils of this ability give, or must something else be at work?

The statistic is lz (Drasgow, Levine & Williams 1985): the log-likelihood of the answers where they are most probable,
standardised. With some twenty answers its normal distribution can't be trusted, so it is compared with that of
simulated pupils of this ability who answer the same items.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from phonics_app.domain.explanation import OddAnswer, Oddness, PersonFit
from phonics_app.engine.ability import Array, normalise
from phonics_app.levelling.answers import Answers, Flags

LEAST_ANSWERS = 10
"""Of fewer nothing can be said."""
UNUSUAL, VERY_UNUSUAL = 0.06, 0.02
"""Limits of the share. Which items are asked follows the answers, and that makes patterns look more usual than they
are, but some pupils guess, which these limits do not allow for: of 360 simulated pupils who answer as the model says,
one in four of them guessing, 4.4 % came below the first, so that "1 in 20" holds."""
ODD = 0.2
"""An answer is named whose probability, by all the others, was at most this."""
LEAST_ODD = 2
"""A single slip is no pattern."""
MOST_NAMED = 8
_SIMULATED = 2000
_SEED = 20_260_615
"""The same answers are always told the same."""
_LEAST_VARIANCE = 0.05
"""Where every answer is certain beforehand nothing can be divided by its spread."""


def person_fit(answers: Answers) -> PersonFit | None:
    """None where there are too few answers."""
    if len(answers.items) < LEAST_ANSWERS:
        return None
    answers = answers.unguessed
    share, odd = unusual_share(answers), _odd_answers(answers)
    oddness = Oddness.USUAL
    if share <= UNUSUAL and len(odd) >= LEAST_ODD:
        oddness = Oddness.VERY_UNUSUAL if share <= VERY_UNUSUAL else Oddness.UNUSUAL
    return PersonFit(share, oddness, odd)


def unusual_share(answers: Answers) -> float:
    """Share of simulated pupils whose answers are at least as unusual, 0–1."""
    random = np.random.default_rng(_SEED)
    curves, pupils = _Curves.of(answers), _pupils_like(answers, random)
    drawn = random.random((_SIMULATED, len(answers.items))) < np.exp(answers.log_right.T[pupils])
    own = curves.fit(answers, answers.right[None, :])[0]
    return float((1 + np.sum(curves.fit(answers, drawn) <= own)) / (1 + _SIMULATED))


def _pupils_like(answers: Answers, random: np.random.Generator) -> npt.NDArray[np.intp]:
    """Grid points of simulated pupils: of this pupil's ability, but knowing levels as sharply or not as anyone.

    A careless pupil looks like one to whom levels are all alike. Held against his own kind he is never unusual.
    """
    kinds = answers.log_prior.size // answers.tables.plan.grid.points
    ability = normalise(answers.weight).reshape(kinds, -1).sum(axis=0)
    drawn = random.choice(ability.size, size=_SIMULATED, p=ability / ability.sum())
    return np.asarray(random.integers(kinds, size=_SIMULATED) * ability.size + drawn)


@dataclass(frozen=True, slots=True, eq=False)
class _Curves:
    """Mean and standard deviation of the log-likelihood at each grid point."""

    mean: Array
    deviation: Array

    @staticmethod
    def of(answers: Answers) -> _Curves:
        right, wrong = np.exp(answers.log_right), np.exp(answers.log_wrong)
        mean = (right * answers.log_right + wrong * answers.log_wrong).sum(axis=0)
        variance = (right * wrong * np.square(answers.log_right - answers.log_wrong)).sum(axis=0)
        return _Curves(mean, np.sqrt(np.maximum(variance, _LEAST_VARIANCE)))

    def fit(self, answers: Answers, right: Flags) -> Array:
        """lz of each row of answers, at its own most probable grid point; low: unusual."""
        likelihood = right @ (answers.log_right - answers.log_wrong) + answers.log_wrong.sum(axis=0)
        best = np.argmax(answers.log_prior + likelihood, axis=1)
        there = likelihood[np.arange(len(best)), best]
        return np.asarray((there - self.mean[best]) / self.deviation[best])


def _odd_answers(answers: Answers) -> tuple[OddAnswer, ...]:
    """The oddest first, at most `MOST_NAMED`."""
    expected = expected_of_each(answers)
    surprise = np.where(answers.right, expected, 1 - expected)
    odd = [k for k in np.argsort(surprise, kind="stable") if surprise[k] <= ODD][:MOST_NAMED]
    return tuple(OddAnswer(answers.items[k].id, bool(answers.right[k]), float(expected[k])) for k in odd)


def expected_of_each(answers: Answers) -> Array:
    """Probability of a right answer to each item by all the other answers."""
    others = normalise(answers.weight[None, :] - answers.terms)
    return np.asarray((others * np.exp(answers.log_right)).sum(axis=1))
