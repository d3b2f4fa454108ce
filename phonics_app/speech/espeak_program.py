"""Runs espeak-ng, as a program of its own: `python espeak_program.py < requests > audio`.

A separate process, because the library keeps one state for a whole process, and because it is under GPL-3: this
file alone speaks to it. It needs nothing but the standard library and the package `espeakng-loader`.
Input: a JSON list of texts, phonemes in double square brackets. Output: JSON, the rate and each text's samples
(16 bits, little-endian, base64).
"""

from __future__ import annotations

import base64
import ctypes
import json
import sys

import espeakng_loader

_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_UTF8 = 1
_PHONEMES = 0x100
_SPEED = 1
_WORDS_A_MINUTE = 140
_VOICE = b"en-us"


def speak(texts: list[str]) -> dict[str, object]:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), _DO_NOT_EXIT)
    if rate <= 0 or library.espeak_SetVoiceByName(_VOICE) != 0:
        raise SystemExit("espeak-ng does not start")
    library.espeak_SetParameter(_SPEED, _WORDS_A_MINUTE, 0)
    heard = bytearray()

    def receive(samples: int | None, count: int, events: object) -> int:
        if samples and count > 0:
            heard.extend(ctypes.string_at(samples, count * 2))
        return 0

    callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(receive)
    library.espeak_SetSynthCallback(callback)
    audio = []
    for text in texts:
        heard.clear()
        content = text.encode() + b"\0"
        library.espeak_Synth(content, ctypes.c_size_t(len(content)), 0, 1, 0, _UTF8 | _PHONEMES, None, None)
        audio.append(base64.b64encode(heard).decode())
    return {"rate": rate, "audio": audio}


if __name__ == "__main__":
    json.dump(speak(json.load(sys.stdin)), sys.stdout)
