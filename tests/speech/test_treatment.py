"""What becomes of a take: trimmed, without rumble, as loud as all others."""

from __future__ import annotations

import numpy as np
import pytest

from phonics_app.speech.take import measure
from phonics_app.speech.treatment import RATE, resampled, treat
from tests.speech import signals


@pytest.mark.parametrize("level", [0.02, 0.1, 0.3, 0.9, 1.5])
@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_all_are_equally_loud(level, rate):
    treated, _ = treat(signals.take(level=level, rate=rate), rate)
    assert measure(treated, RATE).voice_db == pytest.approx(-20, abs=0.5)
    assert np.abs(treated).max() <= 0.89


def test_silence_is_trimmed_with_a_margin():
    treated, measured = treat(signals.take(lead=1.0, voice=0.4, tail=2.0), signals.RATE)
    assert measured.seconds == pytest.approx(3.4)
    assert len(treated) / RATE == pytest.approx(0.10 + 0.4 + 0.18, abs=0.05)


def test_a_soft_end_is_not_trimmed():
    loud, soft = signals.take(level=0.3, tail=0.0), signals.take(level=0.012, lead=0.0, voice=0.5, hertz=3000)
    treated, _ = treat(np.concatenate([loud, soft]), signals.RATE)
    assert len(treated) / RATE >= 0.6 + 0.5


def test_a_click_at_the_edges_is_faded():
    treated, _ = treat(signals.take(lead=0.0, tail=0.0), signals.RATE)
    assert treated[0] == treated[-1] == 0


def test_hum_is_taken_out_and_the_voice_stays():
    times = np.arange(48_000) / 48_000
    hum, voice = 0.2 * np.sin(2 * np.pi * 50 * times), 0.2 * np.sin(2 * np.pi * 150 * times)
    clean = resampled(hum + voice, 48_000)
    expected = 0.2 * np.sin(2 * np.pi * 150 * np.arange(24_000) / 24_000)
    assert np.abs(clean - expected).max() < 1e-6


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 96_000])
def test_a_tone_stays_the_same_tone(rate):
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    expected = 0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)
    assert np.abs(resampled(tone, rate) - expected).max() < 1e-6


def test_silence_is_left_as_it_is():
    treated, measured = treat(signals.take(level=0.0), signals.RATE)
    assert measured.silent
    assert np.abs(treated).max() < 0.01
