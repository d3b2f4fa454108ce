"""What the bank covers, as tables on the page, and as files."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from phonics_app.domain.strand import Strand
from phonics_app.locales.item_labels import SHORT_TASKS
from phonics_app.locales.labels import label
from phonics_app.pages.components.downloads import downloads
from phonics_app.pages.components.html import Cell, Column, badge, section, stats, table
from phonics_app.pages.components.labels import level_badge
from phonics_app.pages.components.session import Session
from phonics_app.reports.bank_report import WRITTEN_TASKS, Coverage, gap_label, position_label
from phonics_app.workflows.bank_reports import BankFigures, bank_figures, export_bank_report
from phonics_app.workflows.exports import ExportFormat

_GRAPHEME = Markup('<span class="pn-nowrap">{}</span><div class="pn-under">{}</div>{}')
"""With its example and, where there is one, its gap: a column of their own would not fit a tablet."""


def coverage(session: Session) -> None:
    _ = session.translate
    figures = bank_figures(session.phonics, session.actor)
    _headline(session, figures)
    make = partial(export_bank_report, session.phonics, session.actor, language=session.language)
    files = (ExportFormat.EXCEL, ExportFormat.CSV)
    downloads(session, "phonics-item-bank", lambda kind: make(format=kind), files)
    section(_("Items in use by level and strand"))
    _counts(session, figures)
    section(_("Correspondences by task"))
    _correspondences(session, figures)
    section(_("How often items were asked"))
    _exposure(session, figures)


def _headline(session: Session, figures: BankFigures) -> None:
    _ = session.translate
    gaps = sum(bool(c.gap) for c in figures.coverage)
    waiting = sum(count.waiting for count in figures.counts)
    retired = sum(count.retired for count in figures.counts)
    stats(
        [
            (_("Items in use"), f"{sum(count.active for count in figures.counts):,}"),
            (_("Waiting or sent back"), f"{waiting:,}"),
            (_("Retired"), f"{retired:,}"),
            (_("Correspondences with a gap"), f"{gaps} / {len(figures.coverage)}"),
        ]
    )


def _counts(session: Session, figures: BankFigures) -> None:
    """A row for each level; below a number, what waits or is retired."""
    _ = session.translate
    strands = [strand for strand in Strand if any(count.strand is strand for count in figures.counts)]
    counts = {(count.level, count.strand): count for count in figures.counts}
    rows: list[list[Cell]] = []
    for level in dict.fromkeys(count.level for count in figures.counts):
        found = [counts.get((level, strand)) for strand in strands]
        cells = [str(count.active) if count and count.active else "–" for count in found]
        rows.append([level_badge(level), *cells, str(sum(count.active for count in found if count))])
    columns = [Column(_("Level")), *(Column(label(_, strand), "count") for strand in strands)]
    table([*columns, Column(_("All"), "count")], rows)


def _correspondences(session: Session, figures: BankFigures) -> None:
    _ = session.translate
    only_gaps = st.toggle(_("Only those with a gap"), key="only_gaps")
    columns = [Column(_("Level")), Column(_("Grapheme"), "band")]
    columns += [Column(_(SHORT_TASKS[task]), "count") for task in WRITTEN_TASKS]
    table(columns, [_row(session, c) for c in figures.coverage if c.gap or not only_gaps], height=640)


def _row(session: Session, c: Coverage) -> list[Cell]:
    _ = session.translate
    numbers = [str(c.items.get(task.value, 0) or "–") for task in WRITTEN_TASKS]
    tone = "warn" if c.gap == "no_item" else "wait"
    gap = badge(gap_label(_, c.gap), tone) if c.gap else Markup("")
    where = " · ".join(filter(None, [c.example, position_label(_, c)]))
    return [level_badge(c.level), _GRAPHEME.format(f"{c.grapheme} /{c.ipa}/", where, gap), *numbers]


def _exposure(session: Session, figures: BankFigures) -> None:
    _ = session.translate
    columns = [Column(_("Level")), Column(_("Items in use"), "number"), Column(_("Never asked"), "number")]
    columns += [Column(_("Most often: item")), Column(_("Most often: times"), "number")]
    rows: list[list[Cell]] = [
        [level_badge(e.level), str(e.active), str(e.never), e.most_asked or "–", f"{e.times:,}"]
        for e in figures.exposure
    ]
    table(columns, rows)
