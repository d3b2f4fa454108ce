"""Voice packs: a round trip, and every way in which a pack from elsewhere can be wrong."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from datetime import timedelta

import pytest

from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.sound import Licence
from phonics_app.speech import pack_reading
from phonics_app.speech.pack_reading import read_pack
from phonics_app.speech.voice_pack import MANIFEST, file_of, write_pack
from tests import bombs, sites
from tests.speech import packs, signals

NAME = "จามเทวี.zip"


def read(content):
    return read_pack(content, sites.START, NAME)


def faults(content):
    """Code, file and field of each problem."""
    with pytest.raises(ProblemsFound) as caught:
        read(content)
    assert caught.value.code == "pack.problems"
    return [(p.code, p.place.file, p.place.column) for p in caught.value.problems]


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts, **options):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", **options) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, content)
    return target.getvalue()


def changed(change=None, **files):
    """A good pack with a changed manifest, or with files put in or (None) taken out."""
    parts = parts_of(write_pack(packs.three()))
    manifest = json.loads(parts[MANIFEST])
    if change:
        change(manifest)
    parts[MANIFEST] = json.dumps(manifest, ensure_ascii=False).encode()
    parts.update(files)
    return zipped({name: content for name, content in parts.items() if content is not None})


def entry(manifest, sound):
    return next(e for e in manifest["recordings"] if e["file"] == file_of(sound))


def test_round_trip_byte_for_byte():
    content = write_pack(packs.three())
    assert write_pack(read(content)) == content
    assert write_pack(reversed(packs.three())) == content


def test_what_comes_in():
    came = {recording.sound: (recording, audio) for recording, audio in read(write_pack(packs.three()))}
    recording, audio = came[packs.CAT]
    assert audio == packs.audio(300.0)
    assert (recording.id, recording.speaker, recording.licence) == (f"{2:032x}", "ครูสมศรี", Licence.CC_BY)
    assert (recording.recorded_by, recording.origin, recording.faults) == ("", NAME, ("noisy",))
    assert came[packs.CHAY][0].speaker == ""


def test_an_empty_pack_is_a_pack():
    assert read(write_pack([])) == ()


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04" + bytes(100), write_pack([])[:-30]])
def test_no_zip(content):
    assert faults(content) == [("pack.not_zip", NAME, "")]


def test_no_manifest():
    assert faults(zipped({})) == [("pack.no_manifest", NAME, "")]


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_manifest(text):
    assert faults(zipped({MANIFEST: text})) == [("pack.manifest_broken", MANIFEST, "")]


def test_faults_of_the_manifest_are_named_by_their_field():
    def change(manifest):
        manifest["recordings"][0]["kind"] = "song"
        manifest["recordings"][1]["consent"] = "yes"
        del manifest["recordings"][2]["speaker"]

    fields = ["recordings[0].kind", "recordings[1].consent", "recordings[2].speaker"]
    assert faults(changed(change)) == [("json.unexpected", MANIFEST, field) for field in fields]


@pytest.mark.parametrize("field", [{"format": "other"}, {"version": 2}])
def test_another_format(field):
    assert faults(changed(lambda m: m.update(field))) == [("pack.other_format", MANIFEST, "")]


OUTSIDE = [
    "../../etc/cron.d/x",
    "/etc/passwd",
    "..\\..\\x.mp3",
    "C:\\x.mp3",
    "audio/../../x.mp3",
    "audio/x.exe",
    "audio/",
    "x.mp3",
    f"audio/{'0' * 32}.mp3/..",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_files_that_have_no_business_there(name):
    stored = name.replace("\\", "/") if "\\" in name else name
    assert ("pack.unexpected_file", stored, "") in faults(changed(**{stored: b"x"}))


def test_backslashes_in_the_zip_itself():
    content = changed(**{"audio_zz.mp3": b"x"}).replace(b"audio_zz.mp3", b"..\\..\\z.mp3")
    assert faults(content)[0][0] in ("pack.unexpected_file", "pack.not_zip")


def test_every_fault_at_once_with_its_file():
    def change(manifest):
        entry(manifest, packs.M)["licence"] = "site-only"
        entry(manifest, packs.CAT)["sha256"] = "0" * 64
        entry(manifest, packs.CHAY)["consent"] = False

    parts = {file_of(packs.M): None, f"audio/{'f' * 32}.mp3": b"x"}
    found = faults(changed(change, **parts))
    assert sorted(code for code, _, _ in found) == [
        "pack.entry_bad",
        "pack.entry_bad",
        "pack.file_changed",
        "pack.file_missing",
        "pack.file_unlisted",
    ]
    assert ("pack.file_missing", file_of(packs.M), "") in found
    assert ("pack.file_changed", file_of(packs.CAT), "") in found


FUTURE = (sites.START + timedelta(days=3)).isoformat()
BAD_ENTRIES = {
    "text": ("text", "", "text"),
    "another file": ("file", f"audio/{'a' * 32}.mp3", "file"),
    "id": ("id", "1", "id"),
    "id with a quote": ("id", "'; drop table recording; --" + "0" * 5, "id"),
    "licence": ("licence", "site-only", "licence"),
    "consent": ("consent", False, "consent"),
    "speaker": ("speaker", "x" * 301, "speaker"),
    "speaker of two lines": ("speaker", "a\nb", "speaker"),
    "faults": ("faults", ["<b>"], "faults"),
    "recorded in the future": ("recorded_at", FUTURE, "recorded_at"),
    "kept in the future": ("kept_at", FUTURE, "kept_at"),
    "no time zone": ("kept_at", "2026-01-01T00:00:00", "kept_at"),
}


@pytest.mark.parametrize(("field", "value", "named"), BAD_ENTRIES.values(), ids=BAD_ENTRIES)
def test_entries_that_are_refused(field, value, named):
    found = faults(changed(lambda manifest: entry(manifest, packs.CAT).update({field: value})))
    assert any(code == "pack.entry_bad" and column.endswith(f".{named}") for code, _, column in found)


def test_one_recording_listed_twice():
    found = faults(changed(lambda m: m["recordings"].append(dict(m["recordings"][0]))))
    assert {code for code, _, _ in found} == {"pack.listed_twice"}


@pytest.mark.parametrize("audio", [b"<html></html>" * 20, signals.wav(), b""], ids=["html", "wav", "nothing"])
def test_what_is_no_mp3(audio):
    from phonics_app.speech.audio_files import digest_of

    def change(manifest):
        entry(manifest, packs.CAT)["sha256"] = digest_of(audio)

    found = faults(changed(change, **{file_of(packs.CAT): audio}))
    assert found == [("audio.not_mp3", file_of(packs.CAT), "")]


def test_two_files_of_one_name():
    parts = list(parts_of(write_pack(packs.three())).items())
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped([*parts, parts[-1]])
    assert faults(content) == [("pack.file_twice", parts[-1][0], "")]


def test_a_damaged_file():
    content = bytearray(write_pack(packs.three()))
    at = bytes(content).index(packs.audio(300.0)) + 500
    content[at] ^= 0xFF
    assert faults(bytes(content)) == [("pack.file_damaged", file_of(packs.CAT), "")]


def test_a_locked_file():
    content = bytearray(write_pack(packs.three()))
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.rindex(signature) + offset] |= 1
    assert [code for code, _, _ in faults(bytes(content))] == ["pack.encrypted"]


def test_zip_bombs(monkeypatch):
    """A small file that says how large it becomes, many of them, and one that lies about it."""
    name = file_of(packs.CAT)
    large = zipped({**parts_of(write_pack([])), name: bytes(2_000_000)}, compression=zipfile.ZIP_DEFLATED)
    assert len(large) < 5_000
    assert faults(large) == [("pack.file_too_large", name, "")]
    monkeypatch.setattr(pack_reading, "MOST_UNPACKED_BYTES", 1_500_000)
    assert ("pack.too_large", NAME, "") in faults(large)
    lying = bytearray(large)
    at = lying.rindex(b"PK\x01\x02") + 24
    lying[at : at + 4] = struct.pack("<I", 100)
    assert [code for code, _, _ in faults(bytes(lying))] in (["pack.file_unlisted"], ["pack.not_zip"])


def test_a_list_that_says_to_be_small_fills_no_memory():
    assert bombs.refused_in_little_memory(bombs.bomb({}, MANIFEST), faults) == [("pack.file_damaged", MANIFEST, "")]


def test_too_many_files(monkeypatch):
    monkeypatch.setattr(pack_reading, "MOST_FILES", 3)
    assert faults(write_pack(packs.three())) == [("pack.too_many_files", NAME, "")]


def test_too_large(monkeypatch):
    monkeypatch.setattr(pack_reading, "MOST_BYTES", 1000)
    assert faults(write_pack(packs.three())) == [("pack.too_large", NAME, "")]
