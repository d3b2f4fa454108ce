"""A voice pack: recordings of persons as a zip that other schools can take over.

`manifest.json` says of each file whose voice it is and under which licence; the files are `audio/<sound's key>.mp3`.
Equal recordings make equal packs, byte for byte. Reading one is in `pack_reading`.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from phonics_app.domain.codec import encode
from phonics_app.domain.sound import Licence, Recording, Sound, SoundKind

MANIFEST = "manifest.json"
FORMAT = "phonics-nine-voice-pack"
VERSION = 1
_TIME = (2020, 1, 1, 0, 0, 0)
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One recording in the manifest. `consent`: the speaker is an adult and agreed to this use."""

    id: str
    kind: SoundKind
    text: str
    phonemes: tuple[str, ...]
    file: str
    sha256: str
    speaker: str
    licence: Licence
    consent: bool
    recorded_at: datetime
    kept_at: datetime
    faults: tuple[str, ...] = ()

    @property
    def sound(self) -> Sound:
        return Sound(self.kind, self.text, self.phonemes)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` holds."""

    format: str
    version: int
    recordings: tuple[Entry, ...]


def write_pack(recordings: Iterable[tuple[Recording, bytes]]) -> bytes:
    """The zip of kept recordings, in the order of their sounds' keys."""
    rows = sorted(recordings, key=lambda row: row[0].sound.key)
    manifest = Manifest(FORMAT, VERSION, tuple(_entry(recording) for recording, _ in rows))
    text = json.dumps(encode(manifest), ensure_ascii=False, indent=1)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        _add(archive, MANIFEST, text.encode(), zipfile.ZIP_DEFLATED)
        for recording, audio in rows:
            _add(archive, file_of(recording.sound), audio, zipfile.ZIP_STORED)
    return target.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    # One time and one system for all, so that only the content counts.
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = how
    info.create_system = _UNIX
    info.external_attr = 0o644 << 16
    archive.writestr(info, content)


def file_of(sound: Sound) -> str:
    """Where a sound's audio stands in a pack."""
    return f"audio/{sound.key}.mp3"


def _entry(recording: Recording) -> Entry:
    assert recording.kept_at is not None
    return Entry(
        id=recording.id,
        kind=recording.sound.kind,
        text=recording.sound.text,
        phonemes=recording.sound.phonemes,
        file=file_of(recording.sound),
        sha256=recording.digest,
        speaker=recording.speaker,
        licence=recording.licence,
        consent=recording.consent,
        recorded_at=recording.recorded_at,
        kept_at=recording.kept_at,
        faults=recording.faults,
    )
