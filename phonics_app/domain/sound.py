"""What can be heard: a sound named by its content, and the recordings of it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from phonics_app.domain.text import Text

_RHOTIC = "R"
_KEY_DIGITS = 32
_PHONEME = re.compile("[A-Z]{1,2}")
_MOST_LETTERS = 300
_MOST_PHONEMES = 40


class SoundKind(Enum):
    PHONEME = "phoneme"
    """The sound of a grapheme alone: one phoneme, or the few that x, qu or -tion stand for. No text."""
    WORD = "word"
    """Text alone: a word sounds as it does in English."""
    PSEUDO_WORD = "pseudo_word"
    """Text and phonemes: no dictionary tells how it sounds."""
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound, whatever item it is used in; equal content is the same sound. `phonemes`: ARPAbet without stress."""

    kind: SoundKind
    text: str = ""
    phonemes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """32 hexadecimal digits, made from the content."""
        content = json.dumps([self.kind.value, self.text, list(self.phonemes)], ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:_KEY_DIGITS]

    @property
    def elementary(self) -> bool:
        """Whether it is one of the phonemes: a single one, or a vowel with r after it (the 44 or so of English)."""
        single = len(self.phonemes) == 1 or (len(self.phonemes) == 2 and self.phonemes[1] == _RHOTIC)
        return self.kind is SoundKind.PHONEME and single

    @property
    def sensible(self) -> bool:
        """Whether text and phonemes are what this kind needs, and of a reasonable size."""
        spoken = all(_PHONEME.fullmatch(p) for p in self.phonemes) and len(self.phonemes) <= _MOST_PHONEMES
        written = self.text == self.text.strip() and self.text.isprintable() and len(self.text) <= _MOST_LETTERS
        needs_text = self.kind is not SoundKind.PHONEME
        needs_phonemes = self.kind in (SoundKind.PHONEME, SoundKind.PSEUDO_WORD)
        return spoken and written and bool(self.text) is needs_text and bool(self.phonemes) is needs_phonemes


@dataclass(frozen=True, slots=True)
class PhonemeHint:
    """What mouth and voice do for a phoneme, and what Thai speakers should take care not to say instead."""

    phonemes: tuple[str, ...]
    text: Text


class AudioSource(Enum):
    """Where audio comes from, the best first."""

    PERSON = "person"
    GTTS = "gtts"
    ESPEAK = "espeak"

    @property
    def synthetic(self) -> bool:
        return self is not AudioSource.PERSON


class Licence(Enum):
    """What others may do with a recording."""

    CC_BY = "CC-BY-4.0"
    SITE_ONLY = "site-only"
    """Played at this site's schools, never part of a voice pack."""

    @property
    def shareable(self) -> bool:
        return self is Licence.CC_BY


@dataclass(frozen=True, slots=True)
class Recording:
    """Audio of a sound that is stored. `kept_at` None: a take that nobody has decided on."""

    id: str
    sound: Sound
    source: AudioSource
    digest: str
    """SHA-256 of the audio (MP3)."""
    seconds: float
    faults: tuple[str, ...]
    """Codes of what was found wrong with the take (`speech.take.TakeFault`)."""
    speaker: str
    """"" where the speaker is not named."""
    licence: Licence
    consent: bool
    """The speaker said: I am an adult, this is my voice, it may be used so."""
    recorded_at: datetime
    recorded_by: str
    """Id of the account at this site; "" for one that came in a voice pack."""
    kept_at: datetime | None = None
    origin: str = ""
    """Name of the voice pack it came in."""


@dataclass(frozen=True, slots=True)
class Audio:
    """What is played: MP3, and where it comes from."""

    sound: Sound
    source: AudioSource
    content: bytes
    digest: str
