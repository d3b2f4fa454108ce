"""Item parameters from a file of answers, and abilities from a file of answers and parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from phonics_app.calibration.answers import Answers, local_answers
from phonics_app.calibration.estimation import Estimates, Settings, estimate, spreadless
from phonics_app.calibration.fit import fit_of
from phonics_app.calibration.item_model import GroupParameters, ItemParameters, Model
from phonics_app.calibration.maximisation import ItemPriors
from phonics_app.calibration.response_file import REFUSED, read_parameters, read_responses
from phonics_app.calibration.scoring import abilities
from phonics_app.calibration.spark_session import HERE, spark_session
from phonics_app.calibration.standard_errors import errors_of
from phonics_app.calibration.starting import Tallies, tallies_of
from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.workflows.permissions import Action, require

__all__ = [
    "CalibratedItem",
    "Engine",
    "FileCalibration",
    "GroupEstimate",
    "Model",
    "ScoredPerson",
    "calibrate_file",
    "score_file",
]


_READ, _CLIMBED, _SURE = 0.1, 0.6, 0.95
"""Shares of the work done when the answers are read, the parameters found, and their standard errors."""


class Engine(StrEnum):
    """Where the sums are taken: LOCAL in this process; SPARK on a cluster, or on this computer as if it were one."""

    LOCAL = "local"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class CalibratedItem:
    """`se_*` None: fixed, or at a bound (the answers do not tell). `n`: answers."""

    item: str
    a: float
    b: float
    se_a: float | None
    se_b: float | None
    n: int
    infit: float
    outfit: float


@dataclass(frozen=True, slots=True)
class GroupEstimate:
    group: str
    persons: int
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class FileCalibration:
    log_likelihood: float
    iterations: int
    converged: bool
    groups: tuple[GroupEstimate, ...]
    items: tuple[CalibratedItem, ...]


@dataclass(frozen=True, slots=True)
class ScoredPerson:
    person: str
    theta: float
    se: float
    n: int


def calibrate_file(
    actor: Actor,
    answers: Path,
    model: Model,
    anchors: Path | None = None,
    group: str = "",
    difficulty_prior: tuple[float, float] | None = None,
    slope_prior: float | None = None,
    progress: Callable[[float], None] = lambda share: None,
    engine: Engine = Engine.LOCAL,
    master: str = HERE,
) -> FileCalibration:
    """MANAGE_SITE. Priors are off unless given: mean and deviation of difficulties (logits), deviation of log slopes.
    `progress`: share of the work done. `master`: where Spark runs.

    `ProblemsFound` "calibration.refused" with every faulty line, every item that has no finite difficulty, or every
    group that no items join to the rest.
    """
    require(actor, Action.MANAGE_SITE)
    fixed = read_parameters(anchors) if anchors else {}
    with _answers(answers, group, engine, master) as table:
        tallies = tallies_of(table)
        if difficulty_prior is None:
            _refuse_without_spread(answers.name, table, tallies, fixed)
            _refuse_unlinked(answers.name, table, tallies, fixed)
        settings = Settings(model, fixed, priors=_priors(len(table.items), difficulty_prior, slope_prior))
        progress(_READ)
        found, arranged = estimate(
            table, settings, lambda _, share: progress(_READ + (_CLIMBED - _READ) * share), tallies
        )
        progress(_CLIMBED)
        made = _as_table(found, arranged, tallies, lambda share: progress(_CLIMBED + (_SURE - _CLIMBED) * share))
        progress(1.0)
        return made


@contextmanager
def _answers(path: Path, group: str, engine: Engine, master: str) -> Iterator[Answers]:
    if engine is Engine.LOCAL:
        yield local_answers(read_responses(path, group))
        return
    with spark_session(master) as session:
        from phonics_app.calibration.spark_file import spark_answers

        yield spark_answers(session, path, group)


def _refuse_without_spread(name: str, table: Answers, tallies: Tallies, fixed: Mapping[str, object]) -> None:
    stuck = [item for item in spreadless(table.items, tallies.right, tallies.answered) if item not in fixed]
    if stuck:
        place = Place(name, column="item")
        raise ProblemsFound([Problem("calibration.no_spread", place, item) for item in stuck], REFUSED)


def _refuse_unlinked(name: str, table: Answers, tallies: Tallies, fixed: Mapping[str, object]) -> None:
    held = np.array([item in fixed for item in table.items])
    if groups := [table.groups[g] for g in tallies.unlinked(held)]:
        raise ProblemsFound([Problem("calibration.not_linked", Place(name), group) for group in groups], REFUSED)


def _priors(items: int, difficulty: tuple[float, float] | None, slope: float | None) -> ItemPriors | None:
    if difficulty is None and slope is None:
        return None
    mean, deviation = difficulty or (0.0, np.inf)
    return ItemPriors(
        np.full(items, mean),
        np.full(items, deviation),
        np.zeros(items),
        np.full(items, np.inf if slope is None else slope),
    )


def _as_table(
    found: Estimates, answers: Answers, tallies: Tallies, progress: Callable[[float], None]
) -> FileCalibration:
    errors, fit = errors_of(found, answers, progress=progress), fit_of(found, answers)
    columns = zip(
        answers.items,
        found.items.slope,
        found.items.difficulty,
        errors.slope,
        errors.difficulty,
        fit.answers,
        fit.infit,
        fit.outfit,
        strict=True,
    )
    items = tuple(
        CalibratedItem(item, float(a), float(b), _known(se_a), _known(se_b), round(n), float(infit), float(outfit))
        for item, a, b, se_a, se_b, n, infit, outfit in columns
    )
    groups = tuple(_groups(found, answers, tallies))
    return FileCalibration(found.log_likelihood, found.iterations, found.converged, groups, items)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _groups(found: Estimates, answers: Answers, tallies: Tallies) -> Iterator[GroupEstimate]:
    for label, count, mean, sd in zip(
        answers.groups, tallies.persons, found.groups.mean, found.groups.deviation, strict=True
    ):
        yield GroupEstimate(label, int(count), float(mean), float(sd))


def score_file(
    actor: Actor, answers: Path, parameters: Path, mean: float = 0.0, sd: float = 1.0
) -> tuple[ScoredPerson, ...]:
    """Ability of each person (EAP), believed beforehand to be normal with `mean` and `sd`, logits. MANAGE_SITE.

    `ProblemsFound` "calibration.refused" with every faulty line and every item without parameters.
    """
    require(actor, Action.MANAGE_SITE)
    responses, known = read_responses(answers), read_parameters(parameters)
    unknown = [item for item in responses.items if item not in known]
    if unknown:
        place = Place(answers.name, column="item")
        raise ProblemsFound([Problem("calibration.item_unknown", place, item) for item in unknown], REFUSED)
    slope, difficulty = np.array([known[item] for item in responses.items]).T
    items = ItemParameters(slope, -slope * difficulty, np.zeros(len(slope)))
    found = abilities(responses, items, GroupParameters(np.array([mean]), np.array([sd])))
    return tuple(
        ScoredPerson(person, float(theta), float(se), int(n))
        for person, theta, se, n in zip(
            responses.persons, found.theta, found.standard_error, found.answers, strict=True
        )
    )
