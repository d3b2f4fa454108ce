"""The last resort: synthetic speech by espeak-ng, where its wheel is installed (requirements-speech.txt)."""

from __future__ import annotations

import base64
import importlib.util
import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from phonics_app.domain.sound import Sound, SoundKind
from phonics_app.speech.take import Samples
from phonics_app.speech.treatment import RATE, treat

_PACKAGE = "espeakng_loader"
_PROGRAM = Path(__file__).with_name("espeak_program.py")
_PATIENCE_SECONDS = 20.0
_SHORTEST_SECONDS = 0.08
"""What is shorter is a click to the ear."""
_log = logging.getLogger(__name__)

VOWELS = {
    **{"AA": "A:", "AE": "a", "AH": "V", "AO": "O:", "AW": "aU", "AY": "aI", "EH": "E", "ER": "3:", "EY": "eI"},
    **{"IH": "I", "IY": "i:", "OW": "oU", "OY": "OI", "UH": "U", "UW": "u:"},
}
CONSONANTS = {
    **{"B": "b", "CH": "tS", "D": "d", "DH": "D", "F": "f", "G": "g", "HH": "h", "JH": "dZ", "K": "k", "L": "l"},
    **{"M": "m", "N": "n", "NG": "N", "P": "p", "R": "r", "S": "s", "SH": "S", "T": "t", "TH": "T", "V": "v"},
    **{"W": "w", "Y": "j", "Z": "z", "ZH": "Z"},
}
"""ARPAbet → espeak-ng's own notation for American English."""
NOT_ALONE = frozenset({"B", "D", "G", "JH", "L", "M", "N", "NG", "R"})
"""Spoken alone these come out silent or as a click: better no sound than a wrong one."""


def available() -> bool:
    """Whether the wheel is installed; the product works without it."""
    return _is_installed(_PACKAGE)


@cache
def _is_installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def can_say(sound: Sound) -> bool:
    """Whether there would be something to hear."""
    return available() and not (len(sound.phonemes) == 1 and sound.phonemes[0] in NOT_ALONE)


def notation(sound: Sound) -> str:
    """What espeak-ng is asked to say: phonemes in its notation where the sound has them, else the text."""
    if sound.kind in (SoundKind.WORD, SoundKind.SENTENCE):
        # Brackets would be taken for phonemes.
        return sound.text.replace("[", " ").replace("]", " ")
    signs, stressed = [], False
    for phoneme in sound.phonemes:
        # Short words: the first vowel is the stressed one.
        mark = "'" if phoneme in VOWELS and not stressed else ""
        stressed = stressed or bool(mark)
        signs.append(mark + (VOWELS | CONSONANTS).get(phoneme, ""))
    return f"[[{'|'.join(signs)}]]"


def synthesise(sounds: Sequence[Sound]) -> list[Samples | None]:
    """Of each sound its samples as they are played; None where espeak-ng is missing, fails, or is not to be heard."""
    if not sounds or not available():
        return [None] * len(sounds)
    try:
        answer = json.loads(_run(json.dumps([notation(sound) for sound in sounds]).encode()))
        return [_heard(text, answer["rate"]) for text in answer["audio"]]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
        _log.warning("espeak-ng failed: %s", error)
        return [None] * len(sounds)


def _run(request: bytes) -> bytes:
    command = [sys.executable, "-I", str(_PROGRAM)]
    done = subprocess.run(command, input=request, capture_output=True, timeout=_PATIENCE_SECONDS, check=True)
    return done.stdout


def _heard(encoded: str, rate: int) -> Samples | None:
    samples = np.frombuffer(base64.b64decode(encoded), "<i2") / 32768
    if not len(samples):
        return None
    treated, measured = treat(samples, rate)
    return None if measured.silent or len(treated) < _SHORTEST_SECONDS * RATE else treated
