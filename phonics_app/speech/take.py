"""A take measured: how loud, how noisy, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]
"""Mono, from -1 to 1."""

FRAME_SECONDS = 0.01
_QUIETEST_DB = -90.0
_CLIP = 0.985
_CLIP_RUN = 3
"""So many samples in a row at the limit are no peak of a voice."""
_AUDIBLE_DB = -48.0
"""A loudest frame below this is an empty room."""
_TOO_QUIET_DB = -28.0
_NOISY_DB = 18.0
"""Voice less than this above the noise of the room is heard with the noise."""
_OVER_NOISE_DB = 9.0
_UNDER_PEAK_DB = 34.0
"""A voice is at most this much quieter in its softest sounds than in its loudest."""
_SILENCE_SHARE = 10


class TakeFault(Enum):
    CLIPPED = "clipped"
    TOO_QUIET = "too_quiet"
    NOISY = "noisy"
    CUT_OFF = "cut_off"
    """The voice is there at the very beginning or end: something may be missing."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Levels in dB below full scale. `first` and `last`: the voice, in seconds from the beginning."""

    seconds: float
    peak_db: float
    voice_db: float
    noise_db: float
    first: float
    last: float
    clipped: bool

    @property
    def silent(self) -> bool:
        return self.voice_db < _AUDIBLE_DB


def measure(samples: Samples, rate: int) -> Measured:
    """Finds the voice in a take: the frames clearly above the noise of the room and not far below the loudest."""
    levels = _frame_levels(samples, rate)
    noise, loudest = float(np.percentile(levels, _SILENCE_SHARE)), float(levels.max())
    voiced = np.flatnonzero(levels >= max(min(noise + _OVER_NOISE_DB, loudest), loudest - _UNDER_PEAK_DB))
    return Measured(
        seconds=len(samples) / rate,
        peak_db=_decibels(float(np.abs(samples).max())),
        voice_db=_decibels(float(np.sqrt(np.mean(10 ** (levels[voiced] / 10))))),
        noise_db=noise,
        first=float(voiced[0]) * FRAME_SECONDS,
        last=float(voiced[-1] + 1) * FRAME_SECONDS,
        clipped=_clipped(samples),
    )


def _frame_levels(samples: Samples, rate: int) -> Samples:
    """Of each frame its root mean square in dB."""
    size = max(1, round(rate * FRAME_SECONDS))
    frames = samples[: len(samples) // size * size].reshape(-1, size) if len(samples) >= size else samples[None, :]
    power: Samples = np.mean(frames**2, axis=1)
    levels: Samples = np.maximum(10 * np.log10(np.maximum(power, 1e-12)), _QUIETEST_DB)
    return levels


def _decibels(amplitude: float) -> float:
    return max(20 * float(np.log10(max(amplitude, 1e-9))), _QUIETEST_DB)


def _clipped(samples: Samples) -> bool:
    at_limit = np.abs(samples) >= _CLIP
    runs = np.convolve(at_limit, np.ones(_CLIP_RUN), "valid") if len(samples) >= _CLIP_RUN else np.zeros(1)
    return bool((runs == _CLIP_RUN).any())


def faults_of(measured: Measured) -> tuple[TakeFault, ...]:
    """What the speaker should know before keeping the take."""
    edge = 2 * FRAME_SECONDS
    cut_off = measured.first < edge or measured.last > measured.seconds - edge
    noisy = measured.voice_db - measured.noise_db < _NOISY_DB
    found = {
        TakeFault.CLIPPED: measured.clipped,
        TakeFault.TOO_QUIET: measured.peak_db < _TOO_QUIET_DB,
        # Where there is no pause there is no noise to be measured.
        TakeFault.NOISY: noisy and not cut_off,
        TakeFault.CUT_OFF: cut_off,
    }
    return tuple(fault for fault, is_there in found.items() if is_there)
