"""Takes from the recording studio: what is to be recorded, storing a take, keeping it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, NotFound, Place, Problem, ProblemsFound
from phonics_app.domain.sound import Audio, AudioSource, Licence, Recording, Sound
from phonics_app.records import audit, recordings
from phonics_app.records.writing import squeezed
from phonics_app.speech.audio_files import digest_of, read_wav, write_mp3
from phonics_app.speech.take import faults_of
from phonics_app.speech.treatment import RATE, treat
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, allows, require
from phonics_app.workflows.speech import SoundState, list_audio

PHONEMES = "phonemes"
"""The set of the phonemes; every other set is a level."""
_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class NewTake:
    """A take as the studio sends it; `id` is made there, so that sending it twice stores it once."""

    id: str
    sound: Sound
    wav: bytes
    recorded_at: datetime
    speaker: str
    licence: Licence
    consent: bool


def recording_sets(phonics: Phonics) -> tuple[str, ...]:
    """What may be recorded in one go: the phonemes, or a level (its sounds, then its words)."""
    return (PHONEMES, *(str(level.number) for level in phonics.content.bank.levels))


def to_record(phonics: Phonics, actor: Actor, chosen: str) -> tuple[SoundState, ...]:
    """The sounds of a set in the order of recording. RECORD_AUDIO; `NotFound` "audio.no_set"."""
    require(actor, Action.RECORD_AUDIO)
    if chosen not in recording_sets(phonics):
        raise NotFound("audio.no_set", {"set": chosen})
    return tuple(state for state in list_audio(phonics, actor) if is_in_set(state, chosen))


def is_in_set(state: SoundState, name: str) -> bool:
    return state.needed.sound.elementary if name == PHONEMES else str(state.needed.level) == name


def add_take(phonics: Phonics, actor: Actor, take: NewTake) -> Recording:
    """Stores a take, trimmed and made as loud as the others; it replaces this person's undecided one. RECORD_AUDIO.

    `ProblemsFound` with "take.…" or "audio.…"; `Conflict` "take.id_taken".
    """
    require(actor, Action.RECORD_AUDIO)
    _check_take(take)
    with phonics.store.read() as connection:
        known = recordings.get_recording(connection, take.id)
    if known is not None:
        return _same_take(known, actor, take)
    samples, measured = treat(*read_wav(take.wav, Place(column="wav")))
    if measured.silent:
        raise ProblemsFound([Problem("take.silent")])
    audio = write_mp3(samples)
    recording = Recording(
        id=take.id,
        sound=take.sound,
        source=AudioSource.PERSON,
        digest=digest_of(audio),
        seconds=len(samples) / RATE,
        faults=tuple(fault.value for fault in faults_of(measured)),
        speaker=squeezed(take.speaker),
        licence=take.licence,
        consent=take.consent,
        recorded_at=min(take.recorded_at, phonics.now()),
        recorded_by=actor.account_id,
    )
    with phonics.store.write() as connection:
        # Asked again inside the lock: of two requests with the same take, the second finds it.
        if known := recordings.get_recording(connection, take.id):
            return _same_take(known, actor, take)
        recordings.insert_take(connection, recording, audio)
    return recording


def _check_take(take: NewTake) -> None:
    checks = {
        "take.id_bad": _ID.fullmatch(take.id) is not None,
        "take.sound_bad": take.sound.sensible,
        "take.no_consent": take.consent,
        "take.no_timezone": take.recorded_at.tzinfo is not None,
        "take.speaker_long": len(take.speaker) <= 300,
    }
    problems = [Problem(code) for code, holds in checks.items() if not holds]
    if problems:
        raise ProblemsFound(problems)


def _same_take(known: Recording, actor: Actor, take: NewTake) -> Recording:
    if (known.sound, known.recorded_by) != (take.sound, actor.account_id):
        raise Conflict("take.id_taken", {"id": take.id})
    return known


def keep_take(phonics: Phonics, actor: Actor, recording_id: str) -> Recording:
    """From now on this take is played for its sound. RECORD_AUDIO; `NotFound` "take.none" for another person's."""
    require(actor, Action.RECORD_AUDIO)
    with phonics.store.write() as connection:
        take = recordings.get_recording(connection, recording_id)
        if take is None or take.recorded_by != actor.account_id:
            raise NotFound("take.none", {"id": recording_id})
        if take.kept_at is None:
            now = phonics.now()
            recordings.keep(connection, recording_id, now)
            audit.record(connection, now, actor.account_id, "recording.kept", recording_id)
        kept = recordings.get_recording(connection, recording_id)
    assert kept is not None
    return kept


def delete_take(phonics: Phonics, actor: Actor, recording_id: str) -> Recording | None:
    """Deletes a recording for good, as its speaker may wish at any time; returns what is stored for its sound then.

    RECORD_AUDIO; `NotFound` "take.none" where the actor may not (`may_delete`).
    """
    require(actor, Action.RECORD_AUDIO)
    with phonics.store.write() as connection:
        take = recordings.get_recording(connection, recording_id)
        if take is None or not may_delete(actor, take):
            raise NotFound("take.none", {"id": recording_id})
        recordings.delete_recording(connection, recording_id)
        audit.record(connection, phonics.now(), actor.account_id, "recording.deleted", recording_id)
        return recordings.in_force(connection, take.sound.key)


def may_delete(actor: Actor, recording: Recording) -> bool:
    """One's own; an administrator any, since a speaker may have left or have no account."""
    return recording.recorded_by == actor.account_id or allows(actor, Action.MANAGE_SITE)


def take_audio(phonics: Phonics, actor: Actor, recording_id: str) -> Audio:
    """A stored take or recording, to be listened to. RECORD_AUDIO; `NotFound` "take.none"."""
    require(actor, Action.RECORD_AUDIO)
    with phonics.store.read() as connection:
        found = recordings.get_recording(connection, recording_id)
        if found is None:
            raise NotFound("take.none", {"id": recording_id})
        return Audio(found.sound, found.source, recordings.get_audio(connection, found.id), found.digest)
