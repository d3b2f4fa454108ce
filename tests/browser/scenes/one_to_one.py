"""The test without a clock, as it goes in most sittings."""

from __future__ import annotations

from dataclasses import replace

from phonics_app.domain.plan import Plan
from tests.browser.player import Player
from tests.browser.scenes.stage import Stage, Walk
from tests.browser.school import P1_PUPIL, P4_PUPIL
from tests.browser.timed import TimedPlayer, plan_with_clocks


def one_to_one(stage: Stage) -> Walk:
    yield from kinds_of_blocks(stage)
    yield from marking(stage)


def kinds_of_blocks(stage: Stage) -> Walk:
    """A test from its start screen: the blocks that it shows, each strand once."""
    page = stage.page()
    player = Player(page, stage.server).start(P1_PUPIL.id)
    seen = set()
    while not player.complete():
        strand = player.title().split("·")[-1].strip()
        if strand not in seen:
            seen.add(strand)
            yield f"block-{len(seen)}", page
            if page.locator("#answers").count():
                page.click("#answers")
                yield f"block-{len(seen)}-answers", page
        player.finish_block()
    yield "complete", page
    page.context.close()


def words_twice() -> Plan:
    """The same words again under a rule that stops, then questions."""
    made = plan_with_clocks("words", "questions")
    words, questions = made.blocks
    return replace(made, blocks=(words, replace(words, id="again", auto_stop="EGRA-STOP-LINE1"), questions))


def marking(stage: Stage) -> Walk:
    page = stage.page()
    player = TimedPlayer(page, stage.server).open(P4_PUPIL.id, words_twice())
    page.locator("#finish:enabled").wait_for()
    player.tap(1, "incorrect")
    page.click("#mode")
    player.tap(2, "self_corrected")
    page.click("#mode")
    yield "marks", page
    page.click("#mode")
    player.items().nth(4).click(button="right")
    page.locator(".kind").first.wait_for()
    yield "error-menu", page
    page.click('[data-kind="said_as"]')
    page.fill("#said", "bid")
    yield "said-as", page
    page.click("#said-ok")
    page.locator('.item[data-mark="incorrect"]').nth(1).wait_for()
    yield "noted", page
    page.click("#stop")
    page.locator("dialog.stop").wait_for()
    page.locator(".choice:enabled").nth(1).click()
    yield "stop", page
    page.keyboard.press("Escape")
    page.click("#finish")
    page.wait_for_function("() => document.querySelectorAll('.item[data-mark=none]').length === 6")
    page.locator("#finish:enabled").wait_for()
    yield from stopping_by_rule(stage, player)


def stopping_by_rule(stage: Stage, player: TimedPlayer) -> Walk:
    page = player.page
    for index in range(3):
        player.tap(index, "incorrect")
    page.locator("#auto-stop-title").wait_for()
    yield "auto-stop", page
    page.locator("#undo-auto-stop").wait_for(state="hidden")
    yield "auto-stop-later", page
    page.click("#review")
    page.locator("#reviewing").wait_for()
    yield "review", page
    page.click("#end-review")
    page.click("#finish")
    page.locator(".list").wait_for()
    page.locator("#finish:enabled").wait_for()
    yield "questions", page
    page.click("#finish")
    page.locator("#complete").wait_for()
    yield "totals", page
    page.locator("[data-review]").first.click()
    page.locator("#review-title").wait_for()
    yield "review-block", page
    player.tap(3, "incorrect")
    page.click("#review-last")
    yield "review-last-item", page
    page.context.close()
