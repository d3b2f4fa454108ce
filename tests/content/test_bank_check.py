"""Each rule of the item bank: one deliberately broken bank, found at its exact place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from phonics_app.content.bank_blueprints import AUTO_STOP_RULES
from phonics_app.content.bank_check import check_bank
from phonics_app.domain.errors import Problem
from phonics_app.engine.rules import AUTO_STOP_RULES as ENGINE_RULES
from phonics_app.locales.errors.content import MESSAGES
from tests.content.small_bank import SmallBank

ITEMS = "items/items.csv"
Break = Callable[[SmallBank], None]


def test_the_small_bank_has_no_fault(tmp_path):
    assert check_bank(SmallBank().write(tmp_path)) == ()


def found(bank: SmallBank, tmp_path) -> list[tuple[str, str, int | None, str, str]]:
    return [_short(problem) for problem in check_bank(bank.write(tmp_path))]


def _short(problem: Problem) -> tuple[str, str, int | None, str, str]:
    return problem.code, problem.place.file, problem.place.row, problem.place.column, problem.value


ONE_CELL = [
    # item, column, new value, code, column of the fault, value shown
    ("WR-20", "id", "", "content.empty", "id", ""),
    ("WR-21", "id", "WR-20", "content.id_repeated", "id", "WR-20"),
    ("WR-20", "level", "two", "content.number", "level", "two"),
    ("WR-20", "strand", "reading", "content.choice", "strand", "reading"),
    ("WR-20", "task", "rhyme", "content.task_strand", "task", "rhyme"),
    ("WR-20", "prompt_th", "", "content.empty", "prompt_th", ""),
    ("WR-20", "prompt_en", "", "content.empty", "prompt_en", ""),
    ("WR-20", "key", "", "content.empty", "key", ""),
    ("WR-20", "stimulus", "", "content.empty", "stimulus", ""),
    ("WR-20", "graphemes", "", "content.empty", "graphemes", ""),
    ("WR-20", "phonemes", "", "content.empty", "phonemes", ""),
    ("WR-20", "phonemes", "S AE", "content.phonemes_count", "phonemes", "S AE"),
    ("WR-20", "key", "set", "content.key_word", "key", "set"),
    ("WR-20", "graphemes", "t a s", "content.correspondence_unknown", "graphemes", "t /s/"),
    ("WR-20", "phonemes", "S IH T", "content.correspondence_unknown", "graphemes", "a /ɪ/"),
    ("WR-20", "skills", "skipping", "content.code_unknown", "skills", "skipping"),
    ("WR-20", "skills", "split_digraph", "content.too_late", "skills", "split_digraph"),
    ("WR-20", "transfer", "thai", "content.code_unknown", "transfer", "thai"),
    ("WR-20", "difficulty", "easy", "content.number", "difficulty", "easy"),
    ("WR-20", "difficulty", "nan", "content.number", "difficulty", "nan"),
    ("WR-20", "difficulty", "inf", "content.number", "difficulty", "inf"),
    ("WR-20", "standard_error", "-1", "content.number", "standard_error", "-1"),
    ("WR-20", "difficulty_source", "guess", "content.choice", "difficulty_source", "guess"),
    ("WR-20", "guessing", "0.9", "content.number", "guessing", "0.9"),
    ("WR-20", "guessing", "0.25", "content.guessing_open", "guessing", "0.25"),
    ("WR-20", "status", "ready", "content.choice", "status", "ready"),
    ("WR-20", "version", "0", "content.number", "version", "0"),
    ("WR-20", "since", "20/11/2569", "content.date", "since", "20/11/2569"),
    ("WR-30", "level", "2", "content.too_late", "graphemes", "a_e /eɪ/"),
    ("WR-20", "level", "3", "content.nothing_new", "level", "3"),
    ("WR-20", "level", "7", "content.level_unknown", "level", "7"),
    ("PW-20", "key", "/pɪt/", "content.key_sound", "key", "/pɪt/"),
    ("PW-20", "accepted", "/pɪ7/", "content.ipa", "accepted", "/pɪ7/"),
    ("PW-20", "accepted", "/pid/ | /pɪn/", "content.pseudo_sounds_like", "accepted", "/pɪn/ = pin"),
    ("PA-1", "prompt_en", "Which rhymes with yed?", "content.blocked", "prompt_en", "yed"),
    ("PA-1", "phonemes", "K AE T", "content.rhyme_onset", "phonemes", "K AE T"),
    ("PA-1", "phonemes", "T", "content.rhyme_onset", "phonemes", "T"),
]


@pytest.mark.parametrize(("item", "column", "value", "code", "at", "shown"), ONE_CELL)
def test_a_broken_cell_is_named(tmp_path, item, column, value, code, at, shown):
    bank = SmallBank()
    row = bank.row(item)
    bank.change(item, **{column: value})
    assert (code, ITEMS, row, at, shown) in found(bank, tmp_path)


def test_a_number_too_long_to_be_one_is_no_fault_of_ours(tmp_path):
    bank = SmallBank()
    bank.change("WR-20", level="9" * 5000)
    assert ("content.number", ITEMS, bank.row("WR-20"), "level", "9" * 5000) in found(bank, tmp_path)


def _read_as(bank: SmallBank, item: str, word: str, graphemes: str, phonemes: str) -> None:
    bank.change(item, stimulus=word, key=word, graphemes=graphemes, phonemes=phonemes)


def test_graphemes_must_spell_the_word(tmp_path):
    bank = SmallBank()
    bank.change("WR-30", graphemes="m a k", phonemes="M AE K")
    assert ("content.spelling", ITEMS, bank.row("WR-30"), "graphemes", "mak") in found(bank, tmp_path)


def test_a_word_that_no_dictionary_has_needs_its_pronunciation_in_the_file(tmp_path):
    bank = SmallBank()
    _read_as(bank, "WR-21", "pimsat", "p i m s a t", "P IH M S AE T")
    assert found(bank, tmp_path) == [("content.word_unknown", ITEMS, bank.row("WR-21"), "stimulus", "pimsat")]
    bank.pronunciations = [{"word": "pimsat", "phonemes": "P IH M S AE T", "reason": "a name"}]
    assert found(bank, tmp_path) == []
    bank.pronunciations[0]["phonemes"] = "P IH M Z AE T"
    assert found(bank, tmp_path) == [("content.pronunciation", ITEMS, bank.row("WR-21"), "phonemes", "/pɪmsæt/")]


def test_phonemes_of_a_word_must_agree_with_the_dictionary(tmp_path):
    bank = SmallBank()
    _read_as(bank, "WR-31", "lamp", "l a m p", "L AE M P")
    _read_as(bank, "WR-32", "maple", "m a_e p l", "M EY P L")
    codes = [(code, row, value) for code, _, row, _, value in found(bank, tmp_path)]
    assert ("content.spelling", bank.row("WR-32"), "mapel") in codes
    assert ("content.pronunciation", bank.row("WR-32"), "/meɪpl/") in codes
    assert not [c for c in codes if c[1] == bank.row("WR-31")]


def test_the_key_shows_a_weak_sound_where_the_table_does(tmp_path):
    bank = SmallBank()
    strong = next(row for row in bank.graphemes if row["id"] == "u=AH")
    said = {"stimulus": "mupf", "graphemes": "m u p f", "phonemes": "M AH P F", "level": "3", "skills": ""}
    for ipa, key, expected in (("ə", "/mʌpf/", ["/məpf/"]), ("ə", "/məpf/", []), ("ʌ", "/mʌpf/", [])):
        strong["ipa"] = ipa
        bank.change("PW-20", **said, key=key)
        problems = check_bank(bank.write(tmp_path))
        assert [p.expected for p in problems if p.code == "content.key_sound"] == expected, (ipa, key)


def test_cot_and_caught_are_one_vowel(tmp_path):
    bank = SmallBank()
    bank.graphemes.append(bank.graphemes[0] | {"id": "o=AO", "grapheme": "o", "phonemes": "AO", "level": "3"})
    _read_as(bank, "WR-30", "top", "t o p", "T AO P")
    assert found(bank, tmp_path) == []


@pytest.mark.parametrize(
    ("word", "graphemes", "phonemes", "key", "code", "column"),
    [
        ("sat", "s a t", "S AE T", "/sæt/", "content.pseudo_is_word", "stimulus"),
        ("tipp", "t i p p", "T IH P -", "/tɪp/", "content.pseudo_sounds_like", "phonemes"),
        ("mid", "m i d", "M IH D", "/mɪd/", "content.pseudo_sounds_like", "phonemes"),
    ],
)
def test_a_made_up_word_is_neither_a_word_nor_sounds_like_one(tmp_path, word, graphemes, phonemes, key, code, column):
    bank = SmallBank()
    bank.change("PW-20", stimulus=word, graphemes=graphemes, phonemes=phonemes, key=key)
    problems = [(found_code, row, at) for found_code, _, row, at, _ in found(bank, tmp_path)]
    assert (code, bank.row("PW-20"), column) in problems


def test_a_made_up_word_that_sounds_like_a_rude_one_is_refused(tmp_path):
    bank = SmallBank()
    bank.blocked.append({"word": "nim", "phonemes": "N IH M", "language": "th", "reason": "rude"})
    problems = found(bank, tmp_path)
    assert ("content.blocked", ITEMS, bank.row("PW-22"), "phonemes", "nim") in problems
    assert ("content.blocked", ITEMS, bank.row("PW-22"), "stimulus", "nim") in problems


@pytest.mark.parametrize("phonemes", ["AE T", "IY", ""])
def test_a_rhyme_may_name_what_is_the_same_from_the_vowel_on(tmp_path, phonemes):
    bank = SmallBank()
    bank.change("PA-1", phonemes=phonemes)
    assert found(bank, tmp_path) == []


@pytest.mark.parametrize("task", ["isolation", "identity", "categorisation"])
def test_a_sound_that_stands_alone_has_no_end_of_a_word(tmp_path, task):
    bank = SmallBank()
    bank.change("PA-1", task=task, phonemes="D", transfer="final_stop")
    assert found(bank, tmp_path) == [("content.transfer_place", ITEMS, bank.row("PA-1"), "transfer", "final_stop")]
    bank.change("PA-1", phonemes="AE D")
    assert found(bank, tmp_path) == []


def test_an_item_is_retired_because_its_word_is_blocked(tmp_path):
    bank = SmallBank()
    bank.blocked.append({"word": "nim", "phonemes": "N IH M", "language": "th", "reason": "rude"})
    bank.change("PW-22", status="retired")
    assert "content.blocked" not in {code for code, *_ in found(bank, tmp_path)}


def test_the_same_question_twice(tmp_path):
    bank = SmallBank()
    _read_as(bank, "WR-21", "sat", "s a t", "S AE T")
    assert found(bank, tmp_path) == [("content.item_repeated", ITEMS, bank.row("WR-21"), "stimulus", "sat")]


def _retire(bank: SmallBank) -> None:
    bank.change("WR-20", status="retired")


def _one_strand_more(bank: SmallBank) -> None:
    bank.levels = bank.levels.replace("strands = 1", "strands = 2")


def _no_items(bank: SmallBank) -> None:
    bank.items = [item for item in bank.items if item["strand"] != "pseudo_word_reading"]


def _too_few(bank: SmallBank) -> None:
    bank.items = [item for item in bank.items if item["id"] not in ("WR-20", "WR-21", "PW-20", "PW-21", "PW-22")]


WHOLE_BANK: list[tuple[Break, str, str, str, str]] = [
    (_retire, "content.block_items", "items/*.csv", "level 2, word_reading", "3"),
    (_too_few, "content.level_items", "items/*.csv", "level 2", "3"),
    (_one_strand_more, "content.level_strands", "items/*.csv", "level 1", "1"),
    (_no_items, "content.strand_empty", "blueprints.toml", "blueprints[0].blocks[2]", "pseudo_word_reading"),
]


@pytest.mark.parametrize(("break_it", "code", "file", "column", "value"), WHOLE_BANK)
def test_the_bank_as_a_whole(tmp_path, break_it, code, file, column, value):
    bank = SmallBank()
    break_it(bank)
    assert (code, file, None, column, value) in found(bank, tmp_path)


LEVELS_AND_BLUEPRINTS = [
    ("levels", "number = 3", "number = 2", "content.level_repeated", "number", "2"),
    ("levels", 'entry_grades = ["K1"]', 'entry_grades = ["K9"]', "content.field", "levels[0].entry_grades[0]", "'K9'"),
    ("levels", "active_items = 4", 'active_items = "4"', "content.field", "minimum.active_items", "'4'"),
    ("levels", "[minimum]", "[minimum", "content.toml", "", None),
    ("levels", "[[levels]]", "[[steps]]", "content.field", "levels", ""),
    ("blueprints", "variants = 2", "", "content.field", "blueprints[0].variants", "None"),
    ("blueprints", "M6 = 1", "M6 = 8", "content.level_unknown", "blueprints[0].expected_level.M6", "8"),
    ("blueprints", "variants = 2", "variants = 0", "content.number", "blueprints[0].variants", "0"),
    (
        "blueprints",
        "variants = 2",
        "variants = 2\nguessers = [{ share = 1, guessing = 3 }]",
        "content.number",
        "blueprints[0].guessers[0].guessing",
        "3.0",
    ),
    (
        "blueprints",
        "variants = 2",
        "variants = 2\nguessers = [{ share = 0.5, guessing = 0 }, { share = 0.4, guessing = 0.2 }]",
        "content.number",
        "blueprints[0].guessers.share",
        "0.9",
    ),
    (
        "blueprints",
        "variants = 2",
        "variants = 2\nguessers = []",
        "content.number",
        "blueprints[0].guessers.share",
        "0",
    ),
    (
        "blueprints",
        "sure_probability = 0.8",
        "sure_probability = 80",
        "content.number",
        "blueprints[0].stopping.sure_probability",
        "80.0",
    ),
    (
        "blueprints",
        "maximum_seconds = 600",
        "maximum_seconds = 600\nitem_cost = 2",
        "content.number",
        "blueprints[0].stopping.item_cost",
        "2.0",
    ),
    ("blueprints", "line_length = 2", "line_length = 3", "content.number", "blueprints[0].blocks[2].line_length", "3"),
    ("blueprints", "EGRA-STOP-N", "STOP", "content.choice", "blueprints[0].blocks[1].auto_stop", "STOP"),
    ("blueprints", 'say = { th = "พูด"', 'say = { th = " "', "content.empty", "blueprints[0].blocks[0].say.th", ""),
    (
        "blueprints",
        "pseudo_word_reading",
        "word_reading",
        "content.strand_repeated",
        "blueprints[0].blocks[2].strand",
        "word_reading",
    ),
    (
        "blueprints",
        "[[blueprints]]",
        '[[blueprints]]\nid = "x"\n[[blueprints]]',
        "content.field",
        "blueprints[0].name",
        "None",
    ),
    ("levels", 'focus = { th = "ฟังเสียง"', 'focus = { th = ""', "content.empty", "levels[0].focus.th", ""),
    ("blueprints", "M6 = 1", "M7 = 1", "content.choice", "blueprints[0].expected_level.M7", "M7"),
    ("blueprints", "M6 = 1", "", "content.grade_missing", "blueprints[0].expected_level", "M6"),
]


@pytest.mark.parametrize(("name", "old", "new", "code", "column", "value"), LEVELS_AND_BLUEPRINTS)
def test_levels_and_blueprints(tmp_path, name, old, new, code, column, value):
    bank = SmallBank()
    text = getattr(bank, name)
    assert old in text
    setattr(bank, name, text.replace(old, new))
    problems = check_bank(bank.write(tmp_path))
    fitting = [p for p in problems if (p.code, p.place.file, p.place.column) == (code, f"{name}.toml", column)]
    assert fitting
    assert value is None or value in [p.value for p in fitting]


TABLES = [
    ("graphemes", "id", "a=AE", "content.id_repeated"),
    ("graphemes", "phonemes", "SS", "content.phoneme_unknown"),
    ("graphemes", "position", "start", "content.choice"),
    ("graphemes", "level", "x", "content.number"),
    ("graphemes", "level", "12", "content.level_unknown"),
    ("graphemes", "transfer", "th_t", "content.code_unknown"),
    ("graphemes", "ipa", "", "content.empty"),
    ("transfer", "target", "TT", "content.phoneme_unknown"),
    ("transfer", "grade_of_evidence", "sure", "content.choice"),
    ("transfer", "source", "", "content.empty"),
]


@pytest.mark.parametrize(("table", "column", "value", "code"), TABLES)
def test_the_other_tables(tmp_path, table, column, value, code):
    bank = SmallBank()
    getattr(bank, table)[0][column] = value
    assert (code, f"{table}.csv", column) in [(c, file, at) for c, file, _, at, _ in found(bank, tmp_path)]


def test_word_lists_are_checked_too(tmp_path):
    bank = SmallBank()
    bank.blocked[0]["phonemes"] = "Y EE D"
    bank.pronunciations = [{"word": "sat", "phonemes": "S AE T", "reason": ""}]
    assert found(bank, tmp_path) == [
        ("content.phoneme_unknown", "blocked_words.csv", 2, "phonemes", "EE"),
        ("content.empty", "pronunciations.csv", 2, "reason", ""),
    ]


def test_all_faults_come_at_once_in_the_order_of_the_files(tmp_path):
    bank = SmallBank()
    bank.change("WR-20", guessing="0.25")
    bank.change("PA-1", status="ready")
    bank.blueprints = bank.blueprints.replace("M6 = 1", "")
    problems = found(bank, tmp_path)
    assert [(file, row) for _, file, row, _, _ in problems] == [
        ("blueprints.toml", None),
        ("items/*.csv", None),
        ("items/*.csv", None),
        (ITEMS, bank.row("PA-1")),
        (ITEMS, bank.row("WR-20")),
    ]


def test_auto_stop_rules_are_those_of_the_engine():
    assert {*AUTO_STOP_RULES} == {*ENGINE_RULES, ""}


def test_every_code_has_a_message():
    tested = {row[3] for row in ONE_CELL} | {row[1] for row in WHOLE_BANK} | {row[3] for row in LEVELS_AND_BLUEPRINTS}
    assert {code for code in tested if code not in MESSAGES} == set()
