"""Figures on paper: drawn whole, with the words and counts of the figure on the screen."""

import io
import re

import pytest
from pypdf import PdfReader

from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetTarget
from phonics_app.progress import dashboard as frames
from phonics_app.reports import course_figures, figures
from phonics_app.reports.drawing import drawing
from phonics_app.reports.typesetting import Page, pdf
from tests.reports.test_figures import BEFORE, COUNTS, COURSE, EXPECTED, MOVES, NOW, look, onet_page
from tests.sites import START


def printed(figure, heading=""):
    document = PdfReader(io.BytesIO(pdf([drawing(figure, heading)], Page("", "en", START.date()))))
    return re.sub(r"[\u200b\s]+", " ", " ".join(page.extract_text() for page in document.pages))


@pytest.mark.parametrize("by", ["school_id", "stage", "grade", "room"])
def test_bars_have_the_labels_counts_and_legend_of_the_screen(by):
    figure = figures.levels_figure(frames.levels_frame(COUNTS), look("en"), NOW, by)
    text = printed(figure)
    for trace in figure.data:
        assert trace.name in text
        for label, count in zip(trace.y, trace.text, strict=True):
            assert label in text
            assert count is None or re.search(rf"\b{count}\b", text)


def test_segments_are_as_long_as_their_share():
    figure = figures.change_figure(frames.change_frame(MOVES), look("en"), NOW, BEFORE)
    # Of nine pupils: one fell, six stayed, two rose; the axis ends at 1.03.
    wanted = [(0, 1 / 9), (1 / 9, 6 / 9), (7 / 9, 2 / 9)]
    markup = drawing(figure)
    for start, share in wanted:
        assert f"({start / 1.03:.5f}, {share / 1.03:.5f}, " in markup


def test_a_group_of_nobody_has_no_bar():
    nobody = frames.expected_frame([("a", Grade.P1, "1", None, 5, 0)], EXPECTED)
    assert "n=0" in printed(figures.expected_figure(nobody, look("en"), NOW))


def test_more_bars_than_a_page_holds_go_on_overleaf():
    rooms = [("a", Grade.P1, str(room), 3, 2, 2) for room in range(1, 90)]
    text = printed(figures.coverage_figure(frames.coverage_frame(rooms), look("en"), NOW, "room"))
    assert all(f"P1/{room} " in text for room in range(1, 90))


def test_a_course_keeps_its_gaps_and_counts():
    figure = course_figures.history_figure(frames.history_frame(COURSE), look("en"))
    text = printed(figure)
    for part in ("2/2567", "1/2568", "1/2569", "10", "17", "9", "100%", *(t.name for t in figure.data if t.name)):
        assert part in text
    # Two rounds without results lie between the only two points of each school: nothing joins them.
    assert drawing(figure).count("(), (((0.") == 2


def test_onet_years_targets_and_the_shade_are_drawn():
    target = OnetTarget("a", Grade.P6, 45.0, False)
    figure = course_figures.onet_figure(onet_page(2561, 2562, 2563, targets=[target]), look("en"))
    text = printed(figure)
    for part in ("2554", "2564", "40.0", "30", "voluntary since 2563", "target: 45 points", "31.58"):
        assert part in text


def test_a_title_is_not_said_twice():
    figure = figures.levels_figure(frames.levels_frame(COUNTS), look("en"), NOW)
    assert printed(figure).count("by school") == 1
    assert "by school" not in printed(figure, heading="Pupils at each level, by school")
