"""Items to Excel and CSV and back, without harm to any text."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from phonics_app.content.bank_items import COLUMNS
from phonics_app.content.item_cells import cells_of
from phonics_app.domain.bank import ItemStatus
from phonics_app.domain.errors import Conflict, ProblemsFound
from phonics_app.domain.sheet_cells import guarded, unguarded
from phonics_app.records.item_sheet import read_item_sheet
from phonics_app.reports.item_table import items_csv, items_excel
from phonics_app.workflows import bank_editor as editor
from phonics_app.workflows.bank_sheets import Change, commit_items, export_items, preview_items
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.item_bank import ItemSearch, ItemState, search_items
from tests.workflows.items import GOOD, OTHER_GOOD

EVIL = (
    "true",
    "null",
    "1/2",
    "=cmd|' /C calc'!A0",
    "007",
    "+1",
    "-",
    "'=x",
    "@a",
    "ไก่",
    "🐱=cat | 🐶=dog:meaning",
    "1e5",
)
FORMATS = (ExportFormat.EXCEL, ExportFormat.CSV)


def table(*rows, columns=COLUMNS):
    """A workbook with one row for each dictionary, cells as they are."""
    book = Workbook()
    book.active.append(list(columns))
    for row in rows:
        book.active.append([row.get(column, "") for column in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def codes(preview):
    return [problem.code for problem in preview.problems]


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.parametrize("format", FORMATS)
def test_no_text_is_harmed(text, format):
    row = ["id", *[text] * (len(COLUMNS) - 1)]
    if format is ExportFormat.EXCEL:
        content = items_excel(COLUMNS, [row])
        stored = load_workbook(io.BytesIO(content)).active["D2"]
        assert (stored.value, stored.data_type, stored.number_format) == (text, "s", "@")
    else:
        content = items_csv(COLUMNS, [row])
        for cell in content.decode("utf-8-sig").splitlines()[1].split(",")[1:]:
            assert not cell.startswith(("=", "@")), cell
    read = read_item_sheet("a", content, COLUMNS, ("id",))
    assert list(read.rows[0][1].values()) == row
    assert read.problems == ()


@pytest.mark.parametrize("text", [*EVIL, "", "''", "'", "plain", "−1", "3.5", "-5.20"])
def test_quoting_is_taken_back(text):
    assert unguarded(guarded(text)) == text
    assert guarded("-5.20") == "-5.20"


@pytest.mark.parametrize("format", FORMATS)
def test_the_whole_bank_comes_back_and_changes_nothing(phonics, people, format):
    content = export_items(phonics, people.trainer, ItemSearch(), format=format)
    preview = preview_items(phonics, people.trainer, f"items.{format.value}", content)
    assert len(preview.rows) == len(phonics.content.bank.items)
    assert {row.change for row in preview.rows} == {Change.UNCHANGED}
    assert preview.problems == ()
    assert not preview.ready


def test_new_and_changed_rows_become_proposals_once(phonics, people):
    item = phonics.content.bank.item("WR-0226")
    changed = cells_of(item) | {"prompt_en": "Read this word aloud."}
    content = table(changed, GOOD, cells_of(phonics.content.bank.item("WR-0225")))
    preview = preview_items(phonics, people.teacher, "items.xlsx", content)
    assert [row.change for row in preview.rows] == [Change.CHANGED, Change.NEW, Change.UNCHANGED]
    assert preview.rows[0].differences == ("prompt_en",)
    assert codes(preview) == []
    assert commit_items(phonics, people.teacher, preview) == 2
    waiting = search_items(phonics, people.teacher, ItemSearch(state=ItemState.AWAITING))
    assert sorted(entry.item.stimulus for entry in waiting) == ["chom", "make"]
    assert phonics.content.bank == phonics.shipped.bank
    again = preview_items(phonics, people.teacher, "items.xlsx", content)
    assert {row.change for row in again.rows} == {Change.UNCHANGED}
    with pytest.raises(ProblemsFound):
        commit_items(phonics, people.teacher, again)
    for entry in waiting:
        proposed = entry.proposal.item
        editor.activate_item(phonics, people.trainer, proposed.id)
    assert phonics.content.bank.item("WR-0226").prompt.en == "Read this word aloud."
    assert {row.change for row in preview_items(phonics, people.teacher, "a", content).rows} == {Change.UNCHANGED}


def test_items_of_another_school_keep_their_number(phonics, people):
    content = table(GOOD | {"id": "X-0a1b2c3d-0007"})
    commit_items(phonics, people.teacher, preview_items(phonics, people.teacher, "a.xlsx", content))
    done = editor.activate_item(phonics, people.trainer, "X-0a1b2c3d-0007")
    assert done.item.version == 1
    assert editor.propose_item(phonics, people.teacher, OTHER_GOOD).item_id != "X-0a1b2c3d-0007"


def test_every_fault_has_its_place(phonics, people):
    content = table(
        GOOD | {"stimulus": "chop", "graphemes": "ch o p", "phonemes": "CH AA P", "key": "/tʃɑp/"},
        GOOD | {"level": "many", "prompt_th": ""},
        GOOD | {"id": "PW-9999"},
        OTHER_GOOD | {"accepted": datetime(2026, 2, 1)},
    )
    preview = preview_items(phonics, people.teacher, "items.xlsx", content)
    assert not preview.ready
    found = {(p.code, p.place.sheet, p.place.row, p.place.column) for p in preview.problems}
    assert found >= {
        ("content.pseudo_is_word", "Sheet", 2, "stimulus"),
        ("content.number", "Sheet", 3, "level"),
        ("content.empty", "Sheet", 3, "prompt_th"),
        ("items.id_unknown", "Sheet", 4, "id"),
        ("items.date_cell", "Sheet", 5, "accepted"),
    }
    with pytest.raises(ProblemsFound):
        commit_items(phonics, people.teacher, preview)


def test_what_excel_has_made_a_date_is_told_once(phonics, people):
    preview = preview_items(phonics, people.teacher, "items.xlsx", table(GOOD | {"prompt_en": datetime(2026, 2, 1)}))
    assert codes(preview) == ["items.date_cell"]


def test_two_rows_that_ask_the_same(phonics, people):
    preview = preview_items(phonics, people.teacher, "a.xlsx", table(GOOD, GOOD))
    assert codes(preview) == ["content.item_repeated"]
    assert preview.problems[0].place.row == 3


def test_what_excel_has_made_of_a_cell(phonics, people):
    typed = GOOD | {"level": 4, "difficulty": -0.85, "guessing": 0, "since": datetime(2026, 11, 20)}
    assert codes(preview_items(phonics, people.teacher, "a.xlsx", table(typed))) == []
    lost = preview_items(phonics, people.teacher, "a.xlsx", table(GOOD | {"accepted": datetime(2026, 2, 1)}))
    assert [(p.code, p.place.row, p.place.column) for p in lost.problems] == [("items.date_cell", 2, "accepted")]
    truth = read_item_sheet("a.xlsx", table({"id": "1", "task": True, "key": False}), COLUMNS, ("id",)).rows[0][1]
    assert (truth["task"], truth["key"]) == ("true", "false")


def test_the_state_is_no_matter_of_files(phonics, people):
    row = cells_of(phonics.content.bank.item("WR-0226")) | {"status": "retired"}
    preview = preview_items(phonics, people.teacher, "a.xlsx", table(row))
    assert [(p.code, p.warning, p.expected) for p in preview.problems] == [("items.state_kept", True, "active")]
    assert not preview.ready


def test_headers(phonics, people):
    fewer = [column for column in COLUMNS if column not in ("phonemes", "version")]
    missing = preview_items(phonics, people.teacher, "a.xlsx", table(GOOD, columns=fewer))
    assert [(p.code, p.value) for p in missing.problems] == [("content.column_missing", "phonemes")]
    more = preview_items(phonics, people.teacher, "a.xlsx", table(GOOD, columns=[*COLUMNS, "note"]))
    assert [(p.code, p.warning) for p in more.problems] == [("content.column_unknown", True)]
    assert more.ready
    with pytest.raises(ProblemsFound) as found:
        preview_items(phonics, people.teacher, "a.csv", "ชื่อ,ห้อง\nใบข้าว,1\n".encode())
    assert [p.code for p in found.value.problems] == ["items.no_table"]


def test_the_bank_may_change_between_preview_and_commit(phonics, people):
    preview = preview_items(phonics, people.teacher, "a.xlsx", table(GOOD, OTHER_GOOD))
    change = editor.propose_item(phonics, people.other_teacher, GOOD)
    assert change.item.status is ItemStatus.DRAFT
    with pytest.raises(Conflict, match=r"items\.stale"):
        commit_items(phonics, people.teacher, preview)


def test_an_export_holds_what_was_searched(phonics, people):
    content = export_items(phonics, people.director, ItemSearch(grapheme="igh"), format=ExportFormat.CSV)
    rows = read_item_sheet("a.csv", content, COLUMNS, COLUMNS).rows
    assert rows
    assert all("igh" in cells["graphemes"].split() for _, cells in rows)
