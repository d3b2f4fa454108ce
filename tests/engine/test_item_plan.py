"""Plans of self-run tests: what can be heard, what can be told apart, and that they are stored as they were made."""

from __future__ import annotations

import json

import pytest

from phonics_app.domain import codec
from phonics_app.domain.errors import Conflict
from phonics_app.domain.item_plan import ItemPlan
from phonics_app.domain.strand import CHOICE_TASKS
from phonics_app.engine.item_plan import LISTENING, assemble_item_plan, item_plan_hash, plan_for_device, ready
from tests import sites
from tests.engine.listening import listening


def test_items_are_choices_that_can_be_heard():
    plan = listening().plan
    items = [*plan.base.items, *plan.practice]
    assert all(item.task in CHOICE_TASKS and item.guessing > 0 for item in items)
    assert all(item.key in [option.value for option in item.options] for item in items)
    assert {item.id for item in items} == set(plan.audio)
    cells = [(item.level, item.strand) for item in plan.base.items]
    assert max(cells.count(cell) for cell in cells) <= LISTENING.per_cell


def test_practice_is_not_part_of_the_test():
    plan = listening().plan
    assert len(plan.practice) == 2
    assert not {item.id for item in plan.practice} & {item.id for item in plan.base.items}


def test_every_level_has_its_cut_where_every_level_can_be_heard():
    plan = listening().plan
    assert plan.bands == tuple((n,) for n in range(1, 10))
    cuts = [level.cut for level in plan.base.levels]
    assert cuts == sorted(cuts)


def test_levels_without_items_are_not_told_apart():
    """Nobody can be shown to have mastered 3 or 4 where nothing of them can be asked."""
    plan = listening(frozenset({1, 2, 5, 6, 7, 8, 9})).plan
    assert plan.bands == ((1,), (2,), (3, 4, 5), (6,), (7,), (8,), (9,))
    whole = {level.number: level.cut for level in listening().plan.base.levels}
    assert [(level.number, level.cut) for level in plan.base.levels][:3] == [
        (1, whole[1]),
        (2, whole[2]),
        (3, whole[5]),
    ]
    assert plan.band_of(4) == (3, 4, 5)


def test_the_highest_levels_without_items_stand_together():
    assert listening(frozenset({1, 2, 3})).plan.bands == ((1,), (2,), (3,), (4, 5, 6, 7, 8, 9))


def test_without_audio_there_is_no_test():
    content = sites.content()
    with pytest.raises(Conflict, match=r"self_run\.no_audio"):
        assemble_item_plan(content.bank, content.rubrics, {}, 0)


def test_equal_content_has_equal_hashes_and_survives_storage():
    content = sites.content()
    plan = listening().plan
    again = assemble_item_plan(content.bank, content.rubrics, _audio(), 0)
    assert item_plan_hash(again) == item_plan_hash(plan)
    stored = codec.decode(ItemPlan, json.loads(json.dumps(codec.encode(plan))))
    assert stored == plan
    assert plan_for_device(ready(stored)) == plan_for_device(listening())


def test_variants_hold_other_items():
    content = sites.content()
    other = assemble_item_plan(content.bank, content.rubrics, _audio(), 1)
    ours = {item.id for item in listening().plan.base.items}
    assert len(ours & {item.id for item in other.base.items}) < 0.9 * len(ours)


def _audio() -> dict[str, str]:
    return {item.id: f"{n:032x}" for n, item in enumerate(sites.content().bank.active())}
