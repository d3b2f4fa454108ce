"""Calibrations of the bank on this site's answers: make one, list them, approve, withdraw.

A calibration changes nothing until a person approves it. From then on new tests use the difficulties that it has enough
answers for, with their standard errors; tests that were given keep theirs, since their plans do. It replaces the one in
force as a whole, and always begins from the difficulties that items were written with, so that no answer counts twice.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection

from phonics_app.calibration.estimation import Calibration
from phonics_app.calibration.fit import item_fit
from phonics_app.calibration.responses import Array
from phonics_app.calibration.standard_errors import standard_errors
from phonics_app.domain.account import Actor
from phonics_app.domain.bank import Item
from phonics_app.domain.calibration import (
    CalibratedGroup,
    CalibrationContent,
    CalibrationDecision,
    CalibrationFacts,
    CalibrationStatus,
    ItemEstimate,
)
from phonics_app.domain.errors import Conflict, NotFound, Problem, ProblemsFound
from phonics_app.records import accounts, audit, calibrations
from phonics_app.workflows.calibration_answers import SiteAnswers, count_calibrated, site_answers
from phonics_app.workflows.calibration_comparison import approval_problems
from phonics_app.workflows.content_in_force import calibrated_bank
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.site_calibration import Progress, calibrate_site, part

LEAST_SITTINGS = 100
LEAST_ITEMS = 10
"""Items that must have enough answers."""
LEAST_ANSWERS, LEAST_OF_A_KIND = 50, 5
"""Of an item that takes effect: answers in all, and right ones as well as wrong ones."""
REASON_LENGTH = 2000
_DECIMALS = 3
"""Of difficulties: people meet them in the editor of items."""
_READ, _ESTIMATED, _SURE = 0.3, 0.65, 0.9
"""Shares of the work done when the answers are read, the parameters found, and what their standard errors rest on."""


@dataclass(frozen=True, slots=True)
class CalibrationEntry:
    facts: CalibrationFacts
    made_by: str
    """Name of the person."""
    status: CalibrationStatus
    in_force: bool
    decisions: tuple[tuple[CalibrationDecision, str], ...]
    """Oldest first, each with the name of the person."""


@dataclass(frozen=True, slots=True)
class CalibrationList:
    """`sittings`: finished tests so far."""

    entries: tuple[CalibrationEntry, ...]
    sittings: int


def list_calibrations(phonics: Phonics, actor: Actor) -> CalibrationList:
    """Newest first. MANAGE_SITE."""
    require(actor, Action.MANAGE_SITE)
    with phonics.store.read() as connection:
        names = {account.id: account.display_name for account in accounts.list_accounts(connection)}
        decisions = calibrations.all_decisions(connection)
        in_force = calibrations.id_in_force(connection)
        found = calibrations.list_calibrations(connection)
        sittings = count_calibrated(connection)
    entries = []
    for facts in found:
        own = tuple((d, names.get(d.by, d.by)) for d in decisions if d.calibration_id == facts.id)
        maker = names.get(facts.made_by, facts.made_by)
        entries.append(CalibrationEntry(facts, maker, _status([d for d, _ in own]), facts.id == in_force, own))
    return CalibrationList(tuple(entries), sittings)


def _status(decisions: list[CalibrationDecision]) -> CalibrationStatus:
    return decisions[-1].status if decisions else CalibrationStatus.PROPOSED


def make_calibration(phonics: Phonics, actor: Actor, progress: Progress = lambda share: None) -> CalibrationFacts:
    """Calibrates on all answers of finished tests and stores what was found, as a proposal. MANAGE_SITE.

    `ProblemsFound` "calibration.few_sittings" or "calibration.few_answers".
    """
    require(actor, Action.MANAGE_SITE)
    bank = phonics.uncalibrated.bank
    with phonics.store.read() as connection:
        found = site_answers(connection, bank, part(progress, 0.0, _READ))
    if found is None or len(found.sittings) < LEAST_SITTINGS:
        raise ProblemsFound([Problem("calibration.few_sittings", expected=str(LEAST_SITTINGS))])
    if _items_with_enough(found) < LEAST_ITEMS:
        raise ProblemsFound([Problem("calibration.few_answers", value=str(LEAST_ITEMS), expected=str(LEAST_ANSWERS))])
    progress(_READ)
    made = calibrate_site(bank, found, part(progress, _READ, _ESTIMATED))
    items = [bank.item(item_id) for item_id in found.responses.items]
    facts, content = _facts(phonics, actor, found, made), _content(items, made, part(progress, _ESTIMATED, _SURE))
    with phonics.store.write() as connection:
        calibrations.insert_calibration(connection, facts, content)
        audit.record(connection, facts.made_at, actor.account_id, "calibration.made", facts.id)
    progress(1.0)
    return facts


def _items_with_enough(found: SiteAnswers) -> int:
    return int((np.asarray(found.responses.answered.sum(axis=0)).ravel() >= LEAST_ANSWERS).sum())


def _facts(phonics: Phonics, actor: Actor, found: SiteAnswers, made: Calibration) -> CalibrationFacts:
    return CalibrationFacts(
        id=phonics.new_id(),
        made_at=phonics.now(),
        made_by=actor.account_id,
        model=made.settings.model.value,
        bank_version=phonics.content.bank.version,
        sittings=len(found.sittings),
        pupils=found.pupils,
        answers=found.responses.count,
        log_likelihood=made.log_likelihood,
        iterations=made.iterations,
        converged=made.converged,
        simulated=found.simulated,
    )


def _content(items: list[Item], made: Calibration, progress: Callable[[float], None]) -> CalibrationContent:
    responses, groups = made.responses, made.groups
    errors, fit = standard_errors(made, progress=progress), item_fit(made)
    right = np.asarray(responses.right.sum(axis=0)).ravel()
    columns: list[Array] = [fit.answers, right, made.items.slope, made.items.difficulty, errors.difficulty]
    rows = zip(items, *(c.tolist() for c in (*columns, fit.infit, fit.outfit)), strict=True)
    sittings = np.bincount(responses.group).tolist()
    moments = zip(responses.groups, sittings, groups.mean.tolist(), groups.deviation.tolist(), strict=True)
    return CalibrationContent(
        tuple(CalibratedGroup(*group) for group in moments), tuple(_estimate(item, *row) for item, *row in rows)
    )


def _estimate(
    item: Item, answers: float, right: float, slope: float, difficulty: float, error: float, *fit: float
) -> ItemEstimate:
    count, correct = round(answers), round(right)
    known = math.isfinite(error)
    enough = count >= LEAST_ANSWERS and min(correct, count - correct) >= LEAST_OF_A_KIND
    takes_effect = enough and known and error < item.difficulty.standard_error
    infit, outfit = fit
    return ItemEstimate(
        item_id=item.id,
        item_version=item.version,
        answers=count,
        right=correct,
        slope=slope,
        difficulty=round(difficulty, _DECIMALS),
        standard_error=round(error, _DECIMALS) if known else None,
        infit=infit,
        outfit=outfit,
        takes_effect=takes_effect,
    )


def approve_calibration(phonics: Phonics, actor: Actor, calibration_id: str, reason: str) -> CalibrationDecision:
    """From now on new tests use it, in place of the one in force. MANAGE_SITE.

    `NotFound` "calibration.unknown"; `Conflict` "calibration.in_force"; `ProblemsFound` without a reason, or with all
    that keeps it from being approved.
    """
    require(actor, Action.MANAGE_SITE)
    _check_reason(reason)
    with phonics.store.write() as connection:
        facts, content = _find(connection, calibration_id)
        if calibrations.id_in_force(connection) == calibration_id:
            raise Conflict("calibration.in_force")
        bank = calibrated_bank(phonics.uncalibrated.bank, content)
        if problems := approval_problems(connection, facts, bank, phonics.content.rubrics):
            raise ProblemsFound(problems, "calibration.not_approvable")
        return _decide(phonics, connection, actor, calibration_id, CalibrationStatus.APPROVED, reason)


def withdraw_calibration(phonics: Phonics, actor: Actor, calibration_id: str, reason: str) -> CalibrationDecision:
    """New tests use what was in force before it; of a proposal: it is not wanted. MANAGE_SITE.

    `NotFound` "calibration.unknown"; `Conflict` "calibration.withdrawn"; `ProblemsFound` without a reason.
    """
    require(actor, Action.MANAGE_SITE)
    _check_reason(reason)
    with phonics.store.write() as connection:
        _find(connection, calibration_id)
        decisions = [d for d in calibrations.all_decisions(connection) if d.calibration_id == calibration_id]
        if _status(decisions) is CalibrationStatus.WITHDRAWN:
            raise Conflict("calibration.withdrawn")
        return _decide(phonics, connection, actor, calibration_id, CalibrationStatus.WITHDRAWN, reason)


def _find(connection: Connection, calibration_id: str) -> tuple[CalibrationFacts, CalibrationContent]:
    found = calibrations.find_calibration(connection, calibration_id)
    if found is None:
        raise NotFound("calibration.unknown", {"id": calibration_id})
    return found


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ProblemsFound([Problem("calibration.reason_missing")])
    if len(reason) > REASON_LENGTH:
        raise ProblemsFound([Problem("input.too_long", value=reason[:50], expected=str(REASON_LENGTH))])


def _decide(
    phonics: Phonics,
    connection: Connection,
    actor: Actor,
    calibration_id: str,
    status: CalibrationStatus,
    reason: str,
) -> CalibrationDecision:
    decision = CalibrationDecision(calibration_id, status, reason.strip(), actor.account_id, phonics.now())
    calibrations.insert_decision(connection, decision)
    action = f"calibration.{status.value}"
    audit.record(connection, decision.at, decision.by, action, calibration_id, reason=decision.reason)
    return decision
