"""A rubric document as Word: real tables with repeating headers, right fonts and language for Thai."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from phonics_app.locales import N_, translator
from phonics_app.reports.rubric_document import Grid, GridColumn, Lines, RubricDocument, Section
from phonics_app.reports.typesetting import clean, long_date

FONT = "TH Sarabun New"
"""What Thai schools and offices have installed; where it is missing, Word takes its own Thai font."""
GREEN = "0B6E4F"
_SMALL = 10
"""Points of the second language."""
_WIDTH_CM = 26.7
"""Between the margins of A4 landscape."""
_TABLE_PROPERTIES = ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook")
_RUN_PROPERTIES = ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "kern", "sz", "szCs", "lang")


def rubric_word(document: RubricDocument) -> bytes:
    """A .docx file."""
    word = docx.Document()
    _set_page(word)
    _set_styles(word)
    _set_properties(word, document)
    _set_header_and_footer(word, document)
    word.add_paragraph(style="Title").add_run(_joined(document.title))
    for lines in document.notes:
        _write(word.add_paragraph(), lines)
    for i, section in enumerate(document.sections):
        _add_section(word, section, break_before=section.new_page and i > 0)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


# ---- the whole document ---------------------------------------------------------------------------------------------


def _set_page(word: Document) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(1.9), Cm(1.5)
    section.header_distance = section.footer_distance = Cm(0.8)


def _set_styles(word: Document) -> None:
    for name, points, bold in (
        ("Normal", 12, False),
        ("Title", 24, True),
        ("Heading 1", 18, True),
        ("Heading 2", 15, True),
    ):
        style = word.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.bold = Pt(points), bold
        style.paragraph_format.space_before = Pt(0 if name in ("Normal", "Title") else 8)
        style.paragraph_format.space_after = Pt(2 if name == "Normal" else 4)
        style.paragraph_format.line_spacing = 1.0
        if bold:
            style.font.color.rgb = RGBColor.from_string(GREEN)
        _set_thai(style.element.get_or_add_rPr(), points, bold=bold)


def _set_thai(properties: BaseOxmlElement, points: float, *, bold: bool) -> None:
    """Font, size, weight and language for complex scripts too: without them Word sets Thai in another font and size."""
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    _append(properties, "w:szCs", val=str(int(points * 2)))
    if bold:
        _append(properties, "w:bCs")
    _append(properties, "w:lang", val="en-US", bidi="th-TH")
    _put_in_order(properties, _RUN_PROPERTIES)


def _put_in_order(properties: BaseOxmlElement, order: tuple[str, ...]) -> None:
    """Word may refuse properties that stand in another order than its schema's."""
    known = {qn(f"w:{name}"): i for i, name in enumerate(order)}
    properties[:] = sorted(properties, key=lambda child: known[child.tag])


def _append(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    """A child element, in place of one of that name."""
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qn(f"w:{name}"), value)
    parent.append(child)
    return child


def _set_properties(word: Document, document: RubricDocument) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.comments = document.title[0], "Phonics Nine", document.version
    properties.created = properties.modified = datetime.combine(document.made_on, time(), UTC)


def _set_header_and_footer(word: Document, document: RubricDocument) -> None:
    language = document.languages[0]
    section = word.sections[0]
    version = translator(language)(N_("Rubric version {version}")).format(version=document.version)
    section.header.paragraphs[0].add_run(f"{document.title[0]} · {version}")
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between, after = _page_words(language)
    footer.add_run(f"{long_date(document.made_on, language)}  ·  {before}")
    _add_field(footer, "PAGE")
    footer.add_run(between)
    _add_field(footer, "NUMPAGES")
    footer.add_run(after)


def _page_words(language: str) -> tuple[str, str, str]:
    """ "Page {n} of {m}" cut at its two numbers."""
    before, rest = translator(language)(N_("Page {n} of {m}")).split("{n}")
    between, after = rest.split("{m}")
    return before, between, after


def _add_field(paragraph: Paragraph, name: str) -> None:
    for kind in ("begin", "text", "end"):
        run = paragraph.add_run()
        if kind == "text":
            instruction = OxmlElement("w:instrText")
            instruction.text = name
            run._r.append(instruction)
        else:
            _append(run._r, "w:fldChar", fldCharType=kind)


# ---- sections and grids ---------------------------------------------------------------------------------------------


def _add_section(word: Document, section: Section, *, break_before: bool) -> None:
    title = word.add_paragraph(style="Heading 2" if section.subordinate else "Heading 1")
    title.paragraph_format.page_break_before = break_before
    title.add_run(_joined(section.title))
    if section.intro:
        _write(word.add_paragraph(), section.intro)
        word.paragraphs[-1].paragraph_format.keep_with_next = True
    table = _add_grid(word, section.grid)
    if section.whole:
        _keep_together(table)


def _keep_together(table: Table) -> None:
    """The whole table on one page: Word keeps each row with the next one."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _add_grid(word: Document, grid: Grid) -> Table:
    table: Table = word.add_table(rows=1, cols=len(grid.columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _fill_header(table, grid)
    for row in grid.rows:
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        for cell, lines, column in zip(cells, row, grid.columns, strict=True):
            _fill_cell(cell, lines, column)
    _set_widths(table, grid)
    _set_lines(table)
    _keep_rows_whole(table)
    return table


def _fill_header(table: Table, grid: Grid) -> None:
    for cell, column in zip(table.rows[0].cells, grid.columns, strict=True):
        run = _emphasise(cell.paragraphs[0].add_run(_joined(column.title)))
        run.font.color.rgb = RGBColor(255, 255, 255)
        _shade(cell, GREEN)
    _append(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")


def _fill_cell(cell: _Cell, lines: Lines, column: GridColumn) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if column.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, lines, bold=column.names_row)
    if column.tint:
        _shade(cell, column.tint.lstrip("#").upper())


def _write(paragraph: Paragraph, lines: Lines, *, bold: bool = False) -> None:
    """The first language, and under it the second one, smaller and grey."""
    first = paragraph.add_run(clean(lines[0]) if lines else "–")
    if bold:
        _emphasise(first)
    for line in lines[1:]:
        run = paragraph.add_run()
        run.add_break()
        run.add_text(clean(line))
        run.font.size, run.font.color.rgb = Pt(_SMALL), RGBColor(0x5B, 0x69, 0x63)
        _append(run._r.get_or_add_rPr(), "w:szCs", val=str(_SMALL * 2))


def _emphasise(run: Run) -> Run:
    run.font.bold = run.font.cs_bold = True
    return run


def _joined(lines: Lines) -> str:
    return " / ".join(clean(line) for line in lines)


def _shade(cell: _Cell, colour: str) -> None:
    _append(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=colour)


def _set_widths(table: Table, grid: Grid) -> None:
    whole = sum(column.weight for column in grid.columns)
    for index, column in enumerate(grid.columns):
        width = Cm(_WIDTH_CM * column.weight / whole)
        table.columns[index].width = width
        for cell in table.columns[index].cells:
            cell.width = width


def _set_lines(table: Table) -> None:
    """Thin grey lines, and a little room above and below the text."""
    borders = _append(table._tbl.tblPr, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _append(borders, f"w:{side}", val="single", sz="4", space="0", color="C4D0CA")
    margins = _append(table._tbl.tblPr, "w:tblCellMar")
    for side, width in (("top", "30"), ("left", "90"), ("bottom", "30"), ("right", "90")):
        _append(margins, f"w:{side}", w=width, type="dxa")
    _put_in_order(table._tbl.tblPr, _TABLE_PROPERTIES)


def _keep_rows_whole(table: Table) -> None:
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        properties.insert(0, OxmlElement("w:cantSplit"))
