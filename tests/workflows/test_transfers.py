"""Pupils who change schools: asked for, released or refused; whoever asks learns nothing that he has not typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from phonics_app.domain.account import SYSTEM, Actor, Grant, Role
from phonics_app.domain.calendar import Round
from phonics_app.domain.errors import Conflict, NotAllowed, NotFound, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.school import Classroom, PupilDraft, Sex
from phonics_app.domain.transfer import TransferDraft, TransferState
from phonics_app.progress.dashboard import Filters
from phonics_app.records.audit import AuditFilter
from phonics_app.workflows import audit_trail, dashboards, history, lists, roster, table_exports, transfers, year_turn
from tests.pages.busy import sit
from tests.sites import SCHOOLS, YEAR

OLD, NEW = SCHOOLS[0].id, SCHOOLS[1].id
PERSON = PupilDraft("0101", "ด.ญ.", "ใบบัว", "สุขดอย", Sex.FEMALE, Grade.P2, "1", 5)
CAME = date(2026, 7, 20)
ASKED = TransferDraft("0101", "ใบบัว", "สุขดอย", Grade.P3, "2", "77", CAME)


@pytest.fixture
def pupil(phonics, clock):
    added = roster.add_pupil(phonics, SYSTEM, OLD, YEAR, PERSON)
    sit(phonics, "a1" * 16, added.id, 3)
    clock.advance(days=40)
    return added


def ask(phonics, people, **changes):
    return transfers.ask_for_pupil(phonics, people.other_director, NEW, replace(ASKED, **changes))


def test_released_the_pupil_goes_with_the_whole_history(phonics, people, pupil):
    asked = ask(phonics, people)
    assert (asked.from_school_id, asked.pupil_id, asked.state) == ("", "", TransferState.OPEN)
    (seen,) = transfers.list_transfers(phonics, people.director, OLD)
    # Who decides has to know to whom the pupil would go, though he sees nothing else of that school.
    assert seen.other_school == SCHOOLS[1].name
    (waiting,) = transfers.list_transfers(phonics, people.other_director, NEW)
    assert waiting.other_school is None
    done = transfers.decide_transfer(phonics, people.director, OLD, seen.id, True)
    assert done.state is TransferState.RELEASED
    shown = history.pupil_history(phonics, people.other_director, pupil.id)
    assert (shown.pupil.school_id, shown.pupil.number, shown.pupil.prefix) == (NEW, "77", "ด.ญ.")
    assert [(s.school_id, s.grade, s.room, s.since, s.until, s.reason) for s in shown.stays] == [
        (NEW, Grade.P3, "2", CAME, None, ""),
        (OLD, Grade.P2, "1", date(2026, 6, 15), CAME, "school"),
    ]
    assert ([n.number for n in shown.names], len(shown.attempts)) == (["0101"], 1)
    assert roster.list_pupils(phonics, SYSTEM, OLD, YEAR) == ()
    assert transfers.list_transfers(phonics, people.other_director, NEW)[0].from_school_id == OLD
    with pytest.raises(Conflict, match=r"transfer\.over"):
        transfers.decide_transfer(phonics, people.director, OLD, seen.id, False)


def test_teachers_of_a_room_do_not_see_tests_of_another_schools_room_of_that_name(phonics, people, pupil):
    asked = ask(phonics, people)
    transfers.decide_transfer(phonics, people.director, OLD, asked.id, True)
    namesake = Grant(Role.TEACHER, OLD, (Classroom(YEAR, ASKED.grade, ASKED.room),))
    assert lists.page_of_attempts(phonics, Actor("t", "t", (namesake,)), OLD, YEAR).rows == ()
    assert len(lists.page_of_attempts(phonics, people.director, OLD, YEAR).rows) == 1


def test_nor_do_they_take_them_out_as_a_table(phonics, people, pupil, clock):
    clock.time = datetime(2027, 5, 20, 3, tzinfo=UTC)
    asked = ask(phonics, people, starts_on=date(2027, 5, 18))
    transfers.decide_transfer(phonics, people.director, OLD, asked.id, True)
    namesake = Actor("t", "t", (Grant(Role.TEACHER, NEW, (Classroom(YEAR, PERSON.grade, PERSON.room),)),))
    assert table_exports.tables_for(phonics, namesake, NEW, YEAR)[table_exports.TableKind.TESTS] == 0
    assert table_exports.tables_for(phonics, people.other_director, NEW, YEAR)[table_exports.TableKind.TESTS] == 1


def test_refused_or_withdrawn_the_pupil_stays(phonics, people, pupil):
    first = ask(phonics, people)
    with pytest.raises(Conflict, match=r"transfer\.asked_already"):
        ask(phonics, people)
    transfers.decide_transfer(phonics, people.director, OLD, first.id, False, "ยังเรียนอยู่ที่นี่")
    second = ask(phonics, people)
    transfers.withdraw_transfer(phonics, people.other_director, NEW, second.id)
    found = transfers.list_transfers(phonics, people.other_director, NEW)
    assert {(t.state, t.reason, t.from_school_id) for t in found} == {
        (TransferState.REFUSED, "ยังเรียนอยู่ที่นี่", ""),
        (TransferState.WITHDRAWN, "", ""),
    }
    assert [p.id for p in roster.list_pupils(phonics, SYSTEM, OLD, YEAR)] == [pupil.id]


@pytest.mark.parametrize("wrong", [{"number": "0102"}, {"first_name": "ใบบุว"}, {"last_name": "สุข"}])
def test_who_does_not_know_the_pupil_is_told_nothing_and_seen(phonics, people, pupil, wrong):
    with pytest.raises(Conflict, match=r"transfer\.no_match") as refused:
        ask(phonics, people, **wrong)
    assert refused.value.data == {}
    page = audit_trail.audit_page(phonics, people.auditor, AuditFilter(action="transfer"), language="th")
    assert [(t.entry.action, t.entry.account_id) for t in page.entries] == [("transfer.not_found", "other_director")]
    assert transfers.list_transfers(phonics, people.director, OLD) == ()


def test_each_side_decides_its_own(phonics, people, pupil):
    asked = ask(phonics, people)
    with pytest.raises(NotAllowed):
        transfers.decide_transfer(phonics, people.other_director, OLD, asked.id, True)
    with pytest.raises(NotFound):
        transfers.decide_transfer(phonics, people.other_director, NEW, asked.id, True)
    with pytest.raises(NotFound):
        transfers.withdraw_transfer(phonics, people.director, OLD, asked.id)
    assert transfers.decide_transfer(phonics, people.administrator, OLD, asked.id, True).state is TransferState.RELEASED


def test_what_is_wrong_is_told_at_once(phonics, people, pupil):
    roster.add_pupil(phonics, SYSTEM, NEW, YEAR, replace(PERSON, number="77"))
    with pytest.raises(ProblemsFound) as refused:
        ask(phonics, people, starts_on=date(2026, 9, 1))
    assert {p.code for p in refused.value.problems} == {"pupil.number_taken", "transfer.day_bad"}


def test_a_release_in_the_next_round_leaves_the_figures_of_the_one_that_is_over(phonics, people, clock):
    """Of a pupil without a test: he counts where he was on the round's last day."""
    roster.add_pupil(phonics, SYSTEM, OLD, YEAR, PERSON)
    sit(phonics, "a1" * 16, roster.add_pupil(phonics, SYSTEM, OLD, YEAR, replace(PERSON, number="9")).id, 3)
    clock.advance(days=40)
    asked = ask(phonics, people)
    clock.time = datetime(2026, 11, 20, 3, tzinfo=UTC)

    def coverage():
        shown = [dashboards.dashboard(phonics, SYSTEM, Filters(school, Round(YEAR, 1))) for school in (OLD, NEW, None)]
        return [each.coverage.to_csv() for each in shown]

    before = coverage()
    transfers.decide_transfer(phonics, people.director, OLD, asked.id, True)
    assert coverage() == before
    (newest, _) = history.pupil_history(phonics, SYSTEM, seen_by(phonics, people).pupil_id).stays
    assert (newest.school_id, newest.since) == (NEW, date(2026, 11, 1))


def seen_by(phonics, people):
    (seen,) = transfers.list_transfers(phonics, people.director, OLD)
    return seen


@pytest.mark.parametrize("turned", [True, False])
def test_a_request_of_the_year_before_is_over(phonics, people, pupil, clock, turned):
    """Its class is none of the new year, and the pupil would stand in the class lists of both schools."""
    asked = ask(phonics, people)
    clock.time = datetime(2027, 5, 20, 3, tzinfo=UTC)
    if turned:
        year_turn.commit_year_turn(phonics, SYSTEM, year_turn.preview_year_turn(phonics, SYSTEM, OLD, YEAR + 1))
    with pytest.raises(Conflict, match=r"transfer\.too_old"):
        transfers.decide_transfer(phonics, people.director, OLD, asked.id, True)
    assert roster.get_pupil(phonics, SYSTEM, pupil.id).school_id == OLD
    transfers.decide_transfer(phonics, people.director, OLD, asked.id, False)
