"""What a sitting needs before its first event: the plan, the prior and the start level."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from phonics_app.domain.attempt import AttemptSpec, PriorSource
from phonics_app.domain.bank import Blueprint
from phonics_app.domain.calendar import Round
from phonics_app.domain.plan import Plan
from phonics_app.domain.school import Pupil
from phonics_app.engine import priors
from phonics_app.engine.assembly import plan_for
from phonics_app.records import attempts as records
from phonics_app.records import results
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.rounds import THAI_TIME

SEEN_TESTS = 2
"""Items of this many last tests are kept back."""
_PLANS_KEPT = 32
_plans: dict[str, Plan] = {}


def _blueprint(phonics: Phonics) -> Blueprint:
    return phonics.content.bank.blueprints[0]


def current_plan(phonics: Phonics, number: int) -> Plan:
    """The plan whose variant `number` (any number) falls on."""
    blueprint = _blueprint(phonics)
    return plan_for(phonics.content.bank, phonics.content.rubrics, blueprint.id, number % blueprint.variants)


def spec_for(
    phonics: Phonics, connection: Connection, pupil: Pupil, plan: Plan, start_level: int | None
) -> AttemptSpec:
    """Prior and start level: the teacher's word, else the last result, else the grade."""
    blueprint, last = _blueprint(phonics), results.last_results(connection, pupil.id, SEEN_TESTS)
    if start_level is not None:
        spec = priors.from_level(plan, blueprint, start_level, PriorSource.TEACHER)
    elif last:
        terms = _terms_between(last[0].round, round_of(phonics.now()))
        spec = priors.from_result(plan, blueprint, last[0].result.theta, last[0].result.standard_error, terms)
    else:
        spec = priors.from_grade(plan, blueprint, pupil.grade)
    seen = dict.fromkeys(score.item_id for stored in last for score in stored.result.scores)
    return AttemptSpec(spec.prior, spec.start_level, tuple(seen))


def round_of(moment: datetime) -> Round:
    return Round.of(moment.astimezone(THAI_TIME).date())


def _terms_between(earlier: Round, later: Round) -> int:
    return 2 * (later.year - earlier.year) + later.term - earlier.term


def stored_plan(connection: Connection, plan_hash: str) -> Plan:
    """A stored plan; kept, because every tap needs it and equal hashes are equal plans."""
    plan = _plans.get(plan_hash)
    if plan is None:
        plan = records.load_plan(connection, plan_hash)
        while len(_plans) >= _PLANS_KEPT:
            _plans.pop(next(iter(_plans)), None)
        _plans[plan_hash] = plan
    return plan
