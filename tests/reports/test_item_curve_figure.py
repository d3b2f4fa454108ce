"""The curve of an item: points with their intervals over what was to be expected, on the scale of the levels."""

from __future__ import annotations

import pytest

from phonics_app.reports.figures import Look
from phonics_app.reports.item_analysis_wording import difference_text, reliability_text
from phonics_app.reports.item_curve_figure import PupilGroup, item_curve_figure

GROUPS = [
    PupilGroup(-1.0, 0.2, 0.1, 0.4, 0.25, 30),
    PupilGroup(0.2, 0.5, 0.35, 0.65, 0.55, 31),
    PupilGroup(1.4, 0.9, 0.7, 0.95, 0.85, 30),
]
CUTS = [(1, -3.0), (2, -0.4), (3, 0.8), (4, 9.0)]


def test_points_intervals_and_expectation():
    expected, points = item_curve_figure(GROUPS, CUTS, 3, Look("en")).data
    assert list(expected.y) == [0.25, 0.55, 0.85]
    assert list(points.y) == [0.2, 0.5, 0.9]
    assert list(points.error_y.array) == pytest.approx([0.2, 0.15, 0.05])
    assert list(points.error_y.arrayminus) == pytest.approx([0.1, 0.15, 0.2])
    assert list(points.x) == list(expected.x)


def test_levels_in_sight_are_named_in_their_middle():
    figure = item_curve_figure(GROUPS, CUTS, 3, Look("th"))
    low, high = figure.layout.xaxis.range
    assert list(figure.layout.xaxis.ticktext) == ["ระดับ 2", "ระดับ 3", "ระดับ 4"]
    assert list(figure.layout.xaxis.tickvals) == pytest.approx([(low - 0.4) / 2, 0.2, (0.8 + high) / 2])
    own = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [(shape.x0, shape.x1) for shape in own] == [(-0.4, 0.8)]
    assert sorted(shape.x0 for shape in figure.layout.shapes if shape.type == "line") == [-0.4, 0.8]


def test_simulated_data_are_marked_and_nothing_is_said_of_nothing():
    marked = item_curve_figure(GROUPS, CUTS, 3, Look("th", simulated=True))
    assert any(note.name == "simulated" for note in marked.layout.annotations)
    assert not item_curve_figure([], CUTS, 3, Look("th")).data


@pytest.mark.parametrize(("logits", "words"), [(0.0, "50 (45–55)"), (0.8, "69 (65–73)"), (-0.8, "31 (27–35)")])
def test_a_difference_is_told_in_right_answers(logits, words):
    assert words in difference_text(str, logits, 0.1)


def test_reliability_in_words():
    values = (None, 0.5, 0.7, 0.8, 0.95)
    words = ["can't tell from so few", "little", "fairly", "well", "very well"]
    assert [reliability_text(str, value) for value in values] == words
