"""Simulated pupils who sit the shipped placement test: as the model says, or otherwise. None of them are real."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import numpy as np

from phonics_app.calibration.placement_check import Outcome, sit
from phonics_app.calibration.worlds import Curves, Pupils, World
from phonics_app.domain.plan import Plan
from phonics_app.domain.strand import Strand
from phonics_app.engine.ability import Array
from phonics_app.engine.assembly import plan_for
from phonics_app.levelling.allowance import SAID_ALOUD
from phonics_app.levelling.answers import Answers, answers_of
from phonics_app.levelling.tested_sounds import patterns_tested
from tests import sites

SEED = 11
Change = Callable[[Array, Plan, Array], Array]
"""(probabilities of a right answer, plan, items) → what becomes of them; pupils × items."""


def plan() -> Plan:
    content = sites.content()
    return plan_for(content.bank, content.rubrics, content.bank.placement.id, 0)


@cache
def transfer() -> dict[str, tuple[str, ...]]:
    return patterns_tested(sites.content().bank, (item.id for item in plan().items))


def otherwise(change: Change) -> World:
    """The model's pupils who do not guess, with other probabilities of a right answer; their levels stay."""

    def world(plan: Plan, pupils: int, random: np.random.Generator) -> Pupils:
        made = Curves(guessing=0.0)(plan, pupils, random)
        return Pupils(made.true, lambda p, i: change(made.answers(p, i), plan, i))

    return world


def careless(share: float) -> World:
    """Misses this share of what he knows."""
    return otherwise(lambda right, plan, items: right * (1 - share))


def guessing(share: float) -> World:
    """Gets this share of what he does not know."""
    return otherwise(lambda right, plan, items: right + (1 - right) * share)


def accent(share: float) -> World:
    """This share of known words with sounds that Thais say otherwise is marked wrong for the accent."""

    def change(right: Array, plan: Plan, items: Array) -> Array:
        touched = [plan.items[i].task in SAID_ALOUD and bool(transfer().get(plan.items[i].id)) for i in items]
        return right * (1 - share * np.array(touched))

    return otherwise(change)


def lagging(strand: Strand, share: float) -> World:
    """Of this strand only `share` is known of what the pupil should know by his other strands."""

    def change(right: Array, plan: Plan, items: Array) -> Array:
        own = np.array([plan.items[i].strand is strand for i in items])
        return right * np.where(own, share, 1.0)

    return otherwise(change)


@cache
def _sat(world: World, count: int, seed: int) -> Outcome:
    return sit(plan(), sites.content().bank.placement, world, count, seed)


def sat(world: World, count: int, seed: int = SEED) -> Outcome:
    return _sat(world, count, seed)


def answers(outcome: Outcome) -> Iterable[Answers]:
    return (answers_of(attempt.state) for attempt in outcome.attempts)
