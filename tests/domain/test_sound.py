"""Sounds are named by their content."""

from __future__ import annotations

import pytest

from phonics_app.domain.sound import Sound, SoundKind

CAT = Sound(SoundKind.WORD, "cat")


def test_equal_content_has_one_key_for_ever():
    assert CAT.key == Sound(SoundKind.WORD, "cat").key == "8009674bd0df98cdce43d20903355529"


def test_other_content_has_another_key():
    others = [
        Sound(SoundKind.WORD, "Cat"),
        Sound(SoundKind.SENTENCE, "cat"),
        Sound(SoundKind.PSEUDO_WORD, "cat", ("K", "AE", "T")),
        Sound(SoundKind.PSEUDO_WORD, "cat", ("K", "AE T")),
    ]
    assert len({sound.key for sound in [CAT, *others]}) == 5


@pytest.mark.parametrize(
    ("sound", "sensible"),
    [
        (CAT, True),
        (Sound(SoundKind.PHONEME, phonemes=("SH",)), True),
        (Sound(SoundKind.PSEUDO_WORD, "chay", ("CH", "EY")), True),
        (Sound(SoundKind.SENTENCE, "The cat sat."), True),
        (Sound(SoundKind.WORD), False),
        (Sound(SoundKind.WORD, " cat"), False),
        (Sound(SoundKind.WORD, "c\nat"), False),
        (Sound(SoundKind.WORD, "x" * 301), False),
        (Sound(SoundKind.WORD, "cat", ("K",)), False),
        (Sound(SoundKind.PHONEME, "sh", ("SH",)), False),
        (Sound(SoundKind.PHONEME), False),
        (Sound(SoundKind.PHONEME, phonemes=("sh",)), False),
        (Sound(SoundKind.PHONEME, phonemes=("SH",) * 41), False),
        (Sound(SoundKind.PSEUDO_WORD, "chay"), False),
    ],
)
def test_sensible(sound, sensible):
    assert sound.sensible is sensible
