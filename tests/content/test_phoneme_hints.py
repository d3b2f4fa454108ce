"""Hints how to say each phoneme: every phoneme of the table has one, in both languages."""

from __future__ import annotations

import pytest

from phonics_app.content.check import check_content
from phonics_app.content.phoneme_hints import FILE, check_hints, load_hints
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.sound import PhonemeHint
from phonics_app.domain.text import Text
from phonics_app.locales.messages import render
from phonics_app.speech.sounds import needed_sounds
from tests import sites
from tests.content.small_bank import SmallBank

HEADER = "phonemes,hint_th,hint_en\n"


@pytest.fixture
def folder(tmp_path):
    SmallBank().write(tmp_path)
    return tmp_path


def written(folder, *rows):
    (folder / FILE).write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return [render(problem, "en") for problem in check_hints(folder)]


def phonemes_without(folder):
    written(folder)
    return [problem.value for problem in check_hints(folder)]


def test_every_phoneme_of_the_table_needs_one(folder):
    without = phonemes_without(folder)
    assert {"S", "AE", "T"} < set(without)
    rows = [f"{phoneme},พูด,Say" for phoneme in without]
    assert written(folder, *rows) == []
    assert written(folder, *(row for row in rows if not row.startswith("AE,"))) == [
        f"file {FILE}, column phonemes: There is no hint how to say /ə/ x; add a row for the phonemes “AE”."
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("T,,Say", "row 2, column hint_th: This cell is empty; it is needed."),
        ("T,พูด,", "row 2, column hint_en: This cell is empty; it is needed."),
        (",พูด,Say", "row 2, column phonemes: This cell is empty; it is needed."),
        ("QQ,พูด,Say", "row 2, column phonemes: “QQ” is not a phoneme"),
    ],
)
def test_faulty_rows(folder, row, message):
    found = written(folder, row)
    assert len(found) == 1
    assert found[0].startswith(f"file {FILE}, {message}")
    with pytest.raises(ProblemsFound):
        load_hints(folder)


def test_two_for_one_phoneme(folder):
    assert written(folder, "T,พูด,Say", "T,พูด,Say") == [
        f"file {FILE}, row 3, column phonemes: “T” has a hint already, in row 2."
    ]


def test_a_vowel_with_r_is_one_sound(folder):
    (folder / FILE).write_text(HEADER + "AA R,พูด,Say\n", encoding="utf-8")
    assert load_hints(folder) == (PhonemeHint(("AA", "R"), Text("พูด", "Say")),)


def test_the_shipped_ones():
    content = sites.content()
    phonemes = [n for n in needed_sounds(content.bank, content.hints) if n.sound.elementary]
    assert len(phonemes) == 44
    assert [n.ipa for n in phonemes if n.hint is None] == []
    # Short enough to be read on a phone beside the button, and each says something of its own.
    assert [h.phonemes for h in content.hints if len(h.text.th) > 120 or len(h.text.en) > 140] == []
    assert len({h.text for h in content.hints}) == len(content.hints)


def test_check_bank_looks_at_them():
    assert [problem for problem in check_content(sites.ROOT) if problem.place.file == FILE] == []
