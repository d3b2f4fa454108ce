"""Audio as bytes: takes come as WAV, what is stored and played is MP3, which every phone and tablet plays."""

from __future__ import annotations

import hashlib
import io

import numpy as np

from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.speech.take import Samples
from phonics_app.speech.treatment import RATE

MEDIA_TYPE = "audio/mpeg"
MOST_SECONDS = 60.0
LEAST_SECONDS = 0.05
_RATES = range(8_000, 192_001)
_QUALITY = 0.5
"""Of a variable bit rate, 0 best: about 45 kbit/s for speech at 24 kHz."""


def read_wav(content: bytes, place: Place | None = None) -> tuple[Samples, int]:
    """Samples (channels mixed) and their rate. `ProblemsFound` "audio.not_wav", "audio.too_long", "audio.too_short"."""
    return _read(content, "WAV", "audio.not_wav", place or Place())


def read_mp3(content: bytes, place: Place | None = None) -> tuple[Samples, int]:
    """The same for MP3: "audio.not_mp3"."""
    return _read(content, "MP3", "audio.not_mp3", place or Place())


def _read(content: bytes, format: str, code: str, place: Place) -> tuple[Samples, int]:
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            if file.format not in (format, f"{format}EX") or file.samplerate not in _RATES:
                raise ProblemsFound([Problem(code, place)])
            # A header may claim any length: no more is read than is allowed, and one sample that tells "too long".
            samples = file.read(int(MOST_SECONDS * file.samplerate) + 1, dtype="float64", always_2d=True).mean(axis=1)
            rate = int(file.samplerate)
    except (soundfile.SoundFileError, ValueError) as error:
        raise ProblemsFound([Problem(code, place)]) from error
    seconds = len(samples) / rate
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        code = "audio.too_long" if seconds > MOST_SECONDS else "audio.too_short"
        raise ProblemsFound([Problem(code, place, f"{seconds:.2f}", f"{LEAST_SECONDS:g}–{MOST_SECONDS:g}")])
    return np.clip(np.nan_to_num(samples), -1, 1), rate


def write_mp3(samples: Samples) -> bytes:
    """MP3 of samples at `treatment.RATE`."""
    import soundfile

    target = io.BytesIO()
    kind = {"format": "MP3", "subtype": "MPEG_LAYER_III", "bitrate_mode": "VARIABLE", "compression_level": _QUALITY}
    soundfile.write(target, samples, RATE, **kind)
    return target.getvalue()


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
