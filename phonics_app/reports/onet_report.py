"""The O-NET page as a document."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from phonics_app.domain.onet import FIRST_VOLUNTARY_YEAR
from phonics_app.locales import Translate
from phonics_app.progress.onet import OnetPage, band_of, band_source, onet_bands
from phonics_app.reports.course_figures import baseline_label, onet_figure, target_label
from phonics_app.reports.figures import Look
from phonics_app.reports.tables import Cell, Column, Kind, Report, Table

_NARROW, _WIDER = "1.7cm", "1.9cm"
"""On paper, of a column of figures: its heading wraps, so that the names of schools keep their room."""


def onet_report(page: OnetPage, look: Look, made_on: date, *, for_print: bool) -> Report:
    """Results and national means. Gaps stay gaps, targets say of what kind they are, the baseline what it is not.

    Paper has a star at the years of voluntary sitting, files a column.
    """
    _ = look.translate
    grade = page.grade.label(look.language)
    facts = [
        (_("School"), _("All municipal schools") if _several(page) else _only_school(page, look)),
        (_("Grade"), grade),
        (_("Baseline"), baseline_label(_, page)),
        *((_("Target"), f"{look.group('school_id', t.school_id)}, {target_label(_, t.value, t.relative)}")
          for t in page.targets),
    ]  # fmt: skip
    return Report(
        _("O-NET English, {grade}").format(grade=grade),
        look.language,
        made_on,
        tuple((label, value or "–") for label, value in facts),
        (_results(page, look, for_print), _national(page, _)),
        page.simulated,
        _notes(look, for_print),
    )


def _notes(look: Look, for_print: bool) -> tuple[str, ...]:
    _ = look.translate
    voluntary = _("Sitting O-NET is voluntary since {year}: means before and after compare different pupils.")
    return (
        ("* " if for_print else "") + voluntary.format(year=FIRST_VOLUNTARY_YEAR),
        _("Years without a known national mean are left out; nothing is estimated."),
        bands_note(_, look.language),
    )


def bands_note(_: Translate, language: str) -> str:
    """Which means each band of quality holds, and who set the bands."""
    text = _("Bands of quality for a mean: {bands} ({source}).")
    return text.format(bands=_bands(language), source=band_source().in_language(language))


def _bands(language: str) -> str:
    """ "fair 40–45, good 45–50, very good ≥ 50"."""
    bands = onet_bands()
    tops = [f"–{band.minimum:g}" for band in bands[1:]]
    ranges = [f"{band.minimum:g}{top}" for band, top in zip(bands, tops, strict=False)]
    texts = [*ranges, f"≥ {bands[-1].minimum:g}"]
    return ", ".join(f"{b.name.in_language(language)} {text}" for b, text in zip(bands, texts, strict=True))


def _results(page: OnetPage, look: Look, for_print: bool) -> Table:
    columns = _columns(look.translate)
    if not _several(page):
        del columns["school_id"]
    if for_print:
        del columns["voluntary"]
    found = [_row(row, look, for_print) for row in page.table.astype(object).to_dict("records")]
    rows = tuple(tuple(row[name] for name in columns) for row in found)
    title = look.translate("Results of the school")
    return Table(title, tuple(columns.values()), rows, drawn=partial(onet_figure, page, look))


def _columns(_: Translate) -> dict[str, Column]:
    return {
        "school_id": Column(_("School"), width="1fr"),
        "year": Column(_("Year (B.E.)"), width="2.2cm"),
        "n": Column(_("Pupils who sat it"), Kind.COUNT, _WIDER),
        "mean": Column(_("Mean"), Kind.SCORE, _NARROW),
        "sd": Column(_("S.D."), Kind.SCORE, _WIDER),
        "maximum": Column(_("Highest"), Kind.SCORE, _NARROW),
        "minimum": Column(_("Lowest"), Kind.SCORE, _NARROW),
        "share_50": Column(_("50 or more (%)"), Kind.SCORE, _WIDER),
        "national": Column(_("Nation"), Kind.SCORE, _NARROW),
        "difference": Column(_("Difference from the nation"), Kind.SIGNED, _WIDER),
        "change": Column(_("Change since the year before"), Kind.SIGNED, _WIDER),
        "target": Column(_("Target"), Kind.SCORE, _WIDER),
        "voluntary": Column(_("Voluntary")),
        "band": Column(_("Band"), width="2.5cm"),
    }


def _row(row: dict[Hashable, Any], look: Look, for_print: bool) -> dict[str, Cell]:
    _ = look.translate
    known: dict[str, Cell] = {str(name): None if pd.isna(value) else value for name, value in row.items()}
    share, voluntary = row["share_50"], bool(row["voluntary"])
    return known | {
        "school_id": look.group("school_id", str(row["school_id"])),
        "year": f"{row['year']} *" if for_print and voluntary else str(row["year"]),
        "share_50": None if pd.isna(share) else float(share) * 100,
        "voluntary": _("yes") if voluntary else _("no"),
        "band": band_of(float(row["mean"])).name.in_language(look.language),
    }


def _only_school(page: OnetPage, look: Look) -> str:
    return ", ".join(look.group("school_id", str(s)) for s in page.table["school_id"].unique())


def _several(page: OnetPage) -> bool:
    return page.table["school_id"].nunique() > 1


def _national(page: OnetPage, _: Translate) -> Table:
    columns = (
        Column(_("Year (B.E.)")),
        Column(_("Mean"), Kind.SCORE),
        Column(_("Pupils who sat it"), Kind.COUNT),
        Column(_("Source"), width="1fr"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple((str(m.year), m.mean, m.n, m.source) for m in page.national)
    return Table(_("National means"), columns, rows)
