"""The item bank that the product comes with."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from phonics_app.content import load_content
from phonics_app.content.bank import load_bank
from phonics_app.content.check import check_content
from phonics_app.domain.bank import Bank, Confusion
from phonics_app.domain.strand import Strand, Task

ROOT = Path(__file__).resolve().parents[2]
PLACEMENT = "placement"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(ROOT / "item_bank")


def test_no_rule_is_broken():
    assert check_content(ROOT) == ()


def test_content_loads_whole(bank):
    content = load_content(ROOT)
    assert content.bank == bank
    assert 0 < content.rubrics.mastery < 1


@pytest.mark.parametrize("word", ["mung", "goo", "teen", "hear", "here"])
def test_words_that_are_rude_when_heard_as_thai_are_not_asked(bank, word):
    rows = (ROOT / "item_bank" / "blocked_words.csv").read_text(encoding="utf-8").splitlines()
    assert any(row.startswith(f"{word},") for row in rows)
    assert word not in {item.stimulus.lower() for item in bank.active()}


def test_counts_by_level_and_strand(bank, tell):
    counts = Counter((item.level, item.strand) for item in bank.active())
    used = [strand for strand in Strand if any(s is strand for _, s in counts)]
    lines = ["level " + " ".join(f"{strand.value:>20}" for strand in used) + "  total"]
    for level in bank.levels:
        row = [counts[level.number, strand] for strand in used]
        lines.append(f"{level.number:>5} " + " ".join(f"{n:>20}" for n in row) + f"{sum(row):>7}")
        assert sum(row) >= 120
        assert sum(1 for n in row if n) >= 2
    tell("\n".join(lines))
    assert sum(counts.values()) >= 1500


def test_difficulty_rises_with_the_level(bank):
    means = []
    for level in bank.levels:
        values = [item.difficulty.value for item in bank.active(level.number)]
        means.append(sum(values) / len(values))
    steps = [later - earlier for earlier, later in pairwise(means)]
    assert all(0.6 < step < 1.8 for step in steps), steps


def test_every_correspondence_of_a_level_has_an_example_that_spells_it(bank):
    for correspondence in bank.correspondences:
        parts = correspondence.grapheme.split("_")
        assert all(part in correspondence.example for part in parts), correspondence


def test_every_skill_of_a_level_is_tested(bank):
    tested = {skill for item in bank.active() for skill in item.skills}
    assert {skill for level in bank.levels for skill in level.skills} <= tested


def test_chance_is_the_number_of_choices(bank):
    for item in bank.active():
        assert item.guessing == 0.25 if item.options else item.guessing in (0, 0.3333), item.id


def test_the_right_option_stands_in_each_place_about_equally_often(bank):
    chosen = [item for item in bank.active() if item.options]
    places = Counter([option.value for option in item.options].index(item.key) for item in chosen)
    assert all(0.2 < places[place] / len(chosen) < 0.3 for place in range(4)), places


def test_pictures_are_single_signs_that_old_tablets_have(bank):
    """Emoji 5.0 (Unicode 10) ends below U+1F9E7; what later versions put between its own is listed."""
    later = {0x1F93F, *range(0x1F94D, 0x1F950), *range(0x1F96C, 0x1F980), *range(0x1F998, 0x1F9C0)}
    later |= {*range(0x1F6D5, 0x1F6E0), *range(0x1F6F9, 0x1F700), *range(0x1F7E0, 0x1F910), *range(0x1F9C1, 0x1F9D0)}
    pictures = [option.value for item in bank.active() if item.task is Task.CHOOSE_PICTURE for option in item.options]
    for picture in pictures:
        assert len(picture) == 1, picture
        assert ord(picture) < 0x1F9E7, picture
        assert ord(picture) not in later, picture


def test_transfer_of_a_choice_is_what_its_options_catch(bank):
    confusions = {confusion.value for confusion in Confusion}
    for item in bank.active():
        if item.options:
            caught = {option.error for option in item.options if option.error} - confusions
            assert set(item.transfer) == caught, item.id


def test_a_dictated_word_is_said_in_a_sentence_and_twice_besides(bank):
    for item in bank.active():
        if item.task is Task.SPELL_WORD:
            assert item.prompt.th.count(f"“{item.key}”") == 2, item.id
            assert item.prompt.en.count(f"“{item.key}”") == 2, item.id
            said = re.findall(r"[a-z]+", item.prompt.en.lower())
            assert said.count(item.key) == 3, item.id


def test_of_two_sound_games_none_is_the_other_backwards(bank):
    """“cup without /k/” and “up with /k/” in one sitting: the teacher would say each answer in the other question."""
    games = [item for item in bank.active() if item.task in (Task.DELETION, Task.ADDITION, Task.SUBSTITUTION)]
    asked = {(re.findall("“([a-z]+)”", item.prompt.th)[0], item.key): item.id for item in games}
    assert len(asked) == len(games)
    assert [asked[pair] for pair in asked if pair[::-1] in asked] == []


def test_thai_prompts_are_thai_and_english_prompts_are_not(bank):
    for item in bank.items:
        assert any("ก" <= sign <= "๛" for sign in item.prompt.th), item.id
        assert not any("ก" <= sign <= "๛" for sign in item.prompt.en), item.id


def test_expected_levels_never_fall(bank):
    expected = bank.blueprint(PLACEMENT).expected_level
    in_order = [expected[grade] for grade in sorted(expected, key=lambda grade: grade.order)]
    assert in_order == sorted(in_order)
