"""Looking into the item bank: search, history, exposure, help while writing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.content.item_cells import cells_of
from phonics_app.domain.account import SYSTEM
from phonics_app.domain.event import EventKind as K
from phonics_app.domain.grade import Grade
from phonics_app.domain.item_change import ChangeKind
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.domain.strand import Strand, Task
from phonics_app.records.pupils import insert_pupils
from phonics_app.workflows import assess, difficulty, item_bank, item_help
from phonics_app.workflows import bank_editor as editor
from phonics_app.workflows.item_bank import ItemSearch, ItemState
from phonics_app.workflows.item_help import MendKind
from tests import sites
from tests.engine.synthetic import Diary
from tests.pages.busy import attempt_id, sit
from tests.workflows.items import GOOD, OTHER_GOOD, pseudo_word


@pytest.fixture
def found(phonics, people):
    """`found(level=4, …)` → ids."""
    return lambda **wanted: [
        entry.item.id for entry in item_bank.search_items(phonics, people.teacher, ItemSearch(**wanted))
    ]


@pytest.fixture
def pupil(phonics):
    draft = PupilDraft("1", "ด.ช.", "ต้นกล้า", "จำลองกิจ", Sex.MALE, Grade.P2, "1")
    with phonics.store.write() as connection:
        insert_pupils(connection, sites.SCHOOLS[0].id, sites.YEAR, [("pupil", draft)])
    return "pupil"


def test_search(phonics, found):
    bank = phonics.content.bank
    assert len(found()) == len(bank.items)
    assert found(level=6, task=Task.READ_WORD, text="MAKE") == ["WR-0226"]
    assert set(found(grapheme="igh")) == {item.id for item in bank.items if "igh" in item.graphemes}
    assert set(found(strand=Strand.VOCABULARY, level=1)) == {
        item.id for item in bank.items if item.strand is Strand.VOCABULARY and item.level == 1
    }
    assert "CP-0001" in found(text="elephant")
    assert found(text="no such word") == []
    assert found(state=ItemState.AWAITING) == []


def test_states_of_an_item_and_its_proposal(phonics, people, found):
    change = editor.propose_item(phonics, people.teacher, GOOD)
    assert found(state=ItemState.AWAITING) == [change.item_id]
    assert change.item_id in found(text="chob")
    editor.send_back_item(phonics, people.trainer, change.item_id, "ไม่ดี")
    assert found(state=ItemState.AWAITING) == []
    assert found(state=ItemState.SENT_BACK) == [change.item_id]
    edited = cells_of(phonics.content.bank.item("WR-0226")) | {"prompt_en": "Read it."}
    editor.propose_item(phonics, people.teacher, edited, "WR-0226")
    (entry,) = item_bank.search_items(phonics, people.teacher, ItemSearch(text="WR-0226"))
    assert entry.states == (ItemState.ACTIVE, ItemState.AWAITING)
    editor.retire_item(phonics, people.trainer, "WR-0225", "ไม่เหมาะ")
    assert "WR-0225" in found(state=ItemState.RETIRED)


def test_the_history_tells_who_and_what(phonics, people, clock):
    edited = cells_of(phonics.content.bank.item("WR-0226")) | {"prompt_en": "Read it."}
    editor.propose_item(phonics, people.teacher, edited, "WR-0226")
    clock.advance(hours=1)
    editor.activate_item(phonics, people.trainer, "WR-0226")
    editor.retire_item(phonics, people.trainer, "WR-0226", "คำง่ายเกินไป")
    view = item_bank.view_item(phonics, people.director, "WR-0226")
    steps = [(entry.kind, entry.by, entry.version) for entry in view.history]
    assert steps == [
        (ChangeKind.RETIRED, "trainer", 2),
        (ChangeKind.ACTIVATED, "trainer", 2),
        (ChangeKind.PROPOSED, "teacher", 2),
        (None, "", 1),
    ]
    assert view.history[0].reason == "คำง่ายเกินไป"
    assert view.history[2].differences == (("prompt_en", "Read this word.", "Read it."),)
    assert [(p.grapheme, p.ipa, p.level) for p in view.parts] == [("m", "/m/", 2), ("a_e", "/eɪ/", 6), ("k", "/k/", 3)]


def test_a_withdrawn_proposal_still_has_its_page(phonics, people, found):
    change = editor.propose_item(phonics, people.teacher, GOOD)
    editor.withdraw_item(phonics, people.teacher, change.item_id)
    assert change.item_id not in found()
    view = item_bank.view_item(phonics, people.teacher, change.item_id)
    assert view.history[0].kind is ChangeKind.WITHDRAWN


def test_exposure_is_what_the_tests_have_asked(phonics, people, pupil):
    sit(phonics, attempt_id(1), pupil, 5)
    sit(phonics, attempt_id(2), pupil, 4)
    assess.discard_attempt(phonics, SYSTEM, attempt_id(2))
    results = [assess.compute_result(phonics, SYSTEM, attempt_id(n)) for n in (1, 2)]
    scored = [score.item_id for result in results for score in result.scores]
    asked = item_bank.count_asked(phonics, people.director)
    assert asked.total() == len(scored)
    assert set(asked) == set(scored)
    assert item_bank.view_item(phonics, people.director, scored[0]).asked == scored.count(scored[0])


def test_a_block_that_was_opened_again_counts_once(phonics, people, pupil):
    sitting = assess.start_attempt(phonics, SYSTEM, attempt_id(3), pupil)
    block = sitting.plan.blocks[0]
    diary = Diary()
    diary.add(K.ATTEMPT_STARTED)
    diary.add(K.BLOCK_SHOWN, block=block.id)
    diary.add(K.BLOCK_FINISHED, block=block.id, last_item=block.items[-1])
    diary.add(K.BLOCK_REOPENED, block=block.id)
    diary.add(K.BLOCK_FINISHED, block=block.id, last_item=block.items[1])
    assess.append_events(phonics, SYSTEM, attempt_id(3), diary.events)
    assert item_bank.count_asked(phonics, people.director) == dict.fromkeys(block.items[:2], 1)


def mends(phonics, actor, cells):
    checked = editor.check_form(phonics, actor, cells)
    return {p.code: item_help.mends_of(phonics, actor, checked.item, p) for p in checked.problems}


def test_ways_to_mend(phonics, people):
    early = mends(phonics, people.teacher, GOOD | {"level": "2"})
    assert [(m.kind, m.value) for m in early["content.too_late"]] == [(MendKind.LEVEL, "4")]
    late = mends(phonics, people.teacher, GOOD | {"level": "8"})
    assert [(m.kind, m.value) for m in late["content.nothing_new"]] == [(MendKind.LEVEL, "4")]
    wrong = mends(phonics, people.teacher, GOOD | {"graphemes": "c h o b"})
    assert wrong["content.phonemes_count"][0].kind is MendKind.FILL
    empty = mends(phonics, people.teacher, GOOD | {"prompt_th": ""})
    assert empty["content.empty"] == ()


def test_the_level_offered_is_the_one_of_the_whole_word(phonics, people):
    """Its letters alone are taught at level 3; that consonants follow each other comes later."""
    late = mends(phonics, people.teacher, pseudo_word("s t r a m", "S T R AE M", level=6))
    assert [(m.kind, m.value) for m in late["content.nothing_new"]] == [(MendKind.LEVEL, "5")]


def test_a_word_that_no_dictionary_has_may_be_asked_as_made_up(phonics, people):
    cells = GOOD | {"task": "read_word", "strand": "word_reading", "key": "chob"}
    assert [m.kind for m in mends(phonics, people.teacher, cells)["content.word_unknown"]] == [MendKind.MADE_UP]


def test_rules_are_told_before_the_prompts_are_written(phonics, people):
    cells = GOOD | {"prompt_th": "", "prompt_en": " ", "level": "3"}
    checked = editor.check_form(phonics, people.teacher, cells)
    empty = [p.place.column for p in checked.problems if p.code == "content.empty"]
    assert empty == ["prompt_th", "prompt_en"]
    assert "content.too_late" in [p.code for p in checked.problems]


def test_pictures_and_examples(phonics, people):
    def picture(word):
        return item_help.find_picture(phonics, people.teacher, word)

    assert picture("Elephant") == "🐘"
    assert picture("ghost") == "👻"
    assert [picture(word) for word in ("", "caret", "unheard of")] == ["", "", ""]
    example = item_help.example_prompts(phonics, people.teacher, Task.SPELL_WORD, 5)
    assert example["prompt_en"] in {item.prompt.en for item in phonics.content.bank.active(5)}
    suggested = item_help.suggest_item(phonics, people.teacher, Task.CHOOSE_GRAPHEME, "ay")
    assert "/eɪ/" in suggested["prompt_th"]


def test_words_offered_instead_keep_every_rule(phonics, people):
    broken = pseudo_word("ch o p", "CH AA P")
    offered = mends(phonics, people.teacher, broken)["content.pseudo_is_word"]
    assert 1 <= len(offered) <= 3
    for mend in offered:
        suggested = item_help.suggest_item(phonics, people.teacher, Task.READ_PSEUDO_WORD, mend.value)
        assert editor.check_form(phonics, people.teacher, OTHER_GOOD | suggested).problems == ()


def test_the_difficulty_filled_in_is_the_predicted_one_with_its_error(phonics, people):
    def said(word, level=None):
        found = item_help.suggest_item(phonics, people.teacher, Task.READ_PSEUDO_WORD, word, level)
        return float(found["difficulty"]), float(found["standard_error"]), found["difficulty_source"]

    item = editor.check_form(phonics, people.teacher, GOOD | {"skills": "consonant_digraph"}).item
    item = replace(item, transfer=("sh_ch", "final_stop"))
    (predicted,) = difficulty.predict_difficulty(phonics, people.teacher, [item])
    assert said("chob") == (predicted.value, predicted.standard_error, "predicted")
    assert said("chob", 8)[0] > said("chob")[0]
    assert "difficulty" not in item_help.suggest_item(phonics, people.teacher, Task.READ_WORD, "แมว")
