"""Typed text can never act as markup, Thai breaks at words, and what the pages say can be read back."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from phonics_app.reports.thai_words import LONGEST_WORD, unbroken_parts
from phonics_app.reports.typesetting import (
    Column,
    Page,
    badge,
    bar,
    bold,
    columns,
    heading,
    long_date,
    muted,
    note,
    paragraph,
    pdf,
    stimulus,
    table,
    thai,
    together,
)

DAY = date(2026, 11, 20)
PAGE = Page("รายชื่อนักเรียน", "th", DAY, "โรงเรียนเทศบาลจามเทวี")
HOSTILE = [
    'ด.ช."สมชาย" <script>alert(1)</script>',
    '#panic("x") #import "a.typ" $x^2$ *b* _i_ @ref [a] {b} ~ -- // /* `raw`',
    "\\ \\\\ \\u{41} ]) ; #",
    "= not a heading",
    "]] ); #panic()",
    "เด็กหญิง😀 👩‍👧",
    "\u202eกลับหลัง\u202c \u200fא",
    "น" * 300,
    "a" * 300,
    "เ" * 40,
    "\x00\x07\ud800 x",
    "=1+1",
    "",
    " ",
    "\n\n",
]


def squeeze(text: str) -> str:
    """Text as extracted from a PDF, without spaces and break marks, which are the printer's affair.

    Sara am is drawn as two glyphs, with a tone mark between them: some readers give the parts.
    """
    return re.sub("ํ([่-๋]?)า", r"\1ำ", re.sub("[\\s\u200b\u00a0]", "", text))


def read(document: bytes) -> str:
    return squeeze("".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text_everywhere(text):
    body = [
        heading(text),
        paragraph(text),
        note(text, "warning"),
        table([Column(text or "x", "1fr")], [[text]]),
        columns([text, text], ["1fr", "1fr"]),
        paragraph(bold(text)),
        badge(text),
        muted(text),
        stimulus(text),
        together([thai(text)]),
    ]
    printed = read(pdf(body, Page(text, "th", DAY, text, simulated=True)))
    for plain in re.findall(r"[a-z]{4,}", text)[:3]:
        assert plain[:20] in printed


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_printed(text):
    assert pdf([paragraph(text), table(["ก"], [[text]])], PAGE).startswith(b"%PDF")


@given(st.text(alphabet="กขคงเแำ่้ะาิ abc()/-ๆฯ.\u00a0", max_size=40).map(lambda text: text.replace(" ", "")))
def test_cutting_loses_nothing(chunk):
    assert "".join(unbroken_parts(chunk)) == chunk


CLUSTERS = "ขึ้น นั้น กำลัง น้ำ จ้ำ ป่า ปี่ ฝั่ง ฟ้ำ ฐู ญู ฎุ ปู่ ฬิ ปั๊ม สัตว์ เครื่อง แก้ว ๑๒๓ ฤๅ กฎ หญ้า ต๋ำ ถ้ำ ที่ ไม่ ใช่ โต๊ะ"


@pytest.mark.parametrize("make", [paragraph, heading, bold, muted, note])
def test_every_cluster_can_be_found_and_copied(make):
    """In whatever order letters and marks first meet: each glyph is its own character, none is said twice."""
    for text in (CLUSTERS, " ".join(reversed(CLUSTERS.split())), CLUSTERS * 3):
        assert squeeze(text) in read(pdf([make(text)], PAGE))


def test_lines_break_between_words_only():
    assert unbroken_parts("นักเรียนเขียนคำ") == ("นักเรียน", "เขียน", "คำ")
    assert unbroken_parts("อ่าน(ช้าๆ)แล้ว") == ("อ่าน", "(ช้าๆ)", "แล้ว")
    assert unbroken_parts("/ʃ/") == ("/ʃ/",)


def as_seen(document: bytes) -> str:
    """The text of the first page from left to right, line by line, as it is seen: not as it stands in the file."""
    found: list[tuple[float, float, str]] = []

    def note_place(text, of_page, of_text, *rest):
        found.append((-round(of_page[5]), of_page[4] + of_text[4], text))

    PdfReader(io.BytesIO(document)).pages[0].extract_text(visitor_text=note_place)
    return squeeze("".join(text for _, _, text in sorted(found)))


@pytest.mark.parametrize("width", range(36, 110, 9))
def test_words_in_a_narrow_column_stand_in_their_order(width):
    """A compound (โรงเรียนเทศบาล) may be wider than its column; what follows must not slip before its end."""
    name = "โรงเรียนเทศบาลจามเทวี"
    printed = as_seen(pdf(table([Column(name, f"{width}pt")], [[name], [f"{name} {name}"]]), Page("ก", "th", DAY)))
    assert squeeze(name * 4) in printed


def test_a_name_without_end_may_break_but_not_inside_a_cluster():
    parts = unbroken_parts("กำ้" * 30)
    assert len(parts) > 1
    assert all(len(part) <= LONGEST_WORD for part in parts)
    assert all(part.startswith("ก") for part in parts)


def test_a_repetition_mark_never_begins_a_line():
    assert "ช้า\u00a0ๆ" in thai("อ่านช้า ๆ")


def test_pages_carry_title_date_number_and_the_mark_of_simulated_data():
    printed = PdfReader(
        io.BytesIO(pdf([paragraph("ก"), table(["ก"], [["ข"]] * 90)], Page("หัวเรื่อง", "th", DAY, simulated=True)))
    )
    assert len(printed.pages) > 1
    for number, page in enumerate(printed.pages, start=1):
        text = squeeze(page.extract_text())
        assert squeeze(f"หน้า {number} จาก {len(printed.pages)}") in text
        assert squeeze("20 พฤศจิกายน 2569") in text
        assert "ข้อมูลจำลอง" in text
        assert "หัวเรื่อง" in text
    assert printed.metadata.title == "หัวเรื่อง"


def test_a_real_document_has_no_mark():
    assert "ข้อมูลจำลอง" not in read(pdf([paragraph("ก")], PAGE))


def test_only_our_fonts_and_all_embedded():
    document = PdfReader(io.BytesIO(pdf([paragraph("เสียง /θ/ /ʃ/"), stimulus("bag")], PAGE)))
    fonts = [font.get_object() for font in document.pages[0]["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    names = {str(d["/FontName"]).split("+")[-1].split("-")[0] for d in descriptors}
    assert names == {"Sarabun", "NotoSans", "ABeeZee"}
    assert all({"/FontFile2", "/FontFile3"} & set(d) for d in descriptors)


def test_same_document_same_bytes():
    body = [heading("ก"), bar(0.5), table(["ก", "ข"], [["1", "2"]])]
    assert pdf(body, PAGE) == pdf(body, PAGE)


def test_dates():
    assert long_date(DAY, "th") == "20 พฤศจิกายน 2569"
    assert long_date(DAY, "en") == "20 November 2569 B.E."
