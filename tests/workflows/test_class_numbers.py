"""The number in class (เลขที่): from the list of the school to the seats of a class test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Pupil, PupilDraft, Sex, class_numbers
from phonics_app.records.class_sittings import seats_of
from phonics_app.workflows import class_sittings, classes, roster, year_turn
from tests.sites import SCHOOLS, YEAR

SCHOOL = SCHOOLS[0].id
HEAD = "เลขที่,เลขประจำตัว,ชื่อ-สกุล,ชั้น,ห้อง"
LIST = ("๒,5001,ด.ช.ภูผา ใจงาม,ป.3,1", "1,5002,ด.ญ.มะลิ ดอยคำ,ป.3,1", "7,5003,ด.ช.ต้นกล้า ใจดี,ป.3,1", "8,,,,")


def imported(phonics, *rows, head=HEAD):
    sheet = roster.read_roster(phonics, SYSTEM, SCHOOL, "a.csv", "\n".join([head, *rows]).encode())
    preview = roster.preview_roster(phonics, SYSTEM, SCHOOL, YEAR, sheet, sheet.mapping)
    roster.commit_roster(phonics, SYSTEM, preview)
    return preview


def numbers(phonics, year=YEAR):
    return {p.number: p.class_number for p in roster.list_pupils(phonics, SYSTEM, SCHOOL, year)}


def test_from_the_class_list_to_the_seats(phonics, people):
    assert imported(phonics, *LIST).problems == ()
    shown = classes.class_page(phonics, people.teacher, SCHOOL, YEAR, Grade.P3, "1")
    assert [(row.pupil.class_number, row.pupil.number) for row in shown.rows] == [(1, "5002"), (2, "5001"), (7, "5003")]
    sitting = class_sittings.open_class_sitting(phonics, people.teacher, SCHOOL, Grade.P3, "1")
    with phonics.store.read() as connection:
        assert [seat.number for seat in seats_of(connection, sitting.id)] == [1, 2, 7]


def test_a_list_without_numbers_leaves_them_and_a_new_one_changes_them(phonics):
    imported(phonics, *LIST)
    without = imported(phonics, "5001,ด.ช.ภูผา ใจงาม,ป.3,1", head="เลขประจำตัว,ชื่อ-สกุล,ชั้น,ห้อง")
    assert {row.differences for row in without.rows if row.row} == {()}
    again = imported(phonics, "3,5001,ด.ช.ภูผา ใจงาม,ป.3,1", "x,5002,ด.ญ.มะลิ ดอยคำ,ป.3,1")
    assert [row.differences for row in again.rows if row.row] == [("class_number",), ()]
    assert [(p.code, p.value) for p in again.problems] == [("pupil.class_number_bad", "x")]
    assert numbers(phonics) == {"5001": 3, "5002": 1, "5003": 7}


def test_a_number_of_thousands_of_digits_is_told_as_any_other_wrong_one(phonics):
    for digit in "9๙":
        found = imported(phonics, f"{digit * 5000},5001,ด.ช.ภูผา ใจงาม,ป.3,1")
        assert [p.code for p in found.problems] == ["pupil.class_number_bad"]
    assert numbers(phonics) == {"5001": None}


def test_by_hand_and_into_another_room(phonics):
    draft = PupilDraft("5001", "ด.ช.", "ภูผา", "ใจงาม", Sex.MALE, Grade.P3, "1", 4)
    pupil = roster.add_pupil(phonics, SYSTEM, SCHOOL, YEAR, draft)
    roster.set_archived(phonics, SYSTEM, pupil.id, True)
    assert roster.set_archived(phonics, SYSTEM, pupil.id, False).class_number == 4
    assert roster.correct_pupil(phonics, SYSTEM, pupil.id, replace(draft, room="2")).class_number is None
    assert roster.correct_pupil(phonics, SYSTEM, pupil.id, draft).class_number == 4


def test_the_year_turn_takes_the_number_along_but_for_who_repeats(phonics, clock):
    imported(phonics, *LIST)
    ids = {p.number: p.id for p in roster.list_pupils(phonics, SYSTEM, SCHOOL, YEAR)}
    clock.time = datetime(2027, 5, 20, 3, 0, tzinfo=UTC)
    choice = year_turn.TurnChoice(repeat=frozenset({ids["5001"]}))
    shown = year_turn.preview_year_turn(phonics, SYSTEM, SCHOOL, YEAR + 1, choice)
    year_turn.commit_year_turn(phonics, SYSTEM, shown)
    assert numbers(phonics, YEAR + 1) == {"5001": None, "5002": 1, "5003": 7}


def test_where_numbers_are_missing_or_stand_twice():
    def called(*told, rooms="1111"):
        people = ("", "", "", "", "", "", Sex.UNKNOWN, YEAR, Grade.P3)
        return class_numbers([Pupil(*people, room, False, n) for n, room in zip(told, rooms, strict=False)])

    assert called(None, None, None) == [1, 2, 3]
    assert called(2, 5, None) == [2, 5, 6]
    assert called(2, 2, 3) == [2, 4, 3]
    assert called(7, 7, rooms="12") == [1, 2]
