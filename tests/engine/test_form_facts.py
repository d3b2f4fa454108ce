"""Facts about assembled forms against the forms themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonics_app.engine.form_facts import form_facts
from phonics_app.engine.forms import STORED
from tests.engine.test_shipped_forms import BLUEPRINTS, CONTENT, assemble

BANK, MASTERY = CONTENT.bank, CONTENT.rubrics.mastery


@pytest.fixture(scope="module")
def level_4():
    made = assemble("level-check", (4,))
    return made, form_facts(BLUEPRINTS["level-check"], made, BANK, MASTERY)


def test_scores_agree_with_the_assembly(level_4):
    made, facts = level_4
    inside = (facts.thetas[0] < STORED) & (facts.thetas[-1] > STORED)
    assert inside.sum() > 3
    for form, scores in zip(made.forms, facts.scores, strict=True):
        again = np.interp(STORED[inside], facts.thetas, scores)
        assert np.allclose(again, np.array(form.expected)[inside], atol=0.01)


def test_the_score_at_the_cut_lies_on_the_curve(level_4):
    made, facts = level_4
    cuts = dict(facts.cuts)
    assert made.cut == cuts[4]
    assert list(cuts.values()) == sorted(cuts.values())
    for at_cut, scores in zip(facts.at_cut, facts.scores, strict=True):
        assert at_cut == pytest.approx(np.interp(made.cut, facts.thetas, scores), abs=0.01)
        assert 0.6 * made.maximum < at_cut < 0.95 * made.maximum


def test_what_is_new_is_covered_left_out_or_not_in_the_bank_as_the_notes_say(level_4):
    made, facts = level_4
    told = {(note.code, name) for note in made.notes for name in note.value.split(", ")}
    assert {one.name for one in facts.new if not one.in_bank} == {n for code, n in told if code == "forms.no_item"}
    left_out = {one.name for one in facts.new if one.in_bank and len(one.letters) < len(made.forms)}
    assert left_out == {name for code, name in told if code == "forms.left_out"}
    assert any(len(one.letters) == 3 for one in facts.new)


def test_passages_have_no_scores():
    made = assemble("probe-passage", (4,))
    facts = form_facts(BLUEPRINTS["probe-passage"], made, BANK, MASTERY)
    assert (facts.scores, facts.at_cut, facts.new) == ((), (), ())


def test_codes_tell_forms_apart(level_4):
    made, _facts = level_4
    form = made.forms[0]
    assert form.code == replace(form, expected=()).code
    assert form.code != replace(form, items=tuple(reversed(form.items))).code
