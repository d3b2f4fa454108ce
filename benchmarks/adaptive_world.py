"""Simulated pupils and items of the adaptive benchmark, and pupils who answer otherwise than the model thinks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from phonics_app.domain.attempt import Prior, PriorSource
from phonics_app.engine.item_curves import Doubt
from phonics_app.engine.item_pool import Draw, ItemPool, item_pool
from tests.engine.pools import CUTS, STRANDS, rasch_items

SD = 2.0
GUESSING = 0.25


class World:
    """Pupils, items, and the true level of each pupil."""

    def __init__(self, pupils: int, items: int = 500) -> None:
        random = np.random.default_rng(3)
        self.theta = random.normal(0, SD, pupils)
        self.level = np.searchsorted(CUTS, self.theta)
        self.items = rasch_items(items)
        self.difficulty = np.array([i.difficulty for i in self.items])
        self.priors = [Prior(0.0, SD, PriorSource.NONE)] * pupils

    def rasch(self, pupils: np.ndarray, items: np.ndarray) -> np.ndarray:
        return expit(self.theta[pupils] - self.difficulty[items])

    def pool(self, among: int = 5, guessing: float = 0.0, doubt: Doubt = Doubt()) -> ItemPool:  # noqa: B008 - frozen
        return item_pool([replace(i, guessing=guessing) for i in self.items], CUTS, Draw(among), doubt)

    def earlier(self, error: float, moved: float) -> tuple[list[Prior], float]:
        """Priors after a result off by N(0, error), since when pupils went on by N(0, moved); their deviation.

        What is known of the population is in the earlier estimate's posterior.
        """
        noise = np.random.default_rng(4).normal(size=(2, len(self.theta)))
        weight = error**-2 / (error**-2 + SD**-2)
        means = weight * (self.theta - moved * noise[0] + error * noise[1])
        sd = float(np.hypot(np.sqrt(weight) * error, moved))
        return [Prior(float(m), sd, PriorSource.EARLIER_RESULT) for m in means], sd


@dataclass(frozen=True)
class Other:
    """A world that the plain Rasch model does not describe."""

    name: str
    answers: Callable[[np.ndarray, np.ndarray], np.ndarray]
    level: np.ndarray
    guessed: bool = False


def others(world: World) -> list[Other]:
    """Each fault alone, then all of them. The level is that of the ability, or of the mean of two abilities."""
    random = np.random.default_rng(9)
    count, theta, b = len(world.items), world.theta, world.difficulty
    slope = np.exp(random.uniform(np.log(0.5), np.log(2), count))
    steeper = random.uniform(0.5, 2, count)
    moved = b + random.normal(0, 0.3, count)
    apart = random.normal(0, SD * np.sqrt(0.1), len(theta))
    two = np.stack([theta * np.sqrt(0.9) + apart, theta * np.sqrt(0.9) - apart])
    of = np.array([STRANDS.index(i.strand) % 2 for i in world.items])
    level = np.searchsorted(CUTS, two.mean(axis=0))
    return [
        Other("slopes .5-2, median 1", lambda p, i: expit(slope[i] * (theta[p] - b[i])), world.level),
        Other("slopes .5-2, mean 1.25", lambda p, i: expit(steeper[i] * (theta[p] - b[i])), world.level),
        Other("difficulties off by .3", lambda p, i: expit(theta[p] - moved[i]), world.level),
        Other("two dimensions, correlated .8", lambda p, i: expit(two[of[i], p] - b[i]), level),
        Other("guessing .25", lambda p, i: _guessed(expit(theta[p] - b[i])), world.level, True),
        Other("all of them", lambda p, i: _guessed(expit(slope[i] * (two[of[i], p] - moved[i]))), level, True),
        Other(
            "all of them, slopes' mean 1.25",
            lambda p, i: _guessed(expit(steeper[i] * (two[of[i], p] - moved[i]))),
            level,
            True,
        ),
    ]


def _guessed(knows: np.ndarray) -> np.ndarray:
    return GUESSING + (1 - GUESSING) * knows
