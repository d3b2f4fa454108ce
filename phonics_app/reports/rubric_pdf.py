"""A rubric document as PDF: A4 landscape, a page for each level and framework, headers repeated, no row torn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from phonics_app.locales import N_, translator
from phonics_app.reports.rubric_document import Grid, GridColumn, Lines, RubricDocument, Section
from phonics_app.reports.typesetting import (
    Column,
    Markup,
    Page,
    bold,
    heading,
    joined,
    muted,
    note,
    page_break,
    paragraph,
    pdf,
    stacked,
    table,
    thai,
    together,
)


def rubric_pdf(document: RubricDocument) -> bytes:
    """PDF, ready to print."""
    language = document.languages[0]
    subtitle = translator(language)(N_("Rubric version {version}")).format(version=document.version)
    page = Page(document.title[0], language, document.made_on, subtitle, landscape=True)
    return pdf(_body(document), page)


def _body(document: RubricDocument) -> Iterable[Markup]:
    yield heading(_title(document.title))
    yield note(stacked(_both(lines) for lines in document.notes))
    for i, section in enumerate(document.sections):
        if section.new_page and i:
            yield page_break()
        yield from _section(section)


def _section(section: Section) -> list[Markup]:
    parts = [heading(_title(section.title), 3 if section.subordinate else 2)]
    if section.intro:
        parts.append(paragraph(_both(section.intro)))
    parts.append(_grid(section.grid))
    return [together(parts)] if section.whole else parts


def _title(lines: Lines) -> Markup:
    return joined([lines[0], *map(muted, lines[1:])], "  ")


def _grid(grid: Grid) -> Markup:
    columns = [Column(" / ".join(c.title), f"{c.weight:g}fr", "center" if c.centred else "left") for c in grid.columns]
    rows = [[_cell(lines, column) for lines, column in zip(row, grid.columns, strict=True)] for row in grid.rows]
    return table(columns, rows, tints=[column.tint for column in grid.columns], size="8.8pt")


def _cell(lines: Lines, column: GridColumn) -> Markup:
    return _both([bold(lines[0]), *lines[1:]] if lines and column.names_row else lines)


def _both(lines: Sequence[str]) -> Markup:
    """The first language, and under it the second one, smaller."""
    return stacked([lines[0], *map(muted, lines[1:])]) if lines else thai("–")
