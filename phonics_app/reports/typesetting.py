"""PDF by Typst: small helpers that take plain text and give `Markup`, and `pdf`, which prints it.

Every text becomes a Typst string, so nothing that a person typed can act as markup. Thai words are boxed, so that a
line breaks between words only; text is ragged right, because justified Thai tears. Nothing is fetched from the net.

    pdf([heading("รายชื่อ"), table([Column("ชื่อ"), Column("ระดับ", "1fr", "center")], rows)], Page("ป.3/2", "th", today))
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import fontpkg
import typst
from babel.dates import get_month_names

from phonics_app.domain.calendar import buddhist_year
from phonics_app.locales import translator
from phonics_app.reports.pdf_text import readable
from phonics_app.reports.thai_words import unbroken_parts, warm

__all__ = [
    "Column", "Markup", "Page", "array", "badge", "bar", "bold", "call", "columns", "content", "escape", "heading",
    "joined", "long_date", "muted", "note", "page_break", "paragraph", "pdf", "stacked", "stimulus", "table",
    "thai", "together", "warm",
]  # fmt: skip

_BREAK = "\u200b"
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DROPPED = frozenset({"Cc", "Cs", "Co", "Cn"})
_LONG_WORD = re.compile("[\u0e00-\u0e7f\\w/-]{7}")
"""What may be wider than its column; fitting each cell to its column would double a long table's time."""


class Markup(str):
    """Typst markup made by the helpers here. A plain `str` is text and is escaped wherever it is put in."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: heading, Typst width ("auto", "1fr", "3cm") and alignment ("left", "center", "right")."""

    title: str
    width: str = "auto"
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on every page of a document, and how the pages lie."""

    title: str
    language: str
    made_on: date
    subtitle: str = ""
    simulated: bool = False
    landscape: bool = False


# ---- text -----------------------------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """`text` without control characters and bidirectional marks; line breaks stay, tabs become spaces."""
    kept = (c for c in text.replace("\t", " ") if c == "\n" or unicodedata.category(c) not in _DROPPED)
    return "".join(c for c in kept if c not in _BIDI_CONTROLS and c != _BREAK)


def escape(text: str) -> str:
    """`text` as a Typst string literal, quotes included: safe wherever Typst expects a value."""
    return _literal(clean(text))


def _literal(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{quoted}"'


def thai(text: str) -> Markup:
    """Text in Thai, English or both, with right line breaks. Line feeds are kept; markup passes unchanged."""
    if isinstance(text, Markup):
        return text
    lines = clean(text).replace(" ๆ", "\u00a0ๆ").split("\n")
    chunked = (" ".join(_BREAK.join(unbroken_parts(chunk)) for chunk in line.split(" ") if chunk) for line in lines)
    return call("words", _literal("\n".join(chunked)))


def bold(text: str) -> Markup:
    return call("strong", content(text))


def muted(text: str) -> Markup:
    """Small and grey: for what is good to know and not to be read first."""
    return call("muted", content(text))


def stimulus(text: str, size: str = "24pt") -> Markup:
    """What a pupil is to read: large, in letters that children learn (single-storey a and g)."""
    return call("stimulus", escape(text), size)


def joined(parts: Iterable[str], separator: str = " ") -> Markup:
    """Parts on one line, `separator` (plain text) between them."""
    between = Markup(f"#{_literal(clean(separator))};")
    return Markup(between.join(thai(part) for part in parts))


def stacked(parts: Iterable[str]) -> Markup:
    """Parts one under the other, in one block of text."""
    return Markup("#linebreak();".join(thai(part) for part in parts))


def call(function: str, *arguments: str) -> Markup:
    """A call of one of the house style's functions; the arguments are Typst values."""
    return Markup(f"#{function}({', '.join(arguments)});")


def content(text: str) -> str:
    """Text or markup as a Typst value."""
    return f"[{thai(text)}]"


# ---- blocks ---------------------------------------------------------------------------------------------------------


def heading(text: str, level: int = 1) -> Markup:
    """A heading that also stands in the PDF's outline and stays with what follows it."""
    return call("heading", f"level: {level}", content(text))


def paragraph(text: str) -> Markup:
    return call("block", content(text))


def note(text: str, tone: str = "plain") -> Markup:
    """A boxed remark; `tone` is "plain" or "warning"."""
    return call("note", content(text), escape(tone))


def badge(text: str) -> Markup:
    """A word in a small coloured frame."""
    return call("badge", content(text))


def bar(share: float, width: str = "3cm") -> Markup:
    """A horizontal bar filled to `share` (0–1)."""
    return call("bar", f"{min(max(share, 0.0), 1.0) * 100:.1f}%", width)


def together(parts: Iterable[str]) -> Markup:
    """Blocks that stand on one page: moved to the next one rather than torn."""
    return call("block", "width: 100%", "breakable: false", f"[{chr(10).join(thai(part) for part in parts)}]")


def page_break() -> Markup:
    return Markup("#pagebreak(weak: true);")


def columns(cells: Sequence[str], widths: Sequence[str], gap: str = "6mm") -> Markup:
    """Blocks side by side."""
    return call("grid", f"columns: {array(widths)}", f"gutter: {gap}", *(content(cell) for cell in cells))


def table(
    columns: Sequence[Column | str], rows: Sequence[Sequence[str]], *, tints: Sequence[str] = (), size: str = "9.5pt"
) -> Markup:
    """A table whose header is repeated on every page and whose rows are never torn.

    `tints`: one colour ("#eef6f2", or "") for each column, laid under its cells.
    """
    shape = [column if isinstance(column, Column) else Column(column) for column in columns]
    header = ", ".join(_cell(bold(column.title)) for column in shape)
    cells = (_cell(cell) for row in rows for cell in row)
    return call(
        "sheet",
        f"columns: {array(column.width for column in shape)}",
        f"aligns: {array(column.align for column in shape)}",
        f"tints: {array(_colour(tint) for tint in tints)}",
        f"size: {size}",
        f"table.header({header})",
        *cells,
    )


def _cell(text: str) -> str:
    inside = content(text)
    return f"in-column({inside})" if _LONG_WORD.search(inside) else inside


def array(values: Iterable[str]) -> str:
    """Typst values as one."""
    return "(" + "".join(f"{value}, " for value in values) + ")"


def _colour(tint: str) -> str:
    return f"rgb({escape(tint)})" if tint else "none"


# ---- the document ---------------------------------------------------------------------------------------------------


def long_date(day: date, language: str) -> str:
    """20 พฤศจิกายน 2569 · 20 November 2569 B.E.: terms and years are Buddhist in both languages."""
    month = get_month_names("wide", locale=language)[day.month]
    written = f"{day.day} {month} {buddhist_year(day)}"
    return written if language == "th" else f"{written} B.E."


def pdf(body: Iterable[Markup] | Markup, page: Page) -> bytes:
    """The document as PDF: A4, title and date on every page, page n of m."""
    text = body if isinstance(body, Markup) else "\n".join(body)
    source = f"{_house_style()}\n{_page_setting(page)}\n{text}"
    printed = typst.compile(
        source.encode("utf-8"),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        timestamp=_moment(page.made_on),
    )
    assert isinstance(printed, bytes)
    return readable(printed)


def _page_setting(page: Page) -> str:
    _ = translator(page.language)
    mark = _("Simulated data") if page.simulated else ""
    return (
        f"#show: phonics-page.with(title: {escape(page.title)}, shown-title: {content(page.title)}, "
        f"subtitle: {content(page.subtitle)}, language: {escape(page.language)}, "
        f"landscape: {str(page.landscape).lower()}, mark: {content(mark) if mark else 'none'}, "
        f"made-on: {content(long_date(page.made_on, page.language))}, "
        f"page-of: {escape(_('Page {n} of {m}'))})"
    )


def _moment(day: date) -> int:
    """Seconds since 1970 at the start of `day`: the same document gives the same bytes."""
    return (day - date(1970, 1, 1)).days * 86_400


@cache
def _house_style() -> str:
    here = Path(__file__).parent
    return "".join(
        (here / name).read_text("utf-8")
        for name in ("house_style.typ", "plots.typ", "sheets.typ", "forms.typ", "bubbles.typ")
    )


@cache
def _fonts() -> typst.Fonts:
    folders = [str(fontpkg.path(family).parent) for family in ("Sarabun", "Noto Sans", "ABeeZee")]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
