"""Words whose segmentation was checked by hand, one by one: `tests/golden/segmentations.csv`.

A row is right because a person who teaches phonics says so. Where a row and the program differ, look which is wrong.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from phonics_app.content.analysis_source import load_analyser
from phonics_app.domain.spelling import spell

ROOT = Path(__file__).resolve().parents[2]
with (ROOT / "tests/golden/segmentations.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def analyser():
    return load_analyser(ROOT / "item_bank")


def test_there_are_two_hundred():
    assert len({row["word"] for row in ROWS}) == len(ROWS) >= 200


@pytest.mark.parametrize("row", ROWS, ids=[row["word"] for row in ROWS])
def test_word(analyser, row):
    found = analyser.analyse(row["word"])
    assert row == {
        "word": found.word,
        "graphemes": " ".join(part.grapheme for part in found.parts),
        "phonemes": " ".join("+".join(part.phonemes) or "-" for part in found.parts),
        "irregular": " ".join(part.grapheme for part in found.parts if part.irregular),
        "level": str(found.level or ""),
        "shape": found.shape,
    }


@pytest.mark.parametrize("row", ROWS, ids=[row["word"] for row in ROWS])
def test_row_in_itself(row):
    """The hand's own slips: graphemes that don't spell the word, sounds that don't match, a shape of another length."""
    letters = row["word"].lower()
    assert spell(row["graphemes"].split()).replace("'", "") == letters.replace("'", "")
    assert len(row["graphemes"].split()) == len(row["phonemes"].split())
    assert bool(row["irregular"]) is (row["level"] == "")
    assert len(row["shape"]) == len(row["phonemes"].replace("-", " ").replace("+", " ").split())
