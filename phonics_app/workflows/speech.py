"""Audio of sounds: what there is, hearing it, fetching it beforehand. Recording is in `takes`."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from threading import Lock

from phonics_app.content.phonemes import to_ipa
from phonics_app.domain.account import Actor
from phonics_app.domain.bank import Item
from phonics_app.domain.errors import NotFound, Problem
from phonics_app.domain.sound import Audio, AudioSource, Licence, Recording, Sound, SoundKind
from phonics_app.records import audit, recordings
from phonics_app.speech import espeak
from phonics_app.speech.audio_files import digest_of, write_mp3
from phonics_app.speech.fetching import Fetched, Manners, fetch
from phonics_app.speech.google import Google
from phonics_app.speech.sounds import NeededSound, needed_sounds, sound_of
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require

__all__ = [
    "FetchReport",
    "Manners",
    "SoundState",
    "fetch_audio",
    "find_audio",
    "find_item_audio",
    "list_audio",
    "say_instead",
    "to_be_fetched",
]

_FETCHED_KINDS = (SoundKind.WORD, SoundKind.SENTENCE)
"""What a speech service can read: it knows no phonemes."""
_NONE = {
    SoundKind.PHONEME: "audio.none_phoneme",
    SoundKind.WORD: "audio.none_word",
    SoundKind.PSEUDO_WORD: "audio.none_pseudo_word",
    SoundKind.SENTENCE: "audio.none_sentence",
}
_GTTS_SPEAKER = "Google Translate"


@dataclass(frozen=True, slots=True)
class SoundState:
    """A sound of the bank: what is played for it, and this person's take that is not decided on."""

    needed: NeededSound
    source: AudioSource | None
    recording: Recording | None
    """None where nothing is stored: nothing at all, or synthetic speech is made when it is asked for."""
    take: Recording | None = None


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What came of fetching. `left`: not asked for, because the service was away or wanted to be left alone."""

    fetched: int
    failed: tuple[Problem, ...]
    """One for each text that was asked for in vain, with the text as its value."""
    left: int


def list_audio(phonics: Phonics, actor: Actor) -> tuple[SoundState, ...]:
    """Every sound of the bank and where its audio comes from, in the order of recording. HEAR_AUDIO."""
    require(actor, Action.HEAR_AUDIO)
    with phonics.store.read() as connection:
        stored = recordings.all_in_force(connection)
        takes = recordings.undecided(connection, actor.account_id)
    return tuple(_state(needed, stored, takes) for needed in _needed(phonics))


def _needed(phonics: Phonics) -> tuple[NeededSound, ...]:
    return needed_sounds(phonics.content.bank, phonics.content.hints)


def _state(needed: NeededSound, stored: dict[str, Recording], takes: dict[str, Recording]) -> SoundState:
    recording = stored.get(needed.sound.key)
    synthetic = AudioSource.ESPEAK if espeak.can_say(needed.sound) else None
    source = recording.source if recording else synthetic
    return SoundState(needed, source, recording, takes.get(needed.sound.key))


def find_audio(phonics: Phonics, actor: Actor, sound_key: str) -> Audio:
    """What is played: a person's recording, else what was fetched, else synthetic speech; never from the network.

    HEAR_AUDIO. `NotFound` "audio.none_…" tells what the teacher says instead; "audio.unknown" for no sound of the bank.
    """
    require(actor, Action.HEAR_AUDIO)
    return sound_audio(phonics, sound_key)


def sound_audio(phonics: Phonics, sound_key: str) -> Audio:
    """The same for whoever was allowed to hear it otherwise: a pupil hears the sounds of his test."""
    if stored := _stored(phonics, sound_key):
        return stored
    needed = next((n for n in _needed(phonics) if n.sound.key == sound_key), None)
    if needed is None:
        raise NotFound("audio.unknown", {"key": sound_key})
    return _made(needed)


def find_item_audio(phonics: Phonics, actor: Actor, item: Item) -> Audio | None:
    """What is played for an item, though it be only proposed; None where the teacher says several sounds or words.

    HEAR_AUDIO. `NotFound` "audio.none_…" tells what the teacher says instead.
    """
    require(actor, Action.HEAR_AUDIO)
    sound = sound_of(item)
    if sound is None:
        return None
    if stored := _stored(phonics, sound.key):
        return stored
    known = next((n for n in _needed(phonics) if n.sound == sound), None)
    return _made(known or NeededSound(sound, item.level, to_ipa(sound.phonemes) if sound.phonemes else ""))


def _stored(phonics: Phonics, sound_key: str) -> Audio | None:
    with phonics.store.read() as connection:
        recording = recordings.in_force(connection, sound_key)
        if recording is None:
            return None
        content = recordings.get_audio(connection, recording.id)
    return Audio(recording.sound, recording.source, content, recording.digest)


def _made(needed: NeededSound) -> Audio:
    content = _made_sounds.get(needed.sound) or _synthetic([needed.sound])[0]
    if not content:
        raise say_instead(needed)
    return Audio(needed.sound, AudioSource.ESPEAK, content, digest_of(content))


def make_sounds(phonics: Phonics, keys: Container[str]) -> int:
    """Makes the synthetic speech among these sounds, a few at a time, before anybody waits for it; how many."""
    with phonics.store.read() as connection:
        stored = recordings.all_in_force(connection)
    missing = [n.sound for n in _needed(phonics) if n.sound.key in keys and n.sound.key not in stored]
    for start in range(0, len(missing), _TOGETHER):
        _synthetic(missing[start : start + _TOGETHER])
    return len(missing)


_TOGETHER = 10
_MOST_MADE = 2000
_made_sounds: dict[Sound, bytes] = {}
_making = Lock()
"""One at a time: forty tablets that ask for the same sound must not start forty programs."""


def _synthetic(sounds: Sequence[Sound]) -> list[bytes]:
    """Made once a process, one alone in a third of a second; b"" where nothing can be heard."""
    with _making:
        new = [sound for sound in sounds if sound not in _made_sounds and espeak.can_say(sound)]
        if len(_made_sounds) + len(new) > _MOST_MADE:
            _made_sounds.clear()
            new = [sound for sound in sounds if espeak.can_say(sound)]
        for sound, samples in zip(new, espeak.synthesise(new), strict=True):
            _made_sounds[sound] = b"" if samples is None else write_mp3(samples)
        return [_made_sounds.get(sound, b"") for sound in sounds]


def say_instead(needed: NeededSound) -> NotFound:
    """Tells that a sound has no audio, and what the teacher says in its place."""
    data = {"text": needed.sound.text, "ipa": needed.ipa, "grapheme": needed.grapheme, "example": needed.example}
    return NotFound(_NONE[needed.sound.kind], data)


def fetch_audio(
    phonics: Phonics,
    actor: Actor,
    progress: Callable[[int, int], None],
    google: Google | None = None,
    manners: Manners | None = None,
) -> FetchReport:
    """Fetches words and sentences that have no audio, each stored at once, so that breaking off loses nothing.

    MANAGE_SITE. `progress` is told how many are done, and of how many.
    """
    require(actor, Action.MANAGE_SITE)
    wanted = [s.needed.sound for s in list_audio(phonics, actor) if to_be_fetched(s)]
    outcomes: list[Fetched] = []
    progress(0, len(wanted))
    try:
        for outcome in fetch(wanted, google or Google(), manners or Manners()):
            outcomes.append(outcome)
            if outcome.audio:
                _store_fetched(phonics, actor, outcome)
            progress(len(outcomes), len(wanted))
    finally:
        report = _report(outcomes, len(wanted))
        with phonics.store.write() as connection:
            told = {"fetched": report.fetched, "failed": len(report.failed), "left": report.left}
            audit.record(connection, phonics.now(), actor.account_id, "audio.fetched", "", **told)
    return report


def to_be_fetched(state: SoundState) -> bool:
    """Whether it is a word or sentence of which nothing is stored."""
    return state.needed.sound.kind in _FETCHED_KINDS and state.recording is None


def _report(outcomes: list[Fetched], wanted: int) -> FetchReport:
    failed = tuple(Problem(outcome.failure, value=outcome.sound.text) for outcome in outcomes if outcome.failure)
    return FetchReport(len(outcomes) - len(failed), failed, wanted - len(outcomes))


def _store_fetched(phonics: Phonics, actor: Actor, fetched: Fetched) -> None:
    now = phonics.now()
    recording = Recording(
        id=phonics.new_id(),
        sound=fetched.sound,
        source=AudioSource.GTTS,
        digest=digest_of(fetched.audio),
        seconds=fetched.seconds,
        faults=(),
        speaker=_GTTS_SPEAKER,
        # Nothing allows giving the service's audio to others.
        licence=Licence.SITE_ONLY,
        consent=False,
        recorded_at=now,
        recorded_by=actor.account_id,
        kept_at=now,
    )
    with phonics.store.write() as connection:
        if recordings.in_force(connection, fetched.sound.key) is None:
            recordings.insert_recordings(connection, [(recording, fetched.audio)])
