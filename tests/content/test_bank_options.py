"""Choice items: each rule is broken once, and the fault names its place."""

from __future__ import annotations

import pytest

from phonics_app.content.bank import load_bank
from phonics_app.content.bank_check import check_bank
from phonics_app.content.bank_items import read_option
from phonics_app.domain.bank import Option
from phonics_app.domain.strand import Task
from phonics_app.engine.assembly import assemble_plan
from tests import sites
from tests.content.small_bank import SmallBank, make_item

SOUND = {
    "strand": "grapheme_sounds", "task": "choose_grapheme", "key": "m", "graphemes": "m", "phonemes": "M",
    "options": "m | n:sound | p:unrelated | d:final_stop", "guessing": "0.25",
}  # fmt: skip
WORD = {
    "strand": "spelling", "task": "choose_spelling", "key": "sat", "graphemes": "s a t", "phonemes": "S AE T",
    "options": "sat | tas:order | sit:vowel", "guessing": "0.3333",
}  # fmt: skip
PICTURE = {
    "strand": "vocabulary", "task": "choose_picture", "key": "🐱", "phonemes": "K AE T",
    "options": "🐱=cat | 🐶=dog:meaning | 🎩=hat:part", "guessing": "0.3333",
}  # fmt: skip
DICTATION = {"strand": "spelling", "task": "spell_word", "key": "sat", "graphemes": "s a t", "phonemes": "S AE T"}


def bank_with(tmp_path, **changes: str):
    """A bank with one item of each kind to choose from, the item CG-1 changed."""
    bank = SmallBank()
    bank.items.append(make_item("CG-1", 2, skills="cvc_word", **SOUND) | changes)
    bank.items.append(make_item("CS-1", 2, skills="cvc_word", **WORD))
    bank.items.append(make_item("CP-1", 1, skills="rhyme", **PICTURE))
    bank.items.append(make_item("SW-1", 2, skills="cvc_word", **DICTATION))
    return bank.write(tmp_path)


def faults(folder) -> set[tuple[str, str, str]]:
    return {(p.code, p.place.column, p.value) for p in check_bank(folder)}


def test_items_to_choose_from_are_read_with_their_options(tmp_path):
    folder = bank_with(tmp_path)
    assert faults(folder) == set()
    picture = load_bank(folder).item("CP-1")
    assert picture.options == (Option("🐱", "cat"), Option("🐶", "dog", "meaning"), Option("🎩", "hat", "part"))
    assert read_option(" b : visual ") == Option("b", "", "visual")


BROKEN = [
    ({"options": "m", "guessing": "0.5"}, "content.options_few", "options", "m"),
    ({"options": "m | n:sound | n:visual", "guessing": "0.3333"}, "content.options_few", "options", None),
    ({"options": "n:sound | p:unrelated", "guessing": "0.5"}, "content.options_key", "options", None),
    ({"guessing": "0.2"}, "content.options_guessing", "guessing", "0.2"),
    ({"options": "m:visual | n:sound | p:part | d:part"}, "content.options_key_error", "options", "visual"),
    ({"options": "m | n | p:part | d:part"}, "content.options_error", "options", "n:"),
    ({"options": "m | n:sond | p:part | d:part"}, "content.options_error", "options", "n:sond"),
    ({"options": "m | n=nose:sound | p:part | d:part"}, "content.options_name", "options", "n=nose"),
    ({"level": "3", "key": "k", "graphemes": "k", "phonemes": "K", "options": "k | c:spelling | p:part | m:part"},
     "content.options_right_too", "options", "c"),
    ({"options": ""}, "content.empty", "options", ""),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "column", "value"), BROKEN)
def test_a_broken_choice_is_named(tmp_path, changes, code, column, value):
    folder = bank_with(tmp_path, **changes)
    shown = changes["options"] if value is None else value
    assert (code, column, shown) in faults(folder)


def broken(tmp_path, item_id: str, **changes: str) -> set[tuple[str, str, str]]:
    folder = bank_with(tmp_path)
    path = folder / "items" / "items.csv"
    bank = SmallBank()
    bank.items += [make_item("CG-1", 2, skills="cvc_word", **SOUND), make_item("CS-1", 2, skills="cvc_word", **WORD)]
    bank.items += [make_item("CP-1", 1, skills="rhyme", **PICTURE), make_item("CP-2", 1, skills="rhyme", **PICTURE)]
    bank.change("CP-2", key="🐮", phonemes="K AW", options="🐮=cow | 🐶=dog:meaning | 🎩=hat:unrelated")
    bank.change(item_id, **changes)
    path.unlink()
    return faults(bank.write(folder))


def test_a_picture_has_a_name_and_one_only(tmp_path):
    options = "🐮=cow | 🐶=puppy:meaning | 🎩=hat:part"
    assert ("content.picture_names", "options", "🐶=puppy") in broken(tmp_path, "CP-2", options=options)


def test_a_name_has_one_picture(tmp_path):
    options = "🐮=cow | 🐕=dog:meaning | 🎩=hat:part"
    assert ("content.name_pictures", "options", "🐕=dog") in broken(tmp_path, "CP-2", options=options)


@pytest.mark.parametrize("shown", ["cow", "🐮"])
def test_a_picture_is_a_picture_with_a_name(tmp_path, shown):
    options = f"{shown} | 🐶=dog:meaning | 🎩=hat:part"
    assert ("content.options_picture", "options", shown) in broken(tmp_path, "CP-2", key=shown, options=options)


def test_a_word_that_sounds_alike_is_no_wrong_option(tmp_path):
    faulty = broken(
        tmp_path, "CS-1", key="mat", graphemes="m a t", phonemes="M AE T", options="mat | matt:spelling | met:vowel"
    )
    assert ("content.options_right_too", "options", "matt") in faulty


def test_what_is_heard_is_the_word_of_the_dictionary(tmp_path):
    assert ("content.pronunciation", "phonemes", "/kæp/") in broken(tmp_path, "CP-1", phonemes="K AE P")


def test_what_is_to_be_written_is_spelled_by_its_graphemes(tmp_path):
    codes = broken(tmp_path, "CS-1", graphemes="s i t")
    assert ("content.spelling", "graphemes", "sit") in codes


def test_a_split_digraph_is_chosen_as_it_is_written_in_the_table(tmp_path):
    shown = {"key": "a_e", "graphemes": "a_e", "phonemes": "EY", "options": "a_e | i_e:vowel | o_e:vowel | m:unrelated"}
    codes = {code for code, *_ in faults(bank_with(tmp_path, **shown))}
    assert "content.spelling" not in codes


def test_an_item_that_is_answered_aloud_has_no_options(tmp_path):
    assert ("content.options_open", "options", "a | b:visual") in broken(tmp_path, "WR-20", options="a | b:visual")


def test_a_test_takes_only_what_is_answered_aloud_unless_its_blueprint_names_tasks(tmp_path):
    bank = SmallBank()
    for item in bank.items:
        item["difficulty"] = str(2 * int(item["level"]))
    bank.items += [make_item(f"SW-{n}", 2, skills="cvc_word", **DICTATION) for n in range(4)]
    spelling = bank.blueprints[bank.blueprints.rindex("[[blueprints.blocks]]") :].replace(
        "pseudo_word_reading", "spelling"
    )
    bank.blueprints += spelling
    rubrics = sites.content().rubrics
    aloud = assemble_plan(load_bank(bank.write(tmp_path)), rubrics, "placement", 0)
    bank.blueprints += 'tasks = ["spell_word"]\n'
    with_dictation = assemble_plan(load_bank(bank.write(tmp_path)), rubrics, "placement", 0)
    assert Task.SPELL_WORD not in {item.task for item in aloud.items}
    assert Task.SPELL_WORD in {item.task for item in with_dictation.items}
