"""Recordings of sounds: takes, those that were kept, and what was fetched beforehand. One sound may have several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from phonics_app.domain.sound import AudioSource, Licence, Recording, Sound, SoundKind
from phonics_app.records.schema import recording as table

_FACTS = [column for column in table.c if column.name != "audio"]
"""Everything but the audio itself, so that a list of sounds reads none of it."""
_SAME = [field.name for field in fields(Recording) if field.name not in ("sound", "source", "faults", "licence")]


def insert_recordings(connection: Connection, rows: Iterable[tuple[Recording, bytes]]) -> None:
    values = [_values(recording, audio) for recording, audio in rows]
    if values:
        connection.execute(insert(table), values)


def _values(recording: Recording, audio: bytes) -> dict[str, object]:
    return {
        **{name: getattr(recording, name) for name in _SAME},
        "sound_key": recording.sound.key,
        "kind": recording.sound.kind.value,
        "text": recording.sound.text,
        "phonemes": " ".join(recording.sound.phonemes),
        "source": recording.source.value,
        "faults": " ".join(recording.faults),
        "licence": recording.licence.value,
        "audio": audio,
    }


def insert_take(connection: Connection, take: Recording, audio: bytes) -> None:
    """Adds a take in place of those of the same person and sound that were not kept."""
    c = table.c
    mine = (c.sound_key == take.sound.key, c.recorded_by == take.recorded_by, c.kept_at.is_(None))
    connection.execute(delete(table).where(*mine))
    insert_recordings(connection, [(take, audio)])


def keep(connection: Connection, recording_id: str, at: datetime) -> None:
    connection.execute(update(table).where(table.c.id == recording_id).values(kept_at=at))


def delete_recording(connection: Connection, recording_id: str) -> None:
    connection.execute(delete(table).where(table.c.id == recording_id))


def get_recording(connection: Connection, recording_id: str) -> Recording | None:
    row = connection.execute(select(*_FACTS).where(table.c.id == recording_id)).first()
    return None if row is None else _recording(row)


def get_audio(connection: Connection, recording_id: str) -> bytes:
    """The MP3 of a recording that is there."""
    audio: bytes = connection.execute(select(table.c.audio).where(table.c.id == recording_id)).scalar_one()
    return audio


def in_force(connection: Connection, sound_key: str) -> Recording | None:
    """The recording to be played: the last that a person kept, else the last that was fetched."""
    return next(_best(connection, sound_key), None)


def all_in_force(connection: Connection) -> dict[str, Recording]:
    """Key of each sound → the recording to be played."""
    found: dict[str, Recording] = {}
    for recording in _best(connection, None):
        found.setdefault(recording.sound.key, recording)
    return found


def _best(connection: Connection, sound_key: str | None) -> Iterator[Recording]:
    """Kept recordings, those of persons first, the newest first; the id decides between equal times."""
    c = table.c
    wanted = [c.kept_at.is_not(None)] + ([c.sound_key == sound_key] if sound_key else [])
    query = select(*_FACTS).where(*wanted).order_by(c.source == AudioSource.GTTS.value, c.kept_at.desc(), c.id)
    return map(_recording, connection.execute(query))


def undecided(connection: Connection, account_id: str) -> dict[str, Recording]:
    """Key of each sound → the take of this person that was neither kept nor replaced."""
    query = select(*_FACTS).where(table.c.recorded_by == account_id, table.c.kept_at.is_(None))
    takes = map(_recording, connection.execute(query.order_by(table.c.recorded_at)))
    return {take.sound.key: take for take in takes}


def known_digests(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Of these recordings, those that are stored: id → digest."""
    wanted = frozenset(ids)
    rows = connection.execute(select(table.c.id, table.c.digest))
    return {row.id: row.digest for row in rows if row.id in wanted}


def _recording(row: Row[Any]) -> Recording:
    return Recording(
        **{name: getattr(row, name) for name in _SAME},
        sound=Sound(SoundKind(row.kind), row.text, tuple(row.phonemes.split())),
        source=AudioSource(row.source),
        faults=tuple(row.faults.split()),
        licence=Licence(row.licence),
    )
