"""The file of a backup (`.p9backup`): what it is, then chunks of compressed data, then the checksum of all before.

    PHONICS BACKUP 1\\n | length, header (JSON) | length, chunk | … | 0, length of the last, last chunk | SHA-256

Written and read in chunks, so that memory does not grow with the database.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from phonics_app.domain.errors import PhonicsError
from phonics_app.records.sealing import Broken, Plain, Seal, key_of, new_salt

SUFFIX = ".p9backup"
_MAGIC = b"PHONICS BACKUP 1\n"
_LENGTH = struct.Struct(">I")
_LAST = 1 << 31
"""Set in the length of the last chunk."""
_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 16
_LONGEST_CHUNK = 2 * _CHUNK
_DIGEST_BYTES = hashlib.sha256().digest_size
_COMPRESSION = 4
_YEARS = range(2000, 9999)
"""In the first and the last that there is, it may be another year elsewhere, and there is none."""


@dataclass(frozen=True, slots=True)
class Header:
    """What can be read of a backup without its passphrase."""

    product: str
    """Version of Phonics Nine that made it."""
    revision: str
    """Of the database in it."""
    made_at: datetime
    simulated: bool
    encrypted: bool


class BackupWriter:
    """Takes the content in pieces. Nothing is whole before `finish`."""

    def __init__(self, file: BinaryIO, header: Header, passphrase: str = "") -> None:
        self._file, self._digest = file, hashlib.sha256()
        salt = new_salt()
        key = key_of(passphrase, salt) if passphrase else None
        told = _told(header) | ({"salt": salt.hex(), "check": key.check} if key else {})
        encoded = json.dumps(told, ensure_ascii=False).encode()
        self._seal: Seal = key.seal(encoded) if key else Plain()
        self._packer = zlib.compressobj(_COMPRESSION)
        self._waiting = bytearray()
        self._number = 0
        self._put(_MAGIC + _LENGTH.pack(len(encoded)) + encoded)

    def write(self, piece: bytes) -> None:
        self._waiting += self._packer.compress(piece)
        while len(self._waiting) > _CHUNK:
            self._chunk(bytes(self._waiting[:_CHUNK]), last=False)
            del self._waiting[:_CHUNK]

    def finish(self) -> None:
        self._waiting += self._packer.flush()
        while len(self._waiting) > _CHUNK:
            self._chunk(bytes(self._waiting[:_CHUNK]), last=False)
            del self._waiting[:_CHUNK]
        self._chunk(bytes(self._waiting), last=True)
        self._file.write(self._digest.digest())

    def _chunk(self, chunk: bytes, last: bool) -> None:
        sealed = self._seal.close(self._number, last, chunk)
        self._put(_LENGTH.pack(len(sealed) | (_LAST if last else 0)) + sealed)
        self._number += 1

    def _put(self, content: bytes) -> None:
        self._digest.update(content)
        self._file.write(content)


def _told(header: Header) -> dict[str, object]:
    return {
        "product": header.product,
        "revision": header.revision,
        "made_at": header.made_at.astimezone(UTC).isoformat(),
        "simulated": header.simulated,
        "encrypted": header.encrypted,
    }


def read_header(path: Path) -> Header:
    """What a backup says of itself. "backup.missing", "backup.foreign" or "backup.changed"; nothing else is checked."""
    with _opened(path) as file:
        return _header(path, _header_bytes(path, file))


def check_whole(path: Path) -> Header:
    """The same, once the checksum of the whole file was found right: it is as it was written."""
    header, digest = read_header(path), hashlib.sha256()
    left = path.stat().st_size - _DIGEST_BYTES
    with _opened(path) as file:
        while left > 0 and (piece := file.read(min(left, _CHUNK))):
            digest.update(piece)
            left -= len(piece)
        if left != 0 or file.read() != digest.digest():
            raise PhonicsError("backup.changed", {"path": str(path)})
    return header


def read_content(path: Path, passphrase: str = "") -> Iterator[bytes]:
    """What was written, in pieces. Besides the above: "backup.passphrase_needed" or "backup.passphrase_wrong"."""
    check_whole(path)
    with _opened(path) as file:
        encoded = _header_bytes(path, file)
        yield from _unpacked(path, _opened_chunks(path, file, _seal_of(path, encoded, passphrase)))


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except (FileNotFoundError, IsADirectoryError):
        raise PhonicsError("backup.missing", {"path": str(path)}) from None


def _header_bytes(path: Path, file: BinaryIO) -> bytes:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise PhonicsError("backup.foreign", {"path": str(path)})
    length = _length(path, file)
    return _exactly(path, file, length, _LONGEST_HEADER)


def _header(path: Path, encoded: bytes) -> Header:
    try:
        told = json.loads(encoded)
        moment = datetime.fromisoformat(told["made_at"])
        if moment.utcoffset() is None or moment.year not in _YEARS:
            raise ValueError("made_at")
        flags = (told["simulated"] is True, told["encrypted"] is True)
        names = str(told["product"]), str(told["revision"])
        "".join(names).encode()
        return Header(*names, moment, *flags)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise PhonicsError("backup.changed", {"path": str(path)}) from None


def _seal_of(path: Path, encoded: bytes, passphrase: str) -> Seal:
    if not _header(path, encoded).encrypted:
        return Plain()
    if not passphrase:
        raise PhonicsError("backup.passphrase_needed", {"path": str(path)})
    told = json.loads(encoded)
    try:
        key = key_of(passphrase, bytes.fromhex(told["salt"]))
        fits = key.fits(told["check"])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise PhonicsError("backup.changed", {"path": str(path)}) from None
    if not fits:
        raise PhonicsError("backup.passphrase_wrong", {"path": str(path)})
    return key.seal(encoded)


def _opened_chunks(path: Path, file: BinaryIO, seal: Seal) -> Iterator[bytes]:
    number, last = 0, False
    while not last:
        length = _length(path, file)
        last = bool(length & _LAST)
        sealed = _exactly(path, file, length & ~_LAST, _LONGEST_CHUNK)
        try:
            yield seal.open(number, last, sealed)
        except Broken:
            raise PhonicsError("backup.changed", {"path": str(path)}) from None
        number += 1
    _exactly(path, file, _DIGEST_BYTES, _DIGEST_BYTES)
    if file.read(1):
        raise PhonicsError("backup.changed", {"path": str(path)})


def _unpacked(path: Path, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """At most a few megabytes at a time, however much a chunk holds."""
    unpacker = zlib.decompressobj()
    try:
        for chunk in chunks:
            while chunk:
                if piece := unpacker.decompress(chunk, _CHUNK):
                    yield piece
                chunk = unpacker.unconsumed_tail
        if rest := unpacker.flush():
            yield rest
    except zlib.error:
        raise PhonicsError("backup.changed", {"path": str(path)}) from None
    if not unpacker.eof:
        raise PhonicsError("backup.changed", {"path": str(path)})


def _length(path: Path, file: BinaryIO) -> int:
    return int(_LENGTH.unpack(_exactly(path, file, _LENGTH.size, _LENGTH.size))[0])


def _exactly(path: Path, file: BinaryIO, length: int, longest: int) -> bytes:
    content = file.read(length) if length <= longest else b""
    if len(content) != length:
        raise PhonicsError("backup.changed", {"path": str(path)})
    return content
