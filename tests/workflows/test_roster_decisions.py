"""What a person decides at an import, and that what is stored is what was shown."""

from __future__ import annotations

import pytest

from phonics_app.domain.errors import Conflict
from phonics_app.domain.school import PupilDraft
from phonics_app.records import audit
from phonics_app.records.pupil_data import acts_about
from phonics_app.workflows import roster
from phonics_app.workflows.roster import Change
from tests import rosters, sites

SCHOOL, YEAR = sites.SCHOOLS[0].id, sites.YEAR
PUPILS = rosters.fictitious_pupils()


def preview(phonics, actor, content, **changes):
    sheet = roster.read_roster(phonics, actor, SCHOOL, "a.xls", content)
    return roster.preview_roster(phonics, actor, SCHOOL, YEAR, sheet, sheet.mapping, **changes)


@pytest.fixture
def filled(phonics, people):
    roster.commit_roster(phonics, people.teacher, preview(phonics, people.teacher, rosters.dmc_xls()))
    return phonics


def test_the_same_list_in_every_format_changes_nothing(filled, people):
    for content in (rosters.dmc_xls(), rosters.dmc_xlsx(), rosters.dmc_csv(encoding="utf-16", delimiter="\t")):
        assert {row.change for row in preview(filled, people.teacher, content).rows} == {Change.UNCHANGED}


def test_who_moved_to_another_room_is_told_with_from_and_to(filled, people):
    moved = [*PUPILS[1:], type(PUPILS[0])(**{**vars(PUPILS[0]), "room": "2"})]
    shown = preview(filled, people.teacher, rosters.dmc_xls(moved))
    (row,) = [row for row in shown.rows if row.change is Change.CHANGED]
    assert (row.moved, row.differences, row.before.room, row.draft.room) == (True, ("room",), "1", "2")


def test_missing_pupils_stay_unless_a_person_says_that_they_left(filled, people):
    shown = preview(filled, people.teacher, rosters.dmc_xls(PUPILS[2:]))
    assert [row.draft.number for row in shown.missing] == [PUPILS[0].number, PUPILS[1].number]
    gone = shown.missing[1].pupil_id
    roster.commit_roster(filled, people.teacher, shown, [gone])
    listed = {p.number for p in roster.list_pupils(filled, people.teacher, SCHOOL, YEAR)}
    assert PUPILS[0].number in listed
    assert PUPILS[1].number not in listed
    assert roster.get_pupil(filled, people.teacher, gone).archived
    with filled.store.read() as connection:
        (entry, _first) = audit.entries(connection, wanted=audit.AuditFilter(action="roster"))
    assert entry.data["left"] == [gone]


def test_parents_are_not_told_which_other_pupils_left(filled, people):
    shown = preview(filled, people.teacher, rosters.dmc_xls(PUPILS[2:]))
    gone, other = (row.pupil_id for row in shown.missing)
    roster.commit_roster(filled, people.teacher, shown, [gone, other])
    with filled.store.read() as connection:
        (act,) = [act for act in acts_about(connection, gone) if act.action == "roster.imported"]
    assert act.data == {"year": YEAR, "new": 0, "changed": 0, "left": [gone]}


def test_nobody_is_marked_as_left_who_is_not_missing(filled, people):
    shown = preview(filled, people.teacher, rosters.dmc_xls(PUPILS[2:]))
    present = next(row.pupil_id for row in shown.rows if row.change is Change.UNCHANGED)
    with pytest.raises(Conflict):
        roster.commit_roster(filled, people.teacher, shown, [present])
    assert not roster.get_pupil(filled, people.teacher, present).archived


def test_what_was_not_shown_is_not_stored(filled, people):
    """A page makes its preview anew with each tap: what was shown must be what is stored."""
    content = rosters.dmc_xls(PUPILS[:39])
    shown = preview(filled, people.teacher, content)
    pupil = roster.get_pupil(filled, people.teacher, shown.rows[0].pupil_id)
    assert preview(filled, people.teacher, content).digest == shown.digest
    changed = PupilDraft(pupil.number, pupil.prefix, "ชื่ออื่น", pupil.last_name, pupil.sex, pupil.grade, pupil.room)
    roster.correct_pupil(filled, people.teacher, pupil.id, changed)
    anew = preview(filled, people.teacher, content)
    assert anew.digest != shown.digest
    with pytest.raises(Conflict, match=r"roster\.stale"):
        roster.commit_roster(filled, people.teacher, anew, (), shown.digest)
    assert roster.get_pupil(filled, people.teacher, pupil.id).first_name == "ชื่ออื่น"
    roster.commit_roster(filled, people.teacher, anew, (), anew.digest)


def test_a_long_list_tells_how_far_it_is(phonics, people):
    shares = []
    content = rosters.dmc_csv(rosters.fictitious_pupils(1200))
    shown = preview(phonics, people.teacher, content, progress=shares.append)
    assert len(shown.rows) == 1200
    assert shares == sorted(shares)
    assert len(shares) >= 3
