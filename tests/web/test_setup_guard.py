"""An empty site that is open to a network: set up at its own machine, or with the code of its terminal."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from phonics_app.records import guesses
from phonics_app.workflows import setup
from phonics_app.workflows.setup import SiteState, site_state
from tests import sites
from tests.web.conftest import make_client
from tests.web.test_setup_pages import GOOD

CODE = "48219306"


@pytest.fixture
def guarded(monkeypatch):
    monkeypatch.setenv("PHONICS_SETUP_CODE", CODE)


@pytest.fixture
def stranger(empty, guarded):
    return make_client(empty, address="192.168.1.77")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_at_the_machine_itself_nobody_asks(empty, guarded, address):
    here = make_client(empty, address=address)
    assert 'id="own"' in here.get("/auth/setup").text
    assert here.post("/auth/setup", data=GOOD).headers["location"] == "/auth/sign-in?created=1"


@pytest.mark.parametrize("choice", ["own", "demonstration", "add"])
def test_from_another_device_nothing_happens_without_the_code(stranger, empty, choice):
    page = stranger.get("/auth/setup").text
    assert 'id="code"' in page
    assert 'id="own"' not in page
    assert stranger.post("/auth/setup", data=GOOD | {"choice": choice}).headers["location"] == "/auth/setup"
    assert site_state(empty) is SiteState.EMPTY


@pytest.mark.parametrize("typed", ["", "4821930", "482193060", "๔๘๒๑๙๓๐๖", "x" * 8])
def test_a_wrong_code_is_refused(stranger, typed):
    answer = stranger.post("/auth/setup/code", data={"code": typed})
    assert answer.status_code == 403
    assert "This is not the code." in answer.text
    assert "set-cookie" not in answer.headers
    stranger.cookies.set("phonics_setup_code", typed.encode("ascii", "replace").decode())
    assert 'id="code"' in stranger.get("/auth/setup").text


@pytest.mark.parametrize("typed", [CODE, "4821 9306", " 4821-9306 "])
def test_with_the_code_another_device_sets_up(stranger, empty, typed):
    answer = stranger.post("/auth/setup/code", data={"code": typed})
    assert answer.headers["location"] == "/auth/setup"
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert 'id="own"' in stranger.get("/auth/setup").text
    assert stranger.post("/auth/setup", data=GOOD).headers["location"] == "/auth/sign-in?created=1"
    assert site_state(empty) is SiteState.OWN


@pytest.mark.parametrize(
    ("code", "typed"), [("mango tree", "Mango-Tree"), ("ต้นมะม่วง 7", "ต้นมะม่วง7"), ("a1b2c3", "a1b2c3")]
)
def test_a_code_of_letters_is_a_code_too(stranger, empty, monkeypatch, code, typed):
    monkeypatch.setenv("PHONICS_SETUP_CODE", code)
    assert 'id="code"' in stranger.get("/auth/setup").text
    for wrong in ("", "123", "7", "mango", "น"):
        assert stranger.post("/auth/setup/code", data={"code": wrong}).status_code == 403
    assert stranger.post("/auth/setup", data=GOOD).headers["location"] == "/auth/setup"
    assert site_state(empty) is SiteState.EMPTY
    stranger.post("/auth/setup/code", data={"code": typed})
    assert 'id="own"' in stranger.get("/auth/setup").text


def test_a_code_without_a_sign_in_it_lets_nobody_in(stranger, monkeypatch):
    monkeypatch.setenv("PHONICS_SETUP_CODE", " - ")
    assert stranger.post("/auth/setup/code", data={"code": ""}).status_code == 403
    stranger.cookies.set("phonics_setup_code", hashlib.sha256(b"").hexdigest())
    assert 'id="code"' in stranger.get("/auth/setup").text


def test_wrong_codes_are_counted_by_address_and_all_together(empty, guarded, monkeypatch):
    monkeypatch.setattr(setup, "MOST_WRONG_CODES", guesses.PER_ADDRESS + 2)
    clock = sites.Clock()
    site = replace(empty, now=clock)

    def give(code, address):
        answer = make_client(site, address=address).post("/auth/setup/code", data={"code": code})
        return answer.status_code, "15 minutes" in answer.text

    assert {give("1", "10.0.0.1") for _ in range(guesses.PER_ADDRESS)} == {(403, False)}
    assert give(CODE, "10.0.0.1") == (403, True), "the right one is not told from a wrong one either"
    assert [give("2", "10.0.0.2") for _ in range(2)] == [(403, False)] * 2
    assert give(CODE, "10.0.0.3") == (403, True)
    assert 'id="own"' in make_client(site, address="127.0.0.1").get("/auth/setup").text
    clock.advance(minutes=16)
    assert give(CODE, "10.0.0.1")[0] == 303


def test_no_cookie_can_be_worked_out_from_a_code(stranger):
    stranger.cookies.set("phonics_setup_code", hashlib.sha256(CODE.encode()).hexdigest())
    assert 'id="code"' in stranger.get("/auth/setup").text


def test_a_code_that_nobody_was_shown_is_not_asked_for(empty):
    assert 'id="own"' in make_client(empty, address="192.168.1.77").get("/auth/setup").text


def test_a_site_that_is_set_up_asks_for_no_code(client_of, guarded):
    assert client_of(None, address="192.168.1.77").get("/auth/setup").headers["location"] == "/auth/sign-in"
