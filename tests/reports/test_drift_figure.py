"""The picture of difficulties before and after: what is in it, and that it can be read."""

from __future__ import annotations

from phonics_app.locales import translator
from phonics_app.reports.drift_figure import DriftPoint, drift_figure
from phonics_app.reports.figures import Look

POINTS = [
    DriftPoint("WR-1", 2, -3.0, -3.1, 0.2, -0.1, moved=False),
    DriftPoint("WR-2", 2, -3.4, -3.4, 0.2, 0.0, moved=False),
    DriftPoint("WR-3", 3, -2.0, -0.8, 0.3, 1.0, moved=True),
]
_ = translator("th")


def drawn(points=POINTS, *, simulated=False):
    return drift_figure(points, 0.6, Look("th", simulated=simulated))


def test_each_item_is_a_point_in_its_series():
    still, moved = (trace for trace in drawn().data if trace.mode == "markers")
    assert (still.name, list(still.x), list(still.y)) == (_("hardly moved"), [-3.0, -3.4], [-3.1, -3.4])
    assert (moved.name, list(moved.x), list(moved.y)) == (_("moved"), [-2.0], [-0.8])
    assert list(moved.error_y.array) == [0.3]
    assert still.error_y.array is None
    assert list(moved.customdata[0]) == ["WR-3", "ระดับ 3", "+1.0"]


def test_ticks_stand_where_the_items_of_a_level_were():
    axis = drawn().layout.xaxis
    assert list(axis.ticktext) == ["2", "3"]
    assert list(axis.tickvals) == [-3.2, -2.0]
    assert drawn().layout.yaxis.tickvals == axis.tickvals


def test_simulated_answers_say_so():
    mark = _("Simulated data")
    assert not any(mark in a.text for a in drawn().layout.annotations)
    assert any(mark in a.text for a in drawn(simulated=True).layout.annotations)


def test_no_item_no_points():
    assert not drawn([]).data
