"""What is brought in over HTTP is held to size, kind and content, whatever its name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from phonics_app.records.spreadsheet import MOST_BYTES, MOST_OTHER_BYTES
from tests import rosters

IMPORT = "/api/v1/paper/import"


def bomb(name: str, letters: int) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, "<a>" + " " * letters + "</a>")
    return result.getvalue()


BAD = {
    "a bomb": bomb("xl/styles.xml", MOST_OTHER_BYTES + 1),
    "out of the package": bomb("../../../etc/cron.d/x", 10),
    "no spreadsheet": b"%PDF-1.7 ...",
    "a program": b"MZ\x90\x00" + bytes(range(256)) * 8,
    "a page": b"<html><script>alert(1)</script></html>",
    "nothing": b"",
    "another table": rosters.dmc_xlsx(),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_marking_sheet_that_is_none(client_of, kind):
    answer = client_of("teacher").post(f"{IMPORT}?name=../../x.xlsx", content=BAD[kind])
    assert answer.status_code in (200, 422), answer.text
    told = answer.json()
    problems = told["problems"] if answer.status_code == 200 else told["error"]["problems"]
    assert problems
    assert not told.get("ready")


def test_nothing_is_read_beyond_the_limit(client_of):
    """The body is refused while it comes in, a stream of unknown length too."""
    client, read = client_of("teacher"), 0

    def endless():
        nonlocal read
        while read < 4 * MOST_BYTES:
            read += 1024 * 1024
            yield bytes(1024 * 1024)

    assert client.post(f"{IMPORT}?name=a.xlsx", content=bytes(MOST_BYTES + 1)).status_code == 413
    assert client.post(f"{IMPORT}?name=a.xlsx", content=endless()).status_code == 413


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 50_000, b'{"id": NaN}', b"\xff\xfe", b'"\\ud800"'])
def test_json_that_is_none(client_of, content):
    answer = client_of("teacher").post("/api/v1/attempts", content=content)
    assert answer.status_code == 422


@pytest.mark.parametrize("wav", ["", "!!!", "UklGRg==", "AAAA" * 1000])
def test_a_take_that_is_no_sound(client_of, wav):
    take = {"id": "a" * 32, "sound": "x", "wav": wav, "recorded_at": "2026-06-15T09:00:00+07:00"}
    take |= {"speaker": "ครู", "licence": "CC0-1.0", "consent": True}
    assert client_of("teacher").post("/api/v1/recordings", json=take).status_code in (404, 422)


def test_a_name_in_an_address_never_leads_out(client_of):
    client = client_of("administrator")
    for name in ("..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd", "%00", "C:%5Cboot.ini"):
        for folder in ("/files/fonts", "/files/audio", "/files/backups", "/play/static", "/studio/static"):
            answer = client.get(f"{folder}/{name}")
            assert answer.status_code in (307, 308, 400, 404), (folder, name)
            assert "root:" not in answer.text
