"""Retention: what is due is shown, goes only when its number is confirmed, and the record of use stays verifiable."""

from __future__ import annotations

import json
import stat
from datetime import timedelta

import pytest

from phonics_app.domain.errors import Conflict, PhonicsError, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.retention import Kept
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.records import audit, audit_chain, guesses, sessions
from phonics_app.records.audit_archive import read_archive
from phonics_app.workflows import accounts, audit_trail, privacy, retention, roster
from tests import sites
from tests.pages.busy import attempt_id, sit
from tests.tampering import guards_down
from tests.workflows.privacy_cases import SETTINGS


def due_of(phonics, people, kind):
    return next(d for d in retention.list_due(phonics, people.administrator) if d.kind is kind)


@pytest.fixture
def used(phonics, people, clock):
    """Ten acts, four years later three more."""
    with phonics.store.write() as connection:
        for number in range(10):
            audit.record(connection, clock(), "teacher", "pupil.added", str(number))
    clock.advance(days=1460)
    with phonics.store.write() as connection:
        for number in range(3):
            audit.record(connection, clock(), "teacher", "pupil.moved", str(number))
    return phonics


def test_old_entries_are_archived_and_the_chain_holds(used, people):
    noted = audit_trail.verify_audit(used, people.auditor).head
    due = due_of(used, people, Kept.AUDIT)
    assert (due.rows, due.oldest) == (10, sites.START)
    done = retention.clear_due(used, people.administrator, Kept.AUDIT, 10)
    found = audit_trail.verify_audit(used, people.auditor, noted)
    assert (found.holds, found.entries, found.start_key) == (True, 4, 10)
    archive = used.settings.data_dir / done.archive
    count, last = read_archive(archive)
    with used.store.read() as connection:
        assert (count, last) == (10, audit_chain.ends(connection).start_hash)
        newest = audit.entries(connection, 1)[0]
    assert (newest.action, newest.data["rows"], newest.data["last"]) == ("retention.cleared", 10, last)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert due_of(used, people, Kept.AUDIT).rows == 0


def test_a_second_archive_goes_on_where_the_first_ended(used, people, clock):
    retention.clear_due(used, people.administrator, Kept.AUDIT, 10)
    clock.advance(days=1460)
    first = due_of(used, people, Kept.AUDIT)
    done = retention.clear_due(used, people.administrator, Kept.AUDIT, first.rows)
    assert done.archive.endswith(f"audit-11-{10 + first.rows}.jsonl")
    assert audit_trail.verify_audit(used, people.auditor).holds
    read_archive(used.settings.data_dir / done.archive)


def test_a_changed_archive_is_recognised(used, people):
    done = retention.clear_due(used, people.administrator, Kept.AUDIT, 10)
    archive = used.settings.data_dir / done.archive
    lines = archive.read_text("utf-8").splitlines()
    row = json.loads(lines[3])
    row[4] = "other"
    lines[3] = json.dumps(row)
    archive.write_text("\n".join(lines), "utf-8")
    with pytest.raises(PhonicsError) as refused:
        read_archive(archive)
    assert (refused.value.code, refused.value.data["key"]) == ("audit.archive_differs", 3)


def test_a_broken_chain_is_not_taken_out(used, people):
    with used.store.write() as connection, guards_down(connection):
        connection.exec_driver_sql("UPDATE audit SET subject = 'other' WHERE key = 4")
    with pytest.raises(PhonicsError) as refused:
        retention.clear_due(used, people.administrator, Kept.AUDIT, 10)
    assert refused.value.code == "audit.archive_differs"
    assert due_of(used, people, Kept.AUDIT).rows == 10


@pytest.mark.parametrize("kind", [Kept.AUDIT, Kept.SESSIONS])
def test_another_number_than_was_shown_is_refused(used, people, kind):
    for rows in (0, 9, 11):
        with pytest.raises(Conflict):
            retention.clear_due(used, people.administrator, kind, rows)
    assert due_of(used, people, Kept.AUDIT).rows == 10


def test_expired_sessions_and_failures(phonics, people, clock):
    with phonics.store.write() as connection:
        sessions.start_session(connection, "teacher", clock())
        guesses.note_guess(connection, "teacher", "10.0.0.1", clock())
    for kind in (Kept.SESSIONS, Kept.FAILURES):
        assert due_of(phonics, people, kind).rows == 0
    clock.advance(days=400)
    for kind in (Kept.SESSIONS, Kept.FAILURES):
        assert due_of(phonics, people, kind).rows == 1
        assert retention.clear_due(phonics, people.administrator, kind, 1).rows == 1
        assert due_of(phonics, people, kind).rows == 0


def test_days_are_a_setting_and_nothing_goes_by_it(used, people):
    retention.save_retention(used, people.administrator, {Kept.AUDIT: 3650})
    assert due_of(used, people, Kept.AUDIT).rows == 0
    with pytest.raises(ProblemsFound) as refused:
        retention.save_retention(used, people.administrator, {Kept.AUDIT: 3, Kept.FAILURES: -1})
    assert [p.place.column for p in refused.value.problems] == ["audit", "failures"]
    assert retention.retention_days(used, people.administrator)[Kept.AUDIT] == 3650
    with used.store.read() as connection:
        assert len(audit.entries(connection)) == 14


def test_pupils_who_left_long_ago_are_counted(phonics, people):
    privacy.save_privacy_settings(phonics, people.administrator, SETTINGS)
    school = sites.SCHOOLS[0].id
    for number, year in enumerate((sites.YEAR - 6, sites.YEAR - 6, sites.YEAR - 5)):
        draft = PupilDraft(str(number), "", "มะลิ", "ใจงาม", Sex.FEMALE, Grade.P6, "1")
        made = roster.add_pupil(phonics, people.teacher, school, year, draft)
        if number:
            roster.set_archived(phonics, people.teacher, made.id, True)
    (found,) = retention.pupils_left(phonics, people.administrator)
    assert (found.school_id, found.last_year, found.pupils) == (school, sites.YEAR - 6, 1)
    assert [number for _id, number in found.first] == ["1"]


def test_tests_and_unused_accounts_are_due_and_go_by_other_means(phonics, people, clock):
    school = sites.SCHOOLS[0].id
    pupil = roster.add_pupil(
        phonics, people.teacher, school, sites.YEAR, PupilDraft("1", "", "มะลิ", "ใจงาม", Sex.FEMALE, Grade.P6, "1")
    )
    sit(phonics, attempt_id(1), pupil.id, 4)
    clock.advance(days=2000)
    accounts.sign_in(phonics, "teacher", sites.PASSWORD, "127.0.0.1")
    accounts.set_disabled(phonics, people.administrator, "trainer", True)
    assert due_of(phonics, people, Kept.ANSWERS).rows == 1
    assert due_of(phonics, people, Kept.ACCOUNTS).rows == len(sites.GRANTS) - 2
    for kind, rows in ((Kept.ANSWERS, 1), (Kept.ACCOUNTS, len(sites.GRANTS) - 2)):
        with pytest.raises(Conflict, match="elsewhere"):
            retention.clear_due(phonics, people.administrator, kind, rows)
        assert due_of(phonics, people, kind).rows == rows


def test_time_alone_clears_nothing(used, people, clock):
    clock.advance(days=4000)
    retention.list_due(used, people.administrator)
    assert due_of(used, people, Kept.AUDIT).before == clock() - timedelta(days=1095)
    assert audit_trail.verify_audit(used, people.auditor).entries == 13


def test_odd_signs_in_an_entry_neither_break_the_chain_nor_keep_it_from_being_archived(phonics, people, clock):
    odd = ("\u2028", "a\rb\nc\x85\x1c", "\x00", "\ud800", "😀\u202e", '"\\')
    with phonics.store.write() as connection:
        audit.record(connection, clock(), "teacher", "export.research", "", **{f"of {sign}": sign for sign in odd})
    clock.advance(days=1460)
    assert audit_trail.verify_audit(phonics, people.auditor).holds
    done = retention.clear_due(phonics, people.administrator, Kept.AUDIT, 1)
    assert audit_trail.verify_audit(phonics, people.auditor).holds
    assert read_archive(phonics.settings.data_dir / done.archive)[0] == 1
