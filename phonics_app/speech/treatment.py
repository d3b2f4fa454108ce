"""From a take to what is played: one rate, no rumble, silence trimmed, all equally loud."""

from __future__ import annotations

import numpy as np

from phonics_app.speech.take import Measured, Samples, measure

RATE = 24_000
"""Samples a second of everything that is stored: speech has nothing to lose by it, and files stay small."""
_RUMBLE_HZ = 70
"""Below any voice: mains hum, a bumped table."""
_BEFORE_SECONDS = 0.10
_AFTER_SECONDS = 0.18
"""Kept round the voice: a breath of /h/ or the tail of /s/ is softer than what was found as voice."""
_FADE_SECONDS = 0.005
_VOICE_DB = -20.0
_HIGHEST_PEAK = 0.89
"""-1 dB: encoding may overshoot."""
_MOST_GAIN_DB = 30.0


def treat(samples: Samples, rate: int) -> tuple[Samples, Measured]:
    """The take as it is played (at `RATE`), and what was measured in it before."""
    measured = measure(samples, rate)
    if measured.silent:
        return resampled(samples, rate), measured
    clean = resampled(samples, rate)
    found = measure(clean, RATE)
    voice = _trimmed(clean, found)
    return _faded(_normalised(voice, found.voice_db)), measured


def resampled(samples: Samples, rate: int) -> Samples:
    """At `RATE` and without rumble, by way of the spectrum: exact, and a take is short."""
    count = max(1, round(len(samples) * RATE / rate))
    spectrum = np.fft.rfft(samples)
    spectrum[: int(_RUMBLE_HZ * len(samples) / rate) + 1] = 0
    return np.fft.irfft(spectrum[: count // 2 + 1], count) * (count / len(samples))


def _trimmed(samples: Samples, found: Measured) -> Samples:
    first = max(0, round((found.first - _BEFORE_SECONDS) * RATE))
    return samples[first : round((found.last + _AFTER_SECONDS) * RATE)]


def _normalised(samples: Samples, voice_db: float) -> Samples:
    gain = 10 ** (min(_VOICE_DB - voice_db, _MOST_GAIN_DB) / 20)
    return samples * min(gain, _HIGHEST_PEAK / max(float(np.abs(samples).max()), 1e-9))


def _faded(samples: Samples) -> Samples:
    """Without a click at either end."""
    length = min(round(_FADE_SECONDS * RATE), len(samples) // 2)
    if length == 0:
        return samples
    ramp = np.linspace(0, 1, length)
    faded = samples.copy()
    faded[:length] *= ramp
    faded[-length:] *= ramp[::-1]
    return faded
