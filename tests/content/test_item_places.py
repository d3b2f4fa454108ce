"""To which row of the table a grapheme of an item belongs: analysis, items, coverage and forms say the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.content.forms import load_form_blueprints
from phonics_app.domain.strand import Task
from phonics_app.engine.form_pool import candidates
from phonics_app.engine.taught import Taught
from phonics_app.reports.bank_report import bank_figures
from phonics_app.workflows.item_help import suggester_of
from tests import sites

BANK = sites.content().bank
ANALYSER = suggester_of(sites.ROOT).analyser
WORDS = [item for item in BANK.active() if item.task is Task.READ_WORD]


def asking(word):
    return next(item for item in WORDS if item.stimulus == word)


def rows_of(item) -> list[str]:
    return [row.id if row else "" for row in BANK.table.rows(item)]


@pytest.mark.parametrize(
    ("word", "number", "row"),
    [
        ("mother", 1, "o-ah-stressed"),
        ("money", 1, "o-ah-stressed"),
        ("monkey", 1, "o-ah-stressed"),
        ("lemon", 3, "o-ah-medial"),
        ("face", 2, "c-s-final"),
        ("city", 0, "c-s"),
        ("yes", 1, "e-eh"),
    ],
)
def test_stress_and_place_choose_the_row(word, number, row):
    assert rows_of(asking(word))[number] == row


def test_the_o_of_mother_is_new_at_its_level_everywhere():
    mother = asking("mother")
    assert "o /ʌ/" in Taught(BANK.table).new_in(mother)
    check = load_form_blueprints(sites.ROOT / "item_bank")[0]
    pool = {candidate.id: candidate for candidate in candidates(check, (7,), BANK, ())}
    assert "o /ʌ/" in pool[mother.id].new
    covered = {row.id: row for row in bank_figures(BANK, (), {}).coverage}
    assert covered["o-ah-stressed"].items["read_word"] >= 3
    assert covered["o-ah-initial"].items.get("read_word", 0) < 3


def test_items_belong_to_the_rows_that_the_analysis_finds():
    """Where an item is cut as the analysis cuts its word; some words may be cut and said in two ways."""
    compared = 0
    for item in WORDS:
        parts = ANALYSER.analyse(item.stimulus).parts
        if [part.grapheme for part in parts] == list(item.graphemes):
            said = ["+".join(part.phonemes) or "-" for part in parts]
            if said == list(item.phonemes):
                compared += 1
                assert [row.level for row in BANK.table.rows(item)] == [part.level for part in parts], item.stimulus
    assert compared > 0.9 * len(WORDS)


def test_every_grapheme_of_the_bank_has_its_row():
    assert [item.id for item in BANK.active() if "" in rows_of(item)] == []


@pytest.mark.parametrize(("key", "row"), [("/dʌðɜr/", "o-ah-stressed"), ("/dəðɜr/", "o-ah-medial")])
def test_the_key_of_a_made_up_word_shows_its_stress(key, row):
    made_up = replace(
        asking("mother"),
        task=Task.READ_PSEUDO_WORD,
        stimulus="dother",
        key=key,
        graphemes=("d", "o", "th", "er"),
        phonemes=("D", "AH", "DH", "ER"),
    )
    assert rows_of(made_up)[1] == row


def test_a_grapheme_alone_may_be_any_row():
    alone = next(i for i in BANK.active() if i.task is Task.SAY_SOUND and i.stimulus == "c")
    assert rows_of(replace(alone, phonemes=("S",))) == ["c-s-final"]


@pytest.mark.parametrize("word", ["", "x", "zzz", "ful", "o'er", "ไทย"])
def test_no_cut_is_too_strange(word):
    odd = replace(
        asking("mother"), stimulus=word, graphemes=tuple(word or "q") * 2, phonemes=("AH",) * 2 * len(word or "q")
    )
    assert len(BANK.table.rows(odd)) == len(odd.graphemes)
