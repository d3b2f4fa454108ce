"""Tables that are taken out: what stands in them, for whom, and that it is written down."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, insert, select, update

from phonics_app.domain.account import Actor, Grant, Role
from phonics_app.domain.errors import NotAllowed
from phonics_app.domain.event import Event, EventKind
from phonics_app.domain.grade import Grade
from phonics_app.domain.onet import OnetResult
from phonics_app.domain.school import Classroom
from phonics_app.records import audit, schema
from phonics_app.records.attempts import pack
from phonics_app.records.pupils import draft_of
from phonics_app.reports import export_file
from phonics_app.workflows import audit_trail, onet, roster
from phonics_app.workflows.sittings import current_plan
from phonics_app.workflows.table_exports import ExportFormat, HeaderStyle, TableKind, export_table, tables_for
from tests.progress.site import FIRST, SECOND, fill, two_rounds

CSV, EXCEL, CODES = ExportFormat.CSV, ExportFormat.EXCEL, HeaderStyle.CODES
YEAR = 2569


def fill_with_plans(phonics, simulated=False):
    """As `fill`, and the plans are real ones, since the table of answers looks items up in them."""
    fill(phonics, two_rounds(simulated))
    with phonics.store.write() as connection:
        connection.execute(update(schema.plan).values(content=pack(current_plan(phonics, 0))))


@pytest.fixture
def filled(phonics, people):
    fill_with_plans(phonics)
    onet.save_onet_result(phonics, people.director, OnetResult(FIRST, 2564, Grade.P6, 40, 35.5, share_50=0.2))
    return phonics


def event_row(key, event):
    return {
        "attempt_key": key,
        "seq": event.seq,
        "kind": event.kind.value,
        "at": "",
        "mono_ms": 0.0,
        "data": event.data,
        "received_at": datetime(2026, 6, 15, tzinfo=UTC),
    }


def rows_of(document):
    return list(csv.DictReader(io.StringIO(document.decode("utf-8-sig"), newline="")))


def codes(phonics, actor, kind, year=YEAR, school=FIRST):
    return rows_of(export_table(phonics, actor, kind, school, year, format=CSV, style=CODES))


def test_pupils_are_those_of_the_class_lists(filled, people):
    found = codes(filled, people.teacher, TableKind.PUPILS)
    expected = roster.list_pupils(filled, people.teacher, FIRST, YEAR)
    assert expected
    assert sorted((r["pupil_id"], r["number"], r["grade"], r["room"]) for r in found) == sorted(
        (p.id, p.number, p.grade.value, p.room) for p in expected
    )
    listed = codes(filled, people.teacher, TableKind.CLASS_LISTS)
    assert [r["pupil_id"] for r in listed] == [p.id for p in expected]


def test_tests_results_and_answers_agree(filled, people):
    tests = [r for r in codes(filled, people.teacher, TableKind.TESTS) if r["status"] == "finished"]
    assert tests
    results = codes(filled, people.teacher, TableKind.RESULTS)
    answers = codes(filled, people.teacher, TableKind.ANSWERS)
    assert {r["test_id"] for r in results} == {r["test_id"] for r in answers} == {r["test_id"] for r in tests}
    for test in tests:
        own = [a for a in answers if a["test_id"] == test["test_id"]]
        assert (len(own), sum(int(a["score"]) for a in own)) == (int(test["items"]), int(test["correct"]))
        assert [a["position"] for a in own] == [str(n) for n in range(1, len(own) + 1)]
        assert {a["year"] for a in own} == {str(YEAR)}


def test_decisions_stand_with_their_round(filled, people):
    found = codes(filled, people.teacher, TableKind.PLACEMENTS) + codes(
        filled, people.teacher, TableKind.PLACEMENTS, YEAR - 1
    )
    assert {r["year"] for r in found} == {str(YEAR), str(YEAR - 1)}


def test_counts_are_told_beforehand(filled, people):
    counts = tables_for(filled, people.director, FIRST, YEAR)
    assert set(counts) == set(TableKind)
    for kind in (TableKind.PUPILS, TableKind.CLASS_LISTS, TableKind.TESTS, TableKind.PLACEMENTS, TableKind.ONET):
        assert counts[kind] == len(codes(filled, people.director, kind))


def test_excel_holds_the_same_and_numbers_are_numbers(filled, people):
    how = {"format": EXCEL, "style": CODES}
    book = load_workbook(io.BytesIO(export_table(filled, people.teacher, TableKind.TESTS, FIRST, YEAR, **how)))
    head, *rows = book.worksheets[1].values
    plain = codes(filled, people.teacher, TableKind.TESTS)
    assert list(head) == list(plain[0])
    assert [row[1] for row in rows] == [r["number"] for r in plain]
    assert all(isinstance(row[head.index("ability")], float | int) for row in rows)
    assert any("2569" in str(value) for row in book.worksheets[0].values for value in row)


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(filled, people, monkeypatch):
    monkeypatch.setattr(export_file, "MOST_ROWS_IN_SHEET", 10)
    book = load_workbook(io.BytesIO(export_table(filled, people.teacher, TableKind.PUPILS, FIRST, YEAR, format=EXCEL)))
    sheets = [list(sheet.values) for sheet in book.worksheets[1:]]
    assert [len(rows) - 1 for rows in sheets] == [10, 10, 4]
    assert len({rows[0] for rows in sheets}) == 1


@pytest.mark.parametrize("kind", TableKind)
def test_in_words_nothing_is_left_in_english(filled, people, kind):
    found = rows_of(export_table(filled, people.director, kind, FIRST, YEAR, format=CSV))
    assert found
    for header in found[0]:
        assert any("ก" <= letter <= "๛" for letter in header), header
    text = export_table(filled, people.director, kind, FIRST, YEAR, format=CSV).decode()
    for code in ("finished", "female", "blocks", "word_reading", "True"):
        assert code not in text


def test_simulated_rows_say_so(phonics, people):
    fill_with_plans(phonics, simulated=True)
    for kind in set(TableKind) - {TableKind.ONET}:
        found = rows_of(export_table(phonics, people.teacher, kind, FIRST, YEAR, format=CSV))
        assert {row["ข้อมูล"] for row in found} == {"ข้อมูลจำลอง"}


def test_only_ones_own_school_and_no_names_without_the_right(filled, people):
    for actor in (people.teacher, people.director):
        for kind in TableKind:
            with pytest.raises(NotAllowed):
                export_table(filled, actor, kind, SECOND, YEAR, format=CSV)
    for kind in set(TableKind) - {TableKind.ONET}:
        for actor in (people.municipal_director, people.trainer, people.auditor, Actor("nobody", "", ())):
            with pytest.raises(NotAllowed):
                export_table(filled, actor, kind, FIRST, YEAR, format=CSV)
    assert set(tables_for(filled, people.municipal_director, FIRST, YEAR)) == {TableKind.ONET}
    with pytest.raises(NotAllowed):
        export_table(filled, people.teacher, TableKind.ONET, FIRST, YEAR, format=CSV)


def test_a_teacher_of_single_rooms_takes_the_tables_of_these(filled, people):
    whole = {kind: codes(filled, people.teacher, kind) for kind in set(TableKind) - {TableKind.ONET}}
    rooms = sorted({(row["grade"], row["room"]) for row in whole[TableKind.TESTS]})
    grade, room = rooms[0]
    of_a_room = Grant(Role.TEACHER, FIRST, (Classroom(YEAR, Grade(grade), room),))
    actor = Actor("teacher", "teacher", (of_a_room,))
    for kind, rows in whole.items():
        own = [row for row in rows if (row["grade"], row["room"]) == (grade, room)]
        assert codes(filled, actor, kind) == own
        assert 0 < len(own) < len(rows)
        assert codes(filled, actor, kind, YEAR - 1) == []
    assert set(tables_for(filled, actor, FIRST, YEAR)) == set(whole)
    with filled.store.read() as connection:
        assert audit.entries(connection)[0].data["rooms"] == [f"{grade}/{room}"]
    for kind, school in ((TableKind.ONET, FIRST), (TableKind.PUPILS, SECOND)):
        with pytest.raises(NotAllowed):
            export_table(filled, actor, kind, school, YEAR, format=CSV)


def answers_by_item(phonics, actor, test):
    answers = codes(phonics, actor, TableKind.ANSWERS)
    return {(a["block"], a["item"]): a for a in answers if a["test_id"] == test}


def test_answers_tell_what_was_wrong_and_what_was_chosen(filled, people):
    answers = codes(filled, people.teacher, TableKind.ANSWERS)
    test = next(a["test_id"] for a in answers if a["score"] == "0")
    own = [a for a in answers if a["test_id"] == test]
    wrong, right = next(a for a in own if a["score"] == "0"), next(a for a in own if a["score"] == "1")
    with filled.store.write() as connection:
        key = connection.scalar(select(schema.attempt.c.key).where(schema.attempt.c.id == test))
        connection.execute(delete(schema.event).where(schema.event.c.attempt_key == key))
        marked = [
            (wrong, {"mark": "incorrect", "error": "decoding", "said": "first"}),
            (wrong, {"mark": "incorrect", "error": "said_as", "said": "shib"}),
            (right, {"mark": "incorrect", "error": "transfer", "said": "chip"}),
            (right, {"mark": "none"}),
        ]
        for seq, (row, data) in enumerate(marked, start=1):
            event = Event(seq, EventKind.ITEM_MARKED, "", 0.0, {"block": row["block"], "item": row["item"], **data})
            connection.execute(insert(schema.event), event_row(key, event))
    found = answers_by_item(filled, people.teacher, test)
    told = found[wrong["block"], wrong["item"]]
    assert (told["error"], told["answer"]) == ("said_as", "shib")
    told = found[right["block"], right["item"]]
    assert (told["error"], told["answer"]) == ("", "")
    with filled.store.write() as connection:
        connection.execute(delete(schema.event).where(schema.event.c.attempt_key == key))
        event = Event(1, EventKind.ITEM_ANSWERED, "", 0.0, {"item": right["item"], "value": "ship"})
        connection.execute(insert(schema.event), event_row(key, event))
    found = answers_by_item(filled, people.teacher, test)
    assert found[right["block"], right["item"]]["answer"] == "ship"


def test_a_pupil_who_moved_is_in_the_tables_of_his_new_school(filled, people):
    tested = codes(filled, people.teacher, TableKind.ANSWERS)[0]["pupil_id"]
    pupil = roster.get_pupil(filled, people.teacher, tested)
    roster.correct_pupil(filled, people.administrator, pupil.id, replace(draft_of(pupil), number="m-1"))
    roster.move_pupil(filled, people.administrator, pupil.id, SECOND)
    for kind in (TableKind.PUPILS, TableKind.TESTS, TableKind.ANSWERS):
        assert pupil.id not in {r["pupil_id"] for r in codes(filled, people.teacher, kind)}
        assert pupil.id in {r["pupil_id"] for r in codes(filled, people.other_teacher, kind, school=SECOND)}


def test_who_took_what_is_in_the_audit_and_progress_is_told(filled, people):
    shares = []
    export_table(filled, people.teacher, TableKind.PUPILS, FIRST, YEAR, format=CSV, progress=shares.append)
    assert shares[0] == 0
    assert shares[-1] == 1
    with filled.store.read() as connection:
        entry = audit.entries(connection)[0]
    assert (entry.account_id, entry.action, entry.subject) == ("teacher", "export.table", FIRST)
    assert entry.data == {"table": "pupils", "format": "csv", "year": YEAR, "rows": 24}
    told = audit_trail.audit_page(filled, people.auditor, language="th").entries[0].sentence
    assert ("นักเรียน" in told, "pupils" in told) == (True, False)
