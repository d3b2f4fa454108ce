"""A calibration beside what would be in force without it: items, levels, and pupils of the round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from phonics_app.calibration.drift import (
    LEAST_ANCHORS,
    MOVED_LOGITS,
    AnchorCheck,
    ItemDrift,
    Spread,
    check_anchors,
    drifts,
    spread_of,
)
from phonics_app.calibration.rescoring import level_of_answers, with_parameters
from phonics_app.domain.account import Actor
from phonics_app.domain.bank import Bank
from phonics_app.domain.calendar import Round
from phonics_app.domain.calibration import CalibrationContent, CalibrationFacts
from phonics_app.domain.errors import NotFound, Problem, ProblemsFound
from phonics_app.domain.plan import Plan
from phonics_app.domain.rubric import Rubrics
from phonics_app.domain.text import Text
from phonics_app.engine.assembly import plan_for
from phonics_app.records import calibrations
from phonics_app.records.answers import AnsweredSitting, answered_sittings, count_sittings, last_round
from phonics_app.records.settings import get_setting
from phonics_app.workflows.content_in_force import calibrated_bank
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.rounds import current_round
from phonics_app.workflows.setup import SITE_SETTING, SiteState
from phonics_app.workflows.site_calibration import Progress
from phonics_app.workflows.sittings import stored_plan

__all__ = [
    "LEAST_ANCHORS",
    "MOVED_LOGITS",
    "AnchorCheck",
    "CalibrationComparison",
    "ItemDrift",
    "LevelCuts",
    "LevelMoves",
    "Spread",
    "compare_calibration",
]


@dataclass(frozen=True, slots=True)
class LevelCuts:
    """The ability at which a level is mastered, logits."""

    number: int
    name: Text
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class LevelMoves:
    """Last tests of pupils in one round, computed with either set of parameters. `moves`: (before, after, pupils)."""

    round: Round | None
    pupils: int
    moves: tuple[tuple[int, int, int], ...]

    @property
    def changed(self) -> int:
        return sum(count for before, after, count in self.moves if before != after)

    @property
    def higher(self) -> int:
        return sum(count for before, after, count in self.moves if before < after)


@dataclass(frozen=True, slots=True)
class CalibrationComparison:
    """`other`: id of the calibration beside which it is put; None: the items as they were written.

    `problems`: why it can't be approved. Where no test could be made with it, `cuts` and `moves` are empty.
    """

    facts: CalibrationFacts
    content: CalibrationContent
    other: str | None
    drifts: tuple[ItemDrift, ...]
    """Of the items that take effect, those that moved farthest first."""
    spread: Spread
    anchors: AnchorCheck
    cuts: tuple[LevelCuts, ...]
    moves: LevelMoves
    problems: tuple[Problem, ...]

    @property
    def moved(self) -> tuple[ItemDrift, ...]:
        return tuple(drift for drift in self.drifts if drift.moved)

    @property
    def surprising(self) -> tuple[ItemDrift, ...]:
        return tuple(drift for drift in self.drifts if drift.surprises)


_kept: dict[tuple[object, ...], CalibrationComparison] = {}
"""Of one site or several; the same for everybody."""
_MOST_KEPT = 4
_TELL_EVERY = 50


def compare_calibration(
    phonics: Phonics, actor: Actor, calibration_id: str, progress: Progress = lambda share: None
) -> CalibrationComparison:
    """MANAGE_SITE; `NotFound` "calibration.unknown". `progress`: share of the work done.

    Kept by this process while it rests on the same items, tests and round: with thousands of tests it takes seconds.
    """
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        key = calibration_id, *_state(phonics, connection)
        found = _kept.get(key)
        if found is None:
            found = _compared(phonics, connection, calibration_id, progress)
            while len(_kept) >= _MOST_KEPT:
                _kept.pop(next(iter(_kept)), None)
            _kept[key] = found
    return found


def _state(phonics: Phonics, connection: Connection) -> tuple[object, ...]:
    """What a comparison rests on."""
    return (
        phonics.settings.database_url,
        phonics.content.bank.version,
        calibrations.revision(connection),
        current_round(phonics),
        count_sittings(connection),
        get_setting(connection, SITE_SETTING),
    )


def _compared(
    phonics: Phonics, connection: Connection, calibration_id: str, progress: Progress
) -> CalibrationComparison:
    own = phonics.uncalibrated.bank
    found = calibrations.find_calibration(connection, calibration_id)
    if found is None:
        raise NotFound("calibration.unknown", {"id": calibration_id})
    facts, content = found
    other = calibrations.id_in_force(connection, without=calibration_id)
    before, after = _with(connection, own, other), calibrated_bank(own, content)
    moved = drifts(before.items, content.items)
    problems = approval_problems(connection, facts, after, phonics.content.rubrics)
    cuts, moves = _consequences(phonics, connection, before, after, progress)
    return CalibrationComparison(
        facts, content, other, moved, spread_of(moved), check_anchors(moved), cuts, moves, problems
    )


def approval_problems(
    connection: Connection, facts: CalibrationFacts, bank: Bank, rubrics: Rubrics
) -> tuple[Problem, ...]:
    """Why a calibration can't be approved; `bank`: as it would then be."""
    found = [] if facts.converged else [Problem("calibration.not_converged")]
    if facts.simulated and get_setting(connection, SITE_SETTING) != SiteState.DEMONSTRATION.value:
        found.append(Problem("calibration.simulated"))
    try:
        plan_for(bank, rubrics, bank.placement.id, 0)
    except ProblemsFound as refused:
        found += refused.problems
    return tuple(found)


def _consequences(
    phonics: Phonics, connection: Connection, before: Bank, after: Bank, progress: Progress
) -> tuple[tuple[LevelCuts, ...], LevelMoves]:
    try:
        old, new = (plan_for(bank, phonics.content.rubrics, bank.placement.id, 0) for bank in (before, after))
    except ProblemsFound:
        return (), LevelMoves(None, 0, ())
    return _cuts(old, new), _moves(connection, current_round(phonics), (before, old), (after, new), progress)


def _with(connection: Connection, bank: Bank, calibration_id: str | None) -> Bank:
    found = calibrations.find_calibration(connection, calibration_id) if calibration_id else None
    return bank if found is None else calibrated_bank(bank, found[1])


def _cuts(before: Plan, after: Plan) -> tuple[LevelCuts, ...]:
    pairs = zip(before.levels, after.levels, strict=True)
    return tuple(LevelCuts(old.number, old.name, old.cut, new.cut) for old, new in pairs)


def _moves(
    connection: Connection, now: Round, before: tuple[Bank, Plan], after: tuple[Bank, Plan], progress: Progress
) -> LevelMoves:
    """Of each pupil the last test in the present round, or else in the last one that has any."""
    round_ = last_round(connection, now)
    if round_ is None:
        return LevelMoves(None, 0, ())
    sittings = {sitting.pupil_id: sitting for sitting in answered_sittings(connection, round_)}
    level_before, level_after = _level_with(connection, *before), _level_with(connection, *after)
    counts: Counter[tuple[int, int]] = Counter()
    for done, sitting in enumerate(sittings.values()):
        if done % _TELL_EVERY == 0:
            progress(done / len(sittings))
        counts[level_before(sitting), level_after(sitting)] += 1
    return LevelMoves(round_, len(sittings), tuple((old, new, n) for (old, new), n in sorted(counts.items())))


def _level_with(connection: Connection, bank: Bank, plan: Plan) -> Callable[[AnsweredSitting], int]:
    """What `bank` would have proposed; `plan` has its cuts."""
    difficulties = {item.id: item.difficulty for item in bank.items}
    plans: dict[str, Plan] = {}

    def level(sitting: AnsweredSitting) -> int:
        if sitting.plan_hash not in plans:
            given = stored_plan(connection, sitting.plan_hash)
            plans[sitting.plan_hash] = with_parameters(given, difficulties, plan.levels)
        return level_of_answers(plans[sitting.plan_hash], sitting.spec, sitting.answers)

    return level
