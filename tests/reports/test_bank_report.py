"""What the item bank covers: counted by hand on a few items."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.strand import Strand, Task
from phonics_app.reports.bank_report import bank_figures, bank_report
from phonics_app.reports.tables import to_csv
from tests import sites

BANK = sites.content().bank
FEW = tuple(BANK.item(item_id) for item_id in ("GS-0001", "WR-0226", "PA-0001", "PW-0022"))


@pytest.fixture
def figures():
    retired = replace(FEW[1], id="WR-9001", status=ItemStatus.RETIRED)
    bank = replace(BANK, items=(*FEW, retired))
    return bank_figures(bank, [replace(FEW[1], id="X-0a1b2c3d-0001")], {"WR-0226": 7, "WR-9001": 99})


def test_items_by_level_strand_and_state(figures):
    counted = {(c.level, c.strand): (c.active, c.draft, c.retired, c.waiting) for c in figures.counts}
    assert counted == {
        (1, Strand.PHONEMIC_AWARENESS): (1, 0, 0, 0),
        (2, Strand.GRAPHEME_SOUNDS): (1, 0, 0, 0),
        (3, Strand.PSEUDO_WORD_READING): (1, 0, 0, 0),
        (6, Strand.WORD_READING): (1, 0, 1, 1),
    }


def test_correspondences_and_gaps(figures):
    """GS-0001 is s alone, WR-0226 m a_e k, PW-0022 s o ff."""
    by_grapheme = {c.grapheme: c for c in figures.coverage if c.total or c.grapheme == "igh"}
    assert by_grapheme["s"].items == {Task.SAY_SOUND.value: 1, Task.READ_PSEUDO_WORD.value: 1}
    assert by_grapheme["s"].gap == ""
    assert by_grapheme["a_e"].items == {Task.READ_WORD.value: 1}
    assert (by_grapheme["igh"].total, by_grapheme["igh"].gap) == (0, "no_item")
    assert len(figures.coverage) == len(BANK.correspondences)
    alone = bank_figures(replace(BANK, items=FEW[:1]), [], {})
    assert next(c.gap for c in alone.coverage if c.total) == "not_in_words"


def test_exposure_counts_what_is_in_use(figures):
    level = next(e for e in figures.exposure if e.level == 6)
    assert (level.active, level.never, level.most_asked, level.times) == (1, 0, "WR-0226", 7)
    assert next(e for e in figures.exposure if e.level == 2).most_asked == ""


@pytest.mark.parametrize(("language", "word"), [("th", "ยังไม่มีข้อ"), ("en", "no item")])
def test_as_a_table(figures, language, word):
    text = to_csv(bank_report(figures, language, date(2026, 11, 20))).decode("utf-8-sig")
    assert word in text
    assert figures.version in text
