"""Lawful bases: for forty at once, whole or not at all, never overwritten; and the notice that goes with them."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from phonics_app.domain.account import Actor, Grant, Role
from phonics_app.domain.errors import NotAllowed, NotFound, PhonicsError, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.privacy import Basis, BasisSource, PrivacySettings
from phonics_app.domain.school import Classroom, PupilDraft, Sex
from phonics_app.records import audit
from phonics_app.records.pupils import insert_pupils
from phonics_app.workflows import lawful_bases, privacy, roster
from tests import sites
from tests.workflows.privacy_cases import SETTINGS

SCHOOL = sites.SCHOOLS[0].id
DAY = sites.START.date()


@pytest.fixture
def ids(phonics):
    """Forty pupils of ป.3/1."""
    made = [
        (f"p{n:02}", PupilDraft(str(100 + n), "ด.ญ.", f"มะลิ{n}", "ใจงาม", Sex.FEMALE, Grade.P3, "1")) for n in range(40)
    ]
    with phonics.store.write() as connection:
        insert_pupils(connection, SCHOOL, sites.YEAR, made)
    return [pupil_id for pupil_id, _draft in made]


def note(phonics, actor, ids, basis=Basis.CONSENT, day=DAY, source=BasisSource.PAPER, school=SCHOOL):
    return lawful_bases.record_bases(phonics, actor, school, sites.YEAR, ids, basis, day, source)


def without(phonics, people):
    return lawful_bases.count_without_basis(phonics, people.teacher, SCHOOL, sites.YEAR)


def test_a_class_at_once(phonics, people, ids):
    assert without(phonics, people) == 40
    assert note(phonics, people.teacher, [*ids, ids[0]]) == 40
    assert without(phonics, people) == 0
    found = lawful_bases.class_bases(phonics, people.director, SCHOOL, sites.YEAR, Grade.P3, "1")
    assert len(found) == 40
    assert {(one.latest.basis, one.latest.given_on, one.latest.noted_by) for one in found} == {
        (Basis.CONSENT, DAY, "teacher")
    }
    with phonics.store.read() as connection:
        told = audit.entries(connection, None, audit.AuditFilter(action="basis"))
    assert {entry.subject for entry in told} == set(ids)


def test_what_was_noted_stays_in_the_history(phonics, people, ids, clock):
    one = ids[:1]
    note(phonics, people.teacher, one)
    clock.advance(days=3)
    note(phonics, people.administrator, one, Basis.WITHDRAWN, DAY + timedelta(days=3))
    history = lawful_bases.basis_history(phonics, people.teacher, one[0])
    assert [(each.basis, each.noted_by) for each in history] == [
        (Basis.WITHDRAWN, "administrator"),
        (Basis.CONSENT, "teacher"),
    ]
    assert without(phonics, people) == 40
    note(phonics, people.teacher, one, Basis.PUBLIC_TASK, source=BasisSource.DECISION)
    assert without(phonics, people) == 39


def test_every_fault_at_once_and_nothing_stored(phonics, people, ids):
    tomorrow = DAY + timedelta(days=1)
    with pytest.raises(ProblemsFound) as refused:
        note(phonics, people.teacher, [*ids[:2], "nobody"], day=tomorrow, source=BasisSource.DECISION)
    assert [(p.code, p.place.row) for p in refused.value.problems] == [
        ("basis.day", None),
        ("basis.no_form", None),
        ("basis.pupil_elsewhere", 3),
    ]
    assert without(phonics, people) == 40
    with pytest.raises(ProblemsFound) as refused:
        note(phonics, people.teacher, [])
    assert [p.code for p in refused.value.problems] == ["basis.nobody"]


def test_a_pupil_of_another_school_is_refused(phonics, people, ids):
    other = people.other_teacher
    draft = PupilDraft("1", "", "กานดา", "ใจงาม", Sex.FEMALE, Grade.P3, "1")
    there = roster.add_pupil(phonics, other, sites.SCHOOLS[1].id, sites.YEAR, draft)
    with pytest.raises(ProblemsFound):
        note(phonics, people.teacher, [there.id])
    assert lawful_bases.basis_history(phonics, other, there.id) == ()


def test_who_left_is_not_missed(phonics, people, ids):
    roster.set_archived(phonics, people.teacher, ids[0], True)
    assert without(phonics, people) == 39


def test_a_teacher_of_single_rooms_sees_and_notes_these_alone(phonics, people, ids):
    draft = PupilDraft("900", "", "กานดา", "ใจงาม", Sex.FEMALE, Grade.P3, "2")
    other = roster.add_pupil(phonics, people.teacher, SCHOOL, sites.YEAR, draft)
    rooms = (Classroom(sites.YEAR, Grade.P3, "2"),)
    mine = Actor("mine", "mine", (Grant(Role.TEACHER, SCHOOL, rooms),))
    assert lawful_bases.count_without_basis(phonics, mine, SCHOOL, sites.YEAR) == 1
    (shown,) = lawful_bases.class_bases(phonics, mine, SCHOOL, sites.YEAR)
    assert shown.pupil.id == other.id
    with pytest.raises(ProblemsFound):
        note(phonics, mine, [ids[0], other.id])
    with pytest.raises(NotAllowed):
        lawful_bases.basis_history(phonics, mine, ids[0])
    assert note(phonics, mine, [other.id]) == 1


def test_an_unknown_pupil(phonics, people):
    with pytest.raises(NotFound):
        lawful_bases.basis_history(phonics, people.teacher, "nobody")


def text_of(document):
    pages = PdfReader(io.BytesIO(document)).pages
    return [page.extract_text().replace("\u200b", "").replace(" ", "") for page in pages]


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("basis", [Basis.CONSENT, Basis.PUBLIC_TASK])
def test_a_notice_for_each_pupil_of_a_class(phonics, people, ids, language, basis):
    settings = PrivacySettings("เทศบาลเมืองลำพูน", "Lamphun Municipality", "053-111222", "งานนิติการ", basis, 7)
    privacy.save_privacy_settings(phonics, people.administrator, settings)
    assert privacy.privacy_settings(phonics, people.teacher) == settings
    scope = (SCHOOL, sites.YEAR, Grade.P3, "1")
    pages = text_of(privacy.print_notice(phonics, people.teacher, *scope, language=language))
    whole = "".join(pages)
    assert "053-111222" in pages[0]
    assert ("มะลิ0ใจงาม(100)" in pages[0], len(pages)) == (True, 40)
    signed = "ลงชื่อผู้ปกครอง" if language == "th" else "Signatureofparent"
    assert whole.count(signed) == (40 if basis is Basis.CONSENT else 0)
    assert ("7ปี" if language == "th" else "7yearsafter") in whole
    with phonics.store.read() as connection:
        entry = audit.entries(connection, 1)[0]
    assert (entry.action, entry.subject, entry.data["pupils"]) == ("export.notice", f"{SCHOOL}:P3-1", 40)


def test_a_notice_to_be_filled_in_by_hand(phonics, people):
    privacy.save_privacy_settings(phonics, people.administrator, SETTINGS)
    pages = text_of(privacy.print_notice(phonics, people.teacher, SCHOOL, sites.YEAR, language="en"))
    assert len(pages) == 1
    assert "....." in pages[0]


def test_no_notice_before_somebody_answers_for_the_data(phonics, people):
    with pytest.raises(PhonicsError) as refused:
        privacy.print_notice(phonics, people.teacher, SCHOOL, sites.YEAR, language="th")
    assert refused.value.code == "privacy.incomplete"


def test_bad_settings_are_refused_with_all_faults(phonics, people):
    with pytest.raises(ProblemsFound) as refused:
        privacy.save_privacy_settings(phonics, people.administrator, PrivacySettings(" ", "x" * 501, "", kept_years=0))
    assert [p.code for p in refused.value.problems] == [
        "privacy.controller_missing",
        "privacy.contact_missing",
        "input.too_long",
        "privacy.years",
    ]
    assert privacy.privacy_settings(phonics, people.teacher) == PrivacySettings()
