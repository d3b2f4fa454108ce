"""The item bank that the product comes with."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from phonics_app.content import load_content
from phonics_app.content.bank import load_bank
from phonics_app.content.check import check_content
from phonics_app.domain.bank import Bank
from phonics_app.domain.strand import Strand

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


def test_counts_by_level_and_strand(bank, capsys):
    counts = Counter((item.level, item.strand) for item in bank.active())
    used = [strand for strand in Strand if any(s is strand for _, s in counts)]
    lines = ["level " + " ".join(f"{strand.value:>20}" for strand in used) + "  total"]
    for level in bank.levels:
        row = [counts[level.number, strand] for strand in used]
        lines.append(f"{level.number:>5} " + " ".join(f"{n:>20}" for n in row) + f"{sum(row):>7}")
        assert sum(row) >= 60
        assert sum(1 for n in row if n) >= 2
    with capsys.disabled():
        print("\n" + "\n".join(lines))


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
        assert item.guessing in (0, 0.3333), item.id


def test_thai_prompts_are_thai_and_english_prompts_are_not(bank):
    for item in bank.items:
        assert any("ก" <= sign <= "๛" for sign in item.prompt.th), item.id
        assert not any("ก" <= sign <= "๛" for sign in item.prompt.en), item.id


def test_expected_levels_never_fall(bank):
    expected = bank.blueprint(PLACEMENT).expected_level
    in_order = [expected[grade] for grade in sorted(expected, key=lambda grade: grade.order)]
    assert in_order == sorted(in_order)
