"""A class test over HTTP: who gets in, what a device is told, what the teacher's page asks for."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from phonics_app.domain.calendar import Round
from phonics_app.engine import item_administration
from phonics_app.engine.item_plan import ready
from phonics_app.records import attempts
from phonics_app.reports import self_run_wording
from phonics_app.workflows import class_sittings
from tests import classroom, sites
from tests.web.conftest import make_client

NEW = f"/sitting/new?school={sites.SCHOOLS[0].id}&class={classroom.GRADE.value}-{classroom.ROOM}"


@pytest.fixture(scope="module")
def class_template(school_template, tmp_path_factory):
    phonics = sites.open_copy(school_template, tmp_path_factory.mktemp("class"))
    classroom.enrol(phonics, Round.of(date.today()).year)
    classroom.record_everything(phonics)
    phonics.store.close()
    return sites.path_of(phonics)


@pytest.fixture
def school(class_template, tmp_path):
    from phonics_app.workflows.context import utc_now

    phonics = sites.open_copy(class_template, tmp_path / "data", utc_now)
    yield phonics
    phonics.store.close()


@pytest.fixture
def teacher(school):
    return make_client(school, who="teacher")


@pytest.fixture
def board(teacher):
    """The address of the open sitting's board, and its code."""
    answer = teacher.post(NEW, data={"admits": "1"})
    assert answer.status_code == 303
    api = f"/api/v1/sittings/{answer.headers['location'].rsplit('/', 1)[1]}"
    return api, teacher.get(api).json()["code"]


@pytest.fixture
def device(school):
    return make_client(school)


def join(device, code, number=1):
    assert device.post("/api/v1/self/join", json={"code": code}).status_code == 200
    device.post("/api/v1/self/number", json={"number": number})
    return device.post("/api/v1/self/name", json={"mine": True}).json()


def test_a_pupil_needs_no_account_but_a_place(board, device):
    for path in ("place",):
        answer = device.get(f"/api/v1/self/{path}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "self_run.not_joined")
    assert device.post("/api/v1/self/test", json={}).status_code == 401
    assert device.get(f"/self/audio/{'0' * 32}").status_code == 401
    assert device.get("/join").status_code == 200
    assert join(device, board[1])["status"] == "admitted"


def test_a_number_that_no_database_holds_is_nobodys(board, device):
    device.post("/api/v1/self/join", json={"code": board[1]})
    for number in (2**63, 10**30, -(2**70)):
        answer = device.post("/api/v1/self/number", json={"number": number})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "self_run.number_unknown")


def test_a_level_that_is_no_number_is_no_level(teacher):
    assert teacher.get(NEW.partition("&")[0] + "&class=level-" + "9" * 5000).status_code == 200


def test_the_token_is_out_of_reach_of_scripts(board, device):
    answer = device.post("/api/v1/self/join", json={"code": board[1]})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert answer.json() == {
        "status": "choosing",
        "number": None,
        "name": "",
        "numbers": [[n, True] for n in range(1, 6)],
        "attempt_id": "",
    }


def test_other_sites_can_not_make_a_device_join(board, school):
    stranger = make_client(school)
    answer = stranger.post("/api/v1/self/join", json={"code": board[1]}, headers={"Origin": "http://elsewhere"})
    assert answer.status_code == 403


def test_nothing_that_a_device_gets_names_the_pupil_once_he_has_checked_it(board, device):
    join(device, board[1])
    told = device.post("/api/v1/self/test", json={}).text + device.get("/api/v1/self/place").text
    assert "ใบข้าว" not in told
    assert "c1a55" not in told


def test_sounds_are_kept_for_ever(board, device):
    join(device, board[1])
    audio = device.post("/api/v1/self/test", json={}).json()["sitting"]["audio"]
    key, digest = next(iter(audio.items()))
    answer = device.get(f"/self/audio/{key}?v={digest}")
    assert answer.headers["content-type"] == "audio/mpeg"
    assert "immutable" in answer.headers["cache-control"]
    assert device.get(f"/self/audio/{'0' * 32}").status_code == 404


def test_the_whole_plan_is_small(board, device, tell):
    join(device, board[1])
    answer = device.post("/api/v1/self/test", json={}, headers={"Accept-Encoding": "gzip"})
    size = int(answer.headers["content-length"])
    tell(f"self-run: a plan is {size / 1000:.1f} KB compressed, {len(answer.content) / 1000:.0f} KB plain")
    assert size < 30_000


def test_the_board_is_sent_again_only_when_it_has_changed(board, teacher, device):
    api, code = board
    first = teacher.get(api)
    tag = {"If-None-Match": first.headers["etag"]}
    again = teacher.get(api, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    join(device, code, 4)
    changed = teacher.get(api, headers=tag)
    assert changed.status_code == 200
    assert changed.json()["seats"][3] == {
        "number": 4,
        "name": "ด.ช.ภูผา สมมุติ3",
        "status": "admitted",
        "device": True,
        "connected": True,
    }


@pytest.mark.parametrize("who", ["other_teacher", "director", "trainer", None])
def test_nobody_else_sees_or_does_anything(board, school, who):
    api, _ = board
    other = make_client(school, who=who)
    status = 401 if who is None else 403
    assert other.get(api).status_code == status
    assert other.post(f"{api}/seats", json={"action": "end"}).status_code == status
    assert other.post(api, json={"ended": True}).status_code == status
    page = other.get(f"/sitting/{api.rsplit('/', 1)[1]}")
    assert page.status_code == (303 if who is None else 403)
    qr = other.get(f"/sitting/{api.rsplit('/', 1)[1]}/qr.svg")
    assert qr.status_code == (303 if who is None else 404)


def test_a_device_is_no_session(board, device):
    """Its token opens nothing but its own test."""
    join(device, board[1])
    assert device.get(board[0]).status_code == 401
    assert device.get("/api/v1/recordings").status_code == 401
    assert device.get("/class", headers={"accept": "text/html"}).status_code == 303


def test_actions_that_there_are_not(board, teacher):
    answer = teacher.post(f"{board[0]}/seats", json={"action": "dance"})
    assert answer.status_code == 422


def test_the_start_page_says_what_can_be_heard(teacher):
    page = teacher.get(NEW).text
    assert "386 of 386 questions have sound" in page


def test_pages_of_no_sitting(teacher):
    assert teacher.get(f"/sitting/{'0' * 32}").status_code == 404
    assert teacher.get(f"/api/v1/sittings/{'0' * 32}").status_code == 404


def event(seq, kind, mono=None, **data):
    at = "2026-11-20T09:00:00.000+07:00"
    return {"seq": seq, "kind": kind, "at": at, "mono_ms": seq * 1000.0 if mono is None else mono, "data": data}


def test_the_groups_of_a_level_are_linked(teacher, school, monkeypatch):
    monkeypatch.setattr(class_sittings, "level_groups", lambda *_: ((4, 7),))
    page = teacher.get(NEW).text
    link = f"/sitting/new?school={sites.SCHOOLS[0].id}&amp;class=level-4"
    assert f'<a href="{link}">' in page
    assert "(7)" in page
    assert teacher.get(link.replace("&amp;", "&")).status_code == 200


def test_sounds_are_made_while_the_pupils_come(board, teacher, monkeypatch):
    """Where the computer speaks, it does so before the first pupil waits for it."""
    made = threading.Event()
    monkeypatch.setattr(class_sittings, "make_sounds", lambda phonics, keys: made.set() or len(keys))
    assert teacher.get(board[0].replace("/api/v1/sittings", "/sitting")).status_code == 200
    assert made.wait(30)


def test_a_sound_is_kept_by_the_browser_for_good(board, device):
    join(device, board[1])
    told = device.post("/api/v1/self/test", json={}).json()["sitting"]["audio"]
    key, digest = next(iter(told.items()))
    answer = device.get(f"/self/audio/{key}?v={digest}")
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert device.get(f"/self/audio/{key}").headers["cache-control"] == "private, no-cache"


IRREGULAR = {
    "unexpected_item": lambda item, value: event(2, "item_answered", item="X-1", value=value),
    "unknown_answer": lambda item, value: event(2, "item_answered", item=item, value="none of them"),
    "time_backwards": lambda item, value: event(2, "item_shown", 1.0, item=item),
    "foreign_event": lambda item, value: event(2, "row_marked", block="a", line=1, mark="incorrect"),
    "not_finished": lambda item, value: event(2, "attempt_finished", reason="sure"),
}
"""What a device must not say after its first event, by the code of its flag."""


@pytest.mark.parametrize("code", IRREGULAR)
def test_what_does_not_fit_the_test_is_kept_and_flagged_and_never_counted(board, teacher, device, school, code):
    join(device, board[1])
    test = device.post("/api/v1/self/test", json={}).json()
    attempt = test["sitting"]["attempt"]["id"]
    with school.store.read() as connection:
        known = attempts.find_attempt(connection, attempt)
        plan = attempts.load_item_plan(connection, known[1].plan_hash)
    due = item_administration.start(ready(plan), known[1].spec, attempt).test.next_item
    item = next(one for one in plan.base.items if one.id == due)
    told = [event(1, "attempt_started"), IRREGULAR[code](item.id, item.key)]
    assert device.post("/api/v1/self/events", json={"attempt": attempt, "events": told}).json()["acknowledged"] == 2
    assert device.post("/api/v1/self/test", json={}).json()["events"] == told
    result = teacher.get(f"/api/v1/attempts/{attempt}/result").json()
    assert result["flags"] == [code]
    assert result["scores"] == []
    assert self_run_wording.flag_sentences(str, (code,)), "the page of the result tells of it"
