"""No mark is lost: the server is killed, the network goes, the session ends."""

from __future__ import annotations

import json

import pytest

from tests import sites
from tests.browser.player import Player
from tests.browser.school import P1_PUPIL, P4_PUPIL

pytestmark = pytest.mark.browser


@pytest.fixture
def player(school_server, make_context, sign_in):
    page = make_context(school_server).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    sign_in(page, "teacher")
    return Player(page, school_server)


def test_server_killed_in_mid_test(player, school_server):
    player.start(P4_PUPIL.id)
    player.tap(0, "incorrect")
    player.tap(1, "incorrect")
    school_server.kill()
    player.tap(2, "incorrect")
    player.tap(1, "none")
    player.chip("waiting")
    player.finish_block()
    player.tap(3, "incorrect")
    tapped = player.on_device()
    before = (player.title(), player.item_ids(), player.marks())
    school_server.start()
    player.page.reload()
    player.wait_for_block()
    assert (player.title(), player.item_ids(), player.marks()) == before
    stored = player.wait_until_stored()
    # Event by event what was tapped, each once, and then the reload.
    assert stored[: len(tapped)] == tapped
    assert [e["seq"] for e in stored] == list(range(1, len(tapped) + 2))
    assert stored[-1]["kind"] == "attempt_resumed"


def test_server_killed_and_back_without_a_reload(player, school_server):
    player.start(P1_PUPIL.id)
    school_server.kill()
    for index in (0, 2, 5):
        player.tap(index, "incorrect")
    player.chip("waiting")
    school_server.start()
    player.chip("sent")
    assert [e["data"].get("mark") for e in player.wait_until_stored()][-3:] == ["incorrect"] * 3


def test_network_away_and_back(player):
    player.start(P1_PUPIL.id)
    player.page.context.set_offline(True)
    player.tap(0, "incorrect")
    player.tap(3, "incorrect")
    player.chip("waiting")
    player.page.context.set_offline(False)
    player.chip("sent")
    player.wait_until_stored()


def test_end_of_the_test_without_a_server(player, school_server, tmp_path):
    player.start(P4_PUPIL.id)
    attempt = player.attempt
    player.wait_until_stored()
    school_server.kill()
    player.tap(0, "incorrect")
    player.finish_everything_right()
    player.page.click("#finish-test")
    player.page.locator("#unsent").wait_for()
    assert "กรุณาอย่าปิดหน้านี้" in player.page.inner_text("#unsent")
    with player.page.expect_download() as waiting:
        player.page.click("#save-file")
    saved = json.loads(waiting.value.path().read_text("utf-8"))
    assert saved == {"attempt_id": attempt, "events": player.on_device()}
    school_server.start()
    player.page.wait_for_url(f"**/result?attempt={attempt}", timeout=60_000)
    stored = player.page.request.get(f"/api/v1/attempts/{attempt}").json()["events"]
    assert stored == saved["events"]


def test_a_saved_file_can_be_handed_over(player, school_server, make_context, sign_in, tmp_path):
    player.start(P1_PUPIL.id)
    attempt = player.attempt
    player.wait_until_stored()
    player.page.context.set_offline(True)
    for index in (0, 5):
        player.tap(index, "incorrect")
    file = tmp_path / "test.json"
    file.write_text(json.dumps({"attempt_id": attempt, "events": player.on_device()}), "utf-8")
    other = make_context(school_server).new_page()
    sign_in(other, "teacher")
    for _ in range(2):
        other.goto("/play/deliver")
        other.set_input_files("#file", file)
        other.click("#deliver button")
        other.locator("#outcome.good").wait_for()
    assert player.stored() == player.on_device()


def test_session_ended_in_mid_test(player, sign_in):
    player.start(P1_PUPIL.id)
    other = player.page.context.new_page()
    other.goto("/auth/sign-out")
    other.click("form button.primary")
    player.tap(0, "incorrect")
    player.chip("signed_out")
    player.tap(1, "incorrect")
    sign_in(other, "teacher", sites.PASSWORD)
    player.page.bring_to_front()
    player.chip("sent")
    player.wait_until_stored()


def test_a_refusal_promises_no_sending_by_itself(player):
    player.start(P1_PUPIL.id)
    player.wait_until_stored()
    refusal = {"error": {"code": "permission.denied", "message": "no", "data": {}, "problems": []}}
    player.page.route("**/events", lambda route: route.fulfill(status=403, json=refusal))
    player.tap(0, "incorrect")
    player.chip("refused")
    player.finish_everything_right()
    player.page.click("#finish-test")
    player.page.locator("#unsent").wait_for()
    assert "ให้เอง" not in player.page.inner_text(".panel")


def test_two_devices_with_one_test(player, school_server, make_context, sign_in):
    player.start(P1_PUPIL.id)
    attempt = player.attempt
    player.tap(0, "incorrect")
    player.wait_until_stored()
    player.page.context.set_offline(True)
    player.tap(2, "incorrect")
    other = Player(make_context(school_server).new_page(), school_server)
    sign_in(other.page, "teacher")
    other.page.goto(f"/play/{attempt}")
    other.wait_for_block()
    other.tap(5, "incorrect")
    other.wait_until_stored()
    player.page.context.set_offline(False)
    # The first device says so, and goes on from what the server has.
    player.page.click("#adopt")
    player.wait_for_block()
    assert [index for index, mark in enumerate(player.marks()) if mark == "incorrect"] == [0, 5]
    player.wait_until_stored()
