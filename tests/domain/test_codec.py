"""JSON and back: what goes out comes in again, and every fault is named by its path."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.domain.attempt import AttemptSpec, Prior, PriorSource
from phonics_app.domain.codec import decode, encode
from phonics_app.domain.errors import ProblemsFound
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.grade import Grade
from phonics_app.domain.result import Evidence, LevelProbability
from phonics_app.domain.school import Pupil, PupilDraft, School, Sex
from phonics_app.domain.text import Text

KINDS = [AttemptSpec, Evidence, LevelProbability, PupilDraft, Pupil, School, Text]
REAL = st.floats(allow_nan=False, allow_infinity=False)


def built(kind):
    """Objects of `kind`, made from its annotations."""
    st.register_type_strategy(float, REAL)
    return st.builds(kind, **dict.fromkeys(kind.__dataclass_fields__, ...))


@pytest.mark.parametrize("kind", KINDS)
def test_round_trip_through_json_text(kind):
    @given(built(kind))
    def check(value):
        assert decode(kind, json.loads(json.dumps(encode(value)))) == value

    check()


@dataclass(frozen=True)
class Everything:
    day: date
    moment: datetime
    pair: tuple[int, str]
    counts: dict[int, tuple[float, ...]]
    nothing: str | None = None
    more: dict[str, object] = field(default_factory=dict)


def test_dates_tuples_and_tables():
    value = Everything(date(2026, 5, 16), datetime(2026, 5, 16, 8, 30, tzinfo=UTC), (1, "ก"), {4: (0.5, 1.0)})
    data = json.loads(json.dumps(encode(value)))
    assert data["day"] == "2026-05-16"
    assert data["counts"] == {"4": [0.5, 1.0]}
    assert decode(Everything, data) == value


def test_events_keep_their_data_as_it_is():
    event = Event(
        1, EventKind.ITEM_MARKED, "2026-05-16T08:30:00+07:00", 12.5, {"item": "L4-W-001", "mark": "incorrect"}
    )
    assert decode(Event, encode(event)) == event


def faults(kind, data):
    with pytest.raises(ProblemsFound) as caught:
        decode(kind, data)
    return {(p.place.column, p.expected) for p in caught.value.problems}


def test_all_faults_at_once_with_their_paths():
    data = {
        "prior": {"mean": "high", "standard_deviation": True, "source": "guess"},
        "start_level": 4.5,
        "seen_items": ["a", 7],
        "colour": "red",
    }
    assert faults(AttemptSpec, data) == {
        ("prior.mean", "float"),
        ("prior.standard_deviation", "float"),
        ("prior.source", "grade | earlier_result | teacher | none"),
        ("start_level", "int"),
        ("seen_items[1]", "str"),
        ("colour", "nothing"),
    }


@pytest.mark.parametrize("data", [None, [], "text", 3])
def test_not_an_object(data):
    assert faults(Text, data) == {(".", "object")}


def test_missing_fields_are_named():
    assert faults(Prior, {}) == {("mean", "value"), ("standard_deviation", "value"), ("source", "value")}


def test_wrong_dates_and_lengths():
    data = {"day": "16/5/2569", "moment": "2026-05-16T08:30:00+00:00", "pair": [1], "counts": []}
    assert faults(Everything, data) == {("day", "ISO date"), ("pair", "list of 2"), ("counts", "object")}


def test_key_that_is_no_number_is_named():
    data = {"day": "2026-05-16", "moment": "2026-05-16T08:30:00+00:00", "pair": [1, "a"], "counts": {"four": []}}
    assert faults(Everything, data) == {("counts.four", "int")}


def test_key_of_an_enum_comes_back_as_that_enum():
    assert decode(dict[Grade, int], {"P3": 6}) == {Grade.P3: 6}


def test_whole_numbers_become_floats_and_no_flag_becomes_a_number():
    assert decode(Prior, {"mean": 1, "standard_deviation": 2, "source": "none"}) == Prior(1.0, 2.0, PriorSource.NONE)
    assert faults(tuple[int, ...], [True]) == {("[0]", "int")}


def test_a_number_too_large_for_a_float_is_a_fault():
    assert faults(tuple[float, ...], [10**400]) == {("[0]", "float")}


def test_every_sex_and_grade_has_its_code():
    assert {encode(s) for s in Sex} == {"female", "male", "unknown"}
    assert encode((Grade.K1, Grade.M6)) == ["K1", "M6"]
