"""Synthetic speech: from phonemes, in a process of its own, and nothing rather than a wrong sound."""

from __future__ import annotations

import subprocess
import sys

import pytest

from phonics_app.content.phonemes import IPA
from phonics_app.domain.sound import Sound, SoundKind
from phonics_app.speech import espeak
from phonics_app.speech.take import measure
from phonics_app.speech.treatment import RATE

pytest.importorskip("espeakng_loader")
ALL = [Sound(SoundKind.PHONEME, phonemes=(phoneme,)) for phoneme in IPA]
CHAY = Sound(SoundKind.PSEUDO_WORD, "chay", ("CH", "EY"))


def test_every_phoneme_has_its_notation():
    assert (espeak.VOWELS | espeak.CONSONANTS).keys() == IPA.keys()


def test_what_can_be_said_is_heard_and_nothing_else():
    heard = {sound: samples is not None for sound, samples in zip(ALL, espeak.synthesise(ALL), strict=True)}
    assert heard == {sound: espeak.can_say(sound) for sound in ALL}
    assert sum(heard.values()) == 30


def test_a_made_up_word_is_said_from_its_phonemes():
    chay, word = espeak.synthesise([CHAY, Sound(SoundKind.WORD, "said")])
    assert measure(chay, RATE).voice_db == pytest.approx(-20, abs=0.5)
    assert 0.3 < len(chay) / RATE < 1.0
    assert 0.3 < len(word) / RATE < 1.0


def test_the_first_vowel_is_stressed():
    assert espeak.notation(CHAY) == "[[tS|'eI]]"
    tator = Sound(SoundKind.PSEUDO_WORD, "tator", ("T", "EY", "T", "ER"))
    assert espeak.notation(tator) == "[[t|'eI|t|3:]]"


def test_brackets_in_a_text_are_no_phonemes():
    assert "[" not in espeak.notation(Sound(SoundKind.SENTENCE, "Say [[k]] now."))


def test_without_the_wheel_nothing_is_said(monkeypatch):
    monkeypatch.setattr(espeak, "_PACKAGE", "no_such_package")
    assert not espeak.can_say(CHAY)
    assert espeak.synthesise([CHAY]) == [None]


def test_a_program_that_fails_says_nothing(monkeypatch, tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemExit('no voice')")
    monkeypatch.setattr(espeak, "_PROGRAM", broken)
    assert espeak.synthesise([CHAY, CHAY]) == [None, None]


def test_the_library_is_not_loaded_into_this_process():
    code = (
        "import sys; from phonics_app.speech import espeak; from phonics_app.domain.sound import Sound, SoundKind;"
        "espeak.synthesise([Sound(SoundKind.WORD, 'cat')]); sys.exit('espeakng_loader' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
