from __future__ import annotations

import pytest
from starlette.websockets import WebSocketDisconnect

from phonics_app.domain.errors import PhonicsError
from phonics_app.workflows.context import Settings
from tests.web.conftest import make_client

PAGES = ["/", "/class", "/roster", "/dashboard?school=1", "/play/new?pupil=1", "/play/0123"]
PROGRAMS = ["/api/v1/attempts/1", "/media/x.png", "/_stcore/metrics", "/_stcore/upload_file/a/b", "/app/static/x"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_lead_anonymous_visitors_to_sign_in_and_back(client_of, path):
    answer = client_of(None).get(path)
    assert answer.status_code == 303
    location = answer.headers["location"]
    assert location == "/auth/sign-in" if path == "/" else location.startswith("/auth/sign-in?next=%2F")


@pytest.mark.parametrize("path", PROGRAMS)
def test_programs_get_a_status_not_a_page(client_of, path):
    answer = client_of(None).get(path)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "session.missing"


@pytest.mark.parametrize("path", ["/", "/class", "/auth/sign-in"])
def test_an_empty_site_leads_to_set_up(newcomer, path):
    assert newcomer.get(path).headers["location"] == "/auth/setup"


@pytest.mark.parametrize(
    "path", ["/healthz", "/auth/static/pages.css", "/play/static/main.js", "/files/fonts/ABeeZee-Regular.ttf"]
)
def test_what_everybody_may_have(client_of, path):
    assert client_of(None).get(path).status_code == 200


def test_websocket_without_a_session_is_refused(client_of):
    with pytest.raises(WebSocketDisconnect), client_of(None).websocket_connect("/_stcore/stream"):
        pass


def test_websocket_of_another_origin_is_refused_even_with_a_session(client_of):
    headers = {"Origin": "http://elsewhere.example"}
    with (
        pytest.raises(WebSocketDisconnect),
        client_of("teacher").websocket_connect("/_stcore/stream", headers=headers),
    ):
        pass


def test_a_made_up_session_is_none(client_of):
    client = client_of(None)
    client.cookies.set("phonics_session", "made-up")
    assert client.get("/api/v1/attempts/1").status_code == 401


def test_a_session_passes(client_of):
    assert client_of("teacher").get("/play/deliver").status_code == 200


@pytest.mark.parametrize("path", ["/class", "/auth/sign-in", "/auth/sign-out", "/auth/setup"])
def test_a_site_that_cannot_be_opened_says_why(path, tmp_path):
    def broken():
        raise PhonicsError("database.damaged", {"path": "phonics.db"})

    client = make_client(None)
    settings = Settings.from_environment({"PHONICS_DATA_DIR": str(tmp_path)})
    client.app.user_middleware[-1].kwargs.update(phonics_of=broken, settings_of=lambda: settings)
    client.cookies.set("phonics_session", "made-up")
    answer = client.get(path)
    assert answer.status_code == 503
    assert "can&#39;t be opened just now" in answer.text
    # Of a damaged database nobody can promise that.
    assert "is lost" not in answer.text


def test_security_headers(client_of):
    headers = client_of(None).get("/auth/sign-in").headers
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
