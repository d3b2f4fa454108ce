"""Fetching many texts, politely: one after the other, with pauses. Broken off anywhere, it goes on later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import sleep

from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.sound import Sound
from phonics_app.speech.audio_files import read_mp3, write_mp3
from phonics_app.speech.google import Google, SpeechServiceError
from phonics_app.speech.treatment import RATE, treat

GIVE_UP_AFTER = 3
"""So many failures in a row are no accident of one word: the rest is left for another day."""
_TOO_MANY = "fetch.too_many"


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds between two requests, and before each further try after "too many requests"."""

    pause: float = 1.0
    back_off: tuple[float, ...] = (5.0, 15.0, 45.0)
    longest_wait: float = 60.0
    """Of what the service may ask for: with more, it is for another day."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of one sound: its MP3 as it is played and its length, or the reason why not."""

    sound: Sound
    audio: bytes = b""
    seconds: float = 0.0
    failure: str = ""
    """A code, "fetch.…"; "" for none."""


def fetch(sounds: Sequence[Sound], google: Google, manners: Manners) -> Iterator[Fetched]:
    """Yields each sound's outcome at once; ends early when the service is away or wants to be left alone."""
    in_a_row = 0
    for place, sound in enumerate(sounds):
        if place:
            sleep(manners.pause)
        outcome = _fetch_one(sound, google, manners)
        yield outcome
        in_a_row = in_a_row + 1 if outcome.failure else 0
        if in_a_row == GIVE_UP_AFTER or outcome.failure == _TOO_MANY:
            return


def _fetch_one(sound: Sound, google: Google, manners: Manners) -> Fetched:
    waits = iter(manners.back_off)
    while True:
        try:
            return _playable(sound, google.speak(sound.text))
        except SpeechServiceError as error:
            wait = next(waits, None) if error.reason == _TOO_MANY else None
            asked = error.retry_after or 0.0
            if wait is None or asked > manners.longest_wait:
                return Fetched(sound, failure=error.reason)
        sleep(max(wait, asked))


def _playable(sound: Sound, content: bytes) -> Fetched:
    """Treated as takes are, so that all sounds are equally loud."""
    try:
        treated, measured = treat(*read_mp3(content))
    except ProblemsFound:
        return Fetched(sound, failure="fetch.no_audio")
    if measured.silent:
        return Fetched(sound, failure="fetch.no_audio")
    return Fetched(sound, write_mp3(treated), len(treated) / RATE)
