"""Audio over HTTP: who may have it, how long a browser may keep it, and the studio's routes."""

from __future__ import annotations

import base64

import pytest

from phonics_app.domain.sound import Sound, SoundKind
from phonics_app.records.recordings import insert_recordings
from phonics_app.speech import espeak
from phonics_app.web.audio import BODY_LIMIT
from tests.speech.packs import CAT, M, audio, recording
from tests.speech.signals import wav

SOUND = {"kind": "phoneme", "text": "", "phonemes": ["M"]}
TAKE = {
    "id": "b" * 32,
    "sound": SOUND,
    "wav": base64.b64encode(wav()).decode(),
    "recorded_at": "2026-11-20T09:00:00.000Z",
    "speaker": "ครูสมศรี",
    "licence": "CC-BY-4.0",
    "consent": True,
}


@pytest.fixture
def stored(school):
    made, content = recording(1, CAT)
    with school.store.write() as connection:
        insert_recordings(connection, [(made, content)])
    return made


def test_nobody_hears_without_a_session(client_of, stored):
    assert client_of(None).get(f"/files/audio/{CAT.key}").status_code == 303
    assert client_of(None).get("/api/v1/recordings").status_code == 401


def test_everybody_signed_in_hears(client_of, stored):
    answer = client_of("director").get(f"/files/audio/{CAT.key}")
    assert (answer.status_code, answer.content) == (200, audio())
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.headers["x-phonics-source"] == "person"
    assert answer.headers["cache-control"] == "private, no-cache"


def test_a_browser_asks_whether_it_has_changed(client_of, stored):
    client = client_of("teacher")
    tag = client.get(f"/files/audio/{CAT.key}").headers["etag"]
    again = client.get(f"/files/audio/{CAT.key}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/files/audio/{CAT.key}", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(("right", "kept"), [(True, True), (False, False)])
def test_with_the_content_s_number_it_is_kept_for_ever(client_of, stored, right, kept):
    digest = stored.digest if right else "0" * 64
    headers = client_of("teacher").get(f"/files/audio/{CAT.key}?v={digest}").headers
    assert ("immutable" in headers["cache-control"]) is kept


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-1", 0, 1), ("bytes=100-", 100, None), ("bytes=-50", -50, None)]
)
def test_ranges(client_of, stored, asked, first, last):
    whole = audio()
    answer = client_of("teacher").get(f"/files/audio/{CAT.key}", headers={"Range": asked})
    expected = whole[first : None if last is None else last + 1]
    assert (answer.status_code, answer.content) == (206, expected)
    assert answer.headers["content-range"].endswith(f"/{len(whole)}")


def test_ranges_that_are_none(client_of, stored):
    client = client_of("teacher")
    get = lambda text: client.get(f"/files/audio/{CAT.key}", headers={"Range": text}).status_code  # noqa: E731
    assert get("bytes=9999999-") == get("bytes=5-2") == 416
    assert get("bytes=-") == get("bytes=1-2,5-9") == get("lines=1-2") == get(f"bytes={'9' * 50}-") == 200


def test_synthetic_speech_says_that_it_is(client_of):
    pytest.importorskip("espeakng_loader")
    at = Sound(SoundKind.WORD, "at")
    assert client_of("teacher").get(f"/files/audio/{at.key}").headers["x-phonics-source"] == "espeak"


@pytest.mark.parametrize(
    ("language", "words"), [("th", "ให้ครูออกเสียง /m/ เหมือนในคำ “map”"), ("en", "Say /m/, as in “map”.")]
)
def test_what_the_teacher_says_instead(client_of, monkeypatch, language, words):
    monkeypatch.setattr(espeak, "_PACKAGE", "no_such_package")
    answer = client_of("teacher", language=language).get(f"/files/audio/{M.key}")
    assert answer.status_code == 404
    assert words in answer.json()["error"]["message"]


def test_the_studio_s_list(client_of, stored):
    sounds = client_of("teacher").get("/api/v1/recordings?set=phonemes").json()["sounds"]
    assert len(sounds) == 44
    (m,) = [sound for sound in sounds if sound["key"] == M.key]
    assert (m["kept"], m["take"]) == (None, None)
    assert m["needed"]["sound"] == SOUND
    assert (m["needed"]["grapheme"], m["needed"]["example"]) == ("m", "map")
    assert client_of("teacher").get("/api/v1/recordings?set=0").status_code == 404


def test_a_take_is_stored_kept_and_played(client_of):
    client = client_of("teacher")
    made = client.post("/api/v1/recordings", json=TAKE)
    assert (made.status_code, made.json()["faults"], made.json()["kept"]) == (201, [], False)
    assert client.post("/api/v1/recordings", json=TAKE).json() == made.json()
    listened = client.get(f"/files/audio/takes/{TAKE['id']}")
    assert listened.headers["content-type"] == "audio/mpeg"
    assert client.get(f"/files/audio/{M.key}").content != listened.content
    kept = client.post(f"/api/v1/recordings/{TAKE['id']}/keep", json={})
    assert (kept.status_code, kept.json()["kept"]) == (200, True)
    assert client.get(f"/files/audio/{M.key}").content == listened.content


def test_a_recording_is_deleted_by_whom_it_belongs_to(client_of, school):
    from_a_pack = recording(1, CAT, recorded_by="")
    with school.store.write() as connection:
        insert_recordings(connection, [from_a_pack])
    teacher = client_of("teacher")
    teacher.post("/api/v1/recordings", json=TAKE)
    kept = teacher.post(f"/api/v1/recordings/{TAKE['id']}/keep", json={}).json()
    assert kept["deletable"]
    cat = f"/api/v1/recordings/{from_a_pack[0].id}"
    assert teacher.post(f"{cat}/delete", json={}).status_code == 404
    gone = teacher.post(f"/api/v1/recordings/{TAKE['id']}/delete", json={})
    assert (gone.status_code, gone.json()) == (200, {"kept": None})
    assert teacher.get(f"/files/audio/takes/{TAKE['id']}").status_code == 404
    assert client_of("administrator").post(f"{cat}/delete", json={}).json() == {"kept": None}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"wav": "!"}, 422, "audio.not_wav"),
        ({"wav": "เสียง"}, 422, "audio.not_wav"),
        ({"wav": base64.b64encode(wav(level=0.0)).decode()}, 422, "take.silent"),
        ({"consent": False}, 422, "take.no_consent"),
        ({"licence": "mine"}, 422, "json.unexpected"),
        ({"recorded_at": "2026-11-20T09:00:00"}, 422, "take.no_timezone"),
    ],
)
def test_takes_that_are_refused(client_of, change, status, code):
    answer = client_of("teacher").post("/api/v1/recordings", json={**TAKE, **change})
    assert answer.status_code == status
    assert [problem["code"] for problem in answer.json()["error"]["problems"]] == [code]


def test_a_take_that_is_too_large(client_of):
    answer = client_of("teacher").post("/api/v1/recordings", json={**TAKE, "wav": "A" * BODY_LIMIT})
    assert answer.status_code == 413


def test_a_director_does_not_record(client_of):
    client = client_of("director")
    assert client.post("/api/v1/recordings", json=TAKE).status_code == 403
    assert client.get("/studio").status_code == 403


def test_the_studio_s_page(client_of):
    answer = client_of("teacher", language="th").get("/studio?set=3")
    assert answer.status_code == 200
    assert '"set": "3"' in answer.text
    assert "media-src 'self' blob:" in answer.headers["content-security-policy"]
    assert "microphone" not in answer.headers["permissions-policy"]
    assert client_of(None).get("/studio").headers["location"].startswith("/auth/sign-in")
    for name in ("main.js", "recorder_worklet.js", "studio.css"):
        assert client_of(None).get(f"/studio/static/{name}").headers["cache-control"] == "no-cache"
    assert client_of("teacher").get("/studio/nothing").status_code == 404
