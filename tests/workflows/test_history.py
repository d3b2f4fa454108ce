"""One pupil, one history: what is over is kept, and figures of a round that is over never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import NotAllowed, NotFound
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.progress.dashboard import Filters
from phonics_app.records.past import stay_on
from phonics_app.workflows import assess, dashboards, history, roster
from tests.pages.busy import sit
from tests.sites import SCHOOLS, YEAR

SCHOOL, OTHER = SCHOOLS[0].id, SCHOOLS[1].id
DRAFT = PupilDraft("7001", "เด็กหญิง", "ใบบัว", "สุขดอย", Sex.FEMALE, Grade.P2, "1")
TERM_2 = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
FIRST = Round(YEAR, 1)


@pytest.fixture
def pupil(phonics, people):
    return roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, DRAFT)


def stays(phonics, pupil):
    found = history.pupil_history(phonics, SYSTEM, pupil.id).stays
    return [(s.school_id, s.grade.value, s.room, s.since, s.until, s.reason) for s in found]


def test_a_room_changed_in_mid_year(phonics, people, pupil, clock):
    clock.advance(days=30)
    roster.correct_pupil(phonics, people.teacher, pupil.id, replace(DRAFT, room="2"))
    came, moved = date(2026, 6, 15), date(2026, 7, 15)
    assert stays(phonics, pupil) == [
        (SCHOOL, "P2", "2", moved, None, ""),
        (SCHOOL, "P2", "1", came, moved, "class"),
    ]
    with phonics.store.read() as connection:
        rooms = [stay_on(connection, pupil.id, date(2026, *day)).room for day in ((5, 20), (7, 14), (7, 15), (9, 1))]
    assert rooms == ["1", "1", "2", "2"]


def test_the_same_class_again_writes_nothing(phonics, people, pupil):
    roster.correct_pupil(phonics, people.teacher, pupil.id, replace(DRAFT, last_name="ใหม่"))
    assert len(stays(phonics, pupil)) == 1


def test_a_slip_that_is_mended_on_the_same_day_is_told_as_such(phonics, people, pupil):
    roster.correct_pupil(phonics, people.teacher, pupil.id, replace(DRAFT, grade=Grade.P3))
    newest, slip = history.pupil_history(phonics, SYSTEM, pupil.id).stays
    assert (newest.grade, newest.corrected, slip.grade, slip.corrected) == (Grade.P3, False, Grade.P2, True)


def test_who_leaves_and_returns(phonics, people, pupil, clock):
    clock.advance(days=10)
    roster.set_archived(phonics, people.teacher, pupil.id, True)
    left = date(2026, 6, 25)
    assert stays(phonics, pupil) == [(SCHOOL, "P2", "1", date(2026, 6, 15), left, "left")]
    clock.advance(days=20)
    roster.set_archived(phonics, people.teacher, pupil.id, False)
    assert stays(phonics, pupil) == [
        (SCHOOL, "P2", "1", date(2026, 7, 15), None, ""),
        (SCHOOL, "P2", "1", date(2026, 6, 15), left, "left"),
    ]


def test_names_of_before_are_kept(phonics, people, pupil, clock):
    clock.advance(days=1)
    roster.correct_pupil(phonics, people.teacher, pupil.id, replace(DRAFT, first_name="กานดา", number="8001"))
    found = history.pupil_history(phonics, people.director, pupil.id)
    assert found.pupil.first_name == "กานดา"
    assert [(past.name, past.number, past.replaced_by) for past in found.names] == [
        ("เด็กหญิงใบบัว สุขดอย", "7001", "teacher")
    ]


def test_a_repeated_year_is_the_same_grade_in_two_years(phonics, people, pupil):
    with phonics.store.write() as connection:
        from phonics_app.records.pupils import insert_enrolments

        insert_enrolments(connection, SCHOOL, YEAR + 1, [(pupil.id, DRAFT)], "")
    assert [(s.year, s.grade) for s in history.pupil_history(phonics, SYSTEM, pupil.id).stays] == [
        (YEAR + 1, Grade.P2),
        (YEAR, Grade.P2),
    ]


def figures(phonics, round_=FIRST, **filters):
    shown = dashboards.dashboard(phonics, SYSTEM, Filters(round=round_, **filters))
    return shown.coverage.to_csv() + shown.levels.to_csv() + shown.expected.to_csv()


@pytest.fixture
def first_round(phonics, people, clock):
    """Three pupils of a class, one of them without a test, in term 1; then it is term 2."""
    ids = []
    for n in range(3):
        made = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number=str(n)))
        ids.append(made.id)
    for n, pupil_id in enumerate(ids[:2]):
        sit(phonics, f"{n + 1:032x}", pupil_id, 4)
        level = assess.compute_result(phonics, SYSTEM, f"{n + 1:032x}").proposed_level
        assess.decide_placement(phonics, SYSTEM, f"{n + 1:032x}", level)
    clock.time = TERM_2
    return ids


CHANGES = {
    "another room": lambda p, a, who: roster.correct_pupil(p, a.teacher, who, replace(DRAFT, number="90", room="2")),
    "another grade": lambda p, a, who: roster.correct_pupil(
        p, a.teacher, who, replace(DRAFT, number="91", grade=Grade.P4)
    ),
    "another school": lambda p, a, who: roster.move_pupil(p, a.administrator, who, OTHER),
    "leaves": lambda p, a, who: roster.set_archived(p, a.teacher, who, True),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("who", [0, 2], ids=["tested", "not tested"])
def test_figures_of_a_round_that_is_over_stay_as_they_were(phonics, people, first_round, change, who):
    scopes = [{"school_id": SCHOOL}, {"school_id": SCHOOL, "room": "1"}, {}]
    before = [figures(phonics, **scope) for scope in scopes]
    assert figures(phonics, school_id=OTHER) == figures(phonics, school_id=SCHOOLS[2].id)
    CHANGES[change](phonics, people, first_round[who])
    assert [figures(phonics, **scope) for scope in scopes] == before
    assert figures(phonics, school_id=OTHER) == figures(phonics, school_id=SCHOOLS[2].id)


def test_what_comes_in_late_leaves_the_test_where_it_was_taken(phonics, people, first_round):
    """A device hands in the last of a test that was over, when the pupil is at another school."""
    roster.move_pupil(phonics, people.administrator, first_round[0], OTHER)
    before = figures(phonics, school_id=SCHOOL), figures(phonics, school_id=OTHER)
    last = assess.view_sitting(phonics, SYSTEM, f"{1:032x}").events[-1]
    late = Event(last.seq + 1, EventKind.ATTEMPT_STOPPED, last.at, last.mono_ms, {"block": None, "last_item": None})
    assess.append_events(phonics, SYSTEM, f"{1:032x}", [late])
    assert (figures(phonics, school_id=SCHOOL), figures(phonics, school_id=OTHER)) == before


def test_who_comes_later_was_not_there_before(phonics, people, first_round):
    before = figures(phonics, school_id=SCHOOL)
    roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number="99"))
    assert figures(phonics, school_id=SCHOOL) == before


def test_the_present_round_follows_a_move(phonics, people, first_round):
    sit(phonics, f"{9:032x}", first_round[0], 4)
    assert "1," in figures(phonics, Round(YEAR, 2), school_id=SCHOOL)
    before = figures(phonics, Round(YEAR, 2), school_id=SCHOOL)
    roster.move_pupil(phonics, people.administrator, first_round[2], OTHER)
    assert figures(phonics, Round(YEAR, 2), school_id=SCHOOL) != before


def test_the_new_school_sees_the_history_and_the_old_one_no_longer(phonics, people, pupil, clock):
    clock.advance(days=5)
    roster.move_pupil(phonics, people.administrator, pupil.id, OTHER)
    found = history.pupil_history(phonics, people.other_teacher, pupil.id)
    assert [(s.school_id, s.reason) for s in found.stays] == [(OTHER, ""), (SCHOOL, "school")]
    assert set(found.schools) == {SCHOOL, OTHER}
    with pytest.raises(NotAllowed):
        history.pupil_history(phonics, people.teacher, pupil.id)


def test_the_unknown(phonics, people):
    with pytest.raises(NotFound):
        history.pupil_history(phonics, people.teacher, "f" * 32)
