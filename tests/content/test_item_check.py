"""Single rows against the bank: the faults that check-bank would find, and no others."""

from __future__ import annotations

import pytest

from phonics_app.content.bank import load_bank
from phonics_app.content.bank_check import check_bank
from phonics_app.content.item_cells import cells_of
from phonics_app.content.item_check import check_rows, coverage_lost, load_rules
from phonics_app.content.tables import Row
from phonics_app.domain.bank import ItemStatus
from tests.content.small_bank import SmallBank, make_item

BROKEN = (
    ("WR-20", {"stimulus": "sit", "key": "sit"}),
    ("WR-20", {"level": "7"}),
    ("WR-20", {"level": "many", "prompt_th": ""}),
    ("WR-20", {"graphemes": "s a t t"}),
    ("WR-20", {"skills": "split_digraph"}),
    ("WR-20", {"transfer": "nothing"}),
    ("WR-20", {"stimulus": "pin", "key": "pin", "graphemes": "p i n", "phonemes": "P IH N"}),
    ("PW-20", {"stimulus": "tin", "graphemes": "t i n", "phonemes": "T IH N", "key": "/tɪn/"}),
    ("PA-1", {"task": "read_word"}),
    ("PA-2", {"prompt_en": "What rhymes with cat?", "key": "hat"}),
)


@pytest.mark.parametrize(("item_id", "cells"), BROKEN)
def test_the_faults_are_those_of_check_bank(tmp_path, item_id, cells):
    good, broken = SmallBank(), SmallBank()
    broken.change(item_id, **cells)
    # Of two rows that ask the same, check-bank names the later one: the changed row is put last.
    broken.items.sort(key=lambda item: item["id"] == item_id)
    expected = {(p.code, p.place.column, p.value, p.expected) for p in check_bank(broken.write(tmp_path / "broken"))}
    folder = good.write(tmp_path / "good")
    row = Row("form", 1, next(item for item in broken.items if item["id"] == item_id))
    found = check_rows(load_rules(folder), load_bank(folder).items, [row])
    whole = {"content.level_items", "content.level_strands", "content.block_items", "content.strand_empty"}
    assert {(p.code, p.place.column, p.value, p.expected) for p in found.problems} == {
        each for each in expected if each[0] not in whole
    }
    assert found.problems
    assert all((p.place.file, p.place.row) == ("form", 1) for p in found.problems)


def test_unchanged_rows_are_good_and_drafts_are_checked_as_if_active(tmp_path):
    folder = SmallBank().write(tmp_path)
    bank, rules = load_bank(folder), load_rules(folder)
    rows = [Row("form", n, cells_of(item)) for n, item in enumerate(bank.items, start=2)]
    checked = check_rows(rules, bank.items, rows)
    assert checked.problems == ()
    assert [item for _, item in checked.items] == list(bank.items)
    twin = make_item("X-1", 2, **{k: v for k, v in cells_of(bank.item("WR-20")).items() if k not in ("id", "level")})
    found = check_rows(rules, bank.items, [Row("form", 1, twin | {"status": "draft"})])
    assert [(p.code, p.expected) for p in found.problems] == [("content.item_repeated", "WR-20")]
    assert found.items[0][1].status is ItemStatus.DRAFT


def test_what_the_bank_would_lack(tmp_path):
    folder = SmallBank().write(tmp_path)
    bank, rules = load_bank(folder), load_rules(folder)
    fewer = [item for item in bank.items if item.id != "WR-20"]
    assert list(coverage_lost(rules, bank.items, bank.items)) == []
    codes = {problem.code for problem in coverage_lost(rules, bank.items, fewer)}
    assert codes == {"content.block_items"}
