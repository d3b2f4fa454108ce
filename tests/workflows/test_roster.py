"""Class lists from file to store, and pupils changed by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from phonics_app.domain.account import Actor, Grant, Role
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom, PupilDraft, Sex
from phonics_app.records import audit
from phonics_app.workflows import roster
from phonics_app.workflows.roster import Change, RosterField
from tests import rosters, sites
from tests.sites import SCHOOLS, YEAR

SCHOOL, OTHER = SCHOOLS[0].id, SCHOOLS[1].id
PUPILS = rosters.fictitious_pupils()
DRAFT = PupilDraft("7001", "เด็กหญิง", "ใบบัว", "สุขดอย", Sex.FEMALE, Grade.P2, "1")


def preview(phonics, actor, content=None, school=SCHOOL, year=YEAR):
    sheet = roster.read_roster(phonics, actor, school, "dmc.xlsx", content or rosters.dmc_xlsx())
    return roster.preview_roster(phonics, actor, school, year, sheet, sheet.mapping)


def store(phonics, actor, content=None, **options):
    return roster.commit_roster(phonics, actor, preview(phonics, actor, content, **options))


def changes(shown):
    return {change: sum(row.change is change for row in shown.rows) for change in Change}


def listed(phonics, actor, **options):
    return roster.list_pupils(phonics, actor, SCHOOL, YEAR, **options)


def test_a_teacher_of_one_room_sends_nobody_to_a_room_that_is_not_his(phonics, people):
    mine = Actor("teacher", "teacher", (Grant(Role.TEACHER, SCHOOL, (Classroom(YEAR, Grade.P2, "1"),)),))
    pupil = roster.add_pupil(phonics, mine, SCHOOL, YEAR, DRAFT)
    assert roster.correct_pupil(phonics, mine, pupil.id, replace(DRAFT, first_name="ใบตอง")).first_name == "ใบตอง"
    for other in (replace(DRAFT, room="2"), replace(DRAFT, grade=Grade.P3)):
        with pytest.raises(NotAllowed):
            roster.correct_pupil(phonics, mine, pupil.id, other)
        with pytest.raises(NotAllowed):
            roster.add_pupil(phonics, mine, SCHOOL, YEAR, replace(other, number="7002"))
    with pytest.raises(NotAllowed):
        roster.move_pupil(phonics, mine, pupil.id, OTHER)
    roster.correct_pupil(phonics, people.teacher, pupil.id, replace(DRAFT, room="2"))
    with pytest.raises(NotAllowed):
        roster.get_pupil(phonics, mine, pupil.id)


def test_the_prefix_of_a_pupil_added_by_hand_tells_the_sex(phonics, people):
    told = {}
    prefixes = ("ด.ญ.", "ดช.", " เด็กหญิง", "เด็กชาย", "", "ณ")
    for number, prefix in enumerate(prefixes):
        draft = replace(DRAFT, number=str(number), prefix=prefix, sex=Sex.UNKNOWN)
        told[prefix] = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, draft).sex
    girl, boy, unknown = Sex.FEMALE, Sex.MALE, Sex.UNKNOWN
    assert told == dict(zip(prefixes, (girl, boy, girl, boy, unknown, unknown), strict=True))
    chosen = replace(DRAFT, number="8", prefix="ด.ญ.", sex=Sex.MALE)
    assert roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, chosen).sex is Sex.MALE


def test_nothing_is_stored_before_the_commit(phonics, people):
    shown = preview(phonics, people.teacher)
    assert changes(shown) == {Change.NEW: 40, Change.CHANGED: 0, Change.UNCHANGED: 0, Change.MISSING: 0}
    assert shown.ready
    assert shown.problems == ()
    assert listed(phonics, people.teacher) == ()


def test_forty_pupils_of_a_dmc_file(phonics, people):
    assert store(phonics, people.teacher) == 40
    found = listed(phonics, people.teacher)
    assert [p.number for p in found] == [p.number for p in PUPILS]
    assert [(p.grade, p.room) for p in found] == [(Grade.P3, p.room) for p in PUPILS]
    assert found[0].name == f"{found[0].prefix}{PUPILS[0].first_name} {PUPILS[0].last_name}"
    with phonics.store.read() as connection:
        entry = audit.entries(connection, 1, audit.AuditFilter(action="roster.imported"))[0]
    assert (entry.account_id, entry.action, entry.subject) == ("teacher", "roster.imported", SCHOOL)
    assert entry.data == {"year": YEAR, "new": 40, "changed": 0}


def test_nothing_sensitive_reaches_the_database(phonics, people):
    store(phonics, people.teacher)
    dump = "\n".join(sites.dump(phonics.store))
    assert PUPILS[0].first_name in dump
    assert not any(p.citizen_number in dump for p in PUPILS)
    assert "พุทธ" not in dump
    assert "รับจ้าง" not in dump


def test_the_same_file_twice_changes_nothing(phonics, people):
    store(phonics, people.teacher)
    before = listed(phonics, people.teacher)
    again = preview(phonics, people.teacher, rosters.dmc_csv(encoding="cp874"))
    assert changes(again)[Change.UNCHANGED] == 40
    assert roster.commit_roster(phonics, people.teacher, again) == 0
    assert listed(phonics, people.teacher) == before


def test_changes_and_the_missing(phonics, people):
    store(phonics, people.teacher)
    pupils = [replace(PUPILS[0], last_name="เปลี่ยนแล้ว"), replace(PUPILS[1], room="2"), *PUPILS[3:]]
    newcomer = replace(PUPILS[2], number="9999", first_name="น้องใหม่")
    shown = preview(phonics, people.teacher, rosters.dmc_xlsx([*pupils, newcomer]))
    assert changes(shown) == {Change.NEW: 1, Change.CHANGED: 2, Change.UNCHANGED: 37, Change.MISSING: 1}
    assert [row.differences for row in shown.rows if row.change is Change.CHANGED] == [("last_name",), ("room",)]
    (missing,) = [row for row in shown.rows if row.change is Change.MISSING]
    assert missing.draft.number == PUPILS[2].number
    assert roster.commit_roster(phonics, people.teacher, shown) == 3
    found = {p.number: p for p in listed(phonics, people.teacher)}
    assert found[PUPILS[2].number].first_name == PUPILS[2].first_name
    assert found[PUPILS[0].number].last_name == "เปลี่ยนแล้ว"
    assert len(found) == 41


def test_the_next_year_enrols_the_same_pupils_again(phonics, people, clock):
    store(phonics, people.teacher)
    older = [replace(p, grade="ป.4") for p in PUPILS]
    shown = preview(phonics, people.teacher, rosters.dmc_xlsx(older), year=YEAR + 1)
    assert changes(shown)[Change.CHANGED] == 40
    roster.commit_roster(phonics, people.teacher, shown)
    now = roster.list_pupils(phonics, people.teacher, SCHOOL, YEAR + 1)
    assert {p.grade for p in now} == {Grade.P4}
    assert {p.grade for p in listed(phonics, people.teacher)} == {Grade.P3}
    assert {p.id for p in now} == {p.id for p in listed(phonics, people.teacher)}
    assert roster.get_pupil(phonics, people.teacher, now[0].id).year == YEAR
    clock.advance(days=365)
    assert roster.get_pupil(phonics, people.teacher, now[0].id).year == YEAR + 1


def test_what_the_file_does_not_say_stays(phonics, people):
    store(phonics, people.teacher)
    rows = [("เลขประจำตัว", "ชื่อ-สกุล", "ชั้น"), *((p.number, f"{p.first_name} {p.last_name}", "ป.3") for p in PUPILS)]
    assert changes(preview(phonics, people.teacher, rosters.xlsx(rows)))[Change.UNCHANGED] == 40


def test_an_archived_pupil_in_the_file_comes_back(phonics, people):
    store(phonics, people.teacher)
    gone = listed(phonics, people.teacher)[0]
    roster.set_archived(phonics, people.teacher, gone.id, True)
    shown = preview(phonics, people.teacher)
    assert [row.differences for row in shown.rows if row.change is Change.CHANGED] == [("archived",)]
    roster.commit_roster(phonics, people.teacher, shown)
    assert not roster.get_pupil(phonics, people.teacher, gone.id).archived


def test_a_number_of_another_and_a_name_with_another_number_are_pointed_out(phonics, people):
    store(phonics, people.teacher)
    somebody = replace(PUPILS[0], first_name="คนอื่น", last_name="ทั้งหมด")
    renumbered = replace(PUPILS[1], number="8888", first_name="ชื่อเดียว", last_name="ในไฟล์")
    roster.correct_pupil(
        phonics,
        people.teacher,
        next(p.id for p in listed(phonics, people.teacher) if p.number == PUPILS[1].number),
        PupilDraft(PUPILS[1].number, "", "ชื่อเดียว", "ในไฟล์", Sex.UNKNOWN, Grade.P3, "1"),
    )
    shown = preview(phonics, people.teacher, rosters.dmc_xlsx([somebody, renumbered]))
    assert [(p.code, p.place.row, p.warning) for p in shown.problems] == [
        ("roster.number_of_another", 3, True),
        ("roster.name_with_other_number", 4, True),
    ]
    assert shown.ready


def test_a_preview_with_errors_is_not_stored(phonics, people):
    shown = preview(phonics, people.teacher, rosters.dmc_xlsx([replace(PUPILS[0], grade="ป.9"), *PUPILS[1:]]))
    assert not shown.ready
    with pytest.raises(ProblemsFound) as caught:
        roster.commit_roster(phonics, people.teacher, shown)
    assert [p.code for p in caught.value.problems] == ["roster.grade_unknown"]
    assert listed(phonics, people.teacher) == ()


def test_a_pupil_whose_row_has_an_error_is_not_missing(phonics, people):
    store(phonics, people.teacher)
    shown = preview(phonics, people.teacher, rosters.dmc_xlsx([replace(PUPILS[0], grade="ป.9"), *PUPILS[1:-1]]))
    missing = [row.draft.number for row in shown.rows if row.change is Change.MISSING]
    assert missing == [PUPILS[-1].number]


def test_a_stale_preview_is_refused(phonics, people):
    shown = preview(phonics, people.teacher)
    roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number=PUPILS[5].number))
    with pytest.raises(Conflict, match=r"roster\.stale"):
        roster.commit_roster(phonics, people.teacher, shown)
    assert len(listed(phonics, people.teacher)) == 1


def test_pressing_twice_stores_once(phonics, people):
    shown = preview(phonics, people.teacher)
    roster.commit_roster(phonics, people.teacher, shown)
    with pytest.raises(Conflict):
        roster.commit_roster(phonics, people.teacher, shown)
    assert len(listed(phonics, people.teacher)) == 40


def test_the_mapping_is_remembered_for_these_headers_at_this_school(phonics, people):
    content = rosters.xlsx([("ก", "ข", "ค", "ง"), ("5001", "ภูผา", "ใจงาม", "ป.1/1"), ("5002", "มะลิ", "ดอยคำ", "ป.1/1")])
    sheet = roster.read_roster(phonics, people.teacher, SCHOOL, "a.xlsx", content)
    assert not sheet.remembered
    fields = (RosterField.NUMBER, RosterField.FIRST_NAME, RosterField.LAST_NAME, RosterField.CLASS)
    mapping = dict(zip(sheet.headers, fields, strict=True))
    roster.commit_roster(
        phonics, people.teacher, roster.preview_roster(phonics, people.teacher, SCHOOL, YEAR, sheet, mapping)
    )
    again = roster.read_roster(phonics, people.teacher, SCHOOL, "b.xlsx", content)
    assert (again.remembered, again.mapping) == (True, mapping)
    elsewhere = roster.read_roster(phonics, people.other_teacher, OTHER, "b.xlsx", content)
    assert not elsewhere.remembered


def test_sheets_not_read_and_empty_lists_are_told(phonics, people):
    sheet = roster.read_roster(phonics, people.teacher, SCHOOL, "a.xlsx", rosters.dmc_xlsx())
    shown = roster.preview_roster(
        phonics,
        people.teacher,
        SCHOOL,
        YEAR,
        replace(sheet, rows=(), row_numbers=(), other_sheets=("ป.4",)),
        sheet.mapping,
    )
    assert [p.code for p in shown.problems] == ["roster.no_pupils", "roster.sheet_not_read"]
    assert not shown.ready


def test_an_impossible_year(phonics, people):
    assert [p.code for p in preview(phonics, people.teacher, year=2026).problems] == ["input.year_bad"]
    with pytest.raises(ProblemsFound):
        roster.add_pupil(phonics, people.teacher, SCHOOL, 2026, DRAFT)


def test_lists_are_filtered_searched_and_sorted_as_people_count(phonics, people):
    for number, room in (("10", "10"), ("9", "2"), ("100", "2"), ("99", "2")):
        roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number=number, room=room))
    roster.add_pupil(
        phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number="1", grade=Grade.K3, first_name="มะ%ลิ")
    )
    find = lambda **options: [p.number for p in listed(phonics, people.teacher, **options)]  # noqa: E731
    assert find() == ["1", "9", "99", "100", "10"]
    assert find(grade=Grade.P2, room="2") == ["9", "99", "100"]
    assert find(search="มะ%") == ["1"]
    assert find(search=" 10 ") == ["100", "10"]
    assert find(search="เด็กหญิงใบบัว สุข") == ["9", "99", "100", "10"]
    assert find(search="_") == []


def test_add(phonics, people):
    added = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number=" ๗๐๐๑ ", room="๑"))
    assert (added.number, added.room, added.year, added.name) == ("7001", "1", YEAR, "เด็กหญิงใบบัว สุขดอย")
    assert roster.get_pupil(phonics, people.director, added.id) == added


def test_all_problems_of_an_added_pupil_at_once(phonics, people):
    roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, DRAFT)
    with pytest.raises(ProblemsFound) as caught:
        roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, first_name=" ", room="x" * 30))
    assert [p.code for p in caught.value.problems] == ["pupil.first_name_empty", "input.too_long", "pupil.number_taken"]
    with pytest.raises(ProblemsFound) as caught:
        roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number=PUPILS[0].citizen_number))
    (problem,) = caught.value.problems
    assert (problem.code, problem.value) == ("pupil.citizen_number", "")
    with pytest.raises(ProblemsFound):
        roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, replace(DRAFT, number=""))


def test_correct(phonics, people):
    pupil = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, DRAFT)
    new = replace(DRAFT, number="7002", first_name="ใบเตย", grade=Grade.P3, room="2")
    corrected = roster.correct_pupil(phonics, people.teacher, pupil.id, new)
    assert (corrected.number, corrected.first_name, corrected.grade, corrected.room) == ("7002", "ใบเตย", Grade.P3, "2")
    assert listed(phonics, people.teacher) == (corrected,)
    with phonics.store.read() as connection:
        entry = audit.entries(connection, 1, audit.AuditFilter(action="pupil.corrected"))[0]
    assert entry.data == {"fields": ["number", "first_name", "grade", "room"]}
    roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, DRAFT)
    with pytest.raises(ProblemsFound):
        roster.correct_pupil(phonics, people.teacher, pupil.id, DRAFT)


def test_correcting_an_archived_pupil_leaves_him_archived(phonics, people):
    pupil = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, DRAFT)
    roster.set_archived(phonics, people.teacher, pupil.id, True)
    assert roster.correct_pupil(phonics, people.teacher, pupil.id, replace(DRAFT, room="9")).archived


def test_archive_and_restore(phonics, people):
    pupil = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR, DRAFT)
    assert roster.set_archived(phonics, people.teacher, pupil.id, True).archived
    assert listed(phonics, people.teacher) == ()
    assert [p.archived for p in listed(phonics, people.teacher, archived=True)] == [True]
    roster.set_archived(phonics, people.teacher, pupil.id, False)
    assert listed(phonics, people.teacher) == (pupil,)


def test_move_needs_the_right_at_both_schools(phonics, people):
    pupil = roster.add_pupil(phonics, people.teacher, SCHOOL, YEAR - 1, DRAFT)
    with pytest.raises(NotAllowed):
        roster.move_pupil(phonics, people.teacher, pupil.id, OTHER)
    with pytest.raises(NotAllowed):
        roster.move_pupil(phonics, people.other_teacher, pupil.id, OTHER)
    moved = roster.move_pupil(phonics, people.administrator, pupil.id, OTHER)
    assert moved.school_id == OTHER
    assert roster.get_pupil(phonics, people.other_teacher, pupil.id) == moved
    with pytest.raises(NotAllowed):
        roster.get_pupil(phonics, people.teacher, pupil.id)


def test_earlier_years_stay_with_the_school_of_then(phonics, people):
    store(phonics, people.teacher, year=YEAR - 1)
    store(phonics, people.teacher)
    pupil = listed(phonics, people.teacher)[0]
    roster.move_pupil(phonics, people.administrator, pupil.id, OTHER)
    assert len(listed(phonics, people.teacher)) == 39
    assert len(roster.list_pupils(phonics, people.teacher, SCHOOL, YEAR - 1)) == 40


def test_a_number_taken_at_the_other_school(phonics, people):
    pupil = roster.add_pupil(phonics, people.administrator, SCHOOL, YEAR, DRAFT)
    roster.add_pupil(phonics, people.administrator, OTHER, YEAR, DRAFT)
    with pytest.raises(Conflict, match=r"pupil\.number_taken_there"):
        roster.move_pupil(phonics, people.administrator, pupil.id, OTHER)


def test_the_unknown(phonics, people):
    with pytest.raises(NotFound, match=r"pupil\.unknown"):
        roster.get_pupil(phonics, people.administrator, "nobody")
    pupil = roster.add_pupil(phonics, people.administrator, SCHOOL, YEAR, DRAFT)
    with pytest.raises(NotFound, match=r"school\.unknown"):
        roster.move_pupil(phonics, people.administrator, pupil.id, "nowhere")


CALLS = {
    "read_roster": lambda p, a, s, pupil, shown: roster.read_roster(p, a, s, "a.xlsx", rosters.dmc_xlsx()),
    "preview_roster": lambda p, a, s, pupil, shown: roster.preview_roster(
        p, a, s, YEAR, roster.RosterSheet("", "", (), (), (), (), {}, False), {}
    ),
    "commit_roster": lambda p, a, s, pupil, shown: roster.commit_roster(p, a, replace(shown, school_id=s)),
    "list_pupils": lambda p, a, s, pupil, shown: roster.list_pupils(p, a, s, YEAR),
    "get_pupil": lambda p, a, s, pupil, shown: roster.get_pupil(p, a, pupil),
    "add_pupil": lambda p, a, s, pupil, shown: roster.add_pupil(p, a, s, YEAR, DRAFT),
    "correct_pupil": lambda p, a, s, pupil, shown: roster.correct_pupil(p, a, pupil, DRAFT),
    "move_pupil": lambda p, a, s, pupil, shown: roster.move_pupil(p, a, pupil, s),
    "set_archived": lambda p, a, s, pupil, shown: roster.set_archived(p, a, pupil, True),
}
SEEING = {"list_pupils", "get_pupil"}
REFUSED = [
    *((name, who) for name in CALLS for who in ("trainer", "municipal_director", "other_teacher", "other_director")),
    *((name, "director") for name in CALLS if name not in SEEING),
]


@pytest.mark.parametrize(("name", "who"), REFUSED)
def test_the_wrong_role_or_school_is_refused(phonics, people, name, who):
    pupil = roster.add_pupil(phonics, people.administrator, SCHOOL, YEAR, DRAFT)
    shown = roster.RosterPreview(SCHOOL, YEAR, "", {}, (), (), ())
    with pytest.raises(NotAllowed, match=r"permission\.denied"):
        CALLS[name](phonics, getattr(people, who), SCHOOL, pupil.id, shown)
