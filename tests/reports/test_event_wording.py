"""What is told of a test's records is in the reader's language, down to each code."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

from pypdf import PdfReader

from phonics_app.domain.class_sitting import SeatStatus
from phonics_app.domain.event import ErrorKind, Event, EventKind, Mark, PauseReason
from phonics_app.domain.privacy import Basis, BasisSource
from phonics_app.domain.pupil_data import HeldTest, PupilData
from phonics_app.domain.result import StopReason
from phonics_app.domain.school import Sex
from phonics_app.domain.text import Text
from phonics_app.domain.year_turn import Outcome
from phonics_app.engine.rules import AUTO_STOP_RULES
from phonics_app.locales import translator
from phonics_app.reports import pupil_data_report
from phonics_app.reports.event_wording import event_rows
from phonics_app.reports.pupil_data_report import pupil_data_pdf
from phonics_app.reports.pupil_data_wording import value_text
from tests.engine.synthetic import plan

ENGLISH = re.compile("[A-Za-z]{2,}")
RULES = re.compile("EGRA-[A-Z0-9-]+")
OF_EVENTS = (
    *(("mark", mark.value) for mark in Mark),
    *(("error", error.value) for error in ErrorKind),
    *(("rule", rule) for rule in AUTO_STOP_RULES),
    *(("why", reason.value) for reason in PauseReason),
    *(("reason", reason.value) for reason in StopReason),
    ("line", 2),
    ("seconds_left", 12.5),
)
NOBODY = PupilData("", "", "", Text("", ""), datetime(2026, 6, 15, tzinfo=UTC), False, (), (), (), {}, {}, {})
OF_TABLES = (
    *(("pupil", "sex", sex.value) for sex in Sex),
    *(("class_seat", "status", seat.value) for seat in SeatStatus),
    *(("result", "stop_reason", reason.value) for reason in StopReason),
    *(("year_turn_pupil", "outcome", outcome.value) for outcome in Outcome),
    *(("lawful_basis", "basis", basis.value) for basis in Basis),
    *(("lawful_basis", "source", source.value) for source in BasisSource),
    *(("past_enrolment", "reason", reason) for reason in ("class", "school", "left")),
    ("attempt", "created_by", "system"),
)


def told(language: str, **data: object) -> str:
    event = Event(1, EventKind.ITEM_MARKED, "2026-06-15T09:00:00+07:00", 0.0, data)
    return next(event_rows(translator(language), plan(), [event], language))[-1]


def test_every_code_of_an_event_has_thai_words():
    for name, value in OF_EVENTS:
        text = told("th", **{name: value})
        assert text
        assert not ENGLISH.search(RULES.sub("", text)), text
    assert told("en", mark="incorrect", error="decoding") == "mark: wrong, what was wrong: read wrongly"


def test_a_code_of_a_newer_version_stands_as_it_is():
    assert told("th", mark="half_right").endswith("half_right")


def test_values_of_tables_are_words_and_days():
    for table, column, value in OF_TABLES:
        text = value_text(NOBODY, table, column, value, "th")
        assert text != value, (table, column)
        assert not ENGLISH.search(text), (table, column, text)
    assert value_text(NOBODY, "enrolment", "since", "2026-06-15", "th") == "15 มิถุนายน 2569"
    assert value_text(NOBODY, "pupil", "number", "0101", "th") == "0101"
    assert not re.search("[0-9a-f]{2}", value_text(NOBODY, "pupil", "number", "7e" * 16, "th"))
    moved = replace(NOBODY, schools={"s1": Text("โรงเรียนเดิม", "")})
    assert value_text(moved, "pupil_transfer", "from_school_id", "s1", "th") == "โรงเรียนเดิม"


def test_words_that_a_teacher_wrote_are_no_code():
    assert value_text(NOBODY, "placement", "reason", "left", "th") == "left"


def test_only_as_much_is_printed_as_memory_bears(monkeypatch):
    event = Event(1, EventKind.ITEM_MARKED, "2026-06-15T09:00:00+07:00", 0.0, {"mark": "none"})
    tests = tuple(
        HeldTest(str(day), datetime(2026, 6, day, tzinfo=UTC), plan(), (event,) * count)
        for day, count in ((1, 10), (2, 40), (3, 50), (4, 20))
    )
    monkeypatch.setattr(pupil_data_report, "MOST_EVENTS", 115)
    assert [test.attempt_id for test in pupil_data_report._newest(tests)] == ["2", "3", "4"]
    monkeypatch.setattr(pupil_data_report, "MOST_EVENTS", 90)
    text = "".join(
        p.extract_text() for p in PdfReader(io.BytesIO(pupil_data_pdf(replace(NOBODY, tests=tests), "en"))).pages
    )
    assert "2 earlier tests stand in tables-en/event.csv" in " ".join(text.split())
