"""What the server writes down of itself: no password, no code, no address that names a pupil or an invitation."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests import sites
from tests.browser.server import Server

SECRET, GUESS = "7KQ2-MX4P-9HRT", "กล้วยหอม-3-หวี"


@pytest.fixture
def server(tmp_path):
    sites.make_own(tmp_path)
    running = Server(tmp_path).start()
    yield running
    running.stop()


def ask(server, path, **form):
    data = urllib.parse.urlencode(form).encode() if form else None
    request = urllib.request.Request(server.url + path, data, {"Origin": server.url})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_no_secret_and_no_address_stands_in_the_log(server):
    assert ask(server, f"/auth/invitation?code={SECRET}") == 404
    assert ask(server, "/auth/sign-in", username="teacher", password=GUESS) == 403
    assert ask(server, "/auth/sign-in", username="teacher", password=sites.PASSWORD) == 200
    assert ask(server, f"/play/new?pupil={SECRET}") == 200
    assert ask(server, f"/no/such/page?of={SECRET}") == 200
    server.stop()
    log = server.log.read_text(encoding="utf-8")
    assert "Uvicorn running" in log
    for told in (SECRET, GUESS, sites.PASSWORD, "GET /", "POST /", "phonics_session", "$argon2"):
        assert told not in log
