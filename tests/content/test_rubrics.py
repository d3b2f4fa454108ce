"""The product's own rubrics are whole; a broken file is named with row, column, value and what was expected."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from phonics_app.content.rubrics import check_levels, load_rubrics
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.strand import Strand
from phonics_app.locales.messages import render_all
from tests import sites

ROOT = Path(__file__).resolve().parents[2]
RUBRICS = ROOT / "rubrics"


@pytest.fixture(scope="module")
def rubrics():
    return load_rubrics(RUBRICS)


@pytest.fixture
def folder(tmp_path):
    """A copy of the rubrics that a test may break."""
    return Path(shutil.copytree(RUBRICS, tmp_path / "rubrics"))


def problems_of(folder: Path):
    with pytest.raises(ProblemsFound) as caught:
        load_rubrics(folder)
    return caught.value.problems


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8-sig")


def codes(problems) -> set[str]:
    return {problem.code for problem in problems}


# ---- what we ship ---------------------------------------------------------------------------------------------------


def test_levels_are_those_of_the_item_bank(rubrics):
    bank = sites.content().bank
    assert {c.level for c in rubrics.performance} == {level.number for level in bank.levels}


def test_each_level_and_strand_has_every_band(rubrics):
    bands = [band.number for band in rubrics.bands]
    found: dict[tuple[int, Strand], list[int]] = {}
    for criterion in rubrics.performance:
        found.setdefault((criterion.level, criterion.strand), []).append(criterion.band)
    assert all(numbers == bands for numbers in found.values())


def test_four_to_six_teaching_steps_at_each_level_in_order(rubrics):
    for level in {c.level for c in rubrics.performance}:
        orders = [s.order for s in rubrics.teaching_steps if s.level == level]
        assert orders == list(range(1, len(orders) + 1))
        assert 4 <= len(orders) <= 6


def test_strands_of_steps_are_described_at_their_level(rubrics):
    described = {(c.level, c.strand) for c in rubrics.performance}
    assert {(s.level, s.strand) for s in rubrics.teaching_steps} <= described


def test_every_framework_has_criteria_in_every_band(rubrics):
    assert [f.number for f in rubrics.frameworks] == list(range(1, 10))
    for framework in rubrics.frameworks:
        of = [c for c in rubrics.framework_criteria if c.framework == framework.number]
        assert len({c.criterion for c in of}) >= 3
        assert len(of) == len({c.criterion for c in of}) * len(rubrics.bands)


def test_no_descriptor_is_said_twice(rubrics):
    texts = [c.descriptor for c in rubrics.performance] + [c.descriptor for c in rubrics.framework_criteria]
    assert len({t.th for t in texts}) == len(texts) == len({t.en for t in texts})


def test_what_a_band_means_changes_more_than_a_word(rubrics):
    """Bands next to each other share less than half of their words: no sentence varied by machine."""
    bands = {
        (c.level, c.strand, c.band): set(re.findall(r"[a-z]{3,}", c.descriptor.en.lower())) for c in rubrics.performance
    }
    for (level, strand, band), words in bands.items():
        above = bands.get((level, strand, band + 1), set())
        assert len(words & above) <= len(words | above) / 2, (level, strand, band)


def test_rules_of_the_player_are_there_with_source_and_evidence(rubrics):
    rules = {rule.id: rule for rule in rubrics.promotion}
    assert {"EGRA-SC", "EGRA-HES-3S", "EGRA-STOP-N", "EGRA-STOP-LINE1", "PSC-ALT", "PSC-ACCENT"} <= set(rules)
    assert all(rule.source.th and rule.source.en and rule.grade_of_evidence for rule in rules.values())
    assert rules["MASTERY-80"].value == rubrics.mastery
    assert rules["MASTERY-80"].grade_of_evidence == "provisional"


def test_same_content_same_version_other_content_other_version(folder, rubrics):
    assert load_rubrics(folder).version == rubrics.version
    replace(folder / "bands.csv", "Beginning", "Starting")
    assert load_rubrics(folder).version != rubrics.version


def test_rows_in_another_order_are_the_same_rubrics(folder, rubrics):
    path = folder / "performance.csv"
    header, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n", "utf-8")
    assert load_rubrics(folder) == rubrics


# ---- what is broken -------------------------------------------------------------------------------------------------


def test_every_fault_is_reported_at_once_with_its_place(folder):
    replace(folder / "performance.csv", "L2-GS-1,2,grapheme_sounds,1", "L2-GS-1,two,letters,7")
    replace(folder / "bands.csv", "0.80", "80%")
    found = problems_of(folder)
    places = {(p.place.file, p.place.row, p.place.column, p.value) for p in found}
    row = next(p.place.row for p in found if p.value == "two")
    assert ("performance.csv", row, "strand", "letters") in places
    assert ("performance.csv", row, "band", "7") in places
    assert ("bands.csv", 4, "minimum", "80%") in places
    line = (folder / "performance.csv").read_text("utf-8-sig").splitlines()[row - 1]
    assert line.startswith("L2-GS-1,")


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("performance.csv", "L1-PA-2,1,", "L1-PA-1,1,", "rubrics.repeated"),
        ("performance.csv", "L3-SP-4,3,spelling,4", "L3-SP-4,3,spelling,3", "rubrics.band_missing"),
        ("performance.csv", "id,level", "id,grade", "content.column_missing"),
        (
            "teaching_steps.csv",
            "L4-STEP-2,4,phonemic_awareness,2",
            "L4-STEP-2,4,phonemic_awareness,1",
            "rubrics.repeated",
        ),
        ("teaching_steps.csv", "L4-STEP-2,4,", "L4-STEP-2,12,", "rubrics.level_missing"),
        ("bands.csv", "เริ่มต้น", "Beginner", "rubrics.not_thai"),
        ("bands.csv", "Beginning", "เริ่ม", "rubrics.thai_in_english"),
        ("bands.csv", "Beginning", " ", "content.empty"),
        ("bands.csv", "0.50", "0.90", "rubrics.out_of_order"),
        ("bands.csv", "0.80", "0.75", "content.choice"),
        ("promotion.toml", 'source = "EGRA-2016"', 'source = "HEARSAY"', "content.choice"),
        ("references.csv", "ลำดับระดับของโครงการเอง", "The ladder", "rubrics.not_thai"),
        ("promotion.toml", 'evidence = "expert"', 'evidence = "certain"', "content.choice"),
        ("promotion.toml", "mastery = 0.80", "mastery = ", "content.toml"),
        ("promotion.toml", "value = 8\n", 'value = "eight"\n', "content.number"),
        ("frameworks.csv", "\n9,", "\n8,", "rubrics.repeated"),
        ("framework_criteria.csv", "F3-B,3,", "F3-B,33,", "content.choice"),
        ("framework_criteria.csv", "F3-B,3,", "F3-Z,3,", "rubrics.band_missing"),
        ("framework_descriptors.csv", "F3-B,2,", "F3-B,1,", "rubrics.repeated"),
    ],
)
def test_a_broken_row_is_named(folder, file, old, new, code):
    replace(folder / file, old, new)
    found = problems_of(folder)
    assert code in codes(found)
    assert any(p.place.file.endswith((".csv", ".toml")) for p in found if p.code == code)
    for language in ("th", "en"):
        assert all(line and "{" not in line for line in render_all(found, language))


@pytest.mark.parametrize("file", sorted(path.name for path in RUBRICS.iterdir()))
def test_a_missing_or_unreadable_file_is_named(folder, file):
    (folder / file).unlink()
    assert any(p.place.file == file for p in problems_of(folder))
    (folder / file).write_bytes("ระดับ".encode("cp874"))
    assert any(p.place.file == file for p in problems_of(folder))


def test_a_level_that_only_one_side_knows(rubrics):
    found = check_levels(rubrics, range(2, 11))
    assert {(p.code, p.value) for p in found} == {("rubrics.level_missing", "10"), ("rubrics.level_unknown", "1")}
