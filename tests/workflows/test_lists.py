"""Lists that grow: paged, filtered and sorted in the database, each row once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonics_app.domain.account import Account, Grant, Role
from phonics_app.domain.attempt import AttemptStatus
from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.grade import Grade
from phonics_app.domain.paging import MOST, Wanted
from phonics_app.domain.school import PupilDraft, Sex, natural_key
from phonics_app.records.accounts import insert_account
from phonics_app.records.writing import natural_sort_key, thai_sort_key
from phonics_app.workflows import assess, invitations, lists, roster
from phonics_app.workflows.invitations import Invitee
from phonics_app.workflows.lists import AccountFilter, AttemptFilter, PupilFilter, PupilOrder
from tests.sites import SCHOOLS, YEAR

SCHOOL = SCHOOLS[0].id
DRAFT = PupilDraft("1", "ด.ญ.", "ใบบัว", "สุขดอย", Sex.FEMALE, Grade.P2, "1")


@pytest.fixture
def many(phonics, people):
    """25 pupils in rooms 1, 2 and 10 of two grades, their numbers from 90 to 114."""
    for n in range(25):
        grade = Grade.K3 if n % 5 == 0 else Grade.P2
        draft = replace(DRAFT, number=str(90 + n), room=("1", "2", "10")[n % 3], grade=grade, first_name=f"ชื่อ{n}")
        roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, draft)
    return phonics


def test_pages_hold_every_pupil_once_in_the_order_of_the_class_list(many, people):
    whole = roster.list_pupils(many, people.teacher, SCHOOL, YEAR)
    pages = [
        lists.page_of_pupils(many, people.teacher, SCHOOL, YEAR, wanted=Wanted(number, 10)) for number in (1, 2, 3)
    ]
    assert tuple(pupil for page in pages for pupil in page.rows) == whole
    assert [(page.first, page.last, page.total, page.pages) for page in pages] == [
        (1, 10, 25, 3),
        (11, 20, 25, 3),
        (21, 25, 25, 3),
    ]


def test_a_page_that_is_not_there_is_empty_and_sizes_have_a_limit(many, people):
    page = lists.page_of_pupils(many, people.teacher, SCHOOL, YEAR, wanted=Wanted(9, 10))
    assert (page.rows, page.first, page.last, page.total) == ((), 0, 0, 25)
    assert lists.page_of_pupils(many, people.teacher, SCHOOL, YEAR, wanted=Wanted(-3, 10**9)).size == MOST


def test_filters_count_what_they_leave(many, people):
    def found(**filters):
        page = lists.page_of_pupils(many, people.teacher, SCHOOL, YEAR, PupilFilter(**filters), Wanted(1, 3))
        return page.total, [pupil.number for pupil in page.rows]

    assert found(grade=Grade.K3) == (5, ["90", "105", "100"])
    assert found(grade=Grade.P2, room="10") == (6, ["92", "98", "101"])
    assert found(search="๑๑") == (6, ["110", "111", "114"])
    assert found(search="ชื่อ24") == (1, ["114"])
    assert found(search="\0") == (25, ["90", "105", "100"])
    assert found(search="%") == (0, [])


def test_accounts_are_paged_and_filtered_in_the_database(phonics, people):
    school, other = (s.id for s in SCHOOLS[:2])
    with phonics.store.write() as connection:
        for n in range(30):
            grants = (Grant(Role.TEACHER, school if n % 3 else other), *((Grant(Role.TRAINER),) if n % 10 == 0 else ()))
            name = f"ครูสมศรี {n}" if n < 5 else f"ครู {n}"
            insert_account(
                connection, Account(f"t{n}", f"t{n:02}", name, grants, n % 15 == 0, created_at=phonics.now()), ""
            )

    def found(**filters):
        page = lists.page_of_accounts(phonics, people.administrator, AccountFilter(**filters), Wanted(1, 3))
        return page.total, [account.username for account in page.rows]

    assert found() == (38, ["administrator", "auditor", "director"])
    last = lists.page_of_accounts(phonics, people.administrator, wanted=Wanted(4, 10))
    assert ([a.username for a in last.rows][-1], last.first, last.last) == ("trainer", 31, 38)
    assert found(search="สมศรี ๔") == (1, ["t04"])
    assert found(search="T2") == (10, ["t20", "t21", "t22"])
    assert found(search="%") == (0, [])
    assert found(role=Role.TRAINER) == (4, ["t00", "t10", "t20"])
    # A role and a school are those of one grant: a trainer has none at a school.
    assert found(role=Role.TRAINER, school_id=other) == (0, [])
    assert found(role=Role.TEACHER, school_id=other) == (11, ["other_teacher", "t00", "t03"])
    assert found(school_id=school, search="teacher") == (1, ["teacher"])
    assert found(disabled=True) == (2, ["t00", "t15"])
    assert found(disabled=False)[0] == 36
    trainer = lists.page_of_accounts(phonics, people.administrator, AccountFilter(search="t10")).rows[0]
    assert trainer.grants == (Grant(Role.TEACHER, school), Grant(Role.TRAINER))


def test_open_invitations_are_paged(phonics, people):
    school, other = (s.id for s in SCHOOLS[:2])
    for place in (school, other):
        invitees = [Invitee(f"ครู {n:02}", "", (Grant(Role.TEACHER, place),)) for n in range(12)]
        invitations.invite(phonics, people.administrator, invitees)
    both = Invitee("ครูสองโรงเรียน", "", (Grant(Role.TEACHER, school), Grant(Role.TEACHER, other)))
    invitations.invite(phonics, people.administrator, [both])

    def found(actor, school_id=None, search="", number=1):
        page = invitations.page_of_invitations(phonics, actor, school_id, search, Wanted(number, 5))
        return page.total, [one.display_name for one in page.rows]

    assert found(people.administrator)[0] == 25
    assert found(people.administrator, search="ครู ๐๓") == (2, ["ครู 03", "ครู 03"])
    assert found(people.director, school) == (12, [f"ครู {n:02}" for n in range(5)])
    assert found(people.director, school, number=3) == (12, ["ครู 10", "ครู 11"])
    assert found(people.director, school, "11") == (1, ["ครู 11"])


def test_archived_pupils_only_where_asked_for(many, people):
    pupil = lists.page_of_pupils(many, people.teacher, SCHOOL, YEAR).rows[0]
    roster.set_archived(many, people.teacher, pupil.id, True)
    assert lists.page_of_pupils(many, people.teacher, SCHOOL, YEAR).total == 24
    assert lists.page_of_pupils(many, people.teacher, SCHOOL, YEAR, PupilFilter(archived=True)).total == 25


def test_names_are_in_thai_order_and_follow_a_correction(phonics, people):
    names = ["เอก", "อร", "กา", "แก้ว", "ขวัญ"]
    made = {
        name: roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number=str(n), first_name=name)).id
        for n, name in enumerate(names, start=1)
    }
    shown = lambda: [  # noqa: E731
        pupil.first_name
        for pupil in lists.page_of_pupils(
            phonics, people.teacher, SCHOOL, YEAR, PupilFilter(order=PupilOrder.NAME)
        ).rows
    ]
    assert shown() == ["กา", "แก้ว", "ขวัญ", "อร", "เอก"]
    roster.correct_pupil(phonics, people.teacher, made["กา"], replace(DRAFT, number="3", first_name="ฮา", room="2"))
    assert shown() == ["แก้ว", "ขวัญ", "อร", "เอก", "ฮา"]


@given(st.lists(st.text("0123456789๑กขa-/ ", max_size=8), max_size=12))
def test_sort_keys_count_as_a_person_counts(texts):
    figures = [text for text in texts if text.isascii() and text.isalnum()]
    assert sorted(figures, key=natural_sort_key) == sorted(figures, key=lambda t: natural_key(t))
    assert all("\0" not in thai_sort_key(text) for text in texts)


def test_tests_of_a_school_newest_first(many, people, clock):
    pupils = roster.list_pupils(many, people.teacher, SCHOOL, YEAR)
    for n, pupil in enumerate(pupils[:7]):
        clock.advance(days=1)
        assess.start_attempt(many, people.teacher, f"{n + 1:032x}", pupil.id)
    assess.discard_attempt(many, people.teacher, f"{3:032x}")

    def found(**filters):
        page = lists.page_of_attempts(many, people.teacher, SCHOOL, YEAR, AttemptFilter(**filters), Wanted(1, 3))
        return page.total, [int(row.attempt_id, 16) for row in page.rows]

    assert found() == (7, [7, 6, 5])
    assert found(status=AttemptStatus.DISCARDED) == (1, [3])
    assert found(since=date(2026, 6, 17), until=date(2026, 6, 18)) == (2, [3, 2])
    assert found(grade=Grade.K3) == (5, [5, 4, 3])
    assert found(search=pupils[0].number) == (1, [1])
    assert lists.page_of_attempts(many, people.teacher, SCHOOL, YEAR - 1).total == 0
    assert lists.page_of_attempts(many, people.other_teacher, SCHOOLS[1].id, YEAR).total == 0


def test_nobody_pages_through_another_school(many, people):
    for list_of in (lists.page_of_pupils, lists.page_of_attempts):
        with pytest.raises(NotAllowed):
            list_of(many, people.other_teacher, SCHOOL, YEAR)


def test_keys_of_an_older_database_are_made_at_its_upgrade(tmp_path):
    """A database of the revision before has neither keys nor their columns."""
    from alembic import command
    from sqlalchemy import select

    from phonics_app.records import migrate, open_store
    from phonics_app.records.schema import enrolment, pupil
    from phonics_app.records.store import sqlite_url

    url = sqlite_url(tmp_path / "old.db")
    store = open_store(url)
    with store.engine.connect() as connection, connection.begin():
        command.downgrade(migrate._config(migrate.MIGRATIONS, connection), "0009")
        connection.exec_driver_sql(
            "insert into school (id, name_th, name_en, kind, highest_grade, archived)"
            " values ('s', 'ก', 'a', 'network', 'P6', 0)"
        )
        connection.exec_driver_sql(
            "insert into pupil (id, school_id, number, prefix, first_name, last_name, sex, archived, simulated)"
            " values ('p', 's', '12', '', 'เอก', 'ดี', 'male', 0, 0)"
        )
        connection.exec_driver_sql(
            "insert into enrolment (pupil_id, year, school_id, grade, room) values ('p', 2568, 's', 'P2', '10')"
        )
    store.close()
    store = open_store(url)
    with store.read() as connection:
        assert connection.execute(select(pupil.c.name_key, pupil.c.number_key)).one() == (
            f"{thai_sort_key('เอก')}\x01{thai_sort_key('ดี')}",
            "00212",
        )
        assert connection.scalar(select(enrolment.c.class_key)) == "0400210"
    store.close()
