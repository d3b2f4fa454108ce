"""The year turn: what is shown is what is stored, and it can be taken back as long as nothing was added."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from phonics_app.domain.account import SYSTEM, Actor, Grant, Role
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Conflict, NotFound, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.level_class import DraftClass
from phonics_app.domain.school import Classroom, PupilDraft, Sex
from phonics_app.progress.dashboard import Filters
from phonics_app.records.past import Change
from phonics_app.records.pupils import insert_enrolments
from phonics_app.records.schema import enrolment, pupil, result
from phonics_app.workflows import (
    assess,
    class_sittings,
    dashboards,
    history,
    level_classes,
    paper_entry,
    roster,
    year_turn,
)
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.year_turn import Outcome, TurnChoice
from tests import classroom
from tests.sites import SCHOOLS, YEAR
from tests.workflows import papers

SCHOOL = SCHOOLS[0].id
LAST = SCHOOLS[0].highest_grade
NEXT = YEAR + 1
DRAFT = PupilDraft("1", "ด.ญ.", "ใบบัว", "สุขดอย", Sex.FEMALE, Grade.P1, "1")
NEW_YEAR = datetime(2027, 5, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def old_year(phonics, people, clock):
    """Two pupils each of ป.1/1, ป.1/2 and the highest grade; then the new year has begun."""
    ids = {}
    for n, (grade, room) in enumerate([(Grade.P1, "1"), (Grade.P1, "2"), (LAST, "1")] * 2, start=1):
        draft = replace(DRAFT, number=str(n), grade=grade, room=room)
        ids[n] = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, draft).id
    clock.time = NEW_YEAR
    return ids


def stored(phonics):
    with phonics.store.read() as connection:
        rows = connection.execute(select(enrolment).order_by(enrolment.c.pupil_id, enrolment.c.year)).all()
        archived = connection.execute(select(pupil.c.id, pupil.c.archived).order_by(pupil.c.id)).all()
    return rows, archived


def classes(phonics, year=NEXT):
    return {p.number: (p.grade, p.room) for p in roster.list_pupils(phonics, SYSTEM, SCHOOL, year)}


def test_every_class_goes_up_and_the_highest_leaves(phonics, people, old_year):
    shown = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    assert (shown.counts[Outcome.PROMOTED], shown.counts[Outcome.LEAVES], shown.ready) == (4, 2, True)
    assert classes(phonics) == {}
    turn = year_turn.commit_year_turn(phonics, people.teacher, shown)
    assert turn.pupils == 6
    up = {"1": "1", "4": "1", "2": "2", "5": "2"}
    assert classes(phonics) == {number: (Grade.P2, room) for number, room in up.items()}
    assert {row.pupil.number: row.to for row in shown.rows if row.to} == classes(phonics)
    assert roster.get_pupil(phonics, people.teacher, old_year[3]).archived
    stays = history.pupil_history(phonics, people.teacher, old_year[3]).stays
    assert [(s.year, s.until.isoformat(), s.reason) for s in stays] == [(YEAR, "2027-05-16", "left")]


def test_classes_and_pupils_that_differ(phonics, people, old_year):
    targets = {(Grade.P1, "2"): (Grade.P2, " ๓ "), (LAST, "1"): (LAST, "9")}
    choice = TurnChoice(targets, frozenset({old_year[1]}), frozenset({old_year[2]}))
    shown = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT, choice)
    year_turn.commit_year_turn(phonics, people.teacher, shown)
    assert classes(phonics) == {
        "1": (Grade.P1, "1"),
        "4": (Grade.P2, "1"),
        "5": (Grade.P2, "3"),
        "3": (LAST, "9"),
        "6": (LAST, "9"),
    }
    outcomes = {row.pupil.number: row.outcome for row in shown.rows}
    assert (outcomes["1"], outcomes["3"], outcomes["2"]) == (Outcome.REPEATS, Outcome.REPEATS, Outcome.LEAVES)


def test_taking_it_back_leaves_all_as_it_was(phonics, people, old_year):
    before = stored(phonics)
    year_turn.commit_year_turn(
        phonics, people.teacher, year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    )
    assert stored(phonics) != before
    turn, free = year_turn.last_year_turn(phonics, people.teacher, SCHOOL)
    assert (turn.pupils, free) == (6, True)
    year_turn.undo_year_turn(phonics, people.teacher, SCHOOL)
    assert stored(phonics) == before
    assert year_turn.last_year_turn(phonics, people.teacher, SCHOOL) is None
    with pytest.raises(NotFound):
        year_turn.undo_year_turn(phonics, people.teacher, SCHOOL)


ADDED = {
    "a test": lambda p, a, ids: assess.start_attempt(p, a.teacher, "1" * 32, ids[1]),
    "a changed class": lambda p, a, ids: roster.correct_pupil(
        p, a.teacher, ids[1], replace(DRAFT, grade=Grade.P3, room="1")
    ),
    "a newcomer": lambda p, a, ids: roster.add_pupil(p, a.teacher, SCHOOL, NEXT, replace(DRAFT, number="70")),
    "a level class": lambda p, a, ids: level_classes.confirm_level_classes(
        p, SYSTEM, SCHOOL, [DraftClass(3, "3.1", [ids[1]])]
    ),
    "a leaver who came back": lambda p, a, ids: roster.set_archived(p, a.teacher, ids[3], False),
}


@pytest.mark.parametrize("what", ADDED)
def test_what_was_added_since_stops_the_way_back(phonics, people, old_year, clock, what):
    year_turn.commit_year_turn(
        phonics, people.teacher, year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    )
    clock.advance(days=3)
    ADDED[what](phonics, people, old_year)
    assert year_turn.last_year_turn(phonics, people.teacher, SCHOOL)[1] is False
    with pytest.raises(Conflict, match=r"turn\.used"):
        year_turn.undo_year_turn(phonics, people.teacher, SCHOOL)


def turned(phonics, people):
    shown = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    return year_turn.commit_year_turn(phonics, people.teacher, shown)


@pytest.mark.parametrize(("given_on", "free"), [(date(2027, 5, 18), False), (date(2027, 5, 14), True)])
def test_a_sheet_keyed_in_later_counts_on_its_day(phonics, people, old_year, clock, given_on, free):
    """One of the new year stands in its class, so the class stays; one of the old year stands where it always did."""
    plan = papers.plan_of_code(phonics, code := papers.printed(phonics, "level-check", 1))
    turned(phonics, people)
    clock.advance(days=2)
    sheet = replace(papers.sheet(plan, old_year[1]), given_on=given_on)
    paper_entry.enter_sheet(phonics, people.teacher, code, sheet)
    with phonics.store.read() as connection:
        before = connection.execute(select(result.c.year, result.c.grade, result.c.room)).all()
    assert year_turn.last_year_turn(phonics, people.teacher, SCHOOL)[1] is free
    if free:
        year_turn.undo_year_turn(phonics, people.teacher, SCHOOL)
    else:
        with pytest.raises(Conflict, match=r"turn\.used"):
            year_turn.undo_year_turn(phonics, people.teacher, SCHOOL)
    with phonics.store.read() as connection:
        assert connection.execute(select(result.c.year, result.c.grade, result.c.room)).all() == before


def test_whoever_was_in_the_new_year_before_the_turn_does_not_stop_the_way_back(phonics, people, old_year, clock):
    """The class list of the new year may come first: with newcomers, and with pupils of the old year as well."""
    roster.add_pupil(phonics, people.teacher, SCHOOL, NEXT, replace(DRAFT, number="70"))
    with phonics.store.write() as connection:
        insert_enrolments(connection, SCHOOL, NEXT, [(old_year[1], replace(DRAFT, grade=Grade.P3))], "2027-05-18")
    before = stored(phonics)
    clock.advance(hours=1)
    assert turned(phonics, people).pupils == 5
    turn, free = year_turn.last_year_turn(phonics, people.teacher, SCHOOL)
    assert (turn.pupils, free) == (5, True)
    year_turn.undo_year_turn(phonics, people.teacher, SCHOOL)
    assert stored(phonics) == before
    assert turned(phonics, people).pupils == 5
    roster.correct_pupil(phonics, people.teacher, old_year[1], replace(DRAFT, grade=Grade.P4))
    assert year_turn.last_year_turn(phonics, people.teacher, SCHOOL)[1] is False


def test_a_class_test_of_the_new_year_stops_the_way_back(phonics, people, old_year, clock):
    """Opened since the turn; one that newcomers took before it goes on whatever becomes of the turn."""
    classroom.record_everything(phonics)
    roster.add_pupil(phonics, people.teacher, SCHOOL, NEXT, replace(DRAFT, number="70"))
    early = class_sittings.open_class_sitting(phonics, people.teacher, SCHOOL, Grade.P1, "1")
    clock.advance(hours=1)
    turned(phonics, people)
    year_turn.undo_year_turn(phonics, people.teacher, SCHOOL)
    assert [row.pupil.number for row in class_sittings.sitting_board(phonics, people.teacher, early.id).rows] == ["70"]
    turned(phonics, people)
    clock.advance(hours=1)
    late = class_sittings.open_class_sitting(phonics, people.teacher, SCHOOL, Grade.P2, "1")
    with pytest.raises(Conflict, match=r"turn\.used"):
        year_turn.undo_year_turn(phonics, people.teacher, SCHOOL)
    assert len(class_sittings.sitting_board(phonics, people.teacher, late.id).rows) == 2


def test_not_before_the_new_year_has_begun(phonics, people, old_year, clock):
    clock.time = datetime(2027, 5, 15, 2, 0, tzinfo=UTC)
    shown = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    assert [problem.code for problem in shown.problems] == ["turn.too_early"]
    with pytest.raises(ProblemsFound):
        year_turn.commit_year_turn(phonics, people.teacher, shown)


def test_a_preview_that_is_out_of_date(phonics, people, old_year):
    shown = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    roster.correct_pupil(phonics, people.teacher, old_year[1], replace(DRAFT, room="7"))
    with pytest.raises(Conflict, match=r"turn\.stale"):
        year_turn.commit_year_turn(phonics, people.teacher, shown)


def test_twice_turns_nobody_twice(phonics, people, old_year):
    shown = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    year_turn.commit_year_turn(phonics, people.teacher, shown)
    again = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    assert (set(again.counts), again.ready) == ({Outcome.ENROLLED}, False)
    with pytest.raises(ProblemsFound):
        year_turn.commit_year_turn(phonics, people.teacher, again)


def test_a_pupil_who_is_at_another_school_by_now_stays_there(phonics, people, old_year):
    with phonics.store.write() as connection:
        insert_enrolments(connection, SCHOOLS[1].id, NEXT, [(old_year[1], DRAFT)], "")
    shown = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    year_turn.commit_year_turn(phonics, people.teacher, shown)
    assert "1" not in classes(phonics)
    assert len(classes(phonics)) == 3


def test_no_class_goes_down(phonics, people, old_year):
    choice = TurnChoice({(LAST, "1"): (Grade.P1, "1"), (Grade.P1, "1"): (Grade.P2, "x" * 21)})
    shown = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT, choice)
    assert {problem.code for problem in shown.problems} == {"turn.downwards", "input.too_long"}


def test_figures_of_the_old_year_stay(phonics, people, old_year):
    def coverage():
        filters = Filters(round=Round(YEAR, 2), school_id=SCHOOL)
        return dashboards.dashboard(phonics, SYSTEM, filters).coverage.to_csv()

    before = coverage()
    assert before.count("\n") > 1
    year_turn.commit_year_turn(
        phonics, people.teacher, year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    )
    assert coverage() == before


def test_the_print_names_each_pupil(phonics, people, old_year):
    shown = year_turn.preview_year_turn(phonics, people.teacher, SCHOOL, NEXT)
    table = year_turn.export_year_turn(phonics, people.teacher, shown, format=ExportFormat.CSV, language="th")
    assert table.decode().count("ใบบัว") == 6
    pdf = year_turn.export_year_turn(phonics, people.teacher, shown, format=ExportFormat.PDF, language="th")
    assert pdf.startswith(b"%PDF")


def test_a_change_before_a_year_begins_counts_from_its_beginning():
    assert Change(datetime(2027, 5, 1, tzinfo=UTC), "x").since_in(NEXT) == ""
    assert Change(NEW_YEAR, "x").since_in(NEXT) == "2027-05-20"


def test_a_coming_years_list_takes_nobody_from_his_teacher(phonics, people):
    """Brought in ahead, it counts when its year begins: until then he is in the class in which he is."""
    pupil_id = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, DRAFT).id
    mine = Actor("teacher", "", (Grant(Role.TEACHER, SCHOOL, (Classroom(YEAR, Grade.P1, "1"),)),))
    assess.start_attempt(phonics, mine, "1" * 32, pupil_id)
    with phonics.store.write() as connection:
        insert_enrolments(connection, SCHOOL, NEXT, [(pupil_id, replace(DRAFT, grade=Grade.P2))], "")
    assert assess.get_sitting(phonics, mine, "1" * 32).pupil.classroom == Classroom(YEAR, Grade.P1, "1")
    assert history.pupil_history(phonics, mine, pupil_id).pupil.grade is Grade.P1
    assert roster.correct_pupil(phonics, mine, pupil_id, replace(DRAFT, first_name="ใบบุญ")).grade is Grade.P1
    assert classes(phonics) == {"1": (Grade.P2, "1")}
    roster.move_pupil(phonics, SYSTEM, pupil_id, SCHOOLS[1].id)
    assert classes(phonics) == {}
