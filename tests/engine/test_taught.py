"""What is new in an item, over the whole bank that ships."""

from __future__ import annotations

import pytest

from phonics_app.domain.spelling import parts_of
from phonics_app.engine.assembly import assemble_plan
from phonics_app.engine.taught import Taught
from tests import sites

BANK = sites.content().bank
TAUGHT = Taught(BANK.table)
SKILL_LEVELS = {skill: level.number for level in BANK.levels for skill in level.skills}


def levels_of(part) -> set[int]:
    """Levels at which the table teaches the grapheme with this sound in this place."""
    return {
        c.level
        for c in BANK.correspondences
        if (c.grapheme, c.phonemes) == (part.grapheme, part.phonemes)
        and (c.position == part.position or "any" in (c.position, part.position))
    }


def test_nothing_is_called_new_that_an_earlier_level_teaches():
    for item in BANK.active():
        # The o of *mother* and that of *lemon*, two rows of one phoneme, are told apart by stress: see below.
        parts = [part for part in parts_of(item) if (part.grapheme, part.phonemes) != ("o", ("AH",))]
        new = {part.grapheme for part in parts if min(levels_of(part)) == item.level}
        named = [name for name in TAUGHT.new_in(item) if name not in ("o /ʌ/", "o /ə/")]
        assert {name.split(" ")[0] for name in named} == new, item.id


@pytest.mark.parametrize(
    ("word", "new"),
    [
        ("rabbit", ("bb",)),
        ("sing", ("ng",)),
        ("ball", ("a /ɔ/",)),
        ("hand", ()),
        ("dogs", ("s /z/",)),
        ("city", ("c /s/",)),
        ("face", ("a_e", "c /s/")),
        ("doctor", ("or /ər/",)),
        ("money", ("o /ʌ/", "ey")),
        ("N", ("n",)),
    ],
)
def test_letters_that_are_known_are_named_with_their_new_sound_alone(word, new):
    assert [TAUGHT.new_in(item) for item in BANK.active() if item.stimulus == word] == [new]


def test_an_item_without_new_graphemes_tests_a_skill_of_its_level_first():
    bare = [item for item in BANK.active() if not TAUGHT.new_in(item)]
    assert bare
    assert [i.id for i in bare if SKILL_LEVELS.get((*i.skills, "")[0]) != i.level] == []


def test_the_plan_names_the_same():
    by_id = {item.id: item for item in BANK.items}
    plan = assemble_plan(BANK, sites.content().rubrics, BANK.blueprints[0].id, 0)
    assert all(item.new_graphemes == TAUGHT.new_in(by_id[item.id]) for item in plan.items)
