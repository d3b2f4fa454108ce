"""A pupil who was registered twice: two records become one history, everywhere, and come apart again as they were."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Conflict, NotAllowed, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.level_class import DraftClass
from phonics_app.domain.merge import Likeness
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.progress.dashboard import Filters
from phonics_app.records import schema
from phonics_app.records.audit import AuditFilter
from phonics_app.records.erasure import note_erased
from phonics_app.records.pupils import find_pupil
from phonics_app.workflows import (
    assess,
    audit_trail,
    dashboards,
    erasure,
    history,
    level_classes,
    merging,
    pupil_data,
    roster,
    year_turn,
)
from tests import sites
from tests.pages.busy import sit
from tests.sites import SCHOOLS, YEAR

SCHOOL, OTHER = SCHOOLS[0].id, SCHOOLS[1].id
DRAFT = PupilDraft("0101", "ด.ญ.", "ใบบัว", "สุขดอย", Sex.FEMALE, Grade.P2, "1")
LATER = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def added(phonics, number, school=SCHOOL, **changes):
    return roster.add_pupil(phonics, SYSTEM, school, YEAR, replace(DRAFT, number=number, **changes))


@pytest.fixture
def pair(phonics):
    """Registered at one school as 0101 and 101, tested under both numbers."""
    first, second = added(phonics, "0101"), added(phonics, "101", first_name="ใบบัวร์", room="2")
    sit(phonics, "a1" * 16, first.id, 3)
    sit(phonics, "a2" * 16, second.id, 5)
    return first, second


def merge(phonics, actor, kept, merged):
    preview = merging.preview_merge(phonics, actor, kept.id, merged.id)
    return merging.merge_pupils(phonics, actor, kept.id, merged.id, preview.digest)


def rows(phonics):
    """All that is stored but for the record of use and the merges themselves."""
    return [line for line in sites.dump(phonics.store) if not line.startswith(("audit", "pupil_merge "))]


def test_likely_pairs(phonics, people, pair):
    namesake = added(phonics, "9", OTHER)
    found = merging.find_doubles(phonics, people.director, SCHOOL)
    assert [({d.kept.id, d.merged.id}, d.likeness) for d in found] == [({p.id for p in pair}, Likeness.NUMBER)]
    found = merging.find_doubles(phonics, people.administrator)
    assert [({d.kept.id, d.merged.id}, d.likeness) for d in found][1:] == [({pair[0].id, namesake.id}, Likeness.NAME)]


def test_one_history_and_apart_again(phonics, people, pair):
    kept, merged = pair
    before = rows(phonics)
    told = merging.preview_merge(phonics, people.director, kept.id, merged.id)
    assert (told.years, told.rounds) == ((YEAR,), (Round(YEAR, 1),))
    merge(phonics, people.director, kept, merged)
    shown = history.pupil_history(phonics, people.director, merged.id)
    assert (shown.pupil.id, len(shown.attempts), [n.number for n in shown.names]) == (kept.id, 2, ["101"])
    assert [(s.room, s.reason) for s in shown.stays] == [("1", ""), ("2", "merged")]
    assert [m.number for m in shown.merges] == ["101"]
    assert [p.id for p in roster.list_pupils(phonics, SYSTEM, SCHOOL, YEAR)] == [kept.id]
    assert merging.find_doubles(phonics, people.director, SCHOOL) == ()
    merging.undo_merge(phonics, people.director, kept.id)
    assert rows(phonics) == before


def test_figures_count_the_pupil_once(phonics, people, pair):
    filters = Filters(school_id=SCHOOL, round=Round(YEAR, 1))
    before = dashboards.dashboard(phonics, people.director, filters).coverage
    merge(phonics, people.director, *pair)
    after = dashboards.dashboard(phonics, people.director, filters).coverage
    assert (before["tested"].sum(), after["tested"].sum()) == (2, 1)
    assert (before["enrolled"].sum(), after["enrolled"].sum()) == (2, 1)


def test_a_pupil_registered_anew_at_the_next_school(phonics, people, clock):
    old = added(phonics, "0101")
    clock.time = LATER
    new = added(phonics, "55", OTHER)
    assert [p.code for p in merging.preview_merge(phonics, SYSTEM, old.id, new.id).problems] == ["merge.keep_newer"]
    for director in (people.director, people.other_director):
        with pytest.raises(NotAllowed):
            merging.preview_merge(phonics, director, new.id, old.id)
    merge(phonics, people.administrator, new, old)
    stays = history.pupil_history(phonics, people.other_director, old.id).stays
    came = date(2026, 11, 20)
    assert [(s.school_id, s.since, s.until) for s in stays] == [
        (OTHER, came, None),
        (SCHOOL, date(2026, 6, 15), came),
    ]
    # The number is free at the old school for somebody else, and then the way back is barred.
    added(phonics, "0101", first_name="มะลิ")
    with pytest.raises(Conflict, match=r"merge\.number_taken"):
        merging.undo_merge(phonics, people.administrator, new.id)


def test_the_class_list_with_the_old_number_makes_no_third_record(phonics, people, pair):
    merge(phonics, people.director, *pair)
    with pytest.raises(ProblemsFound) as refused:
        added(phonics, "101", first_name="ใบบัวร์")
    assert [(p.code, p.expected) for p in refused.value.problems] == [("pupil.merged_number", "0101")]


def test_the_copy_for_parents_and_erasing_take_both(phonics, people, pair):
    kept, merged = pair
    merge(phonics, people.director, kept, merged)
    held = pupil_data.pupil_holdings(phonics, people.director, merged.id)
    assert (held.pupil.id, held.counts["pupil"], held.counts["attempt"]) == (kept.id, 2, 2)
    page = audit_trail.audit_page(phonics, people.auditor, AuditFilter(subject="101"), language="th")
    assert {"pupil.merged", "pupil.added"} <= {told.entry.action for told in page.entries}
    assert all(merged.id not in told.sentence for told in page.entries)
    erasure.erase_pupils(phonics, people.administrator, [kept.id], "0101")
    assert [line for line in rows(phonics) if kept.id in line or merged.id in line] == []
    with phonics.store.read() as connection:
        assert find_pupil(connection, merged.id) is None


def copy_for_parents(phonics, pupil_id):
    """Everything of the copy that programs read, as one text, and what of it is parsed."""
    packed = zipfile.ZipFile(io.BytesIO(pupil_data.export_pupil_data(phonics, SYSTEM, pupil_id)))
    text = "\n".join(packed.read(name).decode("utf-8") for name in packed.namelist() if not name.endswith(".pdf"))
    return text, json.loads(packed.read("pupil.json"))


@pytest.mark.parametrize("side", [0, 1])
def test_after_a_split_the_copy_for_parents_tells_nothing_of_the_other_child(phonics, people, pair, side):
    """They were two children: ids, number, tests and rounds of the other are not for these parents."""
    merge(phonics, people.director, *pair)
    attempts = ["a1" * 16, "a2" * 16]
    for attempt_id in attempts:
        assess.decide_placement(phonics, SYSTEM, attempt_id, 3, "อ่านได้ดี")
    merging.undo_merge(phonics, people.director, pair[0].id)
    mine, other = pair[side], pair[1 - side]
    text, told = copy_for_parents(phonics, mine.id)
    assert other.id not in text
    assert attempts[1 - side] not in text
    assert [row["pupil_id"] for row in told["tables"]["placement"]] == [mine.id]
    (link,) = told["tables"]["pupil_merge"]
    assert sorted(value for name, value in link.items() if name.endswith("pupil_id") and value) == [mine.id]
    assert link["number"] == (None if side == 0 else "101")
    acts = {act["action"]: act for act in told["audit"]}
    assert acts["pupil.merged"]["data"] == ({} if side == 0 else {"merged": mine.id})
    assert acts["pupil.split"]["subject"] == (mine.id if side == 0 else "")


def test_an_older_copy_in_which_the_erased_and_another_were_one(phonics, people, pair):
    """Taken apart and erased since then: the other one stays."""
    kept, merged = pair
    merge(phonics, people.director, kept, merged)
    note_erased(phonics.settings.data_dir, [kept.id])
    assert erasure.apply_erasures(phonics.store, phonics.settings.data_dir) == 1
    left = roster.list_pupils(phonics, SYSTEM, SCHOOL, YEAR)
    assert [(p.id, p.number) for p in left] == [(merged.id, "101")]


def test_twice_in_one_class_is_one_stay_from_the_first_day(phonics, people, clock):
    first = added(phonics, "0101")
    clock.advance(days=60)
    second = added(phonics, "101")
    before = rows(phonics)
    merge(phonics, people.director, first, second)
    shown = history.pupil_history(phonics, people.director, first.id).stays
    assert [(s.room, s.since, s.until) for s in shown if not s.corrected] == [("1", date(2026, 6, 15), None)]
    merging.undo_merge(phonics, people.director, first.id)
    assert rows(phonics) == before


def test_three_records_come_apart_in_turn(phonics, people, pair):
    third = added(phonics, "102")
    before = rows(phonics)
    merge(phonics, people.director, *pair)
    merge(phonics, people.director, third, pair[0])
    assert len(history.pupil_history(phonics, SYSTEM, pair[1].id).attempts) == 2
    merging.undo_merge(phonics, people.director, third.id)
    merging.undo_merge(phonics, people.director, pair[0].id)
    assert rows(phonics) == before


def test_what_was_changed_since_then_stays(phonics, people, pair, clock):
    kept, merged = pair
    merge(phonics, people.director, kept, merged)
    clock.advance(days=40)
    roster.correct_pupil(phonics, SYSTEM, kept.id, replace(DRAFT, room="3"))
    sit(phonics, "a3" * 16, kept.id, 5)
    merging.undo_merge(phonics, people.director, kept.id)
    assert {p.id: p.room for p in roster.list_pupils(phonics, SYSTEM, SCHOOL, YEAR)} == {kept.id: "3", merged.id: "2"}
    assert len(history.pupil_history(phonics, SYSTEM, kept.id).attempts) == 2


def test_stale_and_after_a_year_turn(phonics, people, pair, clock):
    shown = merging.preview_merge(phonics, people.director, pair[0].id, pair[1].id).digest
    clock.time = datetime(2027, 5, 20, 3, 0, tzinfo=UTC)
    year_turn.commit_year_turn(phonics, SYSTEM, year_turn.preview_year_turn(phonics, SYSTEM, SCHOOL, YEAR + 1))
    with pytest.raises(Conflict, match=r"merge\.stale"):
        merging.merge_pupils(phonics, people.director, pair[0].id, pair[1].id, shown)
    before = rows(phonics)
    merge(phonics, people.director, *pair)
    merging.undo_merge(phonics, people.director, pair[0].id)
    assert rows(phonics) == before
    year_turn.undo_year_turn(phonics, SYSTEM, SCHOOL)


def test_a_list_on_which_the_merged_record_still_stands_means_the_pupil(phonics, people, pair, clock):
    """A page that was opened before: what is done with the merged record is done with the kept one, or refused."""
    kept, merged = pair
    (level_class,) = level_classes.confirm_level_classes(
        phonics, SYSTEM, SCHOOL, [DraftClass(3, "3.1", [added(phonics, "9").id])]
    )
    merge(phonics, people.director, kept, merged)
    clock.advance(days=3)
    with pytest.raises(Conflict, match=r"merge\.stale"):
        roster.correct_pupil(phonics, SYSTEM, merged.id, replace(DRAFT, number="101"))
    level_classes.move_level_member(phonics, SYSTEM, merged.id, level_class.id)
    assert kept.id in {m.pupil.id for m in level_classes.level_class_page(phonics, SYSTEM, level_class.id).members}
    assert assess.propose_test(phonics, SYSTEM, merged.id).last_result is not None
    assert len(assess.attempts_of(phonics, SYSTEM, merged.id)) == 2
    assert roster.set_archived(phonics, SYSTEM, merged.id, True).archived
    assert not roster.set_archived(phonics, SYSTEM, merged.id, False).archived
    assert roster.move_pupil(phonics, SYSTEM, merged.id, OTHER).school_id == OTHER
    assert [p.id for p in roster.list_pupils(phonics, SYSTEM, OTHER, YEAR)] == [kept.id]


def test_a_class_that_has_ended_is_not_the_later_one(phonics, people, clock):
    """Registered at the wrong school for some days, after he had come to the right one: he stays where he is."""
    right = added(phonics, "55", OTHER)
    clock.advance(days=5)
    wrong = added(phonics, "0101")
    clock.advance(days=5)
    roster.set_archived(phonics, SYSTEM, wrong.id, True)
    before = rows(phonics)
    merge(phonics, people.administrator, right, wrong)
    assert [p.id for p in roster.list_pupils(phonics, SYSTEM, OTHER, YEAR)] == [right.id]
    merging.undo_merge(phonics, people.administrator, right.id)
    assert rows(phonics) == before


def test_nobody_stays_in_a_level_class_of_the_school_he_has_left(phonics, people, clock):
    old = added(phonics, "0101")
    level_classes.confirm_level_classes(phonics, SYSTEM, SCHOOL, [DraftClass(3, "3.1", [old.id])])
    clock.advance(days=5)
    new = added(phonics, "55", OTHER)
    merge(phonics, people.administrator, new, old)
    assert [c.size for c in level_classes.list_level_classes(phonics, SYSTEM, SCHOOL)] == [0]
    (taught,) = history.pupil_history(phonics, SYSTEM, new.id).taught
    assert taught.until == date(2026, 6, 20)


def test_a_level_class_that_is_over_does_not_go_on_by_the_way_back(phonics, people, pair, clock):
    kept, merged = pair
    drafts = [DraftClass(3, "3.1", [kept.id]), DraftClass(5, "5.1", [merged.id])]
    level_classes.confirm_level_classes(phonics, SYSTEM, SCHOOL, drafts)
    merge(phonics, people.director, kept, merged)
    clock.advance(days=5)
    level_classes.confirm_level_classes(phonics, SYSTEM, SCHOOL, drafts[:1])
    merging.undo_merge(phonics, people.director, kept.id)
    with phonics.store.read() as connection:
        m = schema.level_member.c
        until = list(connection.scalars(select(m.until).where(m.pupil_id == merged.id)))
    assert until == ["2026-06-20"]


def test_an_older_copy_in_which_the_erased_was_merged_twice_over(phonics, people, pair, clock):
    """Into a record that was merged itself: what he had is with the last one, and goes from there."""
    third = added(phonics, "102")
    merge(phonics, people.director, *pair)
    clock.advance(minutes=5)
    merge(phonics, people.director, third, pair[0])
    note_erased(phonics.settings.data_dir, [pair[1].id])
    assert erasure.apply_erasures(phonics.store, phonics.settings.data_dir) == 1
    assert {p.id for p in roster.list_pupils(phonics, SYSTEM, SCHOOL, YEAR)} == {third.id, pair[0].id}
    assert len(history.pupil_history(phonics, SYSTEM, pair[0].id).attempts) == 1
    assert [line for line in rows(phonics) if pair[1].id in line] == []


def test_the_preview_of_erasing_a_merged_record_is_that_of_the_pupil(phonics, people, pair):
    merge(phonics, people.director, *pair)
    shown = erasure.preview_erasure(phonics, people.administrator, [pair[1].id])
    assert shown.missing == 1
    assert erasure.erase_pupils(phonics, people.administrator, [pair[1].id], "0101").goes == shown.goes
