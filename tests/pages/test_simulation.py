"""The page of simulated pupils: nothing yet, what became of them in plain words, and that it stays while looked at."""

from __future__ import annotations

import pytest

from tests.pages import reading
from tests.pages.driving import click

PAGE, RUN = "simulation.py", "ให้นักเรียนจำลองทำแบบทดสอบ"


@pytest.fixture
def made(look):
    return click(look(PAGE, "trainer", pupils="300", world="careless"), RUN)


def test_nobody_has_sat_yet(look):
    app = look(PAGE, "teacher")
    assert "ยังไม่มีนักเรียนจำลองทำแบบทดสอบ" in reading.texts(app)
    assert not app.get("plotly_chart")


def test_what_became_of_them_in_plain_words(made):
    shown = reading.texts(made)
    assert shown[shown.index("นักเรียนจำลอง 300 คน") + 1].startswith("สะเพร่า")
    assert any(text.startswith("นักเรียนทุกคนในหน้านี้เป็นนักเรียนจำลอง") for text in shown)
    (plot,) = made.get("plotly_chart")
    assert "simulated" in plot.proto.spec
    for letter in "θβσμχ":
        assert letter not in reading.html(made)
    assert not made.exception
    assert {b.proto.label for b in made.get("download_button")} == {"ตาราง (CSV)", "ตาราง (Excel)"}


def test_the_result_stays_when_another_choice_is_made(made):
    made.selectbox(key="choose_world").select("model")
    shown = reading.texts(made.run())
    assert shown[shown.index("นักเรียนจำลอง 300 คน") + 1].startswith("สะเพร่า")
