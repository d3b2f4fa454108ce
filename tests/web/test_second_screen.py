"""A pupil's screen over HTTP: who gets in, what it is told, how it waits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from phonics_app.web import screen_api
from phonics_app.web.paths import is_public
from phonics_app.workflows import assess
from tests import sites
from tests.browser.school import P4_PUPIL
from tests.web.conftest import make_client

ATTEMPT = "e" * 32
API = f"/api/v1/attempts/{ATTEMPT}/screen"


@pytest.fixture
def words(school):
    """Items that are read in the test, in the JSON that the player sends."""
    sitting = assess.start_attempt(school, sites.PEOPLE.teacher, ATTEMPT, P4_PUPIL.id)
    known = {item.id: item.stimulus for item in sitting.plan.items}
    block = next(b for b in sitting.plan.blocks if all(known[i] for i in b.items))
    return {"items": list(block.items), "lines": [len(block.items)]}


@pytest.fixture
def teacher(school):
    return make_client(school, who="teacher")


@pytest.fixture
def screen(school):
    return make_client(school)


@pytest.fixture
def paired(teacher, screen, words):
    code = teacher.post(f"{API}/code", json={}).json()["code"]
    assert screen.post("/api/v1/show/join", json={"code": code}).status_code == 200
    return words


def test_without_a_code_nothing_is_shown(screen):
    assert screen.get("/show").status_code == 200
    answer = screen.get("/api/v1/show")
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "screen.not_joined")
    refused = screen.post("/api/v1/show/join", json={"code": "000000"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (404, "screen.code_wrong")
    assert "set-cookie" not in refused.headers


def test_the_token_is_out_of_reach_of_scripts(teacher, screen, words):
    code = teacher.post(f"{API}/code", json={}).json()["code"]
    joined = screen.post("/api/v1/show/join", json={"code": code})
    assert "HttpOnly" in joined.headers["set-cookie"]
    assert "SameSite=lax" in joined.headers["set-cookie"]
    assert set(joined.json()) == {"version", "status", "lines", "passage", "teacher"}


def test_the_screen_reads_and_does_nothing_else(paired, screen):
    for path in (API, f"{API}/code", f"/api/v1/attempts/{ATTEMPT}/events"):
        assert screen.post(path, json={}).status_code == 401
    assert screen.get(f"/api/v1/attempts/{ATTEMPT}").status_code == 401
    assert screen.post("/api/v1/show", json={}).status_code == 405
    assert screen.get(f"/play/{ATTEMPT}").status_code == 303


def test_nothing_that_it_is_told_names_the_pupil_or_an_answer(paired, teacher, screen):
    teacher.post(API, json={"shown": paired})
    told = screen.get("/api/v1/show").text + screen.get("/show").text
    assert "ฟ้าใส" not in told
    assert ATTEMPT not in told
    assert not any(item in told for item in paired["items"])
    assert set(screen.get("/api/v1/show").json()) == {"version", "status", "lines", "passage", "teacher"}


def test_other_sites_can_not_make_a_screen_join(school):
    stranger = make_client(school)
    answer = stranger.post("/api/v1/show/join", json={"code": "123456"}, headers={"Origin": "http://elsewhere"})
    assert answer.status_code == 403


@pytest.mark.parametrize("who", ["other_teacher", "director", "trainer"])
def test_nobody_else_shows_anything(paired, school, who):
    other = make_client(school, who=who)
    assert other.post(API, json={"shown": paired}).status_code == 403
    assert other.post(f"{API}/code", json={"renew": True}).status_code == 403


def test_what_can_not_be_shown_is_refused(paired, teacher):
    for shown in ({"items": ["ฟ้าใส"], "lines": [1]}, {"items": [], "lines": [5]}, {"items": paired["items"]}, "x"):
        assert teacher.post(API, json={"shown": shown}).status_code == 422
    assert teacher.post(API, json={"shown": None, "more": "x" * 70_000}).status_code == 413


def test_a_screen_that_has_seen_it_waits_and_then_is_told_the_same(paired, screen, monkeypatch):
    monkeypatch.setattr(screen_api, "WAIT_SECONDS", 0.2)
    first = screen.get("/api/v1/show").json()
    assert screen.get(f"/api/v1/show?seen={first['version']}").json() == first


def test_a_screen_that_waits_follows_without_asking_again(paired, teacher, screen, monkeypatch):
    monkeypatch.setattr(screen_api, "WAIT_SECONDS", 60)
    seen = screen.get("/api/v1/show").json()["version"]
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(screen.get, f"/api/v1/show?seen={seen}")
        teacher.post(API, json={"shown": paired})
        now = asked.result(timeout=30).json()
    assert (now["status"], len(now["lines"][0])) == ("showing", len(paired["items"]))


def test_a_screen_that_waits_learns_of_the_end(paired, teacher, screen, monkeypatch):
    monkeypatch.setattr(screen_api, "WAIT_SECONDS", 60)
    seen = screen.get("/api/v1/show").json()["version"]
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(screen.get, f"/api/v1/show?seen={seen}")
        teacher.post(API, json={"ended": True})
        assert asked.result(timeout=30).json()["status"] == "ended"


def test_the_page_is_small_and_public(screen):
    assert is_public("/show")
    assert is_public("/api/v1/show")
    assert not is_public("/showing")
    assert not is_public("/api/v1/shown")
    assert screen.get("/show").headers["content-security-policy"].startswith("default-src 'none'")
    assert screen.get("/show?code=<b>12345678").text.count("<b>") == 0
