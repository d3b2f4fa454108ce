"""How graphemes spell a word, and at which level a grapheme with a sound is taught."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.domain.bank import Correspondence
from phonics_app.domain.spelling import GraphemeTable, Sounded, sounded, spell
from phonics_app.domain.strand import Strand
from tests.engine import synthetic

FIRST = synthetic.items(2, Strand.WORD_READING, 1)[0]


@pytest.mark.parametrize(
    ("graphemes", "word"),
    [
        ("s a t", "sat"),
        ("m a_e k", "make"),
        ("f a_e c", "face"),
        ("th e_e s", "these"),
        ("h o_e m l e ss", "homeless"),
        ("r e wr i_e t", "rewrite"),
        ("n igh t", "night"),
        ("s u n", "sun"),
        ("a_e", "ae"),
        ("", ""),
    ],
)
def test_graphemes_spell(graphemes, word):
    assert spell(graphemes.split()) == word


@given(st.lists(st.sampled_from(["s", "sh", "ai", "tch", "e"])))
def test_without_split_digraphs_spelling_is_joining(graphemes):
    assert spell(graphemes) == "".join(graphemes)


def test_positions_and_joined_phonemes():
    assert sounded(("b", "o", "x"), ("B", "AA", "K+S")) == (
        Sounded("b", ("B",), "initial"),
        Sounded("o", ("AA",), "medial"),
        Sounded("x", ("K", "S"), "final"),
    )
    assert sounded(("gh",), ("-",)) == (Sounded("gh", (), "any"),)


def _row(grapheme: str, phoneme: str, position: str, level: int) -> Correspondence:
    return Correspondence(f"{grapheme}{level}", grapheme, (phoneme,), "", position, level, "")


def test_the_table_finds_the_earliest_row_that_fits_the_position():
    table = GraphemeTable([_row("c", "S", "any", 8), _row("c", "S", "final", 6), _row("y", "Y", "initial", 4)])
    assert levels_of(table, "c x c x c", "S K S K S") == [8, None, 8, None, 6]
    assert levels_of(table, "c", "S") == [6]
    assert levels_of(table, "y c y", "Y K Y") == [4, None, None]


def test_a_condition_chooses_among_the_rows():
    rows = [_row("o", "AH", "any", 6), _row("o", "AH", "any", 7)]
    stressed = GraphemeTable(rows, lambda item, number, row: (row.level == 7) is (number == 1))
    assert levels_of(stressed, "o o o", "AH AH AH") == [6, 7, 6]


def levels_of(table: GraphemeTable, graphemes: str, phonemes: str) -> list[int | None]:
    item = replace(FIRST, graphemes=tuple(graphemes.split()), phonemes=tuple(phonemes.split()))
    return [row.level if row else None for row in table.rows(item)]
