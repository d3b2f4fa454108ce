"""A pupil who was registered twice: two records become one history, everywhere, and come apart again as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from phonics_app.domain.account import SYSTEM
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Conflict, NotAllowed, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.merge import Likeness
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.progress.dashboard import Filters
from phonics_app.records.audit import AuditFilter
from phonics_app.records.erasure import note_erased
from phonics_app.records.pupils import find_pupil
from phonics_app.workflows import (
    audit_trail,
    dashboards,
    erasure,
    history,
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
