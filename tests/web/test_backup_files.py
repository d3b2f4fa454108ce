"""Backups through the browser: out and in, for administrators alone, refused in words and never by a failure."""

from __future__ import annotations

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.records import audit
from phonics_app.web import backup_files
from phonics_app.workflows.backups import BackupKind, back_up, list_backups

OTHER_FIELD = b'--b\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n'
OTHERS = ("teacher", "director", "trainer", "municipal_director", "auditor")


def sent(client, content, name="a.p9backup", **options):
    return client.post("/files/backups", files={"backup": (name, content, "application/octet-stream")}, **options)


def test_out_and_in_again(client_of, school):
    made, client = back_up(school, SYSTEM), client_of("administrator")
    fetched = client.get(f"/files/backups/{made.name}")
    assert (fetched.status_code, fetched.content) == (200, made.read_bytes())
    assert made.name in fetched.headers["content-disposition"]
    assert fetched.headers["cache-control"] == "no-store"
    answer = sent(client, fetched.content)
    assert answer.status_code == 303
    arrived = next(b for b in list_backups(school, SYSTEM) if b.kind is BackupKind.UPLOADED)
    assert answer.headers["location"] == f"/maintenance?backup={arrived.path.name}"
    assert arrived.verified
    assert arrived.path.read_bytes() == fetched.content
    with school.store.read() as connection:
        noted = {entry.action for entry in audit.entries(connection, 10)}
    assert {"export.backup", "site.backup_brought_in"} <= noted


@pytest.mark.parametrize("who", OTHERS)
def test_others_get_and_bring_nothing(client_of, school, who):
    made, client = back_up(school, SYSTEM), client_of(who)
    content = made.read_bytes()
    for answer in (client.get(f"/files/backups/{made.name}"), client.get("/files/backups"), sent(client, content)):
        assert answer.status_code == 403
        assert content not in answer.content
    assert len(list_backups(school, SYSTEM)) == 1


def test_without_a_session(client_of, school):
    made, client = back_up(school, SYSTEM), client_of(None)
    assert client.get(f"/files/backups/{made.name}").status_code == 303
    assert sent(client, made.read_bytes()).status_code == 303
    assert len(list_backups(school, SYSTEM)) == 1


def test_another_site_can_not_send_one(client_of, school):
    content = back_up(school, SYSTEM).read_bytes()
    headers = {"Origin": "http://elsewhere.example"}
    assert sent(client_of("administrator"), content, headers=headers).status_code == 403
    assert len(list_backups(school, SYSTEM)) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no backup"),
        (b"hello", "is no backup"),
        (b"PHONICS BACKUP 1\n", "not as it was made"),
        (b"PHONICS BACKUP 1\n" + b"\xff" * 500, "not as it was made"),
    ],
)
def test_what_is_no_backup_is_told(client_of, school, content, told):
    answer = sent(client_of("administrator"), content)
    assert answer.status_code == 422
    assert told in answer.text
    assert list_backups(school, SYSTEM) == ()
    assert list((school.settings.data_dir / "backups").iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"no parts at all"),
        ("text/plain", b"x"),
        ("multipart/form-data; boundary=" + "b" * 300, b"x"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n',
        ),
    ],
)
def test_a_form_that_is_none(client_of, school, kind, body):
    answer = client_of("administrator").post("/files/backups", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 422
    assert list_backups(school, SYSTEM) == ()


def test_more_than_the_limit(client_of, school, monkeypatch):
    monkeypatch.setattr(backup_files, "UPLOAD_LIMIT", 10_000)
    assert sent(client_of("administrator"), bytes(20_000)).status_code == 413
    assert list_backups(school, SYSTEM) == ()


@pytest.mark.parametrize("name", ["phonics.db", "..%2Fphonics.db", "%2e%2e%2fphonics.db", "none.p9backup", "%00"])
def test_nothing_else_of_the_folder_can_be_had(client_of, school, name):
    back_up(school, SYSTEM)
    assert client_of("administrator").get(f"/files/backups/{name}").status_code == 404
