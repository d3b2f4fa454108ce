"""HTML built safely: every value is escaped unless it is `Markup` already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup, escape

Cell = str | Markup
_TAG = re.compile("<[^>]*>")
_LONG_RUN = 60
"""Signs without a space: longer than any name that a person has."""
_OF_NAMES = {"text", "wide", "wraps", "nowrap", "address"}
"""Kinds of columns; in the others stand sentences of the rubrics, in a width of their own."""
LONG = 25
"""Rows from which on a table is a list to scroll in."""


def show(markup: Markup) -> None:
    st.html(str(markup))


def link(label: str, href: str, kind: str = "plain") -> Markup:
    """A link in the same tab. `kind`: "plain", or with a button's look "primary", "secondary", "quiet"."""
    return Markup('<a class="pn-link pn-{}" href="{}">{}</a>').format(kind, href, label)


def link_row(*links: Markup) -> None:
    show(Markup('<div class="pn-row">{}</div>').format(Markup("").join(links)))


def section(title: str) -> None:
    show(Markup('<h2 class="pn-section">{}</h2>').format(title))


def text(paragraph: str) -> None:
    show(Markup('<p class="pn-lead">{}</p>').format(paragraph))


def cards(places: Iterable[tuple[str, str, str]]) -> None:
    """Links as cards: address, title, one line of explanation."""
    one = Markup('<a class="pn-card pn-go" href="{}"><strong>{}</strong><span class="pn-detail">{}</span></a>')
    show(Markup('<div class="pn-cards">{}</div>').format(Markup("").join(one.format(*place) for place in places)))


def stats(figures: Iterable[tuple[str, ...]]) -> None:
    """Figures as cards: label, value, and (if there is more to say) a detail."""
    one = Markup(
        '<div class="pn-card"><div class="pn-label">{}</div><div class="pn-value">{}</div>'
        '<div class="pn-detail">{}</div></div>'
    )
    cells = [one.format(*(*figure, "")[:3]) for figure in figures]
    show(Markup('<div class="pn-stats pn-stats-{}">{}</div>').format(len(cells), Markup("").join(cells)))


def badge(label: str, tone: str = "neutral") -> Markup:
    """A short state in a pill. `tone`: "neutral", "good", "wait", "warn", "level"."""
    return Markup('<span class="pn-badge pn-{}">{}</span>').format(tone, label)


def note(text: str, tone: str = "info") -> None:
    """A calm message. `tone`: "info", "good", "warn", "bad"."""
    show(Markup('<div class="pn-note pn-{}" role="status">{}</div>').format(tone, text))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `kind` is a class of the style sheet.

    "text", "wide", "address", "wraps", "nowrap", "top", "side", "middle", "band", "number" and "count"
    (right), "actions" (right).
    """

    label: str
    kind: str = "text"


def table(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]], caption: str = "", height: int | None = None
) -> None:
    """A plain table that scrolls inside itself: sideways where the screen is narrow, down where it is a long list.

    Only with more than `LONG` rows is it cut at `height` pixels; a shorter one stands there whole.
    """
    rows = list(rows)
    head = Markup("").join(Markup('<th scope="col" class="pn-{}">{}</th>').format(c.kind, c.label) for c in columns)
    body = Markup("").join(_row(columns, row) for row in rows)
    title = Markup("<caption>{}</caption>").format(caption) if caption else Markup("")
    style = f"max-height:{height}px" if height and len(rows) > LONG else ""
    frame = '<div class="pn-table" tabindex="0" style="{}"><table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    show(Markup(frame + "</div>").format(style, title, head, body))


def _row(columns: Sequence[Column], cells: Sequence[Cell]) -> Markup:
    inner = Markup("").join(
        Markup('<td class="pn-{}">{}</td>').format(_kind(column, cell), cell)
        for column, cell in zip(columns, cells, strict=True)
    )
    return Markup("<tr>{}</tr>").format(inner)


def _kind(column: Column, cell: Cell) -> str:
    """A name of hundreds of letters goes on in the next line: it would push the columns after it out of sight."""
    if column.kind not in _OF_NAMES or len(cell) <= _LONG_RUN:
        return column.kind
    shown = _TAG.sub(" ", cell) if isinstance(cell, Markup) else cell
    return f"{column.kind} pn-long" if any(len(run) > _LONG_RUN for run in shown.split()) else column.kind


def stacked(first: Cell, second: str) -> Markup:
    """Two lines in one cell, the second one quiet."""
    return Markup('{}<div class="pn-below">{}</div>').format(first, second) if second else escape(first)


def lines(items: Iterable[Cell]) -> Markup:
    return Markup("<br>").join(escape(item) for item in items)
