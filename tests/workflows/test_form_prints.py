"""Fixed forms as documents: what stands on each sheet, and that a print is known again later."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from pypdf import PdfReader

from phonics_app.domain.errors import NotFound, ProblemsFound
from phonics_app.domain.strand import READING_TASKS, Task
from phonics_app.reports import form_marks, form_sheets
from phonics_app.reports.form_mark import SheetKind, qr_text
from phonics_app.workflows import forms
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.forms import assemble_forms, export_form
from tests.reports.test_typesetting import squeeze
from tests.workflows.test_forms import elsewhere  # noqa: F401 - a fixture

CODES = ("EGRA", "PSC-", "RATE-PM", "ORF-ACC", "CBM-")


@pytest.fixture
def printed(phonics, people):
    """`printed("paper", 3, "A", "th")` → the text of each page, without spaces."""

    def pages(kind, level, letter="A", language="th"):
        document = export_form(phonics, people.teacher, kind, level, letter, format=ExportFormat.PDF, language=language)
        return [squeeze(page.extract_text()) for page in PdfReader(io.BytesIO(document)).pages]

    return pages


def paper(phonics, people, kind, level, letter="A"):
    (made,) = assemble_forms(phonics, people.teacher, kind, (level,))
    return next(one for one in made.papers if one.form.letter == letter)


# ---- known again ----------------------------------------------------------------------------------------------------


def test_same_bank_and_blueprint_give_the_same_forms_and_codes(phonics, people, monkeypatch):
    first = paper(phonics, people, "level-check", 3)
    monkeypatch.setattr(forms, "_kept", {})
    again = paper(phonics, people, "level-check", 3)
    assert again is not first
    assert (again.made, again.form.code) == (first.made, first.form.code)
    assert len({form.code for form in first.made.forms}) == 3


def test_forms_are_put_together_once_for_each_content(phonics, people, monkeypatch):
    monkeypatch.setattr(forms, "_kept", {})
    first = paper(phonics, people, "probe-words", 4)
    monkeypatch.setattr(forms, "assemble", None)
    assert paper(phonics, people, "probe-words", 4) is first


def test_every_page_says_which_form_it_is(printed, phonics, people):
    one = paper(phonics, people, "level-check", 3, "B")
    bank = phonics.content.bank.version[:12]
    known = f"level-checkversion1·level3·formB·code{one.form.code}·itembank{bank}"
    pages = printed("level-check", 3, "B", "en")
    assert len(pages) >= 2
    assert all(known in page for page in pages)


def test_the_code_on_a_sheet_tells_form_version_and_sheet(phonics, people):
    first, second = (paper(phonics, people, "level-check", 3, letter) for letter in "AB")
    told = {qr_text(one, kind) for one in (first, second) for kind in SheetKind}
    assert len(told) == 8
    assert f"PHONICS9 {first.form.code} LEVEL-CHECK-3-A V1 MARKS" in told


# ---- the sheets -----------------------------------------------------------------------------------------------------


def test_a_level_check_has_a_sheet_for_the_pupil_and_one_to_mark(printed, phonics, people):
    one = paper(phonics, people, "level-check", 3)
    pupil, *teacher = printed("level-check", 3)
    teacher = "".join(teacher)
    for item in one.items:
        assert (item.stimulus in pupil) or item.task not in READING_TASKS
        assert squeeze(item.key) in teacher
        if item.task not in READING_TASKS:
            assert squeeze(item.prompt.th) in teacher
    spelled = [item.key for item in one.items if item.task is Task.SPELL_WORD]
    assert spelled
    assert not any(f"{word}" in pupil for word in spelled)
    assert "คำที่นักเรียนแก้เองก่อนไปคำถัดไปนับว่าถูก" in teacher
    assert squeeze(f"เกณฑ์ผ่าน: ถูกประมาณ {round(one.at_cut)} จาก 20 ข้อ") in teacher


def test_what_is_by_ear_needs_no_sheet_for_the_pupil(printed):
    pages = printed("level-check", 1)
    assert "ฉบับนี้ทดสอบด้วยการฟังทั้งหมด" in pages[0]
    assert "ชื่อ–นามสกุล" in pages[0]


def test_a_probe_has_every_cell_in_order_and_no_score_to_pass(printed, phonics, people):
    one = paper(phonics, people, "probe-words", 5)
    pupil, teacher, grid, of_class = printed("probe-words", 5, language="en")
    assert "".join(item.stimulus for item in one.items) in pupil
    assert "Rightperminute=right×60÷(60−secondsleft)" in teacher
    assert "Classsheet" in of_class
    assert all(f"{number}{item.stimulus}" in grid for number, item in enumerate(one.items, start=1))
    assert "Thereisnoscoretopass" in teacher
    assert "Passing:" not in teacher


@pytest.mark.parametrize("kind", ["class-listening", "paper"])
def test_a_class_gets_sheets_a_key_and_a_record(printed, phonics, people, kind):
    one = paper(phonics, people, kind, 4)
    pupil, teacher, record = printed(kind, 4)
    assert "แบบบันทึกคะแนนของชั้น" in record
    for item in one.items:
        assert squeeze(item.prompt.th) in teacher
        options = [option.value for option in item.options if option.value.isascii()]
        assert "".join(options) in pupil
    assert "Twemoji,CCBY4.0" in pupil


def test_a_reading_probe_is_the_passage_with_the_name_of_the_form(printed, phonics, people):
    one = paper(phonics, people, "probe-passage", 4, "B")
    pupil, teacher, grid, _of_class = printed("probe-passage", 4, "B", "en")
    (passage,) = one.passages
    assert squeeze(passage.lines[0].text) in pupil
    assert all(f"probe-passageversion1·level4·formB·code{one.form.code}" in page for page in (pupil, teacher, grid))
    assert all(f"{number}{word}" in grid for number, word in enumerate(passage.words, start=1))


@pytest.mark.parametrize(
    ("kind", "level"), [("level-check", 6), ("probe-sounds", 4), ("probe-passage", 6), ("paper", 9)]
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_rules_are_sentences_never_codes(printed, kind, level, language):
    text = "".join(printed(kind, level, language=language))
    assert not [code for code in CODES if code in text]


def test_pictures_are_drawn_and_what_cannot_be_is_said(printed, phonics, people, monkeypatch):
    def listening():
        return export_form(phonics, people.teacher, "class-listening", 1, "A", format=ExportFormat.PDF, language="en")

    drawn = listening()
    for module in (form_marks, form_sheets):
        monkeypatch.setattr(module, "picture", lambda emoji: None)
    assert len(drawn) > len(listening()) + 10_000
    teacher = printed("class-listening", 1, language="en")[1]
    assert "Thesepicturescan'tbeprinted,drawthemintotheemptyframes:" in teacher
    assert "elephant" in teacher


# ---- tables ---------------------------------------------------------------------------------------------------------


def test_items_as_tables(phonics, people):
    one = paper(phonics, people, "paper", 4)
    table = export_form(phonics, people.trainer, "paper", 4, "A", format=ExportFormat.CSV, language="en")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert [row["Item"] for row in rows] == [item.id for item in one.items]
    assert rows[0]["Code of the form"] == f"A {one.form.code}"
    book = export_form(phonics, people.trainer, "paper", 4, format=ExportFormat.EXCEL, language="th")
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[1]
    letters = [row[0].value for row in sheet.iter_rows(min_row=4)]
    assert (letters.count("A"), letters.count("B")) == (20, 20)


# ---- what there is not ----------------------------------------------------------------------------------------------


def test_a_letter_or_kind_that_there_is_not(phonics, people):
    for kind, letter, code in (("level-check", "Z", "forms.no_letter"), ("exam", "A", "forms.unknown")):
        with pytest.raises(NotFound) as refused:
            export_form(phonics, people.teacher, kind, 2, letter, format=ExportFormat.CSV, language="th")
        assert refused.value.code == code


def test_a_thin_bank_prints_nothing_and_says_why(elsewhere, people):  # noqa: F811
    path = elsewhere.settings.content_dir / "item_bank" / "forms.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("minimum = 20\nmaximum = 50", "minimum = 49\nmaximum = 50")
    )
    with pytest.raises(ProblemsFound) as refused:
        export_form(elsewhere, people.teacher, "probe-words", 2, "A", format=ExportFormat.PDF, language="th")
    assert (refused.value.code, refused.value.problems[0].code) == ("forms.too_thin", "forms.lack_minimum")
