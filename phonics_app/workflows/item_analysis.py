"""What answers from a file say of items, of groups that find them easier or harder, and of the test as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from phonics_app.calibration.dif import DifferentialFunctioning, Grouping, Shift, Verdict, differential_functioning
from phonics_app.calibration.estimation import Calibration, Settings, calibrate, without_spread
from phonics_app.calibration.item_analysis import ItemAnalysis, analyse_items, without_estimate
from phonics_app.calibration.item_flags import THRESHOLDS, Finding, Flag
from phonics_app.calibration.item_model import Model
from phonics_app.calibration.reliability import Reliability, reliabilities
from phonics_app.calibration.response_file import REFUSED, read_details, read_labels, read_responses
from phonics_app.calibration.responses import Responses, without_items
from phonics_app.calibration.scoring import Abilities, abilities
from phonics_app.calibration.testlets import BlockDependence, corrected_calibration, dependence
from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.workflows.permissions import Action, require

__all__ = [
    "THRESHOLDS",
    "AnalysisSources",
    "BlockDependence",
    "DifferentialFunctioning",
    "Finding",
    "Flag",
    "ItemAnalysis",
    "Model",
    "Reliability",
    "Shift",
    "TestAnalysis",
    "Verdict",
    "analyse_items_file",
]


@dataclass(frozen=True, slots=True)
class AnalysisSources:
    """`answers`: columns person, item, score and perhaps option, seconds; `groups`: the column by which persons are
    compared; `tested_at`: the column that tells at which level a person was tested. `blocks`, `skills`, `levels`: files
    with a column item and one of these names ("block", "skill", "level")."""

    answers: Path
    model: Model = Model.RASCH
    groups: str = ""
    tested_at: str = ""
    blocks: Path | None = None
    skills: Path | None = None
    levels: Path | None = None


@dataclass(frozen=True, slots=True)
class TestAnalysis:
    """`differences` None: no groups to compare. `reliability_corrected` None: no blocks; otherwise what
    reliability truly is with items of a block that hang together."""

    persons: int
    answers: int
    converged: bool
    items: tuple[ItemAnalysis, ...]
    differences: DifferentialFunctioning | None
    reliability: tuple[Reliability, ...]
    blocks: tuple[BlockDependence, ...]
    reliability_corrected: Reliability | None


def analyse_items_file(
    actor: Actor, sources: AnalysisSources, progress: Callable[[int, float], None] | None = None
) -> TestAnalysis:
    """MANAGE_SITE. Items are calibrated in the groups of `tested_at`, or else those of `groups`.

    `ProblemsFound` "calibration.refused" with every faulty line.
    """
    require(actor, Action.MANAGE_SITE)
    everything = read_responses(sources.answers, sources.tested_at or sources.groups)
    stuck = without_spread(everything)
    if len(stuck) > len(everything.items) - 2:
        raise ProblemsFound([Problem("item_analysis.no_spread", Place(sources.answers.name))], REFUSED)
    found = calibrate(without_items(everything, stuck), Settings(sources.model), progress)
    estimated = analyse_items(found, read_details(sources.answers, found.responses), _labels(sources.levels, "level"))
    items = sorted([*estimated, *_without_estimate(everything, stuck)], key=lambda item: item.item)
    grouping = _grouping(sources, found.responses)
    told = reliabilities(_abilities_of(found), grouping.labels, grouping.code)
    blocks = dependence(found, _labels(sources.blocks, "block"))
    corrected = None
    if blocks.blocks:
        corrected = reliabilities(_abilities_of(corrected_calibration(found, blocks)), (), grouping.code)[0]
    differences = None
    if len(grouping.labels) > 1:
        differences = differential_functioning(found, grouping, _labels(sources.skills, "skill"))
    persons, answers = len(everything.persons), everything.count
    return TestAnalysis(persons, answers, found.converged, tuple(items), differences, told, blocks.blocks, corrected)


def _abilities_of(found: Calibration) -> Abilities:
    return abilities(found.responses, found.items, found.groups)


def _labels(path: Path | None, column: str) -> dict[str, str]:
    return read_labels(path, column) if path else {}


def _without_estimate(responses: Responses, items: tuple[str, ...]) -> list[ItemAnalysis]:
    place = {item: j for j, item in enumerate(responses.items)}
    answered = np.asarray(responses.answered.sum(axis=0)).ravel()
    right = np.asarray(responses.right.sum(axis=0)).ravel()
    return [without_estimate(item, int(answered[place[item]]), int(right[place[item]])) for item in items]


def _grouping(sources: AnalysisSources, responses: Responses) -> Grouping:
    """By the column of `groups`, of the persons of `responses`."""
    if not sources.groups:
        return Grouping(("",), np.zeros(len(responses.persons), np.intp))
    if not sources.tested_at:
        return Grouping(responses.groups, responses.group)
    other = read_responses(sources.answers, sources.groups)
    kept = np.isin(other.persons, responses.persons)
    return Grouping(other.groups, other.group[kept])
