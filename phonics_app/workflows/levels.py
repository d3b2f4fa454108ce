"""Why a result proposes its level, and by what rule levels are mastered."""

from __future__ import annotations

from phonics_app.domain.account import Actor
from phonics_app.domain.explanation import Explanation
from phonics_app.domain.level_rule import LevelRules
from phonics_app.engine.administration import replay
from phonics_app.engine.item_administration import replay as replay_items
from phonics_app.engine.item_plan import ReadyPlan
from phonics_app.levelling.explaining import explain, explain_answers
from phonics_app.levelling.item_answers import answers_by_item
from phonics_app.levelling.item_placement import make_item_result
from phonics_app.levelling.level_rules import level_rules
from phonics_app.levelling.tested_sounds import patterns_tested
from phonics_app.workflows.assess import Sitting, view_sitting
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require
from phonics_app.workflows.sittings import current_plan, stored_item_plan


def explain_result(phonics: Phonics, actor: Actor, attempt_id: str) -> Explanation:
    """How sure the test is, and why; from the stored events, for a test that is over or goes on.

    SEE_PUPILS at the pupil's school. Which sounds Thai speakers say otherwise is asked of the bank in force: stored
    plans do not hold it.
    """
    sitting = view_sitting(phonics, actor, attempt_id)
    with phonics.store.read() as connection:
        by_items = stored_item_plan(connection, sitting.attempt.plan_hash)
    if by_items is not None:
        return _of_items(phonics, sitting, by_items)
    state = replay(sitting.plan, sitting.attempt.spec, sitting.events)
    answered = [item for block in state.counted for item in block.block.items]
    return explain(state, patterns_tested(phonics.content.bank, answered))


def _of_items(phonics: Phonics, sitting: Sitting, plan: ReadyPlan) -> Explanation:
    """Of a test that the pupil took by himself."""
    state = replay_items(plan, sitting.attempt.spec, sitting.attempt.id, sitting.events)
    answered = [given.item for given in state.given]
    transfer = patterns_tested(phonics.content.bank, answered)
    level = make_item_result(sitting.attempt.id, state, "").proposed_level
    return explain_answers(answers_by_item(state), level, state.spec.prior.source, transfer)


def show_levels(phonics: Phonics, actor: Actor) -> LevelRules:
    """The rule of mastery and the cuts that tests reckon with today. SEE_RUBRICS."""
    require(actor, Action.SEE_RUBRICS)
    return level_rules(current_plan(phonics, 0), phonics.content.bank, phonics.content.rubrics.mastery)
