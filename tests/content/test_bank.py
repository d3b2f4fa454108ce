"""Loading an item bank: what it holds, its version, and that words stay words."""

from __future__ import annotations

import random

import pytest

from phonics_app.content.bank import load_bank
from phonics_app.domain.bank import DifficultySource, ItemStatus
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.strand import Strand, Task
from tests.content.small_bank import SmallBank


def test_an_item_arrives_with_all_its_parts(tmp_path):
    bank = SmallBank()
    bank.change("PW-20", accepted="/paɪd/ | /pid/", transfer="final_stop", skills="cvc_word")
    item = load_bank(bank.write(tmp_path)).item("PW-20")
    assert (item.level, item.strand, item.task) == (2, Strand.PSEUDO_WORD_READING, Task.READ_PSEUDO_WORD)
    assert (item.prompt.th, item.prompt.en) == ("อ่าน", "Read.")
    assert (item.stimulus, item.key, item.accepted) == ("pid", "/pɪd/", ("/paɪd/", "/pid/"))
    assert (item.graphemes, item.phonemes) == (("p", "i", "d"), ("P", "IH", "D"))
    assert (item.skills, item.transfer) == (("cvc_word",), ("final_stop",))
    assert (item.difficulty.value, item.difficulty.standard_error) == (-1.5, 0.4)
    assert (item.difficulty.source, item.status) == (DifficultySource.EXPERT, ItemStatus.ACTIVE)


def test_levels_and_blueprint_arrive(tmp_path):
    bank = load_bank(SmallBank().write(tmp_path))
    assert [level.number for level in bank.levels] == [1, 2, 3]
    assert bank.level(2).entry_grades == (Grade.K2, Grade.K3)
    blueprint = bank.blueprint("placement")
    assert blueprint.expected_level == dict.fromkeys(Grade, 1)
    assert blueprint.stopping.maximum_seconds == 600
    assert blueprint.blocks[0].strand is Strand.PHONEMIC_AWARENESS


@pytest.mark.parametrize("word", ["null", "true", "false", "nan", "None", "NA", "inf", "1e5", "no", "=sum", "007"])
def test_words_that_look_like_values_stay_words(tmp_path, word):
    bank = SmallBank()
    bank.change("WR-20", stimulus=word, key=word)
    item = load_bank(bank.write(tmp_path)).item("WR-20")
    assert (item.stimulus, item.key) == (word, word)


def version(bank: SmallBank, folder) -> str:
    return load_bank(bank.write(folder)).version


def test_equal_content_has_an_equal_version_however_it_is_written(tmp_path):
    bank = SmallBank()
    first = version(bank, tmp_path)
    random.Random(1).shuffle(bank.items)
    bank.graphemes.reverse()
    assert version(bank, tmp_path) == first
    path = tmp_path / "items" / "items.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() + b"\r\n,,,\r\n")
    (tmp_path / "levels.toml").write_text("# a remark\n" + bank.levels, encoding="utf-8")
    assert load_bank(tmp_path).version == first


def test_items_may_be_spread_over_files(tmp_path):
    bank = SmallBank()
    first = version(bank, tmp_path)
    lines = (tmp_path / "items" / "items.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "items" / "items.csv").write_text("".join(lines[:5]), encoding="utf-8")
    (tmp_path / "items" / "more.csv").write_text("".join([lines[0], *lines[5:]]), encoding="utf-8")
    assert load_bank(tmp_path).version == first


@pytest.mark.parametrize(
    ("item", "cells"),
    [
        ("WR-20", {"difficulty": "-1.4"}),
        ("WR-20", {"prompt_th": "อ่านคำนี้"}),
        ("PW-20", {"accepted": "/pid/"}),
        ("WR-20", {"status": "retired"}),
    ],
)
def test_any_change_of_content_changes_the_version(tmp_path, item, cells):
    bank = SmallBank()
    first = version(bank, tmp_path)
    bank.change(item, **cells)
    assert version(bank, tmp_path) != first


def test_a_changed_rule_changes_the_version(tmp_path):
    bank = SmallBank()
    first = version(bank, tmp_path)
    bank.blueprints = bank.blueprints.replace("sure_probability = 0.8", "sure_probability = 0.85")
    assert version(bank, tmp_path) != first


def test_a_broken_bank_is_refused_with_every_fault(tmp_path):
    bank = SmallBank()
    bank.change("WR-20", status="ready", since="soon")
    bank.change("PA-1", key="")
    with pytest.raises(ProblemsFound) as refused:
        load_bank(bank.write(tmp_path))
    assert refused.value.code == "content.problems"
    assert {(p.code, p.place.row, p.place.column) for p in refused.value.problems} == {
        ("content.choice", bank.row("WR-20"), "status"),
        ("content.date", bank.row("WR-20"), "since"),
        ("content.empty", bank.row("PA-1"), "key"),
    }


def test_a_folder_without_files_names_each_of_them(tmp_path):
    with pytest.raises(ProblemsFound) as refused:
        load_bank(tmp_path)
    assert [(p.code, p.place.file) for p in refused.value.problems] == [
        ("content.file_missing", name)
        for name in ("levels.toml", "blueprints.toml", "graphemes.csv", "transfer.csv", "items/*.csv")
    ]
