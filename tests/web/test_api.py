from __future__ import annotations

import pytest

from phonics_app.domain.attempt import AttemptSpec
from phonics_app.domain.codec import decode
from phonics_app.domain.plan import Plan
from phonics_app.engine import administration
from phonics_app.reports import block_wording
from phonics_app.web.api import BODY_LIMIT
from tests.browser.school import P1_PUPIL, PUPILS

ID = "a" * 32


def event(seq, kind, **data):
    return {"seq": seq, "kind": kind, "at": "2026-11-20T09:00:00.000+07:00", "mono_ms": seq * 1000.0, "data": data}


@pytest.fixture
def teacher(client_of):
    return client_of("teacher")


def start(client, attempt_id=ID, pupil=P1_PUPIL.id, **more):
    return client.post("/api/v1/attempts", json={"id": attempt_id, "pupil_id": pupil, **more})


def first_events(client):
    """An attempt with its first block on screen and one mark: `(block, events)`."""
    block = start(client).json()["plan"]["blocks"][0]
    marked = event(3, "item_marked", block=block["id"], item=block["items"][0], mark="incorrect")
    return block, [event(1, "attempt_started"), event(2, "block_shown", block=block["id"]), marked]


def send(client, events, attempt_id=ID):
    return client.post(f"/api/v1/attempts/{attempt_id}/events", json={"events": events})


def test_starting_twice_makes_one_attempt(teacher):
    first, second = start(teacher), start(teacher)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert set(first.json()) == {"attempt", "pupil", "plan", "events"}


def test_a_sitting_travels_compressed(teacher):
    start(teacher)
    answer = teacher.get(f"/api/v1/attempts/{ID}")
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(answer.content) / 5


def test_events_are_stored_once_and_come_back(teacher):
    _, events = first_events(teacher)
    assert send(teacher, events).json() == {"acknowledged": 3}
    assert send(teacher, events).json() == {"acknowledged": 3}
    assert teacher.get(f"/api/v1/attempts/{ID}").json()["events"] == events


def test_a_gap_and_a_difference_are_conflicts(teacher):
    block, events = first_events(teacher)
    send(teacher, events)
    gap = send(teacher, [event(5, "attempt_resumed")])
    assert (gap.status_code, gap.json()["error"]["code"]) == (409, "events.gap")
    assert gap.json()["error"]["data"]["acknowledged"] == 3
    other = send(teacher, [event(3, "item_marked", block=block["id"], item=block["items"][1], mark="incorrect")])
    assert (other.status_code, other.json()["error"]["code"]) == (409, "events.differ")


def test_the_result_follows_from_the_events(teacher):
    block, events = first_events(teacher)
    send(teacher, [*events, event(4, "attempt_stopped", block=block["id"], last_item=block["items"][-1])])
    result = teacher.get(f"/api/v1/attempts/{ID}/result").json()
    assert result["stop_reason"] == "teacher"
    assert sum(score["score"] for score in result["scores"]) == len(block["items"]) - 1


@pytest.mark.parametrize("who", ["other_teacher", "director", "trainer", "municipal_director", "auditor", None])
def test_only_the_own_school_gives_tests(teacher, client_of, who):
    _, events = first_events(teacher)
    client = client_of(who)
    expected = 401 if who is None else 403
    assert start(client, "b" * 32).status_code == expected
    assert client.get(f"/api/v1/attempts/{ID}").status_code == expected
    assert send(client, events).status_code == expected
    result = client.get(f"/api/v1/attempts/{ID}/result").status_code
    assert result == (200 if who == "director" else expected)
    assert teacher.get(f"/api/v1/attempts/{ID}").json()["events"] == []


@pytest.mark.parametrize("path", ["", "/result"])
def test_unknown_attempts(teacher, path):
    answer = teacher.get(f"/api/v1/attempts/{'c' * 32}{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "attempt.unknown")


def test_an_id_taken_by_another_pupil(teacher):
    start(teacher)
    assert start(teacher, pupil=PUPILS[2].id).status_code == 409


@pytest.mark.parametrize(
    "body",
    [{}, [], {"id": 1, "pupil_id": "x"}, {"id": ID, "pupil_id": "x", "more": 1}, {"id": "short", "pupil_id": "x"}],
)
def test_faulty_bodies_are_named(teacher, body):
    answer = teacher.post("/api/v1/attempts", json=body)
    assert answer.status_code == 422
    assert all(problem["message"] for problem in answer.json()["error"]["problems"])


def test_every_faulty_event_is_named_at_once(teacher):
    start(teacher)
    faulty = [{**event(1, "attempt_started"), "kind": "exploded"}, {**event(2, "attempt_resumed"), "mono_ms": "soon"}]
    problems = send(teacher, faulty).json()["error"]["problems"]
    assert [p["place"]["column"] for p in problems] == ["events[0].kind", "events[1].mono_ms"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b"\xff",
        b"[" * 100_000,
        b'{"id": NaN}',
        b'{"pupil_id": "\\ud800"}',
        b'{"\\udfff": 1}',
        b"9" * 5000,
    ],
    ids=lambda body: repr(body[:20]),
)
def test_no_json(teacher, body):
    answer = teacher.post("/api/v1/attempts", content=body)
    assert (answer.status_code, answer.json()["error"]["problems"][0]["code"]) == (422, "request.not_json")


def test_too_large(teacher):
    assert teacher.post("/api/v1/attempts", content=b" " * (BODY_LIMIT + 1)).status_code == 413


def test_messages_are_in_the_language_of_the_session(client_of):
    answers = {
        language: client_of("trainer", language=language).post("/api/v1/attempts", content=b"{").json()
        for language in ("th", "en")
    }
    messages = {language: answer["error"]["problems"][0]["message"] for language, answer in answers.items()}
    assert messages["en"].startswith("The request holds no readable JSON")
    assert messages["th"].startswith("อ่านข้อมูล JSON ที่ส่งมาไม่ได้")


def due_block(sitting):
    """The block that the engine shows first."""
    state = administration.start(decode(Plan, sitting["plan"]), decode(AttemptSpec, sitting["attempt"]["spec"]))
    return next(block for block in sitting["plan"]["blocks"] if block["id"] == state.next.block_id)


def stop(seq, block, last):
    return event(seq, "attempt_stopped", block=block["id"], last_item=block["items"][last])


IRREGULAR = {
    "unknown_item": lambda b: [event(4, "item_marked", block=b["id"], item="X-1", mark="incorrect"), stop(5, b, 3)],
    "unknown_line": lambda b: [event(4, "row_marked", block=b["id"], line=99, mark="incorrect"), stop(5, b, 3)],
    "block_not_on_screen": lambda b: [
        event(4, "item_marked", block="nothing", item=b["items"][1], mark="incorrect"),
        stop(5, b, 3),
    ],
    "unknown_block": lambda b: [event(4, "block_shown", block="nothing"), stop(5, b, 3)],
    "time_backwards": lambda b: [
        {**event(4, "item_marked", block=b["id"], item=b["items"][4], mark="none"), "mono_ms": 1.0},
        stop(5, b, 3),
    ],
    "marks_beyond_last_item": lambda b: [
        event(4, "item_marked", block=b["id"], item=b["items"][5], mark="incorrect"),
        stop(5, b, 3),
    ],
    "after_end": lambda b: [
        stop(4, b, 3),
        event(5, "item_marked", block=b["id"], item=b["items"][1], mark="incorrect"),
    ],
}
"""What a device must not say after the first three events, by the code of its flag. All end after the fourth item."""


@pytest.mark.parametrize("code", IRREGULAR)
def test_what_does_not_fit_the_plan_is_kept_and_flagged_and_never_counted(teacher, code):
    block = due_block(start(teacher).json())
    marked = event(3, "item_marked", block=block["id"], item=block["items"][0], mark="incorrect")
    began = [event(1, "attempt_started"), event(2, "block_shown", block=block["id"]), marked]
    told = [*began, *IRREGULAR[code](block)]
    assert send(teacher, told).json() == {"acknowledged": 5}
    assert teacher.get(f"/api/v1/attempts/{ID}").json()["events"] == told
    result = teacher.get(f"/api/v1/attempts/{ID}/result").json()
    assert result["flags"] == [code]
    assert [score["score"] for score in result["scores"]] == [0, 1, 1, 1]
    assert [score["item_id"] for score in result["scores"]] == block["items"][:4]
    assert result["seconds"] >= 0
    assert code in block_wording.IRREGULAR, "the page of the result tells of it"
