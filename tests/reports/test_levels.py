"""The page of levels in words and as a figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.levelling.level_rules import level_rules
from phonics_app.locales import translator
from phonics_app.reports import level_wording
from phonics_app.reports.level_figure import level_figure
from tests import sites
from tests.levelling.pupils import plan

EN = translator("en")


@pytest.fixture(scope="module")
def rules():
    content = sites.content()
    return level_rules(plan(), content.bank, content.rubrics.mastery)


def test_rule_and_model_are_said_to_agree(rules):
    assert "at least 80%" in level_wording.rule_sentence(EN, rules)
    assert "the rule says 80.0%, and of a pupil exactly at the limit of a level the test expects 80.0%" in (
        level_wording.agreement_sentence(EN, rules)
    )
    assert level_wording.agrees(rules)


def test_a_disagreement_is_said(rules):
    apart = replace(rules, farthest=0.07, levels=(replace(rules.levels[0], at_cut=0.73), *rules.levels[1:]))
    assert "do NOT agree" in level_wording.agreement_sentence(EN, apart)
    assert "73.0%–80.0%" in level_wording.agreement_sentence(EN, apart)
    assert not level_wording.agrees(apart)


def test_what_the_difficulties_rest_on(rules):
    items = sum(rule.items for rule in rules.levels)
    assert f"estimated for {items} of {items}" in level_wording.evidence_sentence(EN, rules)
    measured = replace(rules, levels=tuple(replace(rule, measured=rule.items) for rule in rules.levels))
    assert "was measured" in level_wording.evidence_sentence(EN, measured)


def test_the_hardest_pair_is_the_one_that_takes_most_questions(rules):
    levels = tuple(replace(r, to_tell=None if r.level == 3 else r.to_tell) for r in rules.levels)
    assert "levels 3 and 4" in level_wording.hardest_sentence(EN, replace(rules, levels=levels))
    assert level_wording.hardest_sentence(EN, replace(rules, levels=rules.levels[:1])) == ""


def test_every_level_has_its_line_and_crosses_the_rule_at_its_mark(rules):
    figure = level_figure(rules, "th")
    *lines, cuts = figure.data
    assert [trace.name for trace in lines] == [f"ระดับ {rule.level}" for rule in rules.levels]
    assert list(cuts.x) == [rule.cut for rule in rules.levels]
    assert list(cuts.y) == pytest.approx([rules.mastery] * len(rules.levels), abs=1e-5)
    assert list(figure.layout.xaxis.ticktext) == [str(rule.level) for rule in rules.levels]
    (rule_line,) = figure.layout.shapes
    assert rule_line.y0 == rule_line.y1 == rules.mastery
