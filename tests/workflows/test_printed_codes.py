"""The QR codes of printed forms: each page of the real PDF as a picture, read by a decoder that did not draw them."""

from __future__ import annotations

import pypdfium2
import pytest

from phonics_app.reports.bubble_grid import QR_AT, QR_SIZE
from phonics_app.reports.form_mark import SheetKind, qr_text
from phonics_app.workflows.exports import ExportFormat
from phonics_app.workflows.forms import assemble_forms, export_form
from tests.qr import codes_in

DOTS_PER_MM = 150 / 25.4
"""As a plain office scanner, or a photograph from a telephone."""
SHEETS = {
    "level-check": {SheetKind.PUPIL, SheetKind.TEACHER, SheetKind.MARKS, SheetKind.CLASS},
    "probe-words": {SheetKind.PUPIL, SheetKind.TEACHER, SheetKind.MARKS, SheetKind.CLASS},
    "probe-passage": {SheetKind.PUPIL, SheetKind.TEACHER, SheetKind.MARKS, SheetKind.CLASS},
    "paper": {SheetKind.PUPIL, SheetKind.TEACHER, SheetKind.CLASS},
}


def pages_of(document):
    pdf = pypdfium2.PdfDocument(document)
    pictures = [page.render(scale=DOTS_PER_MM * 25.4 / 72).to_pil() for page in pdf]
    pdf.close()
    return pictures


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_holds_one_code_that_names_form_version_and_sheet(phonics, people, kind, language):
    (made,) = assemble_forms(phonics, people.teacher, kind, (4,))
    paper = next(one for one in made.papers if one.form.letter == "B")
    document = export_form(phonics, people.teacher, kind, 4, "B", format=ExportFormat.PDF, language=language)
    read = []
    for picture in pages_of(document):
        (code,) = codes_in(picture)
        read.append(code.text)
        at = (code.position.top_left.x / DOTS_PER_MM, code.position.top_left.y / DOTS_PER_MM)
        # Where a photograph will be cut out later: within the square that is kept for it.
        assert QR_AT[0] <= at[0] <= QR_AT[0] + QR_SIZE / 4
        assert QR_AT[1] <= at[1] <= QR_AT[1] + QR_SIZE / 4
    assert set(read) == {qr_text(paper, sheet) for sheet in SHEETS[kind]}
