"""What answers from a file say of items, of groups that find them easier or harder, and of the test as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from phonics_app.calibration.dif import DifferentialFunctioning, Grouping, Shift, Verdict, differential_functioning
from phonics_app.calibration.estimation import Calibration, Settings, calibrate, without_spread
from phonics_app.calibration.item_analysis import ItemAnalysis, analyse_items, without_estimate
from phonics_app.calibration.item_flags import THRESHOLDS, Finding, Flag
from phonics_app.calibration.item_model import Model
from phonics_app.calibration.reliability import Band, DecisionQuality, Reliability, decision_quality, reliabilities
from phonics_app.calibration.response_file import REFUSED, read_details, read_labels, read_responses
from phonics_app.calibration.responses import Responses, without_items
from phonics_app.calibration.scoring import Abilities, abilities
from phonics_app.calibration.standard_errors import standard_errors
from phonics_app.calibration.testlets import (
    BlockDependence,
    BlockError,
    block_errors,
    corrected_calibration,
    dependence,
)
from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.workflows.permissions import Action, require

__all__ = [
    "THRESHOLDS",
    "AnalysisSources",
    "Band",
    "BlockDependence",
    "BlockError",
    "DecisionQuality",
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
    with a column item and one of these names ("block", "skill", "level"). `cuts`: abilities between which persons are
    put, ascending, logits on the scale of the calibration (0: mean of the first group)."""

    answers: Path
    model: Model = Model.RASCH
    groups: str = ""
    tested_at: str = ""
    blocks: Path | None = None
    skills: Path | None = None
    levels: Path | None = None
    cuts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TestAnalysis:
    """`differences` None: no groups to compare; `decisions` None: no cuts. With blocks, difficulties and their errors
    are those that allow for items that hang together; `reliability_corrected` does so too (None: no blocks)."""

    persons: int
    answers: int
    converged: bool
    items: tuple[ItemAnalysis, ...]
    differences: DifferentialFunctioning | None
    reliability: tuple[Reliability, ...]
    decisions: DecisionQuality | None
    blocks: tuple[BlockDependence, ...]
    block_errors: tuple[BlockError, ...]
    reliability_corrected: Reliability | None


def analyse_items_file(
    actor: Actor, sources: AnalysisSources, progress: Callable[[float], None] = lambda share: None
) -> TestAnalysis:
    """MANAGE_SITE. Items are calibrated in the groups of `tested_at`, or else those of `groups`.

    `ProblemsFound` "calibration.refused" with every faulty line.
    """
    require(actor, Action.MANAGE_SITE)
    everything = read_responses(sources.answers, sources.tested_at or sources.groups)
    stuck = without_spread(everything)
    if len(stuck) > len(everything.items) - 2:
        raise ProblemsFound([Problem("item_analysis.no_spread", Place(sources.answers.name))], REFUSED)
    found = calibrate(without_items(everything, stuck), Settings(sources.model), lambda _, share: progress(share))
    estimated = analyse_items(found, read_details(sources.answers, found.responses), _labels(sources.levels, "level"))
    grouping, blocks = _grouping(sources, found.responses), dependence(found, _labels(sources.blocks, "block"))
    corrected: Reliability | None = None
    errors: tuple[BlockError, ...] = ()
    if blocks.blocks:
        anew = corrected_calibration(found, blocks)
        corrected = reliabilities(_abilities_of(anew), (), grouping.code)[0]
        errors, estimated = block_errors(found, anew, blocks), _corrected(estimated, anew)
    items = sorted([*estimated, *_without_estimate(everything, stuck)], key=lambda item: item.item)
    return TestAnalysis(
        persons=len(everything.persons),
        answers=everything.count,
        converged=found.converged,
        items=tuple(items),
        differences=_differences(found, grouping, sources),
        reliability=reliabilities(_abilities_of(found), grouping.labels, grouping.code),
        decisions=decision_quality(found, sources.cuts) if sources.cuts else None,
        blocks=blocks.blocks,
        block_errors=errors,
        reliability_corrected=corrected,
    )


def _differences(found: Calibration, grouping: Grouping, sources: AnalysisSources) -> DifferentialFunctioning | None:
    if len(grouping.labels) < 2:
        return None
    return differential_functioning(found, grouping, _labels(sources.skills, "skill"))


def _corrected(items: tuple[ItemAnalysis, ...], anew: Calibration) -> tuple[ItemAnalysis, ...]:
    """With the difficulties, and their standard errors, of a calibration that knows of blocks."""
    errors = standard_errors(anew, clustered=True).difficulty.tolist()
    rows = zip(items, anew.items.difficulty.tolist(), errors, strict=True)
    return tuple(replace(item, difficulty=value, difficulty_error=error) for item, value, error in rows)


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
