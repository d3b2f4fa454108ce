"""Worlds of simulated pupils: those who answer as the test's model says, and those who do not.

A pupil's true level is what the rubric calls it: the first level of whose items he would get fewer right than
mastery asks for, in that world, slips and lucky guesses included. The engine knows nothing of the world.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from phonics_app.calibration.simulation import Indices, ResponseModel
from phonics_app.domain.plan import Plan
from phonics_app.domain.strand import Strand
from phonics_app.engine.ability import Array
from phonics_app.engine.priors import LONE_WIDTH

_REACH, _STEP = 15.0, 0.01
"""Logits within which cuts are looked for, and how finely."""
_TOGETHER = 512
"""Pupils whose answers to all items are reckoned at once."""
_BY_EAR = (Strand.PHONEMIC_AWARENESS, Strand.VOCABULARY)


@dataclass(frozen=True, slots=True, eq=False)
class Pupils:
    """Indices of their true levels, and how they answer."""

    true: Indices
    answers: ResponseModel


World = Callable[[Plan, int, np.random.Generator], Pupils]
"""As many pupils of each level as far as the number allows."""


@dataclass(frozen=True, slots=True)
class Curves:
    """Answers by logistic curves. What the engine does not know stands here."""

    slopes: tuple[float, ...] = ()
    """Each pupil has one of them and does not guess; none: slopes and guessing are those of the plan's kinds."""
    slope_spread: float = 1.0
    """Each item's slope is up to this factor steeper or flatter."""
    difficulty_error: float = 0.0
    """Logits (standard deviation) by which difficulties are off beyond their standard errors."""
    guessing: float | None = None
    """Share of unknown answers that everyone guesses right, where the engine knows of no larger one of the item; None:
    as the kinds of pupils do."""
    lapse: float = 0.0
    """Share of known answers missed."""
    by_ear: float = 0.0
    """Logits (standard deviation) by which a pupil is better or worse at sounds and words heard than at reading."""

    def __call__(self, plan: Plan, pupils: int, random: np.random.Generator) -> Pupils:
        items = _draw_items(self, plan, random)
        kinds = self._kinds(plan)
        kind = random.choice(len(kinds.slope), size=pupils, p=kinds.share)
        wanted = np.arange(pupils) % len(plan.levels)
        theta = _thetas(plan, items, kinds, kind, wanted, random)
        slope, guessing = kinds.slope[kind], kinds.guessing[kind]
        apart = self.by_ear * random.normal(size=pupils)

        def answers(p: Indices, i: Indices) -> Array:
            return items.right(theta[p], slope[p], guessing[p], apart[p], i)

        return Pupils(_true_levels(plan, answers, pupils), answers)

    def _kinds(self, plan: Plan) -> _Kinds:
        if self.slopes:
            rows = [(slope, 0.0, 1 / len(self.slopes)) for slope in self.slopes]
        else:
            rows = [(kind.sharpness * plan.items[0].slope, kind.guessing, kind.share) for kind in plan.kinds]
        slope, guessing, share = np.array(rows).T
        return _Kinds(slope, guessing if self.guessing is None else np.full(len(rows), self.guessing), share)


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    """Of pupils; shares sum to 1."""

    slope: Array
    guessing: Array
    share: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Items:
    """What is true of the plan's items in a world."""

    steepness: Array
    difficulty: Array
    guessing: Array
    lapse: float
    by_ear: npt.NDArray[np.bool_]

    def right(self, theta: Array, slope: Array, guessing: Array, apart: Array, items: Indices) -> Array:
        """Pupils × items."""
        at = theta[:, None] + apart[:, None] * np.where(self.by_ear[items], 0.5, -0.5)
        logit = slope[:, None] * self.steepness[items] * (at - self.difficulty[items])
        floor = np.maximum(self.guessing[items], guessing[:, None])
        return np.asarray((1 - self.lapse) * (floor + (1 - floor) * np.exp(-np.logaddexp(0, -logit))))


def _draw_items(curves: Curves, plan: Plan, random: np.random.Generator) -> _Items:
    columns = np.array([(i.difficulty, i.standard_error, i.guessing) for i in plan.items]).T
    error = np.hypot(columns[1], curves.difficulty_error)
    spread = np.log(curves.slope_spread)
    return _Items(
        steepness=np.exp(random.uniform(-spread, spread, columns[0].size)),
        difficulty=columns[0] + error * random.normal(size=columns[0].size),
        guessing=columns[2],
        lapse=curves.lapse,
        by_ear=np.array([i.strand in _BY_EAR for i in plan.items]),
    )


def _level_scores(plan: Plan, right: Callable[[Indices], Array]) -> Array:
    """Expected share right of each level's items: pupils × levels. `right`: items → pupils × items."""
    own = np.array([i.level for i in plan.items])
    return np.stack([right(np.flatnonzero(own == level.number)).mean(axis=1) for level in plan.levels], axis=1)


def _cuts(plan: Plan, items: _Items, slope: float, guessing: float) -> Array:
    """Where the expected score on each level's items reaches mastery."""
    grid = np.arange(-_REACH, _REACH, _STEP)
    slopes, guesses = np.full(grid.size, slope), np.full(grid.size, guessing)
    scores = _level_scores(plan, lambda i: items.right(grid, slopes, guesses, np.zeros(grid.size), i))
    return np.asarray(grid[np.argmax(scores >= plan.mastery, axis=0)])


def _thetas(
    plan: Plan, items: _Items, kinds: _Kinds, kind: Indices, level: Indices, random: np.random.Generator
) -> Array:
    """Evenly spread within each pupil's level; the lowest one is as wide as the next."""
    cuts = np.stack(
        [_cuts(plan, items, slope, guessing) for slope, guessing in zip(kinds.slope, kinds.guessing, strict=True)]
    )
    wide = cuts[:, 1] - cuts[:, 0] if len(plan.levels) > 1 else 2 * LONE_WIDTH
    low = np.column_stack([cuts[:, 0] - wide, cuts[:, :-1]])
    share = random.random(level.size)
    return np.asarray((1 - share) * low[kind, level] + share * cuts[kind, level])


def _true_levels(plan: Plan, answers: ResponseModel, pupils: int) -> Indices:
    """The first level not mastered, the last one for those who master all."""
    found = []
    for group in np.array_split(np.arange(pupils), -(-pupils // _TOGETHER)):
        missed = _level_scores(plan, partial(answers, group)) < plan.mastery
        missed[:, -1] = True  # the last level has no upper end
        found.append(missed.argmax(axis=1))
    return np.concatenate(found)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Answers by level alone: the share known of what was taught long since, lately, now, next and later."""

    known: tuple[float, float, float, float, float]

    def __call__(self, plan: Plan, pupils: int, random: np.random.Generator) -> Pupils:
        order = {level.number: k for k, level in enumerate(plan.levels)}
        level = np.array([order[i.level] for i in plan.items])
        floor = np.array([i.guessing for i in plan.items])
        known, true = np.array(self.known), np.arange(pupils) % len(plan.levels)

        def right(p: Indices, i: Indices) -> Array:
            step = np.clip(level[i][None, :] - true[p][:, None], -2, 2) + 2
            return np.asarray(floor[i] + (1 - floor[i]) * known[step])

        return Pupils(true, right)


MODEL = "model"
"""The world in which answers are as the plan says, so that the stated probabilities ought to be right."""
_APART = 0.85
"""Logits. Within a grade abilities spread by about 1.28 (a level that is off by one, and within it), so this makes
hearing and reading correlate at 0.8."""

MISSPECIFIED: dict[str, World] = {
    "item_slopes": Curves(slope_spread=2.0),
    "guessing": Curves(guessing=0.25),
    "difficulties": Curves(difficulty_error=0.3),
    "two_abilities": Curves(by_ear=_APART),
    "all_four": Curves(slope_spread=2.0, guessing=0.25, difficulty_error=0.3, by_ear=_APART),
}
"""Four ways in which a model is commonly wrong, and all of them at once."""
OTHERS: dict[str, World] = {
    "careless": Curves(lapse=0.05),
    "no_guessing": Curves(guessing=0.0),
    "much_guessing": Curves(guessing=0.35),
    "flat_2": Curves((2.0,)),
    "flat_1": Curves((1.0,)),
    "steep_8": Curves((8.0,)),
    "all_or_nothing": Ladder((1, 1, 0, 0, 0)),
    "ladder": Ladder((0.97, 0.93, 0.4, 0.08, 0.02)),
    "careless_ladder": Ladder((0.9, 0.85, 0.35, 0.15, 0.05)),
}
"""Kinds of pupils that a test meets, some of which are known to be hard to place."""
WORLDS: dict[str, World] = {MODEL: Curves(), **MISSPECIFIED, **OTHERS}
