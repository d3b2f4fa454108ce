"""Forms of the bank that ships: level checks of every level are as alike as was promised, and no form is wanting."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from phonics_app.content.forms import load_form_blueprints
from phonics_app.domain.form import FormKind, FormSet
from phonics_app.engine.ability import right_probability
from phonics_app.engine.form_pool import words_of
from phonics_app.engine.forms import assemble_forms
from tests import sites

CONTENT = sites.content()
LADDER = tuple(level.number for level in CONTENT.bank.levels)
BLUEPRINTS = {blueprint.id: blueprint for blueprint in load_form_blueprints(sites.ROOT / "item_bank")}
CHECK = BLUEPRINTS["level-check"]
OTHERS = [(b.id, levels) for b in BLUEPRINTS.values() if b is not CHECK for levels in b.level_sets(LADDER)]
PROMISED = 0.02
"""Largest difference between expected scores, as a share of the highest score, at any ability."""


def assemble(blueprint_id: str, levels: tuple[int, ...]) -> FormSet:
    bank, rubrics = CONTENT.bank, CONTENT.rubrics
    return assemble_forms(BLUEPRINTS[blueprint_id], levels, bank, CONTENT.passages, rubrics.mastery)


def largest_difference(made: FormSet) -> float:
    """At every hundredth of a logit from -9 to 9, for slopes flat and steep, those of the placement test too."""
    items = {item.id: item for item in CONTENT.bank.items}
    theta = np.linspace(-9, 9, 1801)
    largest = 0.0
    for slope in (0.5, 1.0, *CONTENT.bank.placement.slopes, 3.0, 6.0, 16.0):
        scores = []
        for form in made.forms:
            columns = [
                (i.difficulty.value, i.difficulty.standard_error, i.guessing) for i in map(items.get, form.items)
            ]
            b, se, c = np.array(columns).T
            scores.append(right_probability(theta[:, None], slope, b, se, c).sum(axis=1))
        largest = max(largest, float(np.ptp(scores, axis=0).max()) / len(made.forms[0].items))
    return largest


@pytest.mark.parametrize("level", LADDER)
def test_three_level_checks_match_over_the_whole_range(level, tell):
    made = assemble("level-check", (level,))
    difference = largest_difference(made)
    tell(f"level checks of level {level}: {difference:.2%} apart")
    assert len(made.forms) == 3
    assert difference < PROMISED
    assert made.difference < PROMISED
    items = {item.id: item for item in CONTENT.bank.items}
    for a, b in combinations(made.forms, 2):
        assert not set(a.items) & set(b.items)
        assert [items[i].task for i in a.items] == [items[i].task for i in b.items]
    for form in made.forms:
        assert len(form.items) == len(set(form.items)) == CHECK.length
        assert {items[i].level for i in form.items} == {level}
        tokens = [token for i in form.items for token in words_of(items[i])]
        assert len(tokens) == len(set(tokens))


@pytest.mark.parametrize(("blueprint_id", "levels"), OTHERS, ids=lambda value: str(value))
def test_the_other_forms_can_be_assembled(blueprint_id, levels):
    blueprint, made = BLUEPRINTS[blueprint_id], assemble(blueprint_id, levels)
    assert len(made.forms) == blueprint.forms
    assert {len(form.items) for form in made.forms} == {blueprint.length}
    assert made.difference <= blueprint.tolerance
    if blueprint.kind is FormKind.PROBE and not blueprint.separate:
        sheets = [form.items for form in made.forms]
        assert len(set(sheets)) == len(sheets)
