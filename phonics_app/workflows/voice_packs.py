"""Voice packs: this site's recordings for other schools, and theirs for this one."""

from __future__ import annotations

from dataclasses import dataclass

from phonics_app.domain.account import Actor
from phonics_app.domain.errors import Conflict, Place, Problem, ProblemsFound
from phonics_app.domain.sound import AudioSource, Recording
from phonics_app.records import audit, recordings
from phonics_app.speech.pack_reading import read_pack
from phonics_app.speech.voice_pack import MANIFEST, write_pack
from phonics_app.workflows.context import Phonics
from phonics_app.workflows.permissions import Action, require


@dataclass(frozen=True, slots=True)
class PackImport:
    """How many recordings were new, and how many were here already."""

    added: int
    present: int


def export_voice_pack(phonics: Phonics, actor: Actor) -> bytes:
    """The recordings in force that may be shared, as a zip. RECORD_AUDIO; `Conflict` "pack.nothing" without any."""
    require(actor, Action.RECORD_AUDIO)
    with phonics.store.write() as connection:
        shared = [r for r in recordings.all_in_force(connection).values() if _may_be_shared(r)]
        if not shared:
            raise Conflict("pack.nothing")
        rows = [(recording, recordings.get_audio(connection, recording.id)) for recording in shared]
        audit.record(connection, phonics.now(), actor.account_id, "export.voice_pack", "", recordings=len(rows))
    return write_pack(rows)


def _may_be_shared(recording: Recording) -> bool:
    return recording.source is AudioSource.PERSON and recording.consent and recording.licence.shareable


def import_voice_pack(phonics: Phonics, actor: Actor, filename: str, content: bytes) -> PackImport:
    """Takes over the recordings of a pack that are not here; of one sound the one kept last is played.

    IMPORT_VOICE_PACK. `ProblemsFound` "pack.problems" with every fault; nothing is stored then.
    """
    require(actor, Action.IMPORT_VOICE_PACK)
    now = phonics.now()
    rows = read_pack(content, now, filename)
    with phonics.store.write() as connection:
        known = recordings.known_digests(connection, (recording.id for recording, _ in rows))
        other = [r.id for r, _ in rows if known.get(r.id, r.digest) != r.digest]
        if other:
            problems = [Problem("pack.other_content", Place(MANIFEST), value) for value in other]
            raise ProblemsFound(problems, "pack.problems")
        new = [(recording, audio) for recording, audio in rows if recording.id not in known]
        recordings.insert_recordings(connection, new)
        if new:
            audit.record(connection, now, actor.account_id, "recording.imported", filename[:200], added=len(new))
    return PackImport(len(new), len(rows) - len(new))
