"""The record of use in sentences: each code has one, what was looked at is in it, and no pupil's name."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import phonics_app
from phonics_app.domain.calibration import CalibrationStatus
from phonics_app.domain.errors import PhonicsError, ProblemsFound
from phonics_app.domain.grade import Grade
from phonics_app.domain.item_change import ChangeKind
from phonics_app.domain.school import PupilDraft, Sex
from phonics_app.locales import translator
from phonics_app.progress.dashboard import Filters
from phonics_app.records import audit
from phonics_app.workflows import assess, audit_trail, class_sittings, classes, dashboards, exports, oneroster, roster
from phonics_app.workflows.audit_sentences import KINDS, SENTENCES
from phonics_app.workflows.audit_trail import AuditFilter
from phonics_app.workflows.exports import ExportFormat
from tests import sites
from tests.pages.busy import attempt_id, sit
from tests.workflows.sitting_cases import sitting_id_at, sitting_made
from tests.workflows.use_cases import OWN

SOURCE = Path(phonics_app.__file__).parent
MADE_UP = {
    ("exports.py", "export.{}"): {
        f"export.{kind}" for kind in ("class", "result", "dashboard", "network", "onet", "year_turn", "level_class")
    },
    ("calibrations.py", "calibration.{}"): {f"calibration.{status.value}" for status in CalibrationStatus},
    ("bank_editor.py", "item.{}"): {f"item.{kind.value}" for kind in ChangeKind},
    ("transfers.py", "transfer.{}"): {"transfer.released", "transfer.refused"},
}
"""Codes that are put together while the program runs: add yours here when the test below asks for it."""


def codes_of(path: Path) -> set[str]:
    """Every code that a module hands to `audit.record` or `audit.saw`."""
    found: set[str] = set()
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            name = call.func
            if (
                isinstance(name, ast.Attribute)
                and name.attr in ("record", "saw")
                and ast.unparse(name.value) == "audit"
            ):
                found |= code_in(call.args[3], function, path)
    return found


def code_in(node: ast.expr, function: ast.FunctionDef, path: Path) -> set[str]:
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return code_in(node.body, function, path) | code_in(node.orelse, function, path)
    if isinstance(node, ast.JoinedStr):
        form = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        assert (path.name, form) in MADE_UP, f"{path.name}: say in MADE_UP which codes {form} stands for"
        return MADE_UP[path.name, form]
    given = [
        assigned.value
        for assigned in ast.walk(function)
        if isinstance(assigned, ast.Assign) and ast.unparse(assigned.targets[0]) == ast.unparse(node)
    ]
    if given:
        return set().union(*(code_in(value, function, path) for value in given))
    form = ast.unparse(node)
    assert (path.name, form) in MADE_UP, f"{path.name}: say in MADE_UP which codes {form!r} stands for"
    return MADE_UP[path.name, form]


def every_code() -> dict[str, str]:
    return {code: path.name for path in sorted(SOURCE.rglob("*.py")) for code in codes_of(path)}


def test_every_code_has_its_sentence_in_both_languages():
    codes = every_code()
    assert len(codes) > 50
    missing = {code: file for code, file in codes.items() if code not in SENTENCES}
    assert not missing, f"add them to workflows/audit_sentences.py: {missing}"
    assert not set(SENTENCES) - set(codes), "sentences of codes that nothing records"
    assert {code.split(".")[0] for code in codes} <= set(KINDS)
    thai = translator("th")
    assert all(thai(sentence) != sentence for sentence in SENTENCES.values())


@pytest.fixture
def pupil(phonics, people):
    """A pupil of the first school with a finished test."""
    draft = PupilDraft("4711", "ด.ญ.", "ใบข้าว", "สมมุติวงศ์", Sex.FEMALE, Grade.P6, "1")
    made = roster.add_pupil(phonics, people.teacher, sites.SCHOOLS[0].id, sites.YEAR, draft)
    sit(phonics, attempt_id(1), made.id, 4)
    return made


def codes(phonics, people, **wanted):
    page = audit_trail.audit_page(phonics, people.auditor, AuditFilter(**wanted), language="th")
    return [told.entry.action for told in page.entries]


def test_what_is_looked_at_is_recorded_once(phonics, people, clock, pupil):
    school, attempt = pupil.school_id, attempt_id(1)
    for _ in range(3):
        clock.advance(minutes=5)
        classes.class_page(phonics, people.director, school, sites.YEAR, Grade.P6, "1")
        roster.list_pupils(phonics, people.director, school, sites.YEAR)
        roster.get_pupil(phonics, people.director, pupil.id)
        assess.compute_result(phonics, people.director, attempt)
        assess.view_sitting(phonics, people.director, attempt)
        assess.attempts_of(phonics, people.director, pupil.id)
        dashboards.dashboard(phonics, people.director, Filters(school_id=school))
        dashboards.trace(phonics, people.director, Filters(school_id=school))
    seen = codes(phonics, people, account_id="director", action="seen")
    expected = ["trace", "dashboard", "result", "pupil", "pupils", "class"]
    assert seen == [f"seen.{kind}" for kind in expected]
    clock.advance(minutes=60)
    assess.compute_result(phonics, people.director, attempt)
    assert codes(phonics, people, account_id="director", action="seen.result") == ["seen.result"] * 2


def test_what_cant_be_recorded_is_not_shown(phonics, people, pupil, monkeypatch):
    """Here the row that knows the newest entry is gone."""
    with phonics.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM audit_chain")
    for look in (
        lambda: assess.compute_result(phonics, people.teacher, attempt_id(1)),
        lambda: roster.get_pupil(phonics, people.teacher, pupil.id),
        lambda: classes.class_page(phonics, people.teacher, pupil.school_id, sites.YEAR),
    ):
        with pytest.raises(PhonicsError) as refused:
            look()
        assert refused.value.code == "audit.headless"


def test_giving_a_test_and_watching_one_is_noted_once_an_hour(phonics, people, pupil, clock):
    """The player asks again and again, and the teacher's page of a class test every few seconds."""
    teacher, place = people.teacher, replace(OWN, pupil=pupil.id)
    sitting_made(phonics, place)
    for _ in range(3):
        clock.advance(minutes=5)
        assess.propose_test(phonics, teacher, pupil.id)
        assess.get_sitting(phonics, teacher, attempt_id(1))
        class_sittings.sitting_board(phonics, teacher, sitting_id_at(place))
    assert codes(phonics, people, action="seen") == ["seen.sitting", "seen.test", "seen.pupil"]
    assert codes(phonics, people, subject=pupil.id)[:2] == ["seen.test", "seen.pupil"]


@pytest.mark.parametrize("asked", ["4711", "id"])
def test_all_about_one_pupil(phonics, people, pupil, asked):
    """By number or id, his tests with him; what is about others is not there."""
    assess.compute_result(phonics, people.teacher, attempt_id(1))
    exports.export_result(phonics, people.teacher, attempt_id(1), language="th")
    assess.discard_attempt(phonics, people.teacher, attempt_id(1))
    classes.class_page(phonics, people.teacher, pupil.school_id, sites.YEAR)
    found = codes(phonics, people, subject=pupil.id if asked == "id" else asked)
    assert found == ["attempt.discarded", "export.result", "seen.pupil", "seen.result", "pupil.added"]


def test_of_one_school_with_its_classes(phonics, people, pupil):
    classes.class_page(phonics, people.teacher, pupil.school_id, sites.YEAR, Grade.P6, "1")
    found = audit_trail.audit_page(
        phonics, people.auditor, AuditFilter(subject=pupil.school_id, action="seen"), language="th"
    )
    assert [told.sentence for told in found.entries] == [
        f"teacher ดูรายชื่อนักเรียนพร้อมระดับของ ป.6/1 {sites.SCHOOLS[0].name.th}"
    ]


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_pupils_name_stands_there(phonics, people, pupil, language):
    draft = PupilDraft("4711", "ด.ญ.", "กานดา", "สมมุติวงศ์", Sex.FEMALE, Grade.P6, "1")
    roster.correct_pupil(phonics, people.teacher, pupil.id, draft)
    page = audit_trail.audit_page(phonics, people.auditor, language=language)
    told = " ".join(f"{each.sentence} {each.subject} {each.entry.data}" for each in page.entries)
    assert "4711" in told
    for name in ("ใบข้าว", "กานดา", "สมมุติวงศ์"):
        assert name not in told
    for format in audit_trail.FORMATS:
        file = audit_trail.export_audit(phonics, people.auditor, format=format, language=language)
        assert "ใบข้าว".encode() not in file


def test_pages_follow_each_other_without_gap_or_repeat(phonics, people, clock):
    with phonics.store.write() as connection:
        for number in range(23):
            audit.record(connection, clock(), "teacher", "pupil.added", str(number))
    keys, below, pages = [], None, 0
    while True:
        wanted = AuditFilter(action="pupil", below=below)
        page = audit_trail.audit_page(phonics, people.auditor, wanted, language="en", limit=10)
        keys += [told.entry.key for told in page.entries]
        pages += 1
        if page.older is None:
            break
        below = page.older
    assert (keys, pages) == (list(range(23, 0, -1)), 3)


def test_an_export_is_recorded_and_carries_the_chain(phonics, people, pupil):
    file = audit_trail.export_audit(phonics, people.auditor, format=ExportFormat.CSV, language="en").decode("utf-8-sig")
    with phonics.store.read() as connection:
        entry = audit.entries(connection, 1)[0]
    assert (entry.action, entry.account_id, entry.data) == ("export.audit", "auditor", {"format": "csv", "rows": 1})
    before = audit_trail.audit_page(phonics, people.auditor, AuditFilter(below=entry.key), language="en")
    head = before.entries[0].entry.hash
    assert head in file
    assert audit_trail.verify_audit(phonics, people.auditor, f" {head.upper()} ").holds


def test_a_hash_that_is_none(phonics, people):
    with pytest.raises(ProblemsFound) as refused:
        audit_trail.verify_audit(phonics, people.auditor, "abc")
    assert [p.code for p in refused.value.problems] == ["audit.no_hash"]


def test_what_was_taken_out_of_all_schools_is_told(phonics, people):
    oneroster.export_oneroster(phonics, people.administrator, sites.YEAR)
    sentences = {
        language: audit_trail.audit_page(phonics, people.auditor, language=language).entries[0].sentence
        for language in ("th", "en")
    }
    assert sentences["en"] == "administrator took out a OneRoster package of 0 pupils: all schools"
    assert sentences["th"].endswith(": ทุกโรงเรียน")


def test_a_code_of_a_newer_version_is_told_all_the_same(phonics, people, clock):
    with phonics.store.write() as connection:
        audit.record(connection, clock(), "gone", "moon.reached", "x")
    page = audit_trail.audit_page(phonics, people.auditor, language="en")
    assert page.entries[0].sentence == "gone did “moon.reached”: x"
