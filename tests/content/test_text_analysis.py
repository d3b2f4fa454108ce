"""Texts: their words, shares at each level, sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from phonics_app.content.analysis_source import load_analyser
from phonics_app.content.text_analysis import LONGEST_TEXT, analyse_text, sentence_lengths
from phonics_app.domain.errors import PhonicsError

ROOT = Path(__file__).resolve().parents[2]
ANALYSER = load_analyser(ROOT / "item_bank")


def test_words_are_counted_in_whatever_capitals():
    found = analyse_text(ANALYSER, "The cat sat. The CAT said so!")
    assert [(w.analysis.word, w.count) for w in found.words] == [
        ("the", 2),
        ("cat", 2),
        ("sat", 1),
        ("said", 1),
        ("so", 1),
    ]
    assert found.running_words == 7
    assert [w.analysis.word for w in found.heart_words] == ["said"]


def test_the_text_stands_in_its_tokens_unchanged():
    text = "Nid’s cat, สวัสดี 12 well-known\n\n“Stop!” x2"
    found = analyse_text(ANALYSER, text)
    assert "".join(token.text for token in found.tokens) == text
    words = [token.text for token in found.tokens if token.word is not None]
    assert words == ["Nid’s", "cat", "well", "known", "Stop", "x"]


def test_shares_grow_with_the_level():
    found = analyse_text(ANALYSER, "sat cat ship stop cake rain night nation said said")
    shares = {share.level: (share.running, share.different) for share in found.shares}
    assert [round(running, 2) for running, _ in shares.values()] == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.7, 0.8]
    assert shares[9] == (0.8, 8 / 9)
    assert [w.analysis.word for w in found.beyond(7)] == ["said", "nation"]
    assert len(found.decodable(3)) == 2


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("A cat. It sat! Did it?", [2, 2, 2]),
        ("He said: “Stop.” Then he ran.", [3, 3]),
        ("“Stop!” said Nid. “Why?”", [3, 1]),
        ("Mr. Tan met Dr. Som in the U.S. hospital.", [10]),
        ("One line\nand another\n\nA new part", [4, 3]),
        ("It costs 3.50 baht…", [3]),
        ("ไม่มีคำ. Cat.", [1]),
    ],
)
def test_sentences(text, lengths):
    assert list(sentence_lengths(text)) == lengths


@pytest.mark.parametrize("text", ["", "  \n", "123 456", "สวัสดีครับ"])
def test_a_text_without_words_is_refused(text):
    with pytest.raises(PhonicsError) as refused:
        analyse_text(ANALYSER, text)
    assert refused.value.code == "analysis.no_words"


def test_a_text_too_long_is_refused():
    with pytest.raises(PhonicsError) as refused:
        analyse_text(ANALYSER, "cat " * (LONGEST_TEXT // 4 + 1))
    assert refused.value.code == "analysis.text_too_long"
