"""Passages for reading aloud: each rule broken once, and those that the product comes with."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from phonics_app.content.analysis_source import load_analyser
from phonics_app.content.passage_check import check_passages, levels_by
from phonics_app.content.passage_rules import passage_problems
from phonics_app.content.passages import load_passages, read_passages
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.passage import LevelOf, decodability, words_of
from phonics_app.locales.messages import render

ITEM_BANK = Path(__file__).resolve().parents[2] / "item_bank"
RULES = """
decodable_share = 0.9
questions = 2
active_passages = 1

[[levels]]
level = 4
words = [10, 14]
sentence_words = 7
line_words = 6
heart_share = 0.25
inferential = 1
"""
PASSAGE = """
id = "PS-0401"
level = 4
title = { th = "ปลา", en = "The Fish" }
status = "active"
version = 1
since = "2026-11-20"
author = "Phonics Nine"
heart_words = ["the"]
note = { th = "ฝึก sh", en = "Practises sh." }
text = '''
Dan has fish.
"Yum!" Dan sings. The fish
zip off the dish.
'''

[[questions]]
id = "PS-0401-Q1"
kind = "literal"
question = { th = "แดนมีอะไร", en = "What does Dan have?" }
key = { th = "ปลา", en = "fish" }
accepted = { th = ["ปลาหลายตัว", "2"], en = ["some fish"] }
evidence = [1]

[[questions]]
id = "PS-0401-Q2"
kind = "inferential"
question = { th = "แดนได้กินปลาไหม", en = "Does Dan eat?" }
key = { th = "ไม่ได้กิน", en = "no" }
accepted = { th = [], en = [] }
evidence = [2, 3]
"""
FILE = "file passages/PS-0401.toml, column"


KNOWN = {word.lower() for word in words_of("Dan has fish Yum sings zip off dish")}


def level_of(word: str) -> int | None:
    return 4 if word in KNOWN else None


def write(folder: Path, passage: str = PASSAGE, rules: str = RULES) -> Path:
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    (folder / "PS-0401.toml").write_text(passage, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "passages").mkdir()
    return tmp_path / "passages"


def messages(folder: Path, language: str = "en") -> list[str]:
    found = passage_problems(read_passages(folder), range(1, 6), level_of, {"yet", "hum"})
    return [render(problem, language) for problem in found]


def test_a_passage_without_fault(folder):
    assert messages(write(folder)) == []


EMPTY = "This cell is empty; it is needed."
BLOCKED = "is not fit for pupils, or sounds like a rude word (see blocked_words.csv)."
NO_THAI = "This should be English, without Thai letters:"
BROKEN = [
    # old, new, message in English
    ('id = "PS-0401"\n', 'id = "P1"\n', f"{FILE} id: “P1” does not have the form of such an id; write it like PS-0401"),
    (
        '"PS-0401-Q2"',
        '"PS-0402-Q2"',
        f"{FILE} questions[1].id: “PS-0402-Q2” does not have the form of such an id; write it like PS-0401-Q1",
    ),
    (
        '"PS-0401-Q2"',
        '"PS-0401-Q1"',
        f"{FILE} questions[1].id: The id “PS-0401-Q1” is used already: passages/PS-0401.toml. "
        "An id is never used again.",
    ),
    ("level = 4", "level = 3", f"{FILE} level: There is no level “3”; levels: 4"),
    ("level = 4", 'level = "4"', f"{FILE} level: '4' does not fit this field; expected int"),
    ('th = "ปลา", en = "The Fish"', 'th = "", en = "The Fish"', f"{FILE} title.th: {EMPTY}"),
    ('en = "The Fish"', 'en = " "', f"{FILE} title.en: {EMPTY}"),
    ('th = "ปลา", en = "The', 'th = "Fish", en = "The', f"{FILE} title.th: This should be Thai: “Fish”"),
    (
        '"The Fish"',
        '"The ปลา"',
        f"{FILE} title.en: {NO_THAI} “The ปลา”",
    ),
    ('en = "The Fish"', 'en = "Hum"', f"{FILE} title.en: “Hum” {BLOCKED}"),
    ('"active"', '"ready"', f"{FILE} status: 'ready' does not fit this field; expected draft | active | retired"),
    ("version = 1", "version = 0", f"{FILE} version: “0” is not a fitting number; expected 1, 2, 3 …"),
    ("2026-11-20", "20/11/2569", f"{FILE} since: “20/11/2569” is not a date; write it like 2026-11-20"),
    ('"Phonics Nine"', '""', f"{FILE} author: {EMPTY}"),
    ('en = "Practises sh."', 'en = ""', f"{FILE} note.en: {EMPTY}"),
    (
        "off the dish",
        "off 2 dish",
        f"{FILE} text: “2” can't be read aloud by its letters: write it as a word. "
        "Signs that a text may have: . , ! ? : ; ' \" – —",
    ),
    (
        "Dan has fish.",
        "Dan had knights.",
        f"{FILE} text: Without the heart words, 80.0% (had, knights) of the words are decodable at this level; "
        "at least 90% are needed. In brackets: the words that are not.",
    ),
    (
        "Dan has fish.",
        "The the the.",
        f"{FILE} heart_words: 41.7% of the words are heart words; at most 25% may be.",
    ),
    (
        '["the"]',
        '["the", "was"]',
        f"{FILE} heart_words: The heart word “was” is not in the text (heart words are written in small letters).",
    ),
    ("off the dish.", "yet.", f"{FILE} text: “yet” {BLOCKED}"),
    ("Dan has fish.\n", "", f"{FILE} text: The passage has 9 words; at this level it should have 10–14."),
    (
        "Dan has fish.",
        "Dan has fish. Dan has fish. Dan.",
        f"{FILE} text, 1: A line has 1 to 6 words; this one does not: “Dan has fish. Dan has fish. Dan.”",
    ),
    ("Dan has fish.\n", "Dan has fish.\n\n", f"{FILE} text, 2: A line has 1 to 6 words; this one does not: “”"),
    (
        "Dan sings. The",
        "Dan sings the",
        f"{FILE} text: This sentence has more than 7 words: Dan sings the fish zip off the dish.",
    ),
    ('[[questions]]\nid = "PS-0401-Q1"', None, f"{FILE} questions: The passage has 1 questions; 2 are needed."),
    (
        '"inferential"',
        '"literal"',
        f"{FILE} questions, inferential: Only 0 questions of this kind; at least 1 are needed.",
    ),
    (
        '"literal"',
        '"inferential"',
        f"{FILE} questions, literal: Only 0 questions of this kind; at least 1 are needed.",
    ),
    (
        '"literal"',
        '"hard"',
        f"{FILE} questions[0].kind: 'hard' does not fit this field; expected literal | inferential",
    ),
    ('"แดนมีอะไร"', '""', f"{FILE} questions[0].question.th: {EMPTY}"),
    ('"What does Dan have?"', '"แดนมีอะไร"', f"{FILE} questions[0].question.en: {NO_THAI} “แดนมีอะไร”"),
    ('"What does Dan have?"', '"Fish yet?"', f"{FILE} questions[0].question.en: “yet” {BLOCKED}"),
    ('en = "fish"', 'en = ""', f"{FILE} questions[0].key.en: {EMPTY}"),
    ('en = "fish"', 'en = "fish yet"', f"{FILE} questions[0].key.en: “yet” {BLOCKED}"),
    ('"ปลาหลายตัว"', '"fish"', f"{FILE} questions[0].accepted.th: This should be Thai: “fish”"),
    ('"some fish"', '"ปลา"', f"{FILE} questions[0].accepted.en: {NO_THAI} “ปลา”"),
    ('"some fish"', '"fish, yet"', f"{FILE} questions[0].accepted.en: “yet” {BLOCKED}"),
    ("[2, 3]", "[]", f"{FILE} questions[1].evidence: {EMPTY}"),
    ("[2, 3]", "[4]", f"{FILE} questions[1].evidence: There is no line 4; the passage has the lines 1–3."),
    (
        'en = "The Fish" }',
        'en = "The Fish"',
        "file passages/PS-0401.toml: The file is not valid TOML: Unclosed inline table (at line 4, column 38)",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_each_rule_broken_once_is_told_with_its_place(folder, old, new, message):
    assert old in PASSAGE
    broken = PASSAGE.split("[[questions]]")[0] + _second_question() if new is None else PASSAGE.replace(old, new, 1)
    found = messages(write(folder, broken))
    assert message in found
    assert all(any("ก" <= sign <= "๛" for sign in line) for line in messages(folder, "th"))


def _second_question() -> str:
    return "[[questions]]" + PASSAGE.split("[[questions]]")[2]


def test_an_id_is_used_once(folder):
    write(folder)
    (folder / "copy.toml").write_text(PASSAGE, encoding="utf-8")
    id_used = "The id “PS-0401” is used already: passages/PS-0401.toml. An id is never used again."
    assert f"file passages/copy.toml, column id: {id_used}" in messages(folder)
    with pytest.raises(ProblemsFound) as refused:
        load_passages(folder)
    assert {p.code for p in refused.value.problems} == {"content.id_repeated"}


def test_levels_need_passages_and_a_place_on_the_ladder(folder):
    rules = RULES.replace("active_passages = 1", "active_passages = 2").replace("level = 4", "level = 7")
    assert messages(write(folder, rules=rules)) == [
        "file passages/rules.toml, column levels[0].level: There is no level “7”; levels: 1, 2, 3, 4, 5",
        "file passages/*.toml, column level 7: Only 0 active passages; at least 2 are needed.",
        f"{FILE} level: There is no level “4”; levels: 7",
    ]


def test_faulty_rules_are_named(folder):
    broken = RULES.replace("words = [10, 14]", "words = [8]")
    assert messages(write(folder, rules=broken)) == [
        "file passages/rules.toml, column levels[0].words: [8] does not fit this field; expected list of 2"
    ]


def test_a_folder_without_passages(folder):
    (folder / "rules.toml").write_text(RULES, encoding="utf-8")
    assert "file passages/*.toml: The file is missing." in messages(folder)


def test_a_blocked_word_is_a_reason_to_retire_a_passage(folder):
    retired = PASSAGE.replace("off the dish", "off yet").replace('"active"', '"retired"')
    assert messages(write(folder, retired, RULES.replace("active_passages = 1", "active_passages = 0"))) == []


def test_words_are_counted_on_from_line_to_line(folder):
    (passage,) = load_passages(write(folder))
    assert [(line.number, line.words, line.total) for line in passage.lines] == [
        (1, ("Dan", "has", "fish"), 3),
        (2, ("Yum", "Dan", "sings", "The", "fish"), 8),
        (3, ("zip", "off", "the", "dish"), 12),
    ]
    assert words_of("Nan's ice-cream isn’t 'hot'!") == ("Nan's", "ice-cream", "isn’t", "hot")


def test_the_share_is_told_with_and_without_heart_words(folder):
    (passage,) = load_passages(write(folder))
    found = decodability(passage, lambda word: {"the": None, "sings": 5}.get(word, 4))
    assert (found.decodable, found.heart, found.later) == (9, 2, ("sings",))
    assert (found.share, found.share_of_all, found.heart_share) == (9 / 10, 9 / 12, 2 / 12)


def test_a_heart_word_that_can_be_decoded_counts_as_decodable(folder):
    (passage,) = load_passages(write(folder))
    assert decodability(passage, lambda word: 4).decodable == 12


@pytest.fixture(scope="module")
def by_analysis() -> LevelOf:
    return levels_by(load_analyser(ITEM_BANK))


def test_no_rule_is_broken_by_the_passages_of_the_product():
    assert check_passages(ITEM_BANK) == ()


def test_shares_of_the_product(by_analysis, tell):
    lines = ["passage    words  decodable  of all  heart words"]
    for passage in load_passages(ITEM_BANK / "passages"):
        found = decodability(passage, by_analysis)
        shares = f"{found.share:>10.1%} {found.share_of_all:>7.1%} {found.heart_share:>12.1%}"
        lines.append(f"{passage.id:<10} {found.words:>5} {shares}")
        assert found.share >= 0.95, passage.id
    tell("\n".join(lines))


@pytest.mark.parametrize(("word", "level"), [("fish", 4), ("kite-fish", 6), ("said", None), ("a" * 60, None)])
def test_levels_come_from_the_analysis(by_analysis, word, level):
    assert by_analysis(word) == level


def test_a_faulty_table_of_the_bank_is_told_once_and_not_here(tmp_path):
    assert check_passages(tmp_path) == ()


def test_passages_of_the_product_by_level():
    passages = load_passages(ITEM_BANK / "passages")
    assert Counter(passage.level for passage in passages) == {4: 4, 5: 4, 6: 4, 7: 3, 8: 3, 9: 3}
    assert len({passage.text for passage in passages}) == len(passages)
    for earlier, later in pairwise(passages):
        assert earlier.level == later.level or len(earlier.words) < len(later.words), later.id
