"""Blocks with a clock: letters, a text with questions, and dictation."""

from __future__ import annotations

from tests.browser.scenes.stage import Stage, Walk
from tests.browser.school import P4_PUPIL
from tests.browser.timed import TimedPlayer, plan_with_clocks


def with_a_clock(stage: Stage) -> Walk:
    yield from letters(stage)
    yield from passage(stage)


def letters(stage: Stage) -> Walk:
    page = stage.page()
    player = TimedPlayer(page, stage.server).open(P4_PUPIL.id, plan_with_clocks("letters", seconds=90))
    page.locator("#start-clock:enabled").wait_for()
    yield "clock-waiting", page
    player.begin()
    player.tap(9, "incorrect")
    page.click('[data-line="3"]')
    page.locator('[data-line="3"][aria-pressed="true"]').wait_for()
    yield "clock-running", page
    page.click("#pause")
    page.locator("#resume-clock:enabled").wait_for()
    yield "clock-paused", page
    page.click("#resume-clock")
    page.click("#end-reading")
    page.locator("#not-ended").wait_for()
    yield "last-item-asked", page
    player.items().nth(25).click()
    page.locator(".item.end").wait_for()
    yield "last-item-named", page
    page.click("#change-marks")
    page.locator("#pick-last").wait_for()
    yield "marks-after-the-clock", page
    player.open(P4_PUPIL.id, plan_with_clocks("letters", seconds=2)).begin()
    page.locator('#clock[data-phase="up"]').wait_for()
    yield "time-up", page
    page.context.close()


def passage(stage: Stage) -> Walk:
    page = stage.page()
    player = TimedPlayer(page, stage.server)
    player.open(P4_PUPIL.id, plan_with_clocks("passage", "questions", "dictation"))
    page.locator("#start-clock:enabled").wait_for()
    yield "passage-waiting", page
    player.begin()
    player.tap(3, "incorrect")
    page.click("#mode")
    player.tap(7, "self_corrected")
    yield "passage", page
    page.click("#end-reading")
    player.items().nth(15).click()
    page.locator(".item.end").wait_for()
    yield "passage-last-word", page
    page.locator("#finish:enabled").click()
    page.locator(".list").wait_for()
    player.tap(1, "incorrect")
    page.locator("#finish:enabled").click()
    page.locator(".written").first.wait_for()
    page.locator(".written").first.fill(page.locator(".dictation .main").first.inner_text())
    page.locator(".written").first.press("Enter")
    page.locator(".written").nth(1).fill("xyz")
    page.locator(".written").nth(1).press("Enter")
    page.locator(".dictation .row button").nth(2).click()
    page.locator('.row[data-mark="incorrect"]').nth(1).wait_for()
    yield "dictation", page
    page.locator(".dictation .row button").nth(3).click()
    page.locator("#finish:enabled").click()
    page.locator("#complete").wait_for()
    yield "totals-of-a-text", page
    page.context.close()
