"""The O-NET tables behind the plot, each narrow enough for a tablet: how a school stands, and how its scores spread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from phonics_app.pages.components.frames import frame_table, number, percent, school_labels, signed
from phonics_app.pages.components.html import Cell, Column, badge, stacked, table
from phonics_app.pages.components.session import Session
from phonics_app.reports.labels import n_label
from phonics_app.workflows.onet import OnetPage, band_of

_TONES = {1: "warn", 2: "wait"}
_HEIGHT = 640
"""Of the years of many schools: the newest stand there, the others are scrolled to."""
Row = dict[str, Any]


def standing_table(session: Session, page: OnetPage, several: bool) -> None:
    """Mean, nation, target and band, each difference under its figure; newest year first."""
    _ = session.translate
    columns = [
        _first_column(session, several),
        Column(stacked(_("Mean"), _("± year before")), "count"),
        Column(stacked(_("Nation"), _("± nation")), "count"),
        Column(_("Target"), "count"),
        Column(_("Band"), "band"),
    ]
    first = _first_cell(session, several)
    table(columns, [[first(row), *_standing(session, row)] for row in _rows(page)], height=_HEIGHT)


def _standing(session: Session, row: Row) -> list[Cell]:
    mean = float(row["mean"])
    band = band_of(mean)
    return [
        stacked(number(mean, 2), signed(row["change"])),
        stacked(number(row["national"], 2), "" if pd.isna(row["national"]) else signed(row["difference"])),
        number(row["target"], 2),
        badge(band.name.in_language(session.language), _TONES.get(band.number, "good")),
    ]


def spread_table(session: Session, page: OnetPage, several: bool) -> None:
    """What stands behind the means, as far as the schools know it."""
    _ = session.translate
    columns = [
        _first_column(session, several),
        Column(_("50 or more"), "count"),
        Column(_("Standard deviation (S.D.)"), "count"),
        Column(_("Lowest"), "count"),
        Column(_("Highest"), "count"),
    ]
    first = _first_cell(session, several)
    table(columns, [[first(row), *_spread(row)] for row in _rows(page)], height=_HEIGHT)


def _spread(row: Row) -> list[Cell]:
    return [percent(row["share_50"]), *(number(row[name], 2) for name in ("sd", "minimum", "maximum"))]


def _rows(page: OnetPage) -> list[Row]:
    newest_first = page.table.sort_values(["year", "school_id"], ascending=[False, True])
    return [{str(name): value for name, value in row.items()} for row in newest_first.to_dict("records")]


def _first_column(session: Session, several: bool) -> Column:
    year, n = session.translate("Year"), session.translate("Examinees")
    return Column(stacked(session.translate("School"), f"{year} · {n}") if several else stacked(year, n), "wide")


def _first_cell(session: Session, several: bool) -> Callable[[Row], Cell]:
    """The year, starred where sitting was voluntary, never without its n; schools by name where there are several."""
    names = school_labels(session)

    def cell(row: Row) -> Cell:
        year = f"{row['year']} *" if row["voluntary"] else str(row["year"])
        n = n_label(session.translate, int(row["n"]))
        school = names.get(str(row["school_id"]), str(row["school_id"]))
        return stacked(school, f"{year} · {n}") if several else stacked(year, n)

    return cell


def national_table(session: Session, page: OnetPage) -> None:
    """The national means as they were seen, each with its source."""
    _ = session.translate
    rows = [(m.year, pd.NA if m.n is None else m.n, m.mean, m.source) for m in reversed(page.national)]
    frame = pd.DataFrame(rows, columns=["year", "n", "mean", "source"])
    columns = {"year": _("Year"), "n": _("Examinees"), "mean": _("Mean"), "source": _("Source")}
    frame_table(session, frame, columns, {"mean": lambda v: number(v, 2), "source": lambda v: str(v)})
