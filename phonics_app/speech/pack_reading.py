"""Reading a voice pack from elsewhere: nothing is believed, nothing is unpacked to disk, every fault is named."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from phonics_app.domain.codec import decode
from phonics_app.domain.errors import Place, Problem, ProblemsFound
from phonics_app.domain.sound import AudioSource, Recording
from phonics_app.speech.audio_files import digest_of, read_mp3
from phonics_app.speech.take import TakeFault
from phonics_app.speech.voice_pack import FORMAT, MANIFEST, VERSION, Entry, Manifest, file_of

MOST_BYTES = 100 * 1024 * 1024
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
"""A small zip may unpack to fill any memory."""
MOST_FILES = 10_000
MOST_FILE_BYTES = 1024 * 1024
MOST_MANIFEST_BYTES = 16 * 1024 * 1024
_ENCRYPTED = 1
_CLOCKS_DIFFER = timedelta(days=1)
_MOST_NAME = 300
_ID = re.compile("[0-9a-f]{32}")
_AUDIO_NAME = re.compile(r"audio/[0-9a-f]{32}\.mp3")
_FAULTS = frozenset(fault.value for fault in TakeFault)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)
"""What a damaged part can raise inside the unpacker."""

Rows = tuple[tuple[Recording, bytes], ...]


def read_pack(content: bytes, now: datetime, name: str) -> Rows:
    """The recordings of the pack `name`. `ProblemsFound` "pack.problems" with every fault and the file it is in."""
    if len(content) > MOST_BYTES:
        _refuse([Problem("pack.too_large", Place(name), _megabytes(len(content)), _megabytes(MOST_BYTES))])
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise ProblemsFound([Problem("pack.not_zip", Place(name))], "pack.problems") from error
    with archive:
        infos = archive.infolist()
        _refuse(list(_outer_problems(infos, name)))
        return _recordings(archive, {info.filename: info for info in infos}, now, name)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise ProblemsFound(problems, "pack.problems")


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"


def _outer_problems(infos: Sequence[zipfile.ZipInfo], name: str) -> Iterator[Problem]:
    """What is wrong before anything is unpacked: names, sizes, encryption."""
    if len(infos) > MOST_FILES:
        yield Problem("pack.too_many_files", Place(name), str(len(infos)), str(MOST_FILES))
        return
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_UNPACKED_BYTES:
        yield Problem("pack.too_large", Place(name), _megabytes(unpacked), _megabytes(MOST_UNPACKED_BYTES))
    for filename, times in Counter(info.filename for info in infos).items():
        if times > 1:
            yield Problem("pack.file_twice", Place(filename))
    for info in infos:
        yield from _name_problems(info)
    if MANIFEST not in {info.filename for info in infos}:
        yield Problem("pack.no_manifest", Place(name), expected=MANIFEST)


def _name_problems(info: zipfile.ZipInfo) -> Iterator[Problem]:
    place = Place(info.filename)
    limit = MOST_MANIFEST_BYTES if info.filename == MANIFEST else MOST_FILE_BYTES
    if info.filename != MANIFEST and not _AUDIO_NAME.fullmatch(info.filename):
        yield Problem("pack.unexpected_file", place, expected=f"{MANIFEST}, audio/….mp3")
    elif info.file_size > limit:
        yield Problem("pack.file_too_large", place, _megabytes(info.file_size), _megabytes(limit))
    elif info.flag_bits & _ENCRYPTED:
        yield Problem("pack.encrypted", place)
    elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Packed otherwise it would be unpacked into memory whole, whatever size it says to have.
        yield Problem("pack.file_damaged", place)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """A part unpacked; None where it is damaged. The size was checked, and the unpacker stops at it."""
    try:
        with archive.open(info) as part:
            return part.read(info.file_size + 1)
    except _BROKEN:
        return None


def _recordings(archive: zipfile.ZipFile, files: Mapping[str, zipfile.ZipInfo], now: datetime, name: str) -> Rows:
    manifest = _manifest(_content(archive, files[MANIFEST]))
    problems = [*_listing_problems(manifest, files.keys() - {MANIFEST})]
    rows = []
    for number, entry in enumerate(manifest.recordings):
        found = list(_entry_problems(entry, number, now))
        if entry.file in files:
            audio = _content(archive, files[entry.file])
            faults, seconds = _checked_audio(entry, audio)
            found += faults
            rows.append((_recording(entry, seconds, name), audio or b""))
        problems += found
    _refuse(problems)
    return tuple(rows)


def _manifest(content: bytes | None) -> Manifest:
    place = Place(MANIFEST)
    try:
        manifest = decode(Manifest, json.loads(content or b""))
    except ProblemsFound as error:
        problems = [replace(p, place=replace(p.place, file=MANIFEST)) for p in error.problems]
        raise ProblemsFound(problems, "pack.problems") from error
    except (ValueError, RecursionError) as error:
        raise ProblemsFound([Problem("pack.manifest_broken", place)], "pack.problems") from error
    if (manifest.format, manifest.version) != (FORMAT, VERSION):
        found = f"{manifest.format} {manifest.version}"
        raise ProblemsFound([Problem("pack.other_format", place, found, f"{FORMAT} {VERSION}")], "pack.problems")
    return manifest


def _listing_problems(manifest: Manifest, files: set[str]) -> Iterator[Problem]:
    listed = Counter(entry.file for entry in manifest.recordings)
    for file in sorted(files - listed.keys()):
        yield Problem("pack.file_unlisted", Place(file))
    for file in sorted(listed.keys() - files):
        yield Problem("pack.file_missing", Place(file))
    ids = Counter(entry.id for entry in manifest.recordings)
    for value, times in [*listed.items(), *ids.items()]:
        if times > 1:
            yield Problem("pack.listed_twice", Place(MANIFEST), value)


def _entry_problems(entry: Entry, number: int, now: datetime) -> Iterator[Problem]:
    """What the manifest says of one recording and should not."""

    def wrong(field: str, value: object, expected: str) -> Problem:
        place = Place(MANIFEST, column=f"recordings[{number}].{field}")
        return Problem("pack.entry_bad", place, str(value)[:200], expected)

    if not entry.sound.sensible:
        yield wrong("text", entry.text, entry.kind.value)
    elif entry.file != file_of(entry.sound):
        yield wrong("file", entry.file, file_of(entry.sound))
    if not _ID.fullmatch(entry.id):
        yield wrong("id", entry.id, "0-9 a-f, 32")
    if not entry.licence.shareable:
        yield wrong("licence", entry.licence.value, "CC-BY-4.0")
    if not entry.consent:
        yield wrong("consent", entry.consent, "true")
    if len(entry.speaker) > _MOST_NAME or not (entry.speaker.isprintable() or not entry.speaker):
        yield wrong("speaker", entry.speaker, f"≤ {_MOST_NAME}")
    if not _FAULTS.issuperset(entry.faults):
        yield wrong("faults", entry.faults, ", ".join(sorted(_FAULTS)))
    for field, moment in (("recorded_at", entry.recorded_at), ("kept_at", entry.kept_at)):
        # One from the future would win over every later recording.
        if moment.tzinfo is None or moment > now + _CLOCKS_DIFFER:
            yield wrong(field, moment.isoformat(), f"≤ {now.isoformat()}")


def _checked_audio(entry: Entry, audio: bytes | None) -> tuple[list[Problem], float]:
    """Faults of the file, and its length in seconds."""
    place = Place(entry.file)
    if audio is None:
        return [Problem("pack.file_damaged", place)], 0.0
    if digest_of(audio) != entry.sha256:
        return [Problem("pack.file_changed", place)], 0.0
    try:
        samples, rate = read_mp3(audio, place)
    except ProblemsFound as error:
        return list(error.problems), 0.0
    return [], len(samples) / rate


def _recording(entry: Entry, seconds: float, origin: str) -> Recording:
    return Recording(
        id=entry.id,
        sound=entry.sound,
        source=AudioSource.PERSON,
        digest=entry.sha256,
        seconds=seconds,
        faults=entry.faults,
        speaker=entry.speaker,
        licence=entry.licence,
        consent=entry.consent,
        recorded_at=entry.recorded_at,
        recorded_by="",
        kept_at=entry.kept_at,
        origin=origin[:200],
    )
