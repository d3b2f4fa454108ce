"""Item parameters by marginal maximum likelihood: EM on sparse answers of one or several groups (Bock & Aitkin 1981).

Groups have means and spreads of their own, since pupils get items near their level: taken for one population, their
answers would squeeze the scale. Persons are worked on in blocks, wherever these lie (`answers`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from phonics_app.calibration.answers import Answers, Key, local_answers
from phonics_app.calibration.expectation import Block, ExpectedCounts, expected_counts
from phonics_app.calibration.item_model import Curves, GroupParameters, ItemParameters, Model, curves_of
from phonics_app.calibration.maximisation import (
    LEAST_SLOPE,
    MOST_SLOPE,
    Goal,
    ItemPriors,
    Mask,
    at_bound,
    groups_moved,
    improved_items,
    moments_of,
)
from phonics_app.calibration.responses import Array, Responses
from phonics_app.calibration.scaling import Scale, by_priors, rescaled, with_first_group
from phonics_app.calibration.starting import Tallies, rough_ability, rough_values, sums, tallies_of

_FINEST, _COARSEST = 0.05, 0.25
_REACH_IN_DEVIATIONS, _REACH_IN_LOGITS = 6.0, 12.0
"""Of the nodes: where the scale is that of all persons taken together, and where slopes or anchors fix it."""
_SHARPEST_SLOPE = 1.3
_FIRST_LEAP = 4.0
Progress = Callable[[int, float], None]
"""(iterations done, share of the way, roughly)."""


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """How to calibrate. `anchors`: item → (slope, difficulty), held fixed; then every group is free.

    `priors_hold_scale`: priors on difficulties are of the scale in use (predicted ones are); every group is free too.

    `tolerance`: where no item and no group has farther to go, in its standard errors, the work is done.
    """

    model: Model = Model.TWO_PL
    anchors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    guessing: Mapping[str, float] = field(default_factory=dict)
    priors: ItemPriors | None = None
    priors_hold_scale: bool = False
    tolerance: float = 2e-3
    most_iterations: int = 2_000

    @property
    def scale(self) -> Scale:
        if self.anchors or (self.priors is not None and self.priors_hold_scale):
            return Scale.ITEMS
        return Scale.PERSONS if self.priors is None else Scale.FIRST_GROUP


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Estimates:
    """What was found. `converged` False: the iterations ran out, and `left` tells how far it was still."""

    settings: Settings
    theta: Array
    """The nodes, logits."""
    items: ItemParameters
    groups: GroupParameters
    free: Mask
    log_likelihood: float
    iterations: int
    converged: bool
    left: float
    """How far an item or a group still had to go at most, in standard errors."""
    told: Array
    """Of each difficulty, how much of what is known of it the answers tell and not its prior: 0–1."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Calibration(Estimates):
    """Of answers that are at hand."""

    responses: Responses


def calibrate(responses: Responses, settings: Settings | None = None, progress: Progress | None = None) -> Calibration:
    """Parameters of all items of `responses`. Items that all or none answered rightly have no finite estimate under
    plain likelihood: look for them first with `without_spread`."""
    found, _ = estimate(local_answers(responses), settings, progress)
    return with_responses(found, responses)


def with_responses(found: Estimates, responses: Responses) -> Calibration:
    return Calibration(responses=responses, **{name: getattr(found, name) for name in Estimates.__slots__})


def estimate(
    answers: Answers,
    settings: Settings | None = None,
    progress: Progress | None = None,
    tallies: Tallies | None = None,
) -> tuple[Estimates, Answers]:
    """The same of answers anywhere; also returned are these as they were arranged, for standard errors and fit.
    `tallies` of the answers, where they are known already."""
    settings, tallies = settings or Settings(), tallies or tallies_of(answers)
    difficulty, groups = rough_values(answers, tallies)
    start = _start(answers, settings, difficulty, groups)
    arranged = answers.arranged(np.flatnonzero(start.items.guessing), partial(rough_ability, difficulty))
    return _estimated(arranged, tallies, settings, start, progress), arranged


def estimate_again(
    found: Estimates, arranged: Answers, tallies: Tallies, settings: Settings, progress: Progress | None = None
) -> Estimates:
    """With other settings, of the same answers as `estimate` arranged them, from where `found` stands."""
    return _estimated(arranged, tallies, settings, _Point(found.items, found.groups), progress)


def _estimated(
    arranged: Answers, tallies: Tallies, settings: Settings, start: _Point, progress: Progress | None
) -> Estimates:
    work = _Work(arranged, tallies, settings)
    found, converged = _climb(work, start, settings, _Meter(settings.tolerance, progress))
    counts = work.counts(found.items, found.groups)
    told = work.goal(counts, found.items).told(found.items)
    items, groups, theta = found.items, found.groups, work.theta
    if settings.scale is Scale.PERSONS:
        unit = groups.deviation[0] if settings.model is Model.TWO_PL else 1.0
        items, groups, theta = (*rescaled(items, groups, groups.mean[0], unit), (theta - groups.mean[0]) / unit)
    return Estimates(
        settings=settings,
        theta=theta,
        items=items,
        groups=groups,
        free=work.free,
        log_likelihood=counts.log_likelihood,
        iterations=work.iterations,
        converged=converged,
        left=found.left,
        told=told,
    )


def arranged_for(calibration: Calibration) -> Answers:
    """The answers of a calibration in blocks to work on."""
    guessed = np.flatnonzero(calibration.items.guessing)
    return local_answers(calibration.responses).arranged(guessed, lambda block: sums(block.right, 1))


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    """Where the climb stands. `left`: how far an item or group still has to go at most, in standard errors."""

    items: ItemParameters
    groups: GroupParameters
    left: float = np.inf

    @property
    def vector(self) -> Array:
        return np.concatenate(
            [np.log(self.items.slope), self.items.intercept, self.groups.mean, np.log(self.groups.deviation)]
        )

    def at(self, vector: Array) -> _Point:
        count, groups = len(self.items.slope), len(self.groups.mean)
        slope, intercept, mean, deviation = np.split(vector, [count, 2 * count, 2 * count + groups])
        items = ItemParameters(np.clip(np.exp(slope), LEAST_SLOPE, MOST_SLOPE), intercept, self.items.guessing)
        return _Point(items, GroupParameters(mean, np.exp(deviation)))


class _Meter:
    """Tells how far a climb has come: what is left shrinks by about the same factor again and again."""

    def __init__(self, tolerance: float, progress: Progress | None) -> None:
        self._tolerance, self._progress = tolerance, progress
        self._first, self._share = tolerance, 0.0

    def tell(self, iterations: int, left: float) -> None:
        left = max(left, self._tolerance)
        self._first = max(self._first, left)
        if self._progress is not None and self._first > self._tolerance:
            done = np.log(self._first / left) / np.log(self._first / self._tolerance)
            self._share = max(self._share, float(done))
            self._progress(iterations, self._share)


def _climb(work: _Work, point: _Point, settings: Settings, meter: _Meter) -> tuple[_Point, bool]:
    """EM steps in pairs; after each pair a leap along their curve (SQUAREM: Varadhan & Roland 2008, scheme S3), which
    is taken back where it has led downwards."""
    longest = _FIRST_LEAP
    while work.iterations < settings.most_iterations:
        first, _, moved = work.step(point)
        second, likelihood, moved = work.step(first)
        start, middle, end = point.vector, first.vector, second.vector
        step, bend = middle - start, end - 2 * middle + start
        weight = work.weights(second)
        bent = max(float(weight @ np.square(bend)), 1e-300)
        leap = float(np.sqrt(float(weight @ np.square(step)) / bent))
        point = _Point(second.items, second.groups, moved * max(leap, 1.0))
        meter.tell(work.iterations, point.left)
        if point.left < settings.tolerance:
            return point, True
        leap = min(max(leap, 1.0), longest)
        if leap > 1:
            leapt, reached, _ = work.step(second.at(start + 2 * leap * step + leap**2 * bend))
            if reached >= likelihood:
                point = _Point(leapt.items, leapt.groups, point.left)
                longest = longest * 4 if leap == longest else longest
            else:
                longest = max(longest / 4, _FIRST_LEAP)
    return point, False


def without_spread(responses: Responses) -> tuple[str, ...]:
    """Items that everybody, or nobody, answered rightly."""
    return spreadless(responses.items, sums(responses.right, 0), sums(responses.answered, 0))


def spreadless(items: tuple[str, ...], right: Array, answered: Array) -> tuple[str, ...]:
    return tuple(items[j] for j in np.flatnonzero((right == 0) | (right == answered)))


def nodes_for(responses: Responses, reach: float) -> Array:
    """Nodes of integration for these persons, from -`reach` to `reach`."""
    return _nodes(float(sums(responses.answered, 1).max()), reach)


def _nodes(most: float, reach: float) -> Array:
    """As fine as the sharpest posterior needs, that of `most` answers (a rectangle rule on a normal curve is exact to
    e^-10 where the step is 1.2 standard deviations)."""
    sharpest = 1 / np.sqrt(1 + 0.25 * most * _SHARPEST_SLOPE**2)
    step = float(np.clip(1.2 * sharpest, _FINEST, _COARSEST))
    half = int(np.ceil(reach / step))
    return np.asarray(np.arange(-half, half + 1) * step, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """Counts of some blocks, and the window for the next step of each."""

    counts: ExpectedCounts
    windows: Mapping[Key, slice]

    def __add__(self, other: _Step) -> _Step:
        return _Step(self.counts + other.counts, {**self.windows, **other.windows})


@dataclass(frozen=True, slots=True, eq=False)
class _EStep:
    """A block's share of one step."""

    curves: Curves
    log_weights: Array
    windows: Mapping[Key, slice]

    def __call__(self, key: Key, block: Block) -> _Step:
        window = self.windows.get(key, slice(0, len(self.curves.theta)))
        counts, narrowed = expected_counts(block, self.curves, self.log_weights, window)
        return _Step(counts, {key: narrowed})


class _Work:
    """EM steps over all blocks of persons, in an order in which neighbours are of like ability."""

    def __init__(self, answers: Answers, tallies: Tallies, settings: Settings) -> None:
        self.free = np.array([item not in settings.anchors for item in answers.items])
        persons_together = settings.scale is Scale.PERSONS and settings.model is Model.TWO_PL
        self.theta = _nodes(tallies.most, _REACH_IN_DEVIATIONS if persons_together else _REACH_IN_LOGITS)
        self.iterations = 0
        self._answers, self._tallies, self._settings = answers, tallies, settings
        self._windows: Mapping[Key, slice] = {}

    def step(self, point: _Point) -> tuple[_Point, float, float]:
        """The next point, the log likelihood of `point` with its priors, and how far an item or group moved at most, in
        standard errors."""
        counts = self.counts(point.items, point.groups)
        goal = self.goal(counts, point.items)
        items, groups = self._scaled(improved_items(goal, point.items, self.free), counts.persons)
        self.iterations += 1
        # Items at a bound have no peak to come nearer to.
        of_items = goal.distance(point.items, items)[self.free & ~at_bound(items.slope)].max(initial=0.0)
        moved = max(float(of_items), groups_moved(point.groups, groups, counts.persons.sum(axis=1)))
        return _Point(items, groups), counts.log_likelihood + goal.log_prior(point.items), moved

    def goal(self, counts: ExpectedCounts, items: ItemParameters) -> Goal:
        slopes_free = self._settings.model is Model.TWO_PL
        return Goal(self.theta, counts, self._tallies.right, items.guessing, self._settings.priors, slopes_free)

    def _scaled(self, items: ItemParameters, persons: Array) -> tuple[ItemParameters, GroupParameters]:
        groups, two_pl = moments_of(persons, self.theta), self._settings.model is Model.TWO_PL
        scale, priors = self._settings.scale, self._settings.priors
        if scale is Scale.PERSONS:
            # On the scale of all persons together while the work goes on: the nodes then reach every group.
            together = moments_of(persons.sum(axis=0, keepdims=True), self.theta)
            return rescaled(items, groups, together.mean[0], together.deviation[0] if two_pl else 1.0)
        first = self._tallies.persons[0] if scale is Scale.FIRST_GROUP else 0.0
        if priors is not None and not self._settings.anchors:
            items, groups = by_priors(items, groups, priors, two_pl, first)
        return items, with_first_group(groups, two_pl) if scale is Scale.FIRST_GROUP else groups

    def weights(self, point: _Point) -> Array:
        """Roughly the information on each entry of a point's vector; none on items without a peak."""
        items = self._tallies.answered * self.free * ~at_bound(point.items.slope)
        persons = self._tallies.persons
        return np.concatenate([items, items, persons, persons])

    def counts(self, items: ItemParameters, groups: GroupParameters) -> ExpectedCounts:
        share = _EStep(curves_of(items, self.theta), groups.log_weights(self.theta), self._windows)
        done = self._answers.total(share)
        self._windows = done.windows
        return done.counts


def _start(answers: Answers, settings: Settings, difficulty: Array, groups: GroupParameters) -> _Point:
    """Where the climb begins: at what is known, elsewhere at the rough values."""
    slope, difficulty = np.ones(len(difficulty)), difficulty.copy()
    for j, item in enumerate(answers.items):
        if item in settings.anchors:
            slope[j], difficulty[j] = settings.anchors[item]
    guessing = np.array([settings.guessing.get(item, 0.0) for item in answers.items])
    return _Point(ItemParameters(slope, -slope * difficulty, guessing), groups)
