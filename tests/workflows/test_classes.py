"""The class page: levels in force, what is due, the order of rows, and who may see them."""

from datetime import UTC, datetime

import pytest

from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.grade import Grade
from phonics_app.workflows.classes import Due, class_page, list_classes
from tests.progress.builder import Builder, moment
from tests.progress.site import BEFORE, FIRST, NOW, due_class, fill


@pytest.fixture
def page(phonics, people):
    fill(phonics, due_class())
    return class_page(phonics, people.teacher, FIRST, 2569, Grade.P3, "2")


def test_every_pupil_is_due_for_the_most_urgent_thing(page):
    due = [row.due for row in page.rows]
    first, again = Due.FIRST_TEST, Due.TEST_THIS_ROUND
    assert due == [Due.RESUME_TEST, Due.DECIDE, first, again, Due.NOTHING, first]


def test_rows_are_in_the_order_of_numbers_and_leave_out_the_archived(page):
    assert [row.pupil.number for row in page.rows] == ["8", "9", "10", "11", "12", "13"]


def test_the_level_in_force_is_the_newest_decision(page):
    assert [row.level for row in page.rows] == [3, 2, None, 5, 7, None]


def test_the_last_finished_test_stands_beside_it(page):
    proposed = [row.proposed_level for row in page.rows]
    assert proposed == [3, 4, None, 5, 6, None]
    assert page.rows[1].last_test > datetime(2026, 5, 20, tzinfo=UTC)
    assert page.rows[5].last_attempt_id is None


def test_the_open_attempt_is_named(page):
    assert [row.open_attempt_id is not None for row in page.rows] == [True] + [False] * 5


def test_a_class_of_a_year_gone_by_is_not_due_for_tests(phonics, people):
    built = Builder()
    pupil = built.pupil(FIRST, Grade.P2, year=2568)
    built.pupil(FIRST, Grade.P2, year=2568)
    built.tested(pupil, FIRST, moment(BEFORE), 3)
    fill(phonics, built)
    page = class_page(phonics, people.teacher, FIRST, 2568)
    assert [row.due for row in page.rows] == [Due.NOTHING, Due.NOTHING]


def test_simulated_pupils_mark_the_page(phonics, people):
    built = Builder(simulated=True)
    built.pupil(FIRST, Grade.P1)
    fill(phonics, built)
    assert class_page(phonics, people.teacher, FIRST, 2569).simulated


def test_classes_are_listed_in_school_order(phonics, people):
    built = Builder()
    for grade, room in [(Grade.M1, "1"), (Grade.P3, "10"), (Grade.P3, "2"), (Grade.K3, ""), (Grade.P3, "2")]:
        built.pupil(FIRST, grade, room)
    built.pupil(FIRST, Grade.P6, archived=True)
    fill(phonics, built)
    wanted = ((Grade.K3, ""), (Grade.P3, "2"), (Grade.P3, "10"), (Grade.M1, "1"))
    assert list_classes(phonics, people.teacher, FIRST, 2569) == wanted


def test_an_empty_class(phonics, people):
    assert class_page(phonics, people.director, FIRST, NOW.year).rows == ()


@pytest.mark.parametrize("who", ["other_teacher", "trainer", "municipal_director"])
def test_others_may_not_see_pupils(phonics, people, who):
    with pytest.raises(NotAllowed):
        class_page(phonics, getattr(people, who), FIRST, 2569)
    with pytest.raises(NotAllowed):
        list_classes(phonics, getattr(people, who), FIRST, 2569)
