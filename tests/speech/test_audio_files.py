"""Bytes in and out: only what is what it says it is, and not too much of it."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from phonics_app.domain.errors import ProblemsFound
from phonics_app.speech.audio_files import read_mp3, read_wav, write_mp3
from phonics_app.speech.treatment import RATE, treat
from tests.speech import signals


def refusal(read, content):
    with pytest.raises(ProblemsFound) as caught:
        read(content)
    return [problem.code for problem in caught.value.problems]


def test_a_recording_is_small_enough_for_a_phone():
    sentence, _ = treat(signals.take(voice=4.3, noise=0.002), signals.RATE)
    phoneme, _ = treat(signals.take(voice=0.4, noise=0.002), signals.RATE)
    assert len(write_mp3(sentence)) < 35_000
    assert len(write_mp3(phoneme)) < 6_000


def test_mp3_keeps_the_sound():
    voice, _ = treat(signals.take(), signals.RATE)
    back, rate = read_mp3(write_mp3(voice))
    assert rate == RATE
    assert len(back) == len(voice)
    assert np.corrcoef(back, voice)[0, 1] > 0.99


def test_equal_sounds_make_equal_files():
    voice, _ = treat(signals.take(), signals.RATE)
    assert write_mp3(voice) == write_mp3(voice.copy())


def test_two_channels_are_mixed():
    left = signals.take()
    samples, rate = read_wav(signals.as_wav(np.stack([left, np.zeros_like(left)], axis=1)))
    assert rate == signals.RATE
    assert np.abs(samples - left / 2).max() < 1e-3


@pytest.mark.parametrize("content", [b"", b"RIFF", b"<html></html>", b"\xff\xfb\x90\x00" * 50], ids=range(4))
def test_what_is_no_audio(content):
    assert refusal(read_wav, content) == ["audio.not_wav"]


def test_one_kind_is_not_taken_for_the_other():
    assert refusal(read_wav, signals.as_mp3(signals.take())) == ["audio.not_wav"]
    assert refusal(read_mp3, signals.wav()) == ["audio.not_mp3"]


def test_too_long_and_too_short():
    assert refusal(read_wav, signals.as_wav(np.zeros(8_000 * 61), 8_000)) == ["audio.too_long"]
    assert refusal(read_wav, signals.as_wav(np.zeros(100), 8_000)) == ["audio.too_short"]


def test_a_header_that_claims_hours_is_not_believed():
    wav = bytearray(signals.wav())
    at = wav.index(b"data") + 4
    wav[at : at + 4] = struct.pack("<I", 0xFFFFFFF0)
    samples, _ = read_wav(bytes(wav))
    assert len(samples) == len(signals.take())


def test_numbers_that_are_none_do_no_harm():
    import io

    import soundfile

    target = io.BytesIO()
    samples = signals.take()
    samples[100:200] = np.nan
    samples[300] = np.inf
    soundfile.write(target, samples, signals.RATE, format="WAV", subtype="FLOAT")
    read, _ = read_wav(target.getvalue())
    assert np.isfinite(read).all()
    assert np.abs(read).max() <= 1
