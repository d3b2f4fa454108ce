"""Recordings as they are stored, for tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from phonics_app.domain.sound import AudioSource, Licence, Recording, Sound, SoundKind
from phonics_app.speech.audio_files import digest_of, write_mp3
from phonics_app.speech.treatment import RATE, treat
from tests import sites
from tests.speech import signals

M = Sound(SoundKind.PHONEME, phonemes=("M",))
CAT = Sound(SoundKind.WORD, "cat")
CHAY = Sound(SoundKind.PSEUDO_WORD, "chay", ("CH", "EY"))


@cache
def audio(hertz: float = 220.0) -> bytes:
    return write_mp3(treat(signals.take(hertz=hertz), signals.RATE)[0])


def recording(number: int, sound: Sound, hertz: float = 220.0, **changes: object) -> tuple[Recording, bytes]:
    """A recording that a teacher has kept, and its audio."""
    content = audio(hertz)
    made = Recording(
        id=f"{number:032x}",
        sound=sound,
        source=AudioSource.PERSON,
        digest=digest_of(content),
        seconds=len(signals.take()) / RATE,
        faults=(),
        speaker="ครูสมศรี",
        licence=Licence.CC_BY,
        consent=True,
        recorded_at=sites.START,
        recorded_by="teacher",
        kept_at=sites.START,
    )
    return replace(made, **changes), content


def three() -> list[tuple[Recording, bytes]]:
    return [recording(1, M), recording(2, CAT, 300.0, faults=("noisy",)), recording(3, CHAY, 400.0, speaker="")]
