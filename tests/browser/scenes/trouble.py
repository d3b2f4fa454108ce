"""What the player says when something is in the way, and handing over what it has kept."""

from __future__ import annotations

import json

from tests.browser.player import Player
from tests.browser.scenes.stage import Stage, Walk
from tests.browser.school import M2_PUPIL
from tests.browser.timed import TimedPlayer, plan_with_clocks

REFUSAL = {"error": {"code": "permission.denied", "message": "ไม่ได้รับอนุญาต", "data": {}, "problems": []}}


def trouble(stage: Stage) -> Walk:
    yield from without_a_server(stage)
    yield from signed_out_and_refused(stage)
    yield from two_devices(stage)


def begun(stage: Stage) -> TimedPlayer:
    player = TimedPlayer(stage.page(), stage.server).open(M2_PUPIL.id, plan_with_clocks("words"))
    player.page.locator("#finish:enabled").wait_for()
    player.wait_until_stored()
    return player


def end(player: Player) -> None:
    player.finish_everything_right()
    player.page.click("#finish-test")
    player.page.locator("#unsent").wait_for()


def without_a_server(stage: Stage) -> Walk:
    player = begun(stage)
    page = player.page
    page.context.set_offline(True)
    player.tap(0, "incorrect")
    player.chip("waiting")
    yield "offline", page
    end(player)
    yield "unsent", page
    file = stage.folder / "test.json"
    file.write_text(json.dumps({"attempt_id": player.attempt, "events": player.on_device()}), "utf-8")
    page.context.close()
    page = stage.page()
    page.goto("/play/deliver")
    page.locator("#deliver").wait_for()
    yield "deliver", page
    page.click("#deliver button")
    page.locator("#outcome.bad").wait_for()
    yield "deliver-nothing", page
    page.set_input_files("#file", file)
    page.click("#deliver button")
    page.locator("#outcome.good").wait_for()
    yield "delivered", page
    page.context.close()


def signed_out_and_refused(stage: Stage) -> Walk:
    player = begun(stage)
    page = player.page
    page.context.clear_cookies(name="phonics_session")
    player.tap(0, "incorrect")
    player.chip("signed_out")
    yield "signed-out", page
    end(player)
    yield "unsent-signed-out", page
    page.context.close()
    player = begun(stage)
    page = player.page
    page.route("**/events", lambda route: route.fulfill(status=403, json=REFUSAL))
    player.tap(0, "incorrect")
    player.chip("refused")
    yield "refused-by-the-server", page
    end(player)
    yield "unsent-refused", page
    page.context.close()


def two_devices(stage: Stage) -> Walk:
    player = begun(stage)
    page = player.page
    second = stage.page()
    page.context.set_offline(True)
    player.tap(2, "incorrect")
    other = Player(second, stage.server)
    second.goto(f"/play/{player.attempt}")
    other.wait_for_block()
    other.tap(5, "incorrect")
    other.wait_until_stored()
    page.context.set_offline(False)
    page.locator("#adopt").wait_for()
    yield "conflict", page
    window = second.context.new_page()
    window.goto(second.url)
    window.locator("#take-over").wait_for()
    yield "other-window", window
    window.click("#take-over")
    second.locator("#reload").wait_for()
    yield "taken-over", second
    page.context.close()
    second.context.close()
