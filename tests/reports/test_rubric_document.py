"""Rubric documents, read back: nothing missing, nothing torn, nothing turned into a formula."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from phonics_app.domain.text import Text
from phonics_app.reports.rubric_document import rubric_document
from phonics_app.reports.rubric_excel import rubric_excel
from phonics_app.reports.rubric_pdf import rubric_pdf
from phonics_app.reports.rubric_word import rubric_word
from tests.reports.test_typesetting import squeeze
from tests.sites import content

DAY = date(2026, 11, 20)
LANGUAGES = [("th",), ("en",), ("th", "en")]
FORMULA = '=HYPERLINK("http://example.org","x")'


def document(languages, rubrics=None):
    return rubric_document(rubrics or content().rubrics, content().bank.levels, languages, DAY)


def texts_of(rubrics):
    """Every text that a document must hold."""
    yield from (c.descriptor for c in rubrics.performance)
    yield from (s.step for s in rubrics.teaching_steps)
    yield from (t for r in rubrics.promotion for t in (r.statement, r.source))
    yield from (t for c in rubrics.framework_criteria for t in (c.criterion, c.descriptor, c.evidence))
    yield from (f.aim for f in rubrics.frameworks)
    yield from (r.use for r in rubrics.references)


def with_formula(rubrics):
    """One criterion only, whose descriptor looks like a formula."""
    first = replace(rubrics.performance[0], descriptor=Text(FORMULA, FORMULA))
    return replace(rubrics, performance=(first,), teaching_steps=(), promotion=(), frameworks=(), framework_criteria=())


@pytest.fixture(scope="module", params=LANGUAGES, ids="-".join)
def languages(request):
    return request.param


@pytest.fixture(scope="module")
def printed(languages):
    return PdfReader(io.BytesIO(rubric_pdf(document(languages))))


def test_pdf_holds_every_text_in_its_languages(printed, languages):
    lines = squeeze("".join(page.extract_text() for page in printed.pages))
    for text in texts_of(content().rubrics):
        for language in languages:
            assert squeeze(text.in_language(language)) in lines


def test_pdf_is_a4_landscape_of_a_sane_length(printed, languages):
    assert 15 <= len(printed.pages) <= (40 if len(languages) == 2 else 30)
    box = printed.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595)


def test_pdf_has_an_outline_of_levels_and_frameworks(printed):
    titles = [entry["/Title"] for entry in flat(printed.outline)]
    assert sum("4" in title for title in titles) >= 2
    assert len(titles) >= 9 + 9


def flat(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


def test_word_holds_every_text(languages):
    word = docx.Document(io.BytesIO(rubric_word(document(languages))))
    found = "\n".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    found += "\n".join(p.text for p in word.paragraphs)
    for text in texts_of(content().rubrics):
        for language in languages:
            assert text.in_language(language) in found


def test_word_tables_repeat_their_header_and_keep_rows_whole():
    word = docx.Document(io.BytesIO(rubric_word(document(("th",)))))
    assert word.tables
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_word_styles_name_font_size_and_language_of_complex_scripts():
    word = docx.Document(io.BytesIO(rubric_word(document(("th",)))))
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        properties = word.styles[name].element.rPr
        assert properties.find(qn("w:rFonts")).get(qn("w:cs")) == "TH Sarabun New"
        assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
        assert int(properties.find(qn("w:szCs")).get(qn("w:val"))) >= 24
        order = [child.tag.split("}")[1] for child in properties]
        assert order.index("sz") < order.index("szCs") < order.index("lang")


def test_excel_has_a_sheet_for_each_kind_that_prints(languages):
    book = openpyxl.load_workbook(io.BytesIO(rubric_excel(document(languages))))
    assert len(book.worksheets) == 5
    for sheet in book.worksheets:
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet["A2"].alignment.wrap_text


def test_excel_holds_every_text_in_its_own_column(languages):
    book = openpyxl.load_workbook(io.BytesIO(rubric_excel(document(languages))))
    found = {cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    aims = {framework.aim for framework in content().rubrics.frameworks}
    for text in texts_of(content().rubrics):
        for language in languages:
            assert text in aims or text.in_language(language) in found


def test_what_looks_like_a_formula_stays_text():
    made = document(("th",), with_formula(content().rubrics))
    book = openpyxl.load_workbook(io.BytesIO(rubric_excel(made)))
    cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value == FORMULA]
    assert [cell.data_type for cell in cells] == ["s"]
    assert not any(cell.hyperlink for cell in cells)
    assert FORMULA in "".join(
        cell.text for cell in docx.Document(io.BytesIO(rubric_word(made))).tables[0].rows[1].cells
    )
    assert squeeze(FORMULA) in squeeze(PdfReader(io.BytesIO(rubric_pdf(made))).pages[0].extract_text())


def test_nothing_chosen_makes_a_document_all_the_same():
    empty = replace(
        content().rubrics, performance=(), teaching_steps=(), promotion=(), frameworks=(), framework_criteria=()
    )
    made = document(("th", "en"), empty)
    assert rubric_pdf(made).startswith(b"%PDF")
    assert rubric_word(made).startswith(b"PK")
    assert rubric_excel(made).startswith(b"PK")
