"""Fits the model that predicts difficulties, and holds it against simpler and more flexible ones by cross-validation.

The experts' ratings follow the level nearly alone, so that any model that knows the level looks excellent over the
whole ladder. Two figures are therefore told: over all, and within levels. Items that are alike are kept out together
(all of a level and task; all of a word; all of a task), or the model would be praised for copying a neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phonics_app.calibration.features import KINDS, LEVEL, features_of
from phonics_app.calibration.predicted import Error, Fit, Model, Training
from phonics_app.domain.bank import DifficultySource, Item
from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.spelling import GraphemeTable

Array = NDArray[np.float64]
Groups = list[str]

FEWEST_ITEMS = 50
_FOLDS = 10
_SMALLEST_SE = 0.05
"""A rating that claims to be surer counts as if it were this sure."""
_PENALTIES = (30.0, 10.0, 3.0, 1.0)
"""Of ridge regression, the most cautious first."""
_DIGITS = 4
_Z = {"80": 1.2816, "95": 1.96}
CELL, WORD, TASK = "level_and_task", "word", "task"
"""What is kept out together."""
_ABOUT = (
    "Predicted difficulty of an item in logits: intercept + sum of coefficient x feature (phonics_app/calibration/"
    "features.py). Fitted on expert ratings: it repeats what experts think, not what pupils have answered, except for "
    "calibrated items. Renew with: python -m phonics_app train-difficulty"
)


@dataclass(frozen=True, slots=True)
class Rated:
    """Items with a difficulty to learn from, as numbers: a row for each, a column for each feature."""

    items: tuple[Item, ...]
    names: tuple[str, ...]
    features: Array
    difficulty: Array
    weight: Array
    """1/SE² of the rating, its mean 1."""

    @property
    def levels(self) -> NDArray[np.int64]:
        return np.array([item.level for item in self.items])

    def columns(self, wanted: Callable[[str], bool]) -> NDArray[np.int64]:
        return np.array([place for place, name in enumerate(self.names) if wanted(name)])

    def groups(self, kind: str) -> Groups:
        keys: dict[str, Callable[[Item], str]] = {
            CELL: lambda item: f"{item.level} {item.task.value}",
            WORD: lambda item: " ".join(item.phonemes) or item.key,
            TASK: lambda item: item.task.value,
        }
        return [keys[kind](item) for item in self.items]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to predict. `linear`: its coefficients can be written down."""

    name: str
    wanted: Callable[[str], bool]
    estimator: Callable[[], Any]
    linear: bool = True


def rated(items: Iterable[Item], table: GraphemeTable) -> Rated:
    """Whatever experts have rated or answers have calibrated; predictions are not learnt from."""
    known = tuple(
        sorted((i for i in items if i.difficulty.source is not DifficultySource.PREDICTED), key=lambda item: item.id)
    )
    if len(known) < FEWEST_ITEMS:
        raise PhonicsError("difficulty.few_items", {"count": len(known), "needed": FEWEST_ITEMS})
    rows = [features_of(item, table) for item in known]
    names = tuple(sorted({name for row in rows for name in row}))
    weight = 1 / np.array([max(item.difficulty.standard_error, _SMALLEST_SE) for item in known]) ** 2
    return Rated(
        known,
        names,
        np.array([[row.get(name, 0.0) for name in names] for row in rows]),
        np.array([item.difficulty.value for item in known]),
        weight / weight.mean(),
    )


class _Boosted:
    """Ridge regression, and boosted trees for what it leaves over: shows whether there is more than sums."""

    def __init__(self) -> None:
        from sklearn.ensemble import GradientBoostingRegressor
        from sklearn.linear_model import Ridge

        self._sums, self._rest = Ridge(_PENALTIES[-1]), GradientBoostingRegressor(n_estimators=50, random_state=0)

    def fit(self, features: Array, difficulty: Array, weight: Array) -> _Boosted:
        self._sums.fit(features, difficulty, weight)
        self._rest.fit(features, difficulty - self._sums.predict(features), weight)
        return self

    def predict(self, features: Array) -> Array:
        return np.asarray(self._sums.predict(features) + self._rest.predict(features))


def candidates(boosting: bool = True) -> tuple[Candidate, ...]:
    """The simplest first. Boosting (slow) is compared with, never chosen: what it learns can't be read in a file."""
    from sklearn.linear_model import Ridge
    from sklearn.tree import DecisionTreeRegressor

    return (
        Candidate("level mean", lambda name: name == LEVEL, DecisionTreeRegressor, linear=False),
        Candidate("level and task", lambda name: name == LEVEL or name.startswith(KINDS), partial(Ridge, 1.0)),
        *(Candidate(f"ridge {penalty:g}", lambda name: True, partial(Ridge, penalty)) for penalty in _PENALTIES),
        *([Candidate("ridge and boosting", lambda name: True, _Boosted, linear=False)] if boosting else []),
    )


def train(items: Iterable[Item], table: GraphemeTable, bank_version: str, boosting: bool = True) -> Model:
    """The simplest linear model that predicts unseen cells of level × task within one standard error of the best.

    Equal items give an equal model. `PhonicsError` "difficulty.few_items" under `FEWEST_ITEMS`.
    """
    data = rated(items, table)
    tried = candidates(boosting)
    missed = {(kind, c.name): kept_out(data, c, kind) for kind in (CELL, WORD, TASK) for c in tried}
    chosen = choose(data, tried, [missed[CELL, c.name] for c in tried])
    intercept, coefficients = _fitted(data, chosen)
    residual = missed[CELL, chosen.name]
    return Model(
        about=_ABOUT,
        method=f"{chosen.name}: scikit-learn, rows weighed by 1/SE²",
        training=_training(data, bank_version),
        error=_error(data, residual, missed[TASK, chosen.name]),
        level_step=_round(np.polyfit(data.levels, data.difficulty, 1, w=np.sqrt(data.weight))[0]),
        spread_within_level=_fit(data, data.difficulty).within_level,
        validation={kind: {c.name: _fit(data, missed[kind, c.name]) for c in tried} for kind in (CELL, WORD, TASK)},
        coverage=_coverage(data, residual),
        intercept=intercept,
        coefficients=coefficients,
    )


def kept_out(data: Rated, candidate: Candidate, kind: str) -> Array:
    """Rating minus prediction for each item, predicted by a fit without it and all that is alike by `kind`."""
    columns, missed = data.columns(candidate.wanted), np.empty(len(data.items))
    for train_rows, test_rows in _folds(data, kind):
        estimator = candidate.estimator()
        estimator.fit(data.features[np.ix_(train_rows, columns)], data.difficulty[train_rows], data.weight[train_rows])
        found = estimator.predict(data.features[np.ix_(test_rows, columns)])
        missed[test_rows] = data.difficulty[test_rows] - found
    return missed


def _folds(data: Rated, kind: str) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    from sklearn.model_selection import GroupKFold

    groups = data.groups(kind)
    folds = len(set(groups)) if kind == TASK else min(_FOLDS, len(set(groups)))
    return list(GroupKFold(folds).split(data.features, groups=groups)) if folds > 1 else []


def choose(data: Rated, tried: Sequence[Candidate], missed: Sequence[Array]) -> Candidate:
    """The first (simplest) linear one whose mean squared error is within one standard error of the best linear one."""
    folds = [rows for _, rows in _folds(data, CELL)]
    squares = [
        np.array([np.average(errors[rows] ** 2, weights=data.weight[rows]) for rows in folds]) for errors in missed
    ]
    linear = [place for place, candidate in enumerate(tried) if candidate.linear]
    best = min(linear, key=lambda place: squares[place].mean())
    limit = squares[best].mean() + squares[best].std(ddof=1) / np.sqrt(len(folds))
    return tried[next(place for place in linear if squares[place].mean() <= limit)]


def _fitted(data: Rated, candidate: Candidate) -> tuple[float, dict[str, float]]:
    columns = data.columns(candidate.wanted)
    estimator = candidate.estimator().fit(data.features[:, columns], data.difficulty, data.weight)
    pairs = zip(columns, estimator.coef_, strict=True)
    rounded = {data.names[column]: _round(coefficient) for column, coefficient in pairs}
    return _round(estimator.intercept_), {name: value for name, value in rounded.items() if value}


def _training(data: Rated, bank_version: str) -> Training:
    from sklearn import __version__

    calibrated = sum(item.difficulty.source is DifficultySource.CALIBRATED for item in data.items)
    count, levels = len(data.items), tuple(sorted({item.level for item in data.items}))
    return Training(count, count - calibrated, calibrated, bank_version, levels, __version__)


def _rating_errors(data: Rated) -> dict[str, float]:
    """By task: the experts' own error, by the share of weight that their ratings have.

    The experts may err alike on a whole kind of items, which no residual shows. Errors of calibration differ from
    item to item: residuals show them already.
    """
    tasks, expert = data.groups(TASK), [i.difficulty.source is DifficultySource.EXPERT for i in data.items]
    variance = np.array([i.difficulty.standard_error**2 for i in data.items]) * np.array(expert)
    rows = {task: [place for place, own in enumerate(tasks) if own == task] for task in sorted(set(tasks))}
    return {t: _round(np.sqrt(np.average(variance[own], weights=data.weight[own]))) for t, own in rows.items()}


def _error(data: Rated, residual: Array, new_task: Array) -> Error:
    features, rating = _rms(residual, data), _rating_errors(data)
    each = np.array([rating[task] for task in data.groups(TASK)])
    return Error(features, _rms(new_task, data), rating, _round(np.sqrt(features**2 + (each**2).mean())))


def _fit(data: Rated, missed: Array) -> Fit:
    spread = data.difficulty - np.average(data.difficulty, weights=data.weight)
    within = missed.copy()
    for level in set(data.levels.tolist()):
        rows = data.levels == level
        within[rows] -= np.average(missed[rows], weights=data.weight[rows])
    share = np.average(missed**2, weights=data.weight) / np.average(spread**2, weights=data.weight)
    return Fit(_rms(missed, data), _round(1 - share), _rms(within, data))


def _coverage(data: Rated, missed: Array) -> dict[str, float]:
    error = _rms(missed, data)
    return {name: _round(float((np.abs(missed) <= z * error).mean())) for name, z in _Z.items()}


def _rms(missed: Array, data: Rated) -> float:
    return _round(np.sqrt(np.average(missed**2, weights=data.weight)))


def _round(value: float | np.floating[Any]) -> float:
    return round(float(value), _DIGITS)
