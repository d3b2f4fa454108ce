"""Plans: deterministic, balanced, complete."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from phonics_app.domain import codec
from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.plan import Plan
from phonics_app.domain.strand import Strand
from phonics_app.engine.assembly import assemble_plan, plan_for, plan_hash
from tests.engine.synthetic import RUBRICS, RULES, T, bank, plan

PLAN = plan()
ITEMS = {item.id: item for item in PLAN.items}


def test_equal_content_gives_equal_hashes_and_variants_differ():
    assert plan_hash(PLAN) == plan_hash(plan())
    assert re.fullmatch("[0-9a-f]{64}", plan_hash(PLAN))
    assert len({plan_hash(plan(variant)) for variant in range(4)}) == 4


def test_a_plan_survives_its_json():
    assert codec.decode(Plan, codec.encode(PLAN)) == PLAN


def test_blocks_hold_one_level_and_strand_and_no_item_twice():
    for block in PLAN.blocks:
        assert {(ITEMS[i].level, ITEMS[i].strand) for i in block.items} == {(block.level, block.strand)}
    counts = Counter(i for block in PLAN.blocks for i in block.items)
    assert set(counts.values()) == {1}
    assert set(counts) == set(ITEMS)


def test_what_the_teacher_says_stands_once_for_each_strand():
    rules = {rule.strand: rule for rule in RULES}
    assert [guide.strand for guide in PLAN.guides] == [strand for strand in rules if strand in strands_in(PLAN)]
    assert all((g.instruction, g.say, g.hint) == (rules[g.strand].instruction, T, T) for g in PLAN.guides)
    full = bank()
    only_words = replace(full, items=tuple(i for i in full.items if i.strand is Strand.WORD_READING))
    assert [g.strand for g in assemble_plan(only_words, RUBRICS, "placement", 0).guides] == [Strand.WORD_READING]


def strands_in(of: Plan) -> set[Strand]:
    return {block.strand for block in of.blocks}


def test_sizes_follow_the_blueprint():
    sizes = {rule.strand: rule.size for rule in RULES}
    assert all(sizes[b.strand] / 2 <= len(b.items) <= sizes[b.strand] for b in PLAN.blocks)


def test_sound_tasks_are_not_mixed():
    blocks = [b for b in PLAN.blocks if b.strand is Strand.PHONEMIC_AWARENESS]
    assert len(blocks) > 1
    assert all(len({ITEMS[i].task for i in b.items}) == 1 for b in blocks)


def test_blocks_of_a_kind_are_parallel_and_begin_with_the_easiest():
    means = []
    for block in (b for b in PLAN.blocks if b.level == 3 and b.strand is Strand.WORD_READING):
        difficulties = [ITEMS[i].difficulty for i in block.items]
        assert difficulties == sorted(difficulties)
        assert {ITEMS[i].skills for i in block.items} == {("skill0",), ("skill1",)}
        means.append(sum(difficulties) / len(difficulties))
    assert max(means) - min(means) < 0.2


def test_only_graphemes_new_at_the_level_are_called_new():
    assert ITEMS["3w04"].graphemes == ("g31", "x")
    assert ITEMS["3w04"].new_graphemes == ("g31",)


def test_inactive_items_are_left_out():
    full = bank()
    retired = replace(full, items=tuple(replace(i, status=ItemStatus.RETIRED) for i in full.items if i.level == 1))
    with pytest.raises(ProblemsFound, match=r"engine\.level_empty"):
        assemble_plan(retired, RUBRICS, "placement", 0)
    one = tuple(replace(i, status=ItemStatus.DRAFT) if i.id == "3w04" else i for i in full.items)
    assert "3w04" not in {i.id for i in assemble_plan(replace(full, items=one), RUBRICS, "placement", 0).items}


def test_unknown_stopping_rules_are_named():
    full = bank()
    broken = replace(full.blueprints[0], blocks=(replace(RULES[1], auto_stop="EGRA-STOP-X"), *RULES[2:]))
    with pytest.raises(ProblemsFound) as caught:
        assemble_plan(replace(full, blueprints=(broken,)), RUBRICS, "placement", 0)
    assert [(p.code, p.value) for p in caught.value.problems] == [("engine.auto_stop_unknown", "EGRA-STOP-X")]


def test_plans_are_made_once_for_each_version():
    assert plan_for(bank(), RUBRICS, "placement", 3) is plan_for(bank(), RUBRICS, "placement", 3)
