"""The page that analyses words and texts."""

from __future__ import annotations

import pytest

from phonics_app.workflows.analysis import LONGEST_TEXT
from tests.pages import reading
from tests.pages.driving import submit

TEXT = "Nid said she can stop the cat. <b>At night!</b>"
ANALYSE = "วิเคราะห์"


def analysed(open_page, text, role="teacher", **query):
    app = open_page("decodability.py", role, **query)
    app.text_area[0].set_value(text)
    return submit(app, ANALYSE)


def test_an_empty_page_says_what_to_do(open_page):
    assert "pn-empty" in reading.html(open_page("decodability.py", "trainer"))


def test_words_carry_their_level_as_text(open_page):
    shown = reading.html(analysed(open_page, TEXT))
    assert ">cat<sup>3</sup>" in shown
    assert '<span class="pn-heart">said<sup>♥</sup></span>' in shown
    assert "&lt;<span" in shown, "what was typed is text, never markup"


def test_words_beyond_the_level_are_underlined(open_page):
    shown = reading.html(analysed(open_page, TEXT, level="4"))
    beyond = [piece.split("<sup>")[0].split(">")[-1] for piece in shown.split("pn-beyond")[1:] if "<sup>" in piece]
    assert {"stop", "night"} <= set(beyond)
    assert "cat" not in beyond
    assert "igh ออกเสียง /aɪ/ เรียนในระดับ 7" in shown


def test_a_word_is_explained_with_its_rows(open_page):
    app = analysed(open_page, TEXT)
    next(box for box in app.selectbox if box.label == "คำภาษาอังกฤษ").set_value("night").run()
    shown = reading.html(app)
    assert "igh-ay" in shown
    assert "/aɪ/" in shown


@pytest.mark.parametrize(("text", "told"), [("สวัสดี 12", "ไม่มีคำภาษาอังกฤษ"), ("cat " * LONGEST_TEXT, "ไม่เกิน 20,000")])
def test_what_cannot_be_analysed_is_told(open_page, text, told):
    shown = reading.html(analysed(open_page, text))
    assert told in shown
    assert "pn-coloured" not in shown


def test_the_text_stays_while_one_looks_elsewhere(open_page):
    app = analysed(open_page, "A big cat.")
    app.switch_page("home.py").run()
    app.switch_page("decodability.py").run()
    assert app.text_area[0].value == "A big cat."
    assert "pn-coloured" in reading.html(app)
