"""The marking grid: fixed places that a machine can find again, none on top of another."""

from __future__ import annotations

from itertools import combinations

import pytest

from phonics_app.reports.bubble_grid import CORNER, CORNER_AT, QR_AT, QR_SIZE, RADIUS, BubbleGrid

A4 = (210.0, 297.0)
FOOTER = 281.0


@pytest.mark.parametrize("items", [1, 20, 50, 60, 61, 100, 130, 150])
def test_bubbles_lie_on_the_page_and_apart_from_each_other(items):
    bubbles = list(BubbleGrid(items, timed=True).bubbles())
    edge = CORNER_AT + CORNER + RADIUS
    assert all(edge < b.x < A4[0] - edge + RADIUS and edge < b.y < FOOTER - RADIUS for b in bubbles)
    for one, other in combinations(bubbles, 2):
        far = abs(one.x - other.x) >= 2 * RADIUS or abs(one.y - other.y) >= 2 * RADIUS
        assert far, (one, other)


def test_no_bubble_touches_the_code():
    x, y = QR_AT
    for bubble in BubbleGrid(60, timed=True).bubbles():
        assert not (x - RADIUS < bubble.x < x + QR_SIZE + RADIUS and y - RADIUS < bubble.y < y + QR_SIZE + RADIUS)


def test_every_item_and_digit_has_its_bubbles():
    bubbles = list(BubbleGrid(50, timed=True).bubbles())
    assert {(b.index, b.value) for b in bubbles if b.field == "item"} == {(n, m) for n in range(1, 51) for m in "xst"}
    assert [sum(b.field == field for b in bubbles) for field in ("pupil", "last", "seconds")] == [50, 30, 20]
    assert {b.field for b in BubbleGrid(50).bubbles()} == {"pupil", "item"}


def test_forms_of_one_length_have_one_grid():
    assert list(BubbleGrid(50, timed=True).bubbles()) == list(BubbleGrid(50, timed=True).bubbles())
    assert BubbleGrid(60).pitch == BubbleGrid(20).pitch
