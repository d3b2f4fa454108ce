"""Phonemes, the two notations of sounds, and the dictionary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.content import dictionary
from phonics_app.content.dictionary import Pronunciation, english
from phonics_app.content.phonemes import IPA, from_ipa, parse_ipa, to_ipa
from phonics_app.domain.errors import PhonicsError


@given(st.lists(st.sampled_from(sorted(IPA)), min_size=1))
def test_ipa_of_single_phonemes_is_read_back(phonemes):
    spaced = " ".join(to_ipa([p]).strip("/") for p in phonemes)
    assert from_ipa(spaced) == tuple(phonemes)


@pytest.mark.parametrize(
    ("ipa", "phonemes"),
    [("/ʃɪp/", "SH IH P"), ("/dʒɛp/", "JH EH P"), ("/zɜrt/", "Z ER T"), ("/flɛʃəl/", "F L EH SH AH L")],
)
def test_ipa_without_spaces_is_read(ipa, phonemes):
    assert parse_ipa(ipa) == tuple(phonemes.split())


def test_unknown_ipa_is_none():
    assert parse_ipa("/ʃyp/") is None


def test_variants_of_a_pronunciation():
    rabbit = Pronunciation(("R", "AE", "B", "AH", "T"), (False, True, False, False, False))
    assert rabbit.agrees(("R", "AE", "B", "IH", "T"))
    assert not rabbit.agrees(("R", "EH", "B", "AH", "T")), "a stressed vowel is not interchangeable"
    assert not rabbit.agrees(("R", "AE", "B"))
    dog = Pronunciation(("D", "AO", "G"), (False, True, False))
    assert dog.agrees(("D", "AA", "G"))


def test_a_missing_dictionary_is_one_clear_error(monkeypatch):
    monkeypatch.setattr(dictionary, "_PACKAGE", "no_such_package")
    with pytest.raises(PhonicsError) as refused:
        dictionary.lexicon_path()
    assert (refused.value.code, refused.value.data) == ("content.dictionary_missing", {"package": "no-such-package"})


def test_the_dictionary_knows_words_and_sounds():
    words = english()
    assert [p.phonemes for p in words.pronunciations("ship")] == [("SH", "IH", "P")]
    assert words.pronunciations("shippo") == ()
    assert words.word_sounding(("N", "AY", "T")) in {"night", "knight"}
    assert words.word_sounding(("Z", "AO", "P", "SH")) is None
