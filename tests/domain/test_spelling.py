"""How graphemes spell a word, and at which level a grapheme with a sound is taught."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.domain.bank import Correspondence
from phonics_app.domain.spelling import GraphemeTable, Sounded, sounded, spell


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
    levels = {position: getattr(table.find(Sounded("c", ("S",), position)), "level", None) for position in
              ("initial", "medial", "final", "any")}  # fmt: skip
    assert levels == {"initial": 8, "medial": 8, "final": 6, "any": 6}
    assert table.find(Sounded("y", ("Y",), "final")) is None
    assert table.find(Sounded("c", ("K",), "initial")) is None
