"""Blueprints of fixed forms: each rule broken once, and those that the product comes with."""

from __future__ import annotations

from pathlib import Path

import pytest

from phonics_app.content.check import check_content
from phonics_app.content.forms import form_problems, load_form_blueprints
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.form import FormKind
from phonics_app.locales.messages import render
from tests.content.small_bank import LEVELS

ROOT = Path(__file__).resolve().parents[2]
CHECK = """
[[forms]]
id = "level-check"
version = 1
name = { th = "เลื่อนระดับ", en = "Level check" }
kind = "level_check"
forms = 3
length = 8
seconds = 600
line_length = 4
rules = ["EGRA-SC"]

[[forms.parts]]
strand = "word_reading"
tasks = ["read_word"]
minimum = 4
maximum = 6

[[forms.parts]]
levels = [1, 2, 3]
strand = "grapheme_sounds"
tasks = ["say_sound"]
minimum = 2
maximum = 4
"""
PAPER = """
[[forms]]
id = "paper"
version = 1
name = { th = "กระดาษ", en = "Paper" }
kind = "paper"
forms = 2
length = 4
seconds = 0
line_length = 1
rules = []
bands = [[1, 2], [3]]

[[forms.parts]]
strand = "spelling"
tasks = ["spell_word"]
minimum = 0
maximum = 4
"""
FORMS = CHECK + PAPER
PLACE = "file forms.toml, column forms"


def write(folder: Path, forms: str = FORMS) -> Path:
    (folder / "levels.toml").write_text(LEVELS, encoding="utf-8")
    (folder / "forms.toml").write_text(forms, encoding="utf-8")
    return folder


def messages(folder: Path, language: str = "en") -> list[str]:
    return [render(problem, language) for problem in form_problems(folder)]


def test_a_file_without_fault(tmp_path):
    assert messages(write(tmp_path)) == []
    check, paper = load_form_blueprints(tmp_path)
    assert (check.id, check.kind, check.separate) == ("level-check", FormKind.LEVEL_CHECK, True)
    assert check.level_sets((1, 2, 3)) == ((1,), (2,), (3,))
    assert paper.level_sets((1, 2, 3)) == ((1, 2), (3,))


KINDS = "level_check | probe | listening | paper"
TASKS = "choose_grapheme, choose_picture, choose_spelling, spell_word"
BROKEN = [
    # old, new, message in English
    ('id = "level-check"', 'id = "Check_1"', "[0].id: The id “Check_1” has other signs than small letters and hyphens; "
     "write it like level-check"),
    ('id = "paper"', 'id = "level-check"', "[1].id: The id “level-check” is used already: forms.toml. "
     "An id is never used again."),
    ('th = "เลื่อนระดับ"', 'th = " "', "[0].name.th: This cell is empty; it is needed."),
    ('"level_check"', '"exam"', f"[0].kind: 'exam' does not fit this field; expected {KINDS}"),
    ("version = 1", "version = 0", "[0].version: “0” is not a fitting number; expected 1 … 100000"),
    ("forms = 3", "forms = 27", "[0].forms: “27” is not a fitting number; expected 1 … 26"),
    ("forms = 3", 'forms = "3"', "[0].forms: '3' does not fit this field; expected int"),
    ("length = 8", "length = 201", "[0].length: “201” is not a fitting number; expected 1 … 200"),
    ("seconds = 600", "seconds = -1", "[0].seconds: “-1” is not a fitting number; expected 0 … 7200"),
    ("line_length = 4", "line_length = 9", "[0].line_length: “9” is not a fitting number; expected 1 … 8"),
    ("seconds = 600", "seconds = 600\ncover_new = -1", "[0].cover_new: “-1” is not a fitting number; expected 0 … 8"),
    ("seconds = 600", "seconds = 600\ntransfer_neutral = 1.5", "[0].transfer_neutral: “1.5” is not a fitting number; "
     "expected 0 … 1"),
    ("seconds = 600", "seconds = 600\ntolerance = 0.0", "[0].tolerance: “0.0” is not a fitting number; "
     "expected 0.001 … 1"),
    ("seconds = 600", "seconds = 600\nfrom = 1", "[0].from: 1 does not fit this field; expected nothing"),
    ("seconds = 600\n", "", "[0].seconds: None does not fit this field; expected value"),
    ('["EGRA-SC"]', '["EGRA-SC", "EGRA-60"]', "[0].rules[1]: “EGRA-60” is not known; expected one of: EGRA-TIME-60, "
     "EGRA-HES-3S, EGRA-SC, EGRA-STOP-LINE1, EGRA-STOP-N, RATE-PM, ORF-ACC, CBM-OMIT, NWF-CLS, DORF-STOP, PSC-ALT, "
     "PSC-ACCENT"),
    ("[[1, 2], [3]]", "[[1, 2], [3, 4]]", "[1].bands[1]: There is no level “4”; levels: 1, 2, 3"),
    ("[[1, 2], [3]]", "[[2, 1], [3]]", "[1].bands[0]: Levels stand in order and once each: 1, 2, not 2, 1"),
    ("[[1, 2], [3]]", "[[3], [3]]", "[1].bands[1]: This set of levels is empty or stands there twice: 3"),
    ("[[1, 2], [3]]", "[[], [3]]", "[1].bands[0]: This set of levels is empty or stands there twice: "),
    ("levels = [1, 2, 3]", "levels = [1, 9]", "[0].parts[1].levels: There is no level “9”; levels: 1, 2, 3"),
    ('["read_word"]', '["say_word"]', "[0].parts[0].tasks[0]: 'say_word' does not fit this field; expected "),
    ('["read_word"]', '["rhyme"]', "[0].parts[0].tasks[0]: The task “rhyme” does not belong to this strand; "
     "tasks that do: read_word"),
    ("minimum = 4", "minimum = 7", "[0].parts[0].minimum: “7 … 6” is not a fitting number; "
     "expected 0 ≤ minimum ≤ maximum, maximum ≥ 1"),
    ('strand = "spelling"\ntasks = ["spell_word"]', 'strand = "word_reading"\ntasks = ["read_word"]',
     f"[1].parts[0].tasks: A whole class can't answer “read_word” at once; tasks that it can: {TASKS}"),
    ('kind = "paper"', 'kind = "listening"', "[1].parts[0].tasks: A whole class can't answer “spell_word” at once; "
     "tasks that it can: choose_grapheme, choose_picture, choose_spelling"),
    ('strand = "spelling"', 'levels = [3]\nstrand = "spelling"',
     "[1].parts: No part is meant for forms of level 1, 2."),
    ('strand = "grapheme_sounds"\ntasks = ["say_sound"]', 'strand = "oral_reading_fluency"',
     "[0].parts: Passages can't stand in one form with items (level 2)."),
    ('strand = "grapheme_sounds"\ntasks = ["say_sound"]', 'strand = "word_reading"\ntasks = ["read_word"]',
     "[0].parts: Two parts of a form ask for the same task: level 1: read_word"),
    ("length = 8", "length = 5", "[0].parts: A form should have 5 items, but its parts allow: level 1: 6 … 10"),
    ("length = 8", "length = 11", "[0].parts: A form should have 11 items, but its parts allow: level 1: 6 … 10"),
    ("bands = ", "recur = true\nbands = ", "[1].parts: A form should have 4 items, but its parts allow: "
     "level 1, 2: 0 … 4"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN)
def test_each_rule_broken_once_is_told_with_its_place(tmp_path, old, new, message):
    assert old in FORMS
    found = messages(write(tmp_path, FORMS.replace(old, new, 1)))
    assert any(line.startswith(PLACE + message) for line in found), found
    assert all(any("ก" <= sign <= "๛" for sign in line) for line in messages(tmp_path, "th"))
    with pytest.raises(ProblemsFound) as refused:
        load_form_blueprints(tmp_path)
    assert len(refused.value.problems) == len(found)


@pytest.mark.parametrize(
    ("forms", "message"),
    [
        ("", "file forms.toml, column forms:  does not fit this field; expected [[forms]]"),
        ("title = 1", "file forms.toml, column forms:  does not fit this field; expected [[forms]]"),
        ("[[forms]", "file forms.toml: The file is not valid TOML: "),
    ],
)
def test_a_file_that_holds_no_forms(tmp_path, forms, message):
    (found,) = messages(write(tmp_path, forms))
    assert found.startswith(message)


def test_a_file_that_is_missing(tmp_path):
    write(tmp_path)
    (tmp_path / "forms.toml").unlink()
    assert messages(tmp_path) == ["file forms.toml: The file is missing."]


def test_the_shipped_blueprints():
    blueprints = {blueprint.id: blueprint for blueprint in load_form_blueprints(ROOT / "item_bank")}
    kinds = {blueprint.kind for blueprint in blueprints.values()}
    assert kinds == set(FormKind)
    assert blueprints["level-check"].forms == 3
    assert blueprints["level-check"].tolerance <= 0.02
    assert all("EGRA-TIME-60" in b.rules for b in blueprints.values() if b.kind is FormKind.PROBE)
    assert {b.seconds for b in blueprints.values() if b.kind is FormKind.PROBE} == {60}


def test_all_content_is_checked_with_the_forms(tmp_path):
    for name in ("item_bank", "rubrics"):
        (tmp_path / name).symlink_to(ROOT / name)
    assert not [p for p in check_content(tmp_path) if p.place.file == "forms.toml"]
    (tmp_path / "item_bank").unlink()
    (tmp_path / "item_bank").mkdir()
    for path in (ROOT / "item_bank").iterdir():
        if path.name != "forms.toml":
            (tmp_path / "item_bank" / path.name).symlink_to(path)
    assert [p.code for p in check_content(tmp_path) if p.place.file == "forms.toml"] == ["content.file_missing"]
