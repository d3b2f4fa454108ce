"""Tests left open: which one is to be resumed; and pupils who move or leave in the middle of one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.progress.dashboard import Filters
from phonics_app.workflows import assess, classes, dashboards, roster
from phonics_app.workflows.classes import Due
from tests import sites
from tests.pages.busy import attempt_id, diary_of, insert_earlier, sit

SCHOOL, OTHER = sites.SCHOOLS[0].id, sites.SCHOOLS[1].id
DRAFT = PupilDraft("1", "ด.ช.", "ต้นกล้า", "จำลองกิจ", Sex.MALE, Grade.P2, "1")
FIRST, SECOND = attempt_id(1), attempt_id(2)


@pytest.fixture
def pupil(phonics):
    return roster.add_pupil(phonics, SYSTEM, SCHOOL, sites.YEAR, DRAFT).id


def due(phonics, school=SCHOOL):
    return [row.due for row in classes.class_page(phonics, SYSTEM, school, sites.YEAR).rows]


def test_of_two_started_at_once_the_other_is_no_longer_due_when_one_is_finished(phonics, people, clock, pupil):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda id_: assess.start_attempt(phonics, people.teacher, id_, pupil), (FIRST, SECOND)))
    assert due(phonics) == [Due.RESUME_TEST]
    clock.advance(minutes=8)
    sit(phonics, FIRST, pupil, 3)
    assert assess.propose_test(phonics, people.teacher, pupil).open_attempt_id is None
    assert due(phonics) == [Due.DECIDE]
    assess.decide_placement(phonics, people.teacher, FIRST, 3, "อ่านได้ดี")
    assert due(phonics) == [Due.NOTHING]


def test_an_old_open_test_gives_way_to_a_new_one_and_comes_back_when_that_is_discarded(phonics, people, clock, pupil):
    assess.start_attempt(phonics, people.teacher, FIRST, pupil)
    clock.advance(days=3)
    sit(phonics, SECOND, pupil, 3)
    assert due(phonics) == [Due.DECIDE]
    assess.discard_attempt(phonics, people.teacher, SECOND)
    assert due(phonics) == [Due.RESUME_TEST]
    assert assess.propose_test(phonics, people.teacher, pupil).open_attempt_id == FIRST


def test_a_test_begun_after_the_last_result_is_to_be_resumed(phonics, people, clock, pupil):
    sit(phonics, FIRST, pupil, 3)
    clock.advance(days=3)
    assess.start_attempt(phonics, people.teacher, SECOND, pupil)
    assert due(phonics) == [Due.RESUME_TEST]


def test_a_pupil_who_moves_in_the_middle_of_a_test(phonics, people, pupil):
    """The new school goes on with it, the old one sees him no more, and he counts where he is."""
    sitting = assess.start_attempt(phonics, people.teacher, FIRST, pupil)
    events = diary_of(sitting, 3)
    assess.append_events(phonics, people.teacher, FIRST, events[:5])
    roster.move_pupil(phonics, people.administrator, pupil, OTHER)
    with pytest.raises(NotAllowed):
        assess.append_events(phonics, people.teacher, FIRST, events[5:])
    assert due(phonics, OTHER) == [Due.RESUME_TEST]
    assert assess.get_sitting(phonics, people.other_teacher, FIRST).events == tuple(events[:5])
    assess.append_events(phonics, people.other_teacher, FIRST, events[5:])
    assess.decide_placement(phonics, people.other_teacher, FIRST, 3, "อ่านได้ดี")
    here = dashboards.trace(phonics, people.administrator, Filters(school_id=OTHER))
    assert list(here["attempt_id"]) == [FIRST]
    assert dashboards.trace(phonics, people.administrator, Filters(school_id=SCHOOL)).empty
    row = classes.class_page(phonics, people.other_teacher, OTHER, sites.YEAR).rows[0]
    assert (row.level, row.pupil.school_id) == (3, OTHER)


def test_a_test_that_was_under_way_when_the_pupil_was_archived_loses_no_mark(phonics, people, pupil):
    sitting = assess.start_attempt(phonics, people.teacher, FIRST, pupil)
    events = diary_of(sitting, 3)
    roster.set_archived(phonics, people.teacher, pupil, True)
    assert assess.append_events(phonics, people.teacher, FIRST, events) == len(events)
    assert assess.compute_result(phonics, people.teacher, FIRST).stop_reason is not None


def test_two_decisions_at_once_are_both_kept_and_one_is_in_force(phonics, people, pupil):
    sit(phonics, FIRST, pupil, 3)
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda n: assess.decide_placement(phonics, people.teacher, FIRST, n, "อ่านได้ดี"), (2, 4)))
    kept = assess.placements_of(phonics, people.teacher, pupil)
    assert {d.id for d in kept} == {d.id for d in made}
    assert classes.class_page(phonics, people.teacher, SCHOOL, sites.YEAR).rows[0].level == kept[0].level
    traced = dashboards.trace(phonics, people.administrator, Filters(school_id=SCHOOL))
    assert list(traced["level"]) == [kept[0].level]


def test_the_class_of_an_earlier_year_stays_at_the_school_of_then(phonics, people, pupil):
    with phonics.store.write() as connection:
        insert_earlier(connection, SCHOOL, sites.YEAR - 1, [(pupil, DRAFT)])
    roster.move_pupil(phonics, people.administrator, pupil, OTHER)
    (row,) = classes.class_page(phonics, people.teacher, SCHOOL, sites.YEAR - 1).rows
    assert row.pupil.school_id == SCHOOL
