"""What a sitting needs before its first event: the plan, the prior and the start level."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection

from phonics_app.domain.attempt import AttemptSpec, PriorSource
from phonics_app.domain.bank import Blueprint
from phonics_app.domain.calendar import THAI_TIME, Round
from phonics_app.domain.grade import Grade
from phonics_app.domain.plan import Plan
from phonics_app.domain.result import Result
from phonics_app.domain.school import Pupil
from phonics_app.engine import priors
from phonics_app.engine.assembly import plan_for
from phonics_app.engine.item_plan import ReadyPlan, ready
from phonics_app.records import attempts as records
from phonics_app.records import results
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.rounds import current_round

SEEN_TESTS = 2
"""Items of this many last tests are kept back."""
_PLANS_KEPT = 32
_plans: dict[str, Plan] = {}
_item_plans: dict[str, ReadyPlan | None] = {}


def current_plan(phonics: Phonics, number: int) -> Plan:
    """The plan whose variant `number` (any number) falls on."""
    blueprint = phonics.content.bank.placement
    return plan_for(phonics.content.bank, phonics.content.rubrics, blueprint.id, number % blueprint.variants)


def variant_of(pupil_id: str, variants: int) -> int:
    """A pupil's own variant, the same in all his tests: what he saw lately are then whole blocks, and others replace
    them. Were his tests of different variants, nearly every block would hold an item that he has seen."""
    return zlib.crc32(pupil_id.encode()) % variants


def spec_for(
    phonics: Phonics, connection: Connection, pupil: Pupil, plan: Plan, start_level: int | None
) -> AttemptSpec:
    """What a test of the pupil starts from today."""
    last = [(s.round, s.result) for s in results.last_results(connection, pupil.id, SEEN_TESTS)]
    blueprint = phonics.content.bank.placement
    return spec_after(plan, blueprint, pupil.grade, last, current_round(phonics), start_level)


def spec_on(phonics: Phonics, connection: Connection, pupil: Pupil, plan: Plan, day: date) -> AttemptSpec:
    """What a test on paper started from that was given on `day`, however late its sheet is keyed in.

    Only tests of earlier days count: in which order those of one day were given is not known.
    """
    morning = datetime.combine(day, time(), tzinfo=THAI_TIME).astimezone(UTC)
    last = [(s.round, s.result) for s in results.last_results(connection, pupil.id, SEEN_TESTS, morning)]
    return spec_after(plan, phonics.content.bank.placement, pupil.grade, last, Round.of(day))


def spec_after(
    plan: Plan,
    blueprint: Blueprint,
    grade: Grade,
    last: Sequence[tuple[Round, Result]],
    now: Round,
    start_level: int | None = None,
) -> AttemptSpec:
    """Prior and start level: the teacher's word, else the last result, else the grade.

    `last`: the pupil's last `SEEN_TESTS` results, newest first, each with its round.
    """
    if start_level is not None:
        spec = priors.from_level(plan, blueprint, start_level, PriorSource.TEACHER)
    elif last:
        earlier, result = last[0]
        spec = priors.from_result(plan, blueprint, result.theta, result.standard_error, now.terms_since(earlier))
    else:
        spec = priors.from_grade(plan, blueprint, grade)
    seen = dict.fromkeys(score.item_id for _round, result in last for score in result.scores)
    return AttemptSpec(spec.prior, spec.start_level, tuple(seen))


def stored_plan(connection: Connection, plan_hash: str) -> Plan:
    """A stored plan; kept, because every tap needs it and equal hashes are equal plans."""
    plan = _plans.get(plan_hash)
    if plan is None:
        plan = records.load_plan(connection, plan_hash)
        while len(_plans) >= _PLANS_KEPT:
            _plans.pop(next(iter(_plans)), None)
        _plans[plan_hash] = plan
    return plan


def stored_item_plan(connection: Connection, plan_hash: str) -> ReadyPlan | None:
    """A stored plan that gives single items, with what is computed from it once; None for a plan by blocks."""
    if plan_hash not in _item_plans:
        plan = records.load_item_plan(connection, plan_hash)
        while len(_item_plans) >= _PLANS_KEPT:
            _item_plans.pop(next(iter(_item_plans)), None)
        _item_plans[plan_hash] = None if plan is None else ready(plan)
    return _item_plans[plan_hash]
