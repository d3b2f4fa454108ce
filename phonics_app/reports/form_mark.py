"""By what a machine knows a printed form again: four corner marks, and a QR code with form, version and code."""

from __future__ import annotations

import io
from enum import Enum

import segno

from phonics_app.reports import typesetting as ts
from phonics_app.reports.bubble_grid import CORNER, CORNER_AT, QR_AT, QR_SIZE
from phonics_app.reports.form_paper import FormPaper


class SheetKind(Enum):
    PUPIL = "pupil"
    TEACHER = "teacher"
    MARKS = "marks"
    """The bubble grid of one pupil."""
    CLASS = "class"


def qr_text(paper: FormPaper, kind: SheetKind) -> str:
    """ "PHONICS9 F87AE6 level-check-4-A V1 MARKS": signs and figures alone make the code small."""
    told = (paper.form.code, paper.form.id.upper(), f"V{paper.blueprint.version}", kind.value.upper())
    return " ".join(("PHONICS9", *told))


def form_mark(paper: FormPaper, kind: SheetKind, *, corners: bool = True) -> str:
    """What lies behind a page, as a Typst value. A sheet that a pupil reads has no corner marks to look at."""
    drawing = io.BytesIO()
    segno.make(qr_text(paper, kind), error="m", micro=False).save(drawing, kind="svg", border=2, xmldecl=False)
    size = f"{CORNER}mm" if corners else "0mm"
    at = f"({QR_AT[0]}mm, {QR_AT[1]}mm, {QR_SIZE}mm)"
    return ts.content(ts.call("form-mark", ts.escape(drawing.getvalue().decode()), size, f"{CORNER_AT}mm", at))
