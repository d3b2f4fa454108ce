"""A fixed form given to one pupil on a screen: which there are, which he has had, and the attempt on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from phonics_app.domain.account import Actor
from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.calendar import thai_day
from phonics_app.domain.form import FormBlueprint, FormKind
from phonics_app.domain.text import Text
from phonics_app.records import attempts as records
from phonics_app.workflows.assess import Sitting, propose_test
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.forms import form_blueprints
from phonics_app.workflows.paper_entry import start_form_attempt, use_form
from phonics_app.workflows.sittings import stored_plan

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FormKey = tuple[int, str]
"""The highest level of a form, and its letter."""


@dataclass(frozen=True, slots=True)
class FormChoice:
    """Forms of one kind that are given one to one. `levels`: the highest of each set."""

    id: str
    name: Text
    kind: FormKind
    seconds: int
    levels: tuple[int, ...]
    letters: tuple[str, ...]
    given: Mapping[FormKey, date]
    """Those that the pupil has had, with the last day."""

    def next_letter(self, level: int) -> str:
        """One that the pupil has not had at this level, else the one that lies longest ago."""
        return min(self.letters, key=lambda letter: self.given.get((level, letter), date.min))


def forms_to_give(phonics: Phonics, actor: Actor, pupil_id: str) -> tuple[FormChoice, ...]:
    """GIVE_TESTS at the pupil's school; `NotFound` "pupil.unknown"."""
    given = _given(phonics, propose_test(phonics, actor, pupil_id).pupil.id)
    ladder = tuple(level.number for level in phonics.content.bank.levels)
    blueprints = [one for one in form_blueprints(phonics, actor) if not one.kind.for_a_class]
    return tuple(_choice(one, ladder, given.get(one.id, {})) for one in blueprints)


def _choice(blueprint: FormBlueprint, ladder: tuple[int, ...], given: Mapping[FormKey, date]) -> FormChoice:
    levels = tuple(of[-1] for of in blueprint.level_sets(ladder))
    seconds = blueprint.seconds if blueprint.kind is FormKind.PROBE else 0
    letters = tuple(_LETTERS[: blueprint.forms])
    return FormChoice(blueprint.id, blueprint.name, blueprint.kind, seconds, levels, letters, given)


def _given(phonics: Phonics, pupil_id: str) -> dict[str, dict[FormKey, date]]:
    """By the id of the blueprint; oldest first, so that the last day stands."""
    found: dict[str, dict[FormKey, date]] = {}
    with phonics.store.read() as connection:
        for attempt in reversed(records.attempts_of(connection, pupil_id)):
            plan = stored_plan(connection, attempt.plan_hash)
            if plan.form is None or attempt.status is AttemptStatus.DISCARDED:
                continue
            day = attempt.spec.given_on or thai_day(attempt.created_at)
            found.setdefault(plan.blueprint_id, {})[plan.form.levels[-1], plan.form.letter] = day
    return found


def give_form(
    phonics: Phonics, actor: Actor, attempt_id: str, pupil_id: str, blueprint_id: str, level: int, letter: str
) -> Sitting:
    """An attempt on the form; putting it together takes seconds the first time. GIVE_TESTS at the pupil's school.

    `NotFound` "pupil.unknown", "forms.unknown" or "forms.no_letter"; `ProblemsFound` "forms.too_thin".
    """
    propose_test(phonics, actor, pupil_id)
    code = use_form(phonics, actor, blueprint_id, level, letter)
    return start_form_attempt(phonics, actor, attempt_id, pupil_id, code)
