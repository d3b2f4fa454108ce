"""Takes made of tones: the voice of a test, with silence round it and a room's noise under it."""

from __future__ import annotations

import io

import numpy as np
import soundfile

RATE = 48_000


def take(level=0.3, noise=0.0003, lead=0.5, voice=0.6, tail=0.5, hertz=220.0, rate=RATE, seed=1):
    """A tone of `voice` seconds at `level` (1 = full scale), with silence before and after; cut at full scale."""
    times = np.arange(int(rate * voice)) / rate
    swell = np.minimum(1, np.minimum(times, times[::-1]) / 0.02)
    tone = level * np.sin(2 * np.pi * hertz * times) * swell
    whole = np.concatenate([np.zeros(int(rate * lead)), tone, np.zeros(int(rate * tail))])
    return np.clip(whole + noise * np.random.default_rng(seed).normal(size=len(whole)), -1, 1)


def as_wav(samples, rate=RATE):
    target = io.BytesIO()
    soundfile.write(target, samples, rate, format="WAV", subtype="PCM_16")
    return target.getvalue()


def wav(**options):
    """The bytes that a browser would send."""
    return as_wav(take(**options))


def as_mp3(samples, rate=RATE):
    target = io.BytesIO()
    soundfile.write(target, samples, rate, format="MP3")
    return target.getvalue()
