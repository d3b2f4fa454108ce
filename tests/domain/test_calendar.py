"""The Thai school calendar at its edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.domain.calendar import Round, buddhist_year, thai_day
from phonics_app.domain.grade import Grade, Stage


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2026, 5, 15), "2/2568"),
        (date(2026, 5, 16), "1/2569"),
        (date(2026, 10, 31), "1/2569"),
        (date(2026, 11, 1), "2/2569"),
        (date(2026, 12, 31), "2/2569"),
        (date(2027, 1, 1), "2/2569"),
        (date(2027, 4, 30), "2/2569"),
    ],
)
def test_edges_of_terms(day, label):
    assert Round.of(day).label == label


def test_buddhist_year():
    assert buddhist_year(date(2026, 1, 1)) == 2569


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_rounds_follow_one_another(day):
    now, tomorrow = Round.of(day), Round.of(day + timedelta(days=1))
    assert tomorrow == now or tomorrow.previous == now
    assert now.starts <= day
    assert Round.of(now.starts) == now
    assert now.previous < now


def test_grades_in_school_order():
    assert [g.label("th") for g in Grade][2:5] == ["อ.3", "ป.1", "ป.2"]
    assert Grade.M1.label("en") == "M1"
    assert [g.order for g in Grade] == list(range(15))
    assert {g.stage for g in Grade if g.order < 3} == {Stage.KINDERGARTEN}
    assert Grade.M6.stage is Stage.SECONDARY


def test_a_moment_counts_on_its_day_in_thailand():
    evening_before = datetime(2026, 5, 15, 17, 30, tzinfo=UTC)
    assert thai_day(evening_before) == date(2026, 5, 16)
    assert Round.at(evening_before) == Round(2569, 1)
    assert Round.at(evening_before - timedelta(hours=1)) == Round(2568, 2)


def test_terms_between_rounds():
    assert Round(2569, 1).terms_since(Round(2568, 2)) == 1
    assert Round(2569, 2).terms_since(Round(2567, 1)) == 5
    assert Round(2569, 1).terms_since(Round(2569, 1)) == 0
