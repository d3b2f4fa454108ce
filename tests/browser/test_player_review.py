"""Looking through a test before it is sent; texts, questions and dictation, which lead there."""

from __future__ import annotations

import pytest

from tests.browser.timed import to_the_end, totals

pytestmark = pytest.mark.browser


def figure(player, block, name):
    row = player.page.locator(f'.blocks li:has([data-review="{block}"])')
    return row.locator(f'[data-figure="{name}"]').inner_text()


def test_the_last_screen_shows_the_totals_of_each_block(timed):
    player = timed("words", language="en")
    player.mark(0)
    player.page.click("#mode")
    player.tap(1, "self_corrected")
    to_the_end(player)
    names = ("right", "wrong", "self_correction", "not_tried")
    assert [figure(player, "words", name) for name in names] == ["5/6", "1", "1", "0"]
    assert player.page.locator('[data-figure="right_per_minute"]').count() == 0


def test_a_mark_is_put_right_and_what_was_there_stays_in_the_record(timed):
    player = timed("words", language="en")
    page = player.page
    player.mark(0)
    to_the_end(player)
    page.click('[data-review="words"]')
    player.tap(0, "none")
    player.items().nth(3).click(button="right")
    page.click('[data-kind="transfer"]')
    page.locator('.item[data-mark="incorrect"]').and_(player.items().nth(3)).wait_for()
    told = page.locator(".trace li").all_inner_texts()
    assert [line.split(": ")[1] for line in told] == ["wrong → no mark", "no mark → Thai sounds"]
    page.click("#review-done")
    assert page.locator(".changed").count() == 1
    assert figure(player, "words", "right") == "5/6"
    marks = [(e["mark"], e.get("by")) for e in player.events("item_marked")]
    assert marks == [("incorrect", None), ("none", "review"), ("incorrect", "review")]
    counted, flags = totals(player)
    assert (counted["words"].errors, counted["words"].allowing_transfer, flags) == ({"transfer": 1}, 6, [])


def test_a_change_can_be_taken_back(timed):
    player = timed("words")
    page = player.page
    to_the_end(player)
    page.click('[data-review="words"]')
    assert not page.locator("#review-undo").is_enabled()
    player.tap(2, "incorrect")
    page.click("#review-undo")
    page.locator('.item[data-mark="none"]').and_(player.items().nth(2)).wait_for()
    page.click("#review-undo")
    page.locator('.item[data-mark="incorrect"]').and_(player.items().nth(2)).wait_for()


def test_the_last_item_is_put_right(timed):
    player = timed("words", language="en")
    page = player.page
    to_the_end(player)
    page.click('[data-review="words"]')
    page.click("#review-last")
    player.items().nth(3).click()
    page.locator(".item.end").and_(player.items().nth(3)).wait_for()
    assert not player.items().nth(4).is_enabled()
    page.click("#review-done")
    assert (figure(player, "words", "right"), figure(player, "words", "not_tried")) == ("4/4", "2")
    assert totals(player)[1] == []


def test_in_the_midst_of_a_test_earlier_blocks_can_be_looked_through(timed):
    player = timed("words", "questions")
    page = player.page
    page.locator("#finish:enabled").click()
    page.locator(".list").wait_for()
    player.mark(1)
    page.click("#stop")
    page.click("#review")
    page.click('[data-review="words"]')
    player.tap(0, "incorrect")
    page.click("#review-done")
    page.click("#end-review")
    page.locator(".list").wait_for()
    assert player.marks() == ["none", "incorrect"], "the block on screen has not moved"
    to_the_end(player)
    counted, flags = totals(player)
    assert (counted["words"].incorrect, counted["questions"].correct, flags) == (1, 1, [])


def test_a_text_and_the_questions_about_it(timed):
    player = timed("passage", "questions", language="en")
    page = player.page
    player.begin()
    player.mark(3)
    player.mark(7)
    page.wait_for_timeout(1000)
    page.click("#end-reading")
    player.items().nth(20).click()
    assert "Last item tried" in page.inner_text("#last-item")
    page.click("#finish")
    page.locator(".list").wait_for()
    assert page.locator(".list .answer").all_inner_texts() == ["Answer: red", "Answer: a cat"]
    player.mark(1)
    to_the_end(player)
    counted, flags = totals(player)
    text = counted["passage"]
    assert (text.attempted, text.correct, flags) == (21, 19, [])
    assert text.accuracy == pytest.approx(19 / 21 * 100)
    assert figure(player, "passage", "words_per_minute") == str(round(text.rate))
    assert figure(player, "passage", "accuracy") == "90 %"
    assert figure(player, "questions", "right") == "1/2"


def test_dictation_counts_nothing_that_was_not_entered(timed):
    player = timed("dictation", language="en")
    page = player.page
    fields = page.locator(".written")
    words = page.locator(".dictation .main").all_inner_texts()
    assert not page.locator("#finish").is_enabled()
    fields.nth(0).fill(f" {words[0].upper()} ")
    fields.nth(0).press("Enter")
    page.locator('.row[data-mark="right"]').wait_for()
    assert page.evaluate("() => document.activeElement.dataset.item") == "D1", "on to the next word"
    page.keyboard.type("qx")
    page.keyboard.press("Enter")
    page.locator('.row[data-mark="incorrect"]').wait_for()
    page.locator(".dictation .row button").nth(2).click()
    assert not page.locator("#finish").is_enabled()
    fields.nth(3).fill(words[3])
    fields.nth(3).press("Tab")
    to_the_end(player)
    there, asked = map(int, figure(player, "dictation", "sounds_right").split("/"))
    assert 2 * 2 <= there < asked
    counted, flags = totals(player)
    assert (counted["dictation"].correct, counted["dictation"].incorrect, flags) == (2, 2, [])
    assert counted["dictation"].errors == {"no_answer": 1, "said_as": 1}
    assert {"said": "qx"}.items() <= player.events("item_marked")[1].items()


def test_a_dictation_that_ends_early_ends_before_the_first_word_without_an_entry(timed):
    player = timed("dictation")
    page = player.page
    page.locator(".written").nth(0).fill("zz")
    page.locator(".written").nth(0).press("Enter")
    page.locator('.row[data-mark="incorrect"]').wait_for()
    page.click("#stop")
    assert page.locator('[data-last="D0"]').is_enabled()
    assert not page.locator('[data-last="D1"]').is_enabled()
    page.click('[data-last="D0"]')
    page.click("#end-block")
    page.locator("#complete").wait_for()
    counted, flags = totals(player)
    assert (counted["dictation"].attempted, counted["dictation"].correct, flags) == (1, 0, [])
