"""The file of a backup: what was written comes out, and nothing that was changed does."""

from __future__ import annotations

import hashlib
import io
import json
import random
import struct
import tomllib
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phonics_app.domain.errors import PhonicsError
from phonics_app.domain.product import VERSION
from phonics_app.records import backup_file
from phonics_app.records.backup import unpack
from phonics_app.records.backup_file import BackupWriter, Header, check_whole, read_content

PASSPHRASE = "ลำไย มะม่วง กล้วย"
HEADER = Header("0.1.0", "0006", datetime(2026, 6, 15, tzinfo=UTC), simulated=False, encrypted=False)
SMALL = 1000


def test_the_version_is_the_product_s():
    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(backup_file, "_CHUNK", SMALL)


def written(content: bytes, passphrase: str = "") -> bytes:
    file = io.BytesIO()
    header = Header(HEADER.product, HEADER.revision, HEADER.made_at, False, bool(passphrase))
    writer = BackupWriter(file, header, passphrase)
    for begin in range(0, len(content), 333):
        writer.write(content[begin : begin + 333])
    writer.finish()
    return file.getvalue()


def read(path: Path, content: bytes, passphrase: str = "") -> bytes:
    path.write_bytes(content)
    return b"".join(read_content(path, passphrase))


def resealed(content: bytes) -> bytes:
    """With the checksum of the file made anew, as somebody who changes it on purpose would."""
    return content[:-32] + hashlib.sha256(content[:-32]).digest()


def chunks_of(content: bytes) -> tuple[bytes, list[bytes]]:
    """What stands before the chunks, and the chunks with their lengths."""
    place = 17 + 4 + struct.unpack_from(">I", content, 17)[0]
    head, found = content[:place], []
    while place < len(content) - 32:
        length = struct.unpack_from(">I", content, place)[0] & 0x7FFFFFFF
        found.append(content[place : place + 4 + length])
        place += 4 + length
    return head, found


NOISE = random.Random(9).randbytes(SMALL * 7 + 13)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
@pytest.mark.parametrize("content", [b"", b"x", NOISE, bytes(300_000)], ids=["none", "one", "noise", "zeros"])
def test_there_and_back(tmp_path, content, passphrase):
    assert read(tmp_path / "a", written(content, passphrase), passphrase) == content


def test_what_is_encrypted_can_not_be_read_and_is_never_the_same(tmp_path):
    one, other = written(b"pupil" * 500, PASSPHRASE), written(b"pupil" * 500, PASSPHRASE)
    assert chunks_of(one)[1] != chunks_of(other)[1]
    assert b"pupil" not in one


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_every_bit_counts(tmp_path, passphrase):
    whole, chance = written(NOISE, passphrase), random.Random(1)
    for _ in range(60):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        with pytest.raises(PhonicsError) as caught:
            read(tmp_path / "a", bytes(spoilt), passphrase)
        assert caught.value.code in ("backup.changed", "backup.foreign")


@pytest.mark.parametrize("left", [0, 5, 20, 100, 3000, -33, -1])
def test_a_part_is_no_backup(tmp_path, left):
    with pytest.raises(PhonicsError):
        read(tmp_path / "a", written(NOISE)[:left])


def shuffled(head, chunks):
    return head + b"".join([chunks[1], chunks[0], *chunks[2:]])


def without_one(head, chunks):
    return head + b"".join(chunks[:2] + chunks[3:])


def ended_early(head, chunks):
    last = bytearray(chunks[2])
    last[0] |= 0x80
    return head + b"".join([*chunks[:2], bytes(last)])


def of_another_header(head, chunks):
    return head.replace(b"0006", b"0005") + b"".join(chunks)


@pytest.mark.parametrize("change", [shuffled, without_one, ended_early, of_another_header])
def test_who_changes_an_encrypted_one_on_purpose_is_found_out(tmp_path, change):
    head, chunks = chunks_of(written(NOISE, PASSPHRASE))
    spoilt = resealed(change(head, chunks) + bytes(32))
    (tmp_path / "a").write_bytes(spoilt)
    check_whole(tmp_path / "a")
    with pytest.raises(PhonicsError, match=r"backup\.changed"):
        read(tmp_path / "a", spoilt, PASSPHRASE)


def test_a_wrong_passphrase_is_no_damage(tmp_path):
    whole = written(NOISE, PASSPHRASE)
    with pytest.raises(PhonicsError, match=r"backup\.passphrase_wrong"):
        read(tmp_path / "a", whole, "ลำไย มะม่วง")
    with pytest.raises(PhonicsError, match=r"backup\.passphrase_needed"):
        read(tmp_path / "a", whole)
    with pytest.raises(PhonicsError, match=r"backup\.changed"):
        read(tmp_path / "a", whole[:-40] + b"x" * 40, "ลำไย มะม่วง")


def test_letters_that_look_alike_are_one_passphrase(tmp_path):
    assert read(tmp_path / "a", written(b"x", "น้ำตก และ café"), "น้ําตก และ cafe\u0301") == b"x"


def forged(header: bytes, content: bytes) -> bytes:
    """A file that somebody has written by hand: its checksum is right, what it says is not."""
    packed = zlib.compress(content)
    begun = b"PHONICS BACKUP 1\n" + struct.pack(">I", len(header)) + header
    return resealed(begun + struct.pack(">I", len(packed) | 1 << 31) + packed + bytes(32))


def told(**changed: object) -> bytes:
    plain = {"product": "1", "revision": "0001", "made_at": "2026-06-15T02:00:00+00:00"}
    return json.dumps({**plain, "simulated": False, "encrypted": False, **changed}).encode()


@pytest.mark.parametrize(
    "header",
    [
        told(made_at="2026-06-15T02:00:00"),
        told(made_at="9999-12-31T23:59:59+00:00"),
        told(revision="\ud800"),
        b"[" * 60_000,
    ],
    ids=["no time zone", "no day after", "no text", "no end"],
)
def test_a_forged_header_is_refused_before_anybody_reckons_with_it(tmp_path, header):
    (tmp_path / "a.p9backup").write_bytes(forged(header, b""))
    with pytest.raises(PhonicsError, match=r"backup\.changed"):
        check_whole(tmp_path / "a.p9backup")


@pytest.mark.parametrize("size", ['"5"', "[" * 60_000, "null"], ids=["text", "no end", "nothing"])
def test_a_forged_manifest_is_refused(tmp_path, size):
    manifest = told(site=[], rows={}, sha256="x")[:-1] + f', "size": {size}}}'.encode()
    manifest = manifest.replace(b'"encrypted": false, ', b"")
    (tmp_path / "a.p9backup").write_bytes(forged(told(), struct.pack(">I", len(manifest)) + manifest + b"hello"))
    with pytest.raises(PhonicsError, match=r"backup\.changed"):
        unpack(tmp_path / "a.p9backup", tmp_path / "a.db")
