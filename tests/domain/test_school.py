"""The order in which a school lists rooms and pupils."""

from __future__ import annotations

from phonics_app.domain.school import natural_key


def test_numbers_are_sorted_as_a_school_sorts_them():
    assert sorted(["10", "2", "1ก", "", "1", "ก2", "ก10"], key=natural_key) == ["", "1", "1ก", "2", "10", "ก2", "ก10"]


def test_thai_digits_count():
    assert sorted(["๑๐", "9"], key=natural_key) == ["9", "๑๐"]
