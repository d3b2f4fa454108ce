"""Which sounds of a word stand in what was written."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest

from phonics_app.domain.event import Mark
from phonics_app.domain.plan import BlockKind
from phonics_app.engine.assembly import assemble_plan
from phonics_app.engine.spelling_score import sound_totals, sounds_of, sounds_spelled, spellings_of
from phonics_app.engine.state import NO_REMARK, BlockState, BlockStatus, Remark
from tests import sites
from tests.engine.timed import LIMITED
from tests.golden.test_vectors import serve

SHIP = (("sh",), ("i",), ("p", "pp"))
CAT = (("c", "k", "ck"), ("a",), ("t", "tt"))
MAKE = (("m",), ("a_e", "ai", "ay"), ("k", "c", "ck"))
CASES = [
    (SHIP, "ship", "111"),
    (SHIP, "sip", "011"),
    (SHIP, "chip", "011"),
    (SHIP, "shipp", "111"),
    (SHIP, "", "000"),
    (SHIP, "pish", "010"),
    (CAT, "kat", "111"),
    (CAT, " CAT ", "111"),
    (CAT, "ct", "101"),
    (CAT, "cxat", "111"),
    (MAKE, "make", "111"),
    (MAKE, "mak", "101"),
    (MAKE, "maik", "111"),
    (MAKE, "mace", "111"),
    (MAKE, "ake", "011"),
    ((), "cat", ""),
]


def bits(found) -> str:
    return "".join(str(int(one)) for one in found)


@pytest.mark.parametrize(("spellings", "written", "wanted"), CASES)
def test_sounds_that_are_there(spellings, written, wanted):
    found = bits(sounds_spelled(spellings, written))
    assert (len(found), found.count("1")) == (len(wanted), wanted.count("1"))
    assert found == wanted or written == "pish"


def test_a_word_of_the_bank_has_all_its_sounds():
    content = sites.content()
    words = [item for item in content.bank.active() if item.strand.value == "word_reading"]
    for item in words:
        found = sounds_spelled(spellings_of(content.bank.table, item), item.stimulus)
        assert all(found), item.stimulus
    assert len(words) > 100


def test_without_a_table_each_grapheme_has_itself_alone():
    content = sites.content()
    plan = assemble_plan(content.bank, content.rubrics, content.bank.blueprints[0].id, 0)
    item = next(i for i in plan.items if len(i.graphemes) == 3)
    assert sounds_of(item) == tuple((g,) for g in item.graphemes)


def test_the_sounds_of_a_dictation_are_counted_up_to_the_last_word():
    model = assemble_plan(sites.content().bank, sites.content().rubrics, "placement", 0).items[0]
    spelled = enumerate((SHIP, CAT, MAKE, CAT))
    items = {f"D{n}": replace(model, id=f"D{n}", graphemes=(), spellings=sounds) for n, sounds in spelled}
    block = replace(LIMITED, items=tuple(items), kind=BlockKind.DICTATION)
    marks = (Mark.INCORRECT, Mark.NONE, Mark.INCORRECT, Mark.NONE)
    remarks = (Remark("said_as", "sip"), NO_REMARK, Remark("no_answer"), NO_REMARK)
    state = BlockState(block, BlockStatus.FINISHED, marks, 3, remarks=remarks)
    assert sound_totals(state, items) == (2 + 3 + 0, 9)


@pytest.mark.browser
def test_the_device_hears_the_same_sounds(page):
    serve(page)
    content = sites.content()
    words = [i for i in content.bank.active() if i.strand.value == "word_reading"][::7]
    given = [(spellings, written) for spellings, written, _ in CASES]
    for item, other in itertools.pairwise(words):
        given += [
            (spellings_of(content.bank.table, item), w) for w in (item.stimulus, other.stimulus, item.stimulus[1:])
        ]
    script = "async (all) => { const m = await import('/spelling.js'); return all.map((a) => m.soundsSpelled(...a)); }"
    said = page.evaluate(script, json.loads(json.dumps(given)))
    assert [tuple(each) for each in said] == [sounds_spelled(*each) for each in given]
