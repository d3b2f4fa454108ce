"""What the form fills in from a word, against what the shipped items say of theirs."""

from __future__ import annotations

from collections import Counter

import pytest

from phonics_app.content.item_cells import cells_of
from phonics_app.content.item_check import check_rows, load_rules
from phonics_app.content.near_words import near_words
from phonics_app.content.tables import Row
from phonics_app.domain.strand import Task
from phonics_app.workflows.item_help import suggester_of
from tests import sites

BANK = sites.content().bank
SUGGESTER = suggester_of(sites.ROOT)
FROM_THE_WORD = (Task.READ_WORD, Task.READ_PSEUDO_WORD, Task.SPELL_WORD)


def suggest(task, word, level=None, options=""):
    return SUGGESTER.suggest(task, word, level, options, BANK.items)


def test_shipped_words_are_filled_in_as_they_stand():
    same, count = Counter(), 0
    for item in BANK.items:
        if item.task in FROM_THE_WORD:
            count += 1
            suggested, cells = suggest(item.task, item.stimulus or item.key), cells_of(item)
            for column in ("level", "graphemes", "phonemes", "key", "transfer", "guessing", "strand", "skills"):
                same[column] += sorted(suggested[column].split()) == sorted(cells[column].split())
    shares = {column: n / count for column, n in same.items()}
    assert min(shares.values()) > 0.97, shares


@pytest.mark.parametrize(
    ("word", "skills"),
    [
        ("unique", ""),
        ("wash", "alternative_pronunciation"),
        ("happiness", "suffix multisyllable spelling_change"),
        ("station", "suffix"),
        ("at", "vc_word"),
        ("sat", "cvc_word"),
    ],
)
def test_skills_are_of_the_word_or_go_with_what_is_new_in_it(word, skills):
    assert suggest(Task.READ_WORD, word)["skills"] == skills


def test_usual_prompts_hold_the_new_word():
    said = suggest(Task.CHOOSE_SPELLING, "chin")
    assert said["prompt_en"] == "Which one says “chin”?"
    assert "“chin”" in said["prompt_th"]
    assert "/s/ – /t/ – /ɑ/ – /p/" in suggest(Task.BLENDING, "stop")["prompt_th"]
    # Dictation has a sentence of its own for each word: nobody can guess it.
    assert "prompt_th" not in suggest(Task.SPELL_WORD, "rain")


def test_a_grapheme():
    found = suggest(Task.SAY_SOUND, "igh")
    assert (found["key"], found["level"], found["graphemes"], found["stimulus"]) == ("/aɪ/", "7", "igh", "igh")
    assert suggest(Task.SAY_SOUND, "ch")["accepted"] == "/k/ | /ʃ/"
    assert "level" not in suggest(Task.SAY_SOUND, "zzzq")


def test_tasks_by_ear_have_sounds_and_no_letters():
    found = suggest(Task.SEGMENTATION, "ship")
    assert (found["graphemes"], found["phonemes"], found["key"]) == ("", "SH IH P", "/ʃ/ /ɪ/ /p/")
    assert suggest(Task.RHYME, "cat")["level"] == "1"
    assert suggest(Task.BLENDING, "stop")["level"] == "5"


def test_the_level_chosen_counts():
    assert suggest(Task.READ_WORD, "cat", 5)["level"] == "5"


def test_options_say_what_they_catch():
    found = suggest(Task.CHOOSE_SPELLING, "chin", options="chin | shin:sh_ch | chip:part")
    assert (found["transfer"], found["guessing"]) == ("sh_ch", "0.3333")


@pytest.mark.parametrize("word", ["", "  ", "two words", "ไทย", "123"])
def test_what_is_no_word_is_no_error(word):
    found = suggest(Task.READ_WORD, word)
    assert found["graphemes"] == ""
    assert "level" not in found


def made_up(word):
    first = next(item for item in BANK.items if item.task is Task.READ_PSEUDO_WORD)
    cells = cells_of(first) | suggest(Task.READ_PSEUDO_WORD, word) | {"id": "X"}
    return check_rows(load_rules(sites.ROOT / "item_bank"), BANK.items, [Row("form", 1, cells)]).items[0][1]


def test_words_near_a_made_up_word_are_none():
    rules = load_rules(sites.ROOT / "item_bank")
    item = made_up("chay")
    found = list(near_words(rules.reference, BANK.correspondences, BANK.active(), item))
    assert "thay" in found
    assert not [word for word in found if word in rules.reference.dictionary]
    assert not [word for word in found if word.startswith("ng")]


def test_consonants_meet_in_words_near_by_only_as_they_do_in_english():
    rules = load_rules(sites.ROOT / "item_bank")
    near = list(near_words(rules.reference, BANK.correspondences, BANK.active(), made_up("shrimp")))
    assert not {"shrimd", "shrimm", "shrimn"} & set(near)
    assert near
    assert len(set(near)) == len(near)
    assert all(word.isalpha() for word in near)
